//! `/-/leases`: the list, one with its audit entries, set, taken back, and the beats of tabs. The
//! guard has checked who asks.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use cluster::lease::{Lease, Rule, Standing, What};
use serde::{Deserialize, Serialize};
use wire::Millis;

use super::Leases;
use crate::Gateway;
use crate::failure::Failure;
use crate::proxy::instance_id;
use crate::tokens::now;

type Answer = Result<Response, Failure>;

/// What is asked for; the rest of a lease is not the page's to say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    rule: Rule,
    #[serde(default)]
    not_before: Option<Millis>,
}

/// A tab that tells that it is there. Sent as plain text by a page that closes.
#[derive(Deserialize)]
struct Beat {
    tab: String,
    #[serde(default)]
    closing: bool,
}

fn json(status: StatusCode, body: &impl Serialize) -> Answer {
    let text = serde_json::to_string(body).map_err(|error| Failure::InvalidRequest {
        reason: error.to_string(),
    })?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((status, headers, text).into_response())
}

fn read<'a, T: Deserialize<'a>>(body: &'a Bytes) -> Result<T, Failure> {
    serde_json::from_slice(body).map_err(|error| Failure::InvalidRequest {
        reason: error.to_string(),
    })
}

fn watcher(gateway: &Gateway) -> Result<&Leases, Failure> {
    gateway.leases.as_ref().ok_or(Failure::LeasesOff)
}

fn on_disk<T>(outcome: std::io::Result<T>) -> Result<T, Failure> {
    outcome.map_err(|error| Failure::LeaseNotKept {
        reason: error.to_string(),
    })
}

/// `GET /-/leases`.
pub(crate) async fn list(State(gateway): State<Arc<Gateway>>) -> Answer {
    let mut leases: Vec<Lease> = match &gateway.leases {
        Some(leases) => {
            let all = leases.held();
            all.values().map(|held| held.kept.lease.clone()).collect()
        }
        None => Vec::new(),
    };
    leases.sort_by(|one, other| one.instance.cmp(&other.instance));
    let body = serde_json::json!({ "watcher": gateway.leases.is_some(), "leases": leases });
    json(StatusCode::OK, &body)
}

/// `GET /-/leases/<instance>`.
pub(crate) async fn one(
    State(gateway): State<Arc<Gateway>>,
    Path(instance): Path<String>,
) -> Answer {
    let instance = instance_id(&instance)?;
    let standing = match &gateway.leases {
        Some(leases) => leases.standing(instance),
        None => Standing::default(),
    };
    json(StatusCode::OK, &standing)
}

/// `PUT /-/leases/<instance>`.
pub(crate) async fn set(
    State(gateway): State<Arc<Gateway>>,
    Path(instance): Path<String>,
    body: Bytes,
) -> Answer {
    let instance = instance_id(&instance)?;
    let leases = watcher(&gateway)?;
    let wish: Wish = read(&body)?;
    let made_at = now();
    let invalid = |reason: String| Failure::InvalidRequest { reason };
    if wish.not_before.is_none() {
        wish.rule
            .check(made_at)
            .map_err(|problem| invalid(problem.to_string()))?;
    } else if let Some(millis) = wish.not_before {
        // A lease whose time has come may still be put off.
        Rule::At { millis }
            .check(made_at)
            .map_err(|problem| invalid(problem.to_string()))?;
    }
    let lease = Lease {
        instance: instance.to_owned(),
        project: gateway.config.project.clone(),
        rule: wish.rule,
        not_before: wish.not_before,
        made_at,
        by: gateway.config.access_id.clone(),
    };
    match on_disk(leases.set(&gateway, lease))? {
        true => json(StatusCode::OK, &leases.standing(instance)),
        false => Err(invalid("there are too many leases already".to_owned())),
    }
}

/// `DELETE /-/leases/<instance>`.
pub(crate) async fn drop_one(
    State(gateway): State<Arc<Gateway>>,
    Path(instance): Path<String>,
) -> Answer {
    let instance = instance_id(&instance)?;
    let leases = watcher(&gateway)?;
    on_disk(leases.finish(instance, What::Dropped, None, None))?;
    json(StatusCode::OK, &leases.standing(instance))
}

/// `POST /-/leases/<instance>/seen`.
pub(crate) async fn seen(
    State(gateway): State<Arc<Gateway>>,
    Path(instance): Path<String>,
    body: Bytes,
) -> Answer {
    let instance = instance_id(&instance)?;
    let leases = watcher(&gateway)?;
    let beat: Beat = read(&body)?;
    let is_id = |tab: &str| !tab.is_empty() && tab.len() <= 64;
    if !is_id(&beat.tab) {
        let reason = "a tab has a short id".to_owned();
        return Err(Failure::InvalidRequest { reason });
    }
    if let Some(held) = leases.held().get_mut(instance) {
        held.tabs.heard(&beat.tab, beat.closing, now());
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}
