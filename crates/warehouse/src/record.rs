//! The record of what clients asked, for tests that compare it with recordings of the real client.
//!
//! Only with `--record`. Signatures and tokens are left out and the access key is blanked in bodies,
//! so a record can be kept beside a failing test.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use odps::cupid::plan::fill_credentials;
use odps::cupid::proto::CupidTaskParam;
use odps::sign::Account;
use prost::Message as _;
use serde_json::{Map, Value, json};
use std::sync::{Mutex, MutexGuard, PoisonError};
use wire::{Request, Secret};

/// The oldest exchanges are dropped beyond this.
const KEPT: usize = 20_000;

/// Longer bodies are not kept, only their length.
const BODY_KEPT: usize = 1 << 20;

/// Stands where the access key stood.
const PLACEHOLDER: &str = "ACCESS_KEY";

/// Headers that carry a secret.
const SECRET: [&str; 4] = [
    "authorization",
    "x-odps-bearer-token",
    "authorization-sts-token",
    "cookie",
];

/// A request with the status of its answer.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    /// `odps`, `tunnel` or `mars-web`.
    service: &'static str,
    method: String,
    path: String,
    query: String,
    headers: HeaderMap,
    length: usize,
    body: Option<Bytes>,
    status: u16,
}

/// What was asked since the start or the last clearing.
#[derive(Debug, Default)]
pub(crate) struct Record(Mutex<Vec<Exchange>>);

impl Record {
    /// Keeps an exchange with the status of its answer.
    pub(crate) fn keep(&self, mut exchange: Exchange, status: StatusCode) {
        exchange.status = status.as_u16();
        let mut kept = self.lock();
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push(exchange);
    }

    /// Forgets everything.
    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    /// All exchanges as JSON, `key` blanked in their bodies.
    pub(crate) fn to_json(&self, key: &str) -> Value {
        self.lock()
            .iter()
            .map(|exchange| exchange.to_json(key))
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Exchange>> {
        // Every change is complete before anything could panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Exchange {
    /// A request that has no answer yet.
    pub(crate) fn of(service: &'static str, request: &Request) -> Self {
        Self {
            service,
            method: request.method().to_string(),
            path: request.uri().path().to_owned(),
            query: request.uri().query().unwrap_or_default().to_owned(),
            headers: request.headers().clone(),
            length: request.body().len(),
            body: Some(request.body().clone()).filter(|body| body.len() <= BODY_KEPT),
            status: 0,
        }
    }

    fn to_json(&self, key: &str) -> Value {
        let headers: Map<String, Value> = self
            .headers
            .iter()
            .filter(|(name, _)| !SECRET.contains(&name.as_str()))
            .map(|(name, value)| {
                (
                    name.to_string(),
                    String::from_utf8_lossy(value.as_bytes()).into(),
                )
            })
            .collect();
        let mut exchange = json!({
            "service": self.service,
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "headers": headers,
        });
        let body = self.body.as_ref().map(|body| blank(body, key));
        let plain = self
            .headers
            .get("content-type")
            .is_none_or(|kind| !kind.as_bytes().starts_with(b"application/octet-stream"));
        match body.as_ref().map(|body| (body, std::str::from_utf8(body))) {
            Some((_, Ok(text))) if plain => exchange["body"] = text.into(),
            Some((body, _)) => exchange["body_base64"] = STANDARD.encode(body).into(),
            None => exchange["body_length"] = self.length.into(),
        }
        exchange["status"] = self.status.into();
        exchange
    }
}

/// Puts a placeholder in the key's place. A Cupid plan says how long its key is, so it is written
/// anew.
fn blank(body: &Bytes, key: &str) -> Bytes {
    let found = |body: &[u8]| body.windows(key.len()).any(|part| part == key.as_bytes());
    if key.is_empty() || !found(body) {
        return body.clone();
    }
    let id = key_id(body).unwrap_or_default();
    let account = Account {
        access_id: id,
        access_key: Secret::new(PLACEHOLDER),
    };
    match fill_credentials(body, &account) {
        Ok(plan) if !found(&plan) => plan,
        _ => String::from_utf8_lossy(body)
            .replace(key, PLACEHOLDER)
            .into(),
    }
}

/// The access id that a plan names.
fn key_id(plan: &[u8]) -> Option<String> {
    let items = CupidTaskParam::decode(plan).ok()?.jobconf?.jobconfitem;
    items
        .into_iter()
        .find(|item| item.key == "odps.access.id")
        .map(|item| item.value)
}

#[cfg(test)]
mod tests {
    use super::{Exchange, Record, blank};
    use odps::cupid::plan::{StartPlan, StartRequest, fill_credentials};
    use odps::sign::Account;
    use serde_json::json;
    use wire::Secret;

    #[test]
    fn a_plan_stays_a_plan() {
        let plan = StartPlan::new(
            "http://h/api",
            "p",
            "localhost:1",
            StartRequest::new(2, 1, 4),
        );
        let filled = |key: &str| {
            let account = Account {
                access_id: "ID".into(),
                access_key: Secret::new(key),
            };
            fill_credentials(&plan.to_bytes(), &account).unwrap()
        };
        let key = "0123456789abcdef0123456789abcdef";
        assert_eq!(blank(&filled(key), key), filled("ACCESS_KEY"));
        assert_eq!(blank(&plan.to_bytes(), key), plan.to_bytes());
    }

    #[test]
    fn a_record_holds_no_secret() {
        let request = http::Request::post("/api/projects/p/resources?curr_project=p")
            .header("authorization", "ODPS id:signature")
            .header("content-type", "application/xml")
            .body("<k>sesame</k>sesame".into())
            .unwrap();
        let record = Record::default();
        record.keep(Exchange::of("odps", &request), http::StatusCode::CREATED);
        assert_eq!(
            record.to_json("sesame"),
            json!([{
                "service": "odps", "method": "POST", "path": "/api/projects/p/resources",
                "query": "curr_project=p", "headers": {"content-type": "application/xml"},
                "body": "<k>ACCESS_KEY</k>ACCESS_KEY", "status": 201
            }])
        );
        record.clear();
        assert_eq!(record.to_json("sesame"), json!([]));
    }
}
