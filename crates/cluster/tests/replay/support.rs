//! A clock, a scripted other side, and recorded exchanges.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use wire::{Machine, Millis, Request, Response, Service, Step, Unreachable};

/// The time at which every test begins: 2026-01-01.
pub(crate) const START: Millis = 1_767_225_600_000;

/// What came of driving a machine.
pub(crate) struct Run<E, O> {
    pub(crate) events: Vec<E>,
    pub(crate) output: O,
    /// The time at the end.
    pub(crate) now: Millis,
    pub(crate) sent: Vec<(Service, Request)>,
}

/// What came of driving this machine.
type RunOf<M> = Run<<M as Machine>::Event, <M as Machine>::Output>;

/// Drives a machine to its end. Waits cost no time but move the clock; an answer takes 20 ms.
pub(crate) fn drive<M: Machine>(
    machine: &mut M,
    mut answer: impl FnMut(Millis, &Service, &Request) -> Result<Response, Unreachable>,
) -> Run<M::Event, M::Output> {
    drive_some(machine, START, 100_000, &mut answer).unwrap_or_else(|_| panic!("it never ends"))
}

/// Drives a machine for at most so many steps; without an end its events are given back.
pub(crate) fn drive_some<M: Machine>(
    machine: &mut M,
    start: Millis,
    steps: usize,
    answer: &mut impl FnMut(Millis, &Service, &Request) -> Result<Response, Unreachable>,
) -> Result<RunOf<M>, Vec<M::Event>> {
    let (mut now, mut events, mut sent) = (start, Vec::new(), Vec::new());
    for _ in 0..steps {
        match machine.poll(now) {
            Step::Send(service, request) => {
                let outcome = answer(now, &service, &request);
                sent.push((service, request));
                now += 20;
                machine.feed(now, outcome);
            }
            Step::Wait(until) => {
                assert!(until > now, "a wait that has passed");
                now = until;
            }
            Step::Event(event) => events.push(event),
            Step::Done(output) => {
                return Ok(Run {
                    events,
                    output,
                    now,
                    sent,
                });
            }
        }
    }
    Err(events)
}

/// A recorded file as JSON.
pub(crate) fn recorded(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap()
}

/// The exchanges of a recorded flow.
pub(crate) fn exchanges(name: &str) -> Vec<Value> {
    recorded(name)["exchanges"].as_array().unwrap().clone()
}

/// The answer of a recorded exchange of a flow, or the one answer of an `http_*.json`.
pub(crate) fn answer_of(exchange: &Value) -> Response {
    let recorded = &exchange["response"];
    let status = &recorded["status"];
    let status = status
        .as_u64()
        .or_else(|| status.as_str()?.parse().ok())
        .unwrap();
    let body = if let Some(text) = recorded["body_base64"].as_str() {
        STANDARD.decode(text).unwrap()
    } else if let Some(text) = recorded["body"].as_str().or(recorded["body_text"].as_str()) {
        text.as_bytes().to_vec()
    } else if recorded["body_json"].is_null() {
        Vec::new()
    } else {
        recorded["body_json"].to_string().into_bytes()
    };
    let mut response = Response::new(body.into());
    *response.status_mut() = http::StatusCode::from_u16(u16::try_from(status).unwrap()).unwrap();
    for (name, value) in recorded["headers"].as_object().into_iter().flatten() {
        let name: http::HeaderName = name.parse().unwrap();
        response
            .headers_mut()
            .insert(name, value.as_str().unwrap().parse().unwrap());
    }
    response
}

/// The answer of a recorded `http_*.json`.
pub(crate) fn engine(name: &str) -> Result<Response, Unreachable> {
    Ok(answer_of(&recorded(name)))
}

/// The body of a recorded request.
pub(crate) fn body_of(exchange: &Value) -> Vec<u8> {
    let request = &exchange["request"];
    match request["body_base64"].as_str() {
        Some(text) => STANDARD.decode(text).unwrap(),
        None => request["body"].as_str().unwrap_or("").as_bytes().to_vec(),
    }
}

/// What the gateway answers while it has no token.
pub(crate) fn not_ready() -> Result<Response, Unreachable> {
    refused(503, "MarsNotReady", "stub: app MarsWeb is not registered")
}

/// An error document of the control plane.
pub(crate) fn refused(status: u16, code: &str, message: &str) -> Result<Response, Unreachable> {
    let status = http::StatusCode::from_u16(status).unwrap();
    let error = odps::Error::status(status, code, message).with_request_id("REQ-1");
    Ok(error.into_response())
}

/// No answer at all.
pub(crate) fn cut() -> Result<Response, Unreachable> {
    Err(Unreachable {
        reason: "connection reset".into(),
    })
}

/// An instance in this state.
pub(crate) fn status(word: &str) -> Result<Response, Unreachable> {
    let end = if word == "Terminated" {
        "Thu, 01 Jan 2026 01:00:00 GMT"
    } else {
        ""
    };
    let mut response = text(&format!("<Instance><Status>{word}</Status></Instance>"))?;
    let headers = response.headers_mut();
    headers.insert("x-odps-owner", "ALIYUN$me@example.com".parse().unwrap());
    headers.insert(
        "x-odps-start-time",
        "Thu, 01 Jan 2026 00:00:00 GMT".parse().unwrap(),
    );
    headers.insert("x-odps-end-time", end.parse().unwrap());
    Ok(response)
}

/// A good answer with this body.
pub(crate) fn text(body: &str) -> Result<Response, Unreachable> {
    Ok(Response::new(body.to_owned().into()))
}

/// A path in few words: `GET instance`, `GET instance?taskstatus`, `GET /api/worker?action=count`.
pub(crate) fn name(service: &Service, request: &Request) -> String {
    let path = request.uri().path().trim_start_matches("/projects/p/");
    let path = path.trim_start_matches("/projects/vec_project/");
    let path = path.split_once("/2026").map_or(path, |(before, _)| before);
    let query = request.uri().query().unwrap_or("");
    let query: Vec<&str> = query
        .split('&')
        .filter(|p| !p.starts_with("curr_project"))
        .collect();
    let query = query.join("&");
    let mark = if query.is_empty() { "" } else { "?" };
    let place = match service {
        Service::Mars(_) => "mars:",
        _ => "",
    };
    format!("{} {place}{path}{mark}{query}", request.method())
}

/// The names of all requests of a run.
pub(crate) fn names(sent: &[(Service, Request)]) -> Vec<String> {
    sent.iter()
        .map(|(service, request)| name(service, request))
        .collect()
}
