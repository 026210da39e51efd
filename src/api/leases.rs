//! Leases: asked of the gateway where it runs them, else kept by this tab for as long as it is open.

use bytes::Bytes;
use cluster::lease::{Entry, Lease, Rule, Standing, What};
use http::StatusCode;
use serde_json::json;
use wire::{Millis, Request};

use super::{Cause, Doing, Failure, Problem, fetch, kept, spawn};
use crate::route::{base_path, encode};
use crate::state::clock::now;

mod own;

pub use own::OwnLease;

/// How a lease stands, from the gateway. One that is too old to know leases runs none.
pub async fn standing(instance: &str) -> Result<Standing, Problem> {
    ask("GET", instance, None).await
}

/// Makes or changes the gateway's lease.
pub async fn set(
    instance: &str,
    rule: Rule,
    not_before: Option<Millis>,
) -> Result<Standing, Problem> {
    let wish = json!({ "rule": rule, "not_before": not_before });
    ask("PUT", instance, Some(wish.to_string())).await
}

/// Takes the gateway's lease back.
pub async fn drop_lease(instance: &str) -> Result<Standing, Problem> {
    ask("DELETE", instance, None).await
}

/// Tells the gateway that this tab shows the cluster.
pub fn beat(instance: &str, tab: &str) {
    let (address, body) = (seen(instance), said(tab, false));
    spawn(async move {
        let request = Request::new(Bytes::from(body));
        // A beat that is lost is followed by the next.
        let _ = fetch("POST", &address, &request, None).await;
    });
}

/// Tells the gateway that this tab closes; the browser sends it even when the page is gone.
pub fn farewell(instance: &str, tab: &str) {
    let address = format!("{}{}", base_path(), seen(instance));
    if let Some(window) = web_sys::window() {
        // Refused only when the browser's queue is full: the gateway then hears no further beat.
        let _ = window
            .navigator()
            .send_beacon_with_opt_str(&address, Some(&said(tab, true)));
    }
}

fn said(tab: &str, closing: bool) -> String {
    json!({ "tab": tab, "closing": closing }).to_string()
}

fn seen(instance: &str) -> String {
    format!("-/leases/{}/seen", encode(instance))
}

async fn ask(method: &str, instance: &str, body: Option<String>) -> Result<Standing, Problem> {
    let doing = Doing::KeepLease;
    let address = format!("-/leases/{}", encode(instance));
    let request = Request::new(Bytes::from(body.unwrap_or_default()));
    let answer = fetch(method, &address, &request, None)
        .await
        .map_err(|gone| Problem::of(doing, gone))?;
    match answer.status() {
        StatusCode::NOT_FOUND if method == "GET" => Ok(Standing::default()),
        status if status.is_success() => serde_json::from_slice(answer.body())
            .map_err(|error| Problem::new(doing, Cause::Unreadable).with_detail(error.to_string())),
        _ => Err(Problem::of(
            doing,
            Failure::Odps(odps::Error::from_response(&answer)),
        )),
    }
}
