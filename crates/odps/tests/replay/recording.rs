//! Reading the recordings.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use serde_json::Value;
use wire::{Request, Response, Secret, Target};

/// A file of recorded exchanges.
pub(crate) struct Recording {
    pub(crate) name: String,
    pub(crate) client: String,
    pub(crate) exchanges: Vec<Exchange>,
}

/// One request and its answer.
pub(crate) struct Exchange {
    pub(crate) seq: u64,
    pub(crate) service: String,
    /// With the canonical path, as the crate has it.
    pub(crate) request: Request,
    pub(crate) response: Response,
}

/// The files that hold no exchanges.
const OTHERS: [&str; 2] = ["cupid_plans_decoded_0.9", "expected_rows"];

pub(crate) fn target() -> Target {
    Target {
        project: "vec_project".to_owned(),
    }
}

/// The made-up key of the recordings.
pub(crate) fn key_of(access_id: &str) -> Option<Secret> {
    (access_id == "FAKE_ACCESS_ID_0001").then(|| Secret::new("fake-secret-key-for-vectors-0001"))
}

/// A file that is no recording.
pub(crate) fn json(name: &str) -> Value {
    let path = format!("{}/tests/data/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect(&path);
    serde_json::from_str(&text).expect(&path)
}

pub(crate) fn all() -> Vec<Recording> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect(folder)
        .filter_map(|entry| entry.expect("an entry").file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .filter(|name| !OTHERS.contains(&name.as_str()))
        .collect();
    names.sort();
    names.iter().map(|name| load(name)).collect()
}

pub(crate) fn load(name: &str) -> Recording {
    let value = json(name);
    Recording {
        name: name.to_owned(),
        client: text(&value["client"]),
        exchanges: value["exchanges"]
            .as_array()
            .expect("exchanges")
            .iter()
            .map(exchange)
            .collect(),
    }
}

impl Recording {
    /// The exchange with this number.
    pub(crate) fn seq(&self, seq: u64) -> &Exchange {
        self.exchanges
            .iter()
            .find(|exchange| exchange.seq == seq)
            .expect("a recorded number")
    }

    pub(crate) fn is_old_client(&self) -> bool {
        self.client.contains("PyODPS 0.9")
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn body(value: &Value) -> Bytes {
    match value["body_base64"].as_str() {
        Some(packed) => STANDARD.decode(packed).expect("base64").into(),
        None => text(&value["body"]).into(),
    }
}

fn headers(value: &Value) -> http::HeaderMap {
    let pairs = value["headers"].as_object().into_iter().flatten();
    let pairs = pairs.map(|(name, value)| {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a header name");
        (
            name,
            HeaderValue::from_str(value.as_str().expect("text")).expect("a header value"),
        )
    });
    pairs.collect()
}

fn exchange(value: &Value) -> Exchange {
    let (asked, answered) = (&value["request"], &value["response"]);
    let service = text(&value["service"]);
    let path = text(&asked["path"]);
    // The control plane lies below `/api`, which is not part of the canonical path.
    let path = if service == "odps" {
        path.strip_prefix("/api").expect("below /api")
    } else {
        &path
    };
    let query = text(&asked["query"]);
    let address = if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    };
    let mut request = Request::new(body(asked));
    *request.method_mut() = text(&asked["method"]).parse().expect("a method");
    *request.uri_mut() = address.parse().expect("an address");
    *request.headers_mut() = headers(asked);
    let mut response = Response::new(body(answered));
    let status = answered["status"].as_u64().expect("a status");
    *response.status_mut() = u16::try_from(status)
        .ok()
        .and_then(|s| s.try_into().ok())
        .expect("a status");
    *response.headers_mut() = headers(answered);
    Exchange {
        seq: value["seq"].as_u64().expect("a number"),
        service,
        request,
        response,
    }
}
