//! Reading answers, good and bad, and writing the good ones.

use crate::Error;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use serde_json::Value;
use wire::{Reply, Response};

/// An answer without a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Empty;

impl Reply for Empty {
    fn into_response(self) -> Response {
        respond(Bytes::new())
    }
}

/// How much of an error page is kept.
const BODY_LIMIT: usize = 64 * 1024;

/// Passes a good answer on and turns a bad one into an error.
pub(in crate::v04) fn accept(response: Response) -> Result<Bytes, Error> {
    let status = response.status().as_u16();
    let body = response.into_body();
    if status < 400 {
        return Ok(body);
    }
    let kept = body.get(..body.len().min(BODY_LIMIT)).unwrap_or_default();
    let text = String::from_utf8_lossy(kept).into_owned();
    let trace = serde_json::from_slice::<Value>(&body)
        .ok()
        .as_ref()
        .and_then(exc_text);
    let message = match &trace {
        Some(trace) => last_line(trace),
        None => title(&text).unwrap_or_else(|| reason(status)),
    };
    Err(Error::Status {
        status,
        message,
        trace,
        body: text,
    })
}

/// `exc_info_text`: one string, or a list of strings to be joined.
pub(in crate::v04) fn exc_text(document: &Value) -> Option<String> {
    match document.get("exc_info_text")? {
        Value::String(text) => Some(text.clone()),
        Value::Array(lines) => Some(lines.iter().filter_map(Value::as_str).collect()),
        _ => None,
    }
}

/// The last line that holds something: `ValueError: …`.
pub(in crate::v04) fn last_line(trace: &str) -> String {
    trace
        .lines()
        .rev()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or_default()
        .to_owned()
}

fn title(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("<title>")?;
    let (title, _) = rest.split_once("</title>")?;
    Some(title.trim().to_owned())
}

fn reason(status: u16) -> String {
    let known = http::StatusCode::from_u16(status)
        .ok()
        .and_then(|code| code.canonical_reason());
    known.unwrap_or("unknown status").to_owned()
}

/// Reads a good answer as JSON.
pub(in crate::v04) fn json(what: &'static str, response: Response) -> Result<Value, Error> {
    let body = accept(response)?;
    serde_json::from_slice(&body).map_err(|error| Error::Malformed {
        what,
        detail: error.to_string(),
    })
}

/// A text member of a JSON object.
pub(in crate::v04) fn text(
    what: &'static str,
    document: &Value,
    name: &str,
) -> Result<String, Error> {
    document
        .get(name)
        .and_then(Value::as_str)
        .map(str::to_owned)
        .ok_or_else(|| Error::Malformed {
            what,
            detail: format!("{name} is missing or no text"),
        })
}

/// A good answer with this body.
pub(in crate::v04) fn respond(body: impl Into<Bytes>) -> Response {
    let mut response = Response::new(body.into());
    let json = http::HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

/// A good answer with a JSON document.
pub(in crate::v04) fn respond_json(document: &Value) -> Response {
    respond(document.to_string())
}
