//! `GET /api/console/worker/{endpoint}/events?since=t` (`http_76`).
//!
//! An event is told again when it has ended: by its id the later one replaces the earlier.

use super::{Document, Told, float, number, rows, text, told};
use crate::Error;
use crate::v04::session::path::{Parts, request};
use http::Method;
use serde_json::{Value, json};
use wire::{Call, Millis, Request, Response, Service, Target};

/// Asks what the processes of a worker did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Events {
    /// The instance of the cluster.
    pub instance: String,
    /// Address and port of the worker.
    pub endpoint: String,
    /// Only what was noted since then, by the worker's clock.
    pub since: Option<Millis>,
}

/// The newest events, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventList {
    /// Unix seconds of the answer.
    pub now: Option<f64>,
    /// How many older ones were left off.
    pub left_off: Option<u64>,
    /// The events.
    pub events: Vec<Event>,
}

/// Something that a process of a worker did.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What tells it from the others.
    pub id: String,
    /// `CPU_CALC`, `GPU_CALC`, `DISK_IO` or `NETWORK`.
    pub kind: String,
    /// The process, as `w:1:mars-cpu-calc-26120-0`.
    pub owner: String,
    /// Unix seconds of its start.
    pub start: f64,
    /// Unix seconds of its end; none while it goes on.
    pub end: Option<f64>,
}

impl Event {
    fn read(row: &Value) -> Option<Self> {
        Some(Self {
            id: text(row, "id")?,
            kind: text(row, "kind")?,
            owner: text(row, "owner").unwrap_or_default(),
            start: float(row, "start")?,
            end: float(row, "end"),
        })
    }
}

impl Document for EventList {
    fn read(document: &Value) -> Self {
        Self {
            now: float(document, "now"),
            left_off: number(document, "left_off"),
            events: rows(document, "events", Event::read),
        }
    }

    fn write(&self) -> Value {
        let events = self.events.iter().map(|one| {
            json!({
                "id": one.id, "kind": one.kind, "owner": one.owner,
                "start": one.start, "end": one.end,
            })
        });
        json!({
            "now": self.now, "left_off": self.left_off, "events": events.collect::<Vec<_>>(),
        })
    }
}

impl Call for Events {
    type Reply = Told<EventList>;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Mars(self.instance.clone())
    }

    fn to_request(&self, _: &Target) -> Request {
        let segments = ["console", "worker", &self.endpoint, "events"];
        match self.since {
            Some(ms) => {
                let since = format!("{}.{:03}", ms / 1000, ms % 1000);
                request(Method::GET, &segments, &[("since", &since)])
            }
            None => request(Method::GET, &segments, &[]),
        }
    }

    fn from_response(&self, response: Response) -> Result<Self::Reply, Error> {
        told("the events of the worker", response)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let pattern = ["console", "worker", "*", "events"];
        let parts = Parts::take("Events", request, &Method::GET, &pattern)?;
        let since = parts.optional("since").map(|text| millis(text).ok_or(text));
        Ok(Self {
            instance: String::new(),
            endpoint: parts.segment(2),
            since: since
                .transpose()
                .map_err(|text| parts.refused(format!("since is {text:?}")))?,
        })
    }
}

/// `12.5` seconds as milliseconds.
fn millis(text: &str) -> Option<Millis> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    let seconds: Millis = whole.parse().ok()?;
    seconds.checked_mul(1000)?.checked_add(digits.parse().ok()?)
}
