//! `/-/…`: what tests ask of the warehouse beside the protocol. Faults, tables in great number and the
//! record of requests.
//!
//! Nothing here is signed, so a page of another site must not reach it by a name that leads here:
//! the Host has to be a loopback one.

mod plant;

use crate::app::App;
use crate::faults::Fault;
use crate::routes::page;
use http::header::HOST;
use http::{Method, StatusCode};
use serde_json::{Map, Value};
use wire::{Request, Response};

/// Answers a poke.
pub(crate) fn answer(app: &App, request: &Request) -> Response {
    if !loopback(request) {
        return text(StatusCode::FORBIDDEN, "only by a loopback name");
    }
    let path = request.uri().path().trim_start_matches("/-/");
    let parts: Vec<&str> = path.split('/').collect();
    if matches!(parts[0], "faults" | "tables") && !app.pokes {
        return text(
            StatusCode::NOT_FOUND,
            "there are no faults without --faults",
        );
    }
    match (request.method(), parts.as_slice()) {
        (&Method::GET, ["faults"]) => json(&app.faults.all()),
        (&Method::DELETE, ["faults"]) => {
            app.faults.clear();
            text(StatusCode::OK, "")
        }
        (&Method::PUT, ["faults", name]) => set_fault(app, name, request.body()),
        (&Method::PUT, ["tables"]) => match plant::tables(app, request.body()) {
            Ok(count) => text(StatusCode::OK, &count.to_string()),
            Err(error) => text(StatusCode::BAD_REQUEST, &error),
        },
        (&Method::GET, ["exchanges"]) => match &app.record {
            Some(record) => json(&record.to_json(app.keys.local.access_key.expose())),
            None => text(
                StatusCode::NOT_FOUND,
                "nothing is recorded without --record",
            ),
        },
        (&Method::DELETE, ["exchanges"]) => match &app.record {
            Some(record) => {
                record.clear();
                text(StatusCode::OK, "")
            }
            None => text(
                StatusCode::NOT_FOUND,
                "nothing is recorded without --record",
            ),
        },
        (&Method::GET, ["health"]) => text(StatusCode::OK, "ok"),
        _ => text(StatusCode::NOT_FOUND, "no such route"),
    }
}

fn set_fault(app: &App, name: &str, body: &[u8]) -> Response {
    let Ok(fault) = name.parse::<Fault>() else {
        return text(StatusCode::NOT_FOUND, "no such fault");
    };
    let parameters = if body.is_empty() {
        Map::new()
    } else {
        match serde_json::from_slice(body) {
            Ok(Value::Object(parameters)) => parameters,
            _ => return text(StatusCode::BAD_REQUEST, "the parameters are no JSON object"),
        }
    };
    app.faults.set(fault, parameters);
    text(StatusCode::OK, "")
}

fn loopback(request: &Request) -> bool {
    let host = request
        .headers()
        .get(HOST)
        .map(|host| host.to_str().unwrap_or("?"));
    let Some(host) = host else { return true };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

fn text(status: StatusCode, text: &str) -> Response {
    page(status, "text/plain; charset=utf-8", text.to_owned())
}

fn json(value: &Value) -> Response {
    page(StatusCode::OK, "application/json", value.to_string())
}
