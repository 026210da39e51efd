//! The two acts of the gateway with the key: fill the credential items of a cluster's start plan,
//! and sign.
//!
//! A start plan (`CupidTaskParam` with the operator `startam`) carries the caller's key pair in its
//! job configuration (recorded: `create_cluster_0.9.json`, exchange 2). The page has no key, so it
//! leaves the two items out; they are filled in here, for the configured project only, since
//! whoever may read the resource may read the key.

use std::time::SystemTime;

use axum::http::{HeaderMap, Method, Uri};
use bytes::Bytes;
use odps::cupid::plan;
use odps::sign::{Account, v1};
use percent_encoding::percent_decode_str;

use crate::config::Config;
use crate::failure::Failure;

/// A plan is some 700 bytes; one with long user settings still stays far below this.
pub(crate) const PLAN_LIMIT: usize = 1 << 20;

const RESOURCE_NAME: &str = "x-odps-resource-name";
const PLAN_PREFIX: &str = "cupid_plan_";

/// The account that the configuration names.
pub(crate) fn account(config: &Config) -> Account {
    Account {
        access_id: config.access_id.clone(),
        access_key: config.access_key.clone(),
    }
}

/// Whether this request uploads a Cupid plan into the configured project.
///
/// `path` is the canonical path (`/projects/...`).
pub(crate) fn is_plan_upload(
    config: &Config,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> bool {
    let of_project = path
        .strip_prefix("/projects/")
        .and_then(|rest| rest.strip_suffix("/resources"))
        .and_then(|project| percent_decode_str(project).decode_utf8().ok())
        .is_some_and(|project| project == config.project);
    let named = headers
        .get(RESOURCE_NAME)
        .and_then(|name| name.to_str().ok())
        .is_some_and(|name| name.starts_with(PLAN_PREFIX));
    *method == Method::POST && of_project && named
}

/// The plan as it goes to the service: with the key pair when it starts a cluster, else untouched.
pub(crate) fn fill(account: &Account, body: Bytes) -> Result<Bytes, Failure> {
    plan::fill_credentials(&body, account).map_err(|error| Failure::InvalidPlan {
        reason: error.to_string(),
    })
}

/// Sets `Date` and `Authorization` (V1) on headers that belong to this method and canonical URI.
pub(crate) fn sign(account: &Account, method: &Method, uri: &Uri, headers: HeaderMap) -> HeaderMap {
    let mut request = wire::Request::new(Bytes::new());
    *request.method_mut() = method.clone();
    *request.uri_mut() = uri.clone();
    *request.headers_mut() = headers;
    let date = httpdate::fmt_http_date(SystemTime::now());
    v1::authorize(account, &mut request, &date);
    std::mem::take(request.headers_mut())
}
