//! What a Mars 0.4 cluster of this project's warehouse tells beyond the web API: `/api/console`.
//!
//! A stock cluster answers 404, which is [`Told::Absent`] and no error; a session, a graph or a worker
//! that is not there is a status of 410. Read with tolerance: what is missing or of another kind is
//! `None`, a row without its key is skipped.

mod events;
mod graph;
mod scheduler;
mod sessions;

pub use events::{Event, EventList, Events};
pub use graph::{Graph, GraphFacts, Kind, Node};
pub use scheduler::{Scheduler, SchedulerFacts, Schedulers};
pub use sessions::{GraphRow, Session, SessionList, Sessions};

use crate::Error;
use crate::v04::session::reply;
use serde_json::Value;
use wire::{Reply, Response};

/// The facts, or that this engine does not tell them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told<T> {
    /// What it tells.
    Facts(T),
    /// The engine has no such address.
    Absent,
}

impl<T> Told<T> {
    /// The facts, if there are any.
    pub fn facts(self) -> Option<T> {
        match self {
            Self::Facts(facts) => Some(facts),
            Self::Absent => None,
        }
    }
}

/// Facts in both directions.
trait Document: Sized {
    /// Reads what is there.
    fn read(document: &Value) -> Self;
    /// Writes it as the engine does.
    fn write(&self) -> Value;
}

impl<T: Document> Reply for Told<T> {
    fn into_response(self) -> Response {
        match self {
            Self::Facts(facts) => reply::respond_json(&facts.write()),
            Self::Absent => {
                let mut response = reply::respond("");
                *response.status_mut() = http::StatusCode::NOT_FOUND;
                response
            }
        }
    }
}

/// Reads an answer: facts, or none to be had.
fn told<T: Document>(what: &'static str, response: Response) -> Result<Told<T>, Error> {
    // A proxy that does not know the cluster any more answers 404 as well, in XML.
    let kind = response.headers().get(http::header::CONTENT_TYPE);
    let xml = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/xml"));
    if response.status() == http::StatusCode::NOT_FOUND && !xml {
        return Ok(Told::Absent);
    }
    let document = reply::json(what, response)?;
    match document.is_object() {
        true => Ok(Told::Facts(T::read(&document))),
        false => Err(Error::Malformed {
            what,
            detail: "it is no object".into(),
        }),
    }
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn number(value: &Value, name: &str) -> Option<u64> {
    value.get(name).and_then(Value::as_u64)
}

fn float(value: &Value, name: &str) -> Option<f64> {
    value.get(name).and_then(Value::as_f64)
}

/// The rows of a member that can be read.
fn rows<T>(value: &Value, name: &str, read: impl Fn(&Value) -> Option<T>) -> Vec<T> {
    let rows = value.get(name).and_then(Value::as_array);
    rows.into_iter().flatten().filter_map(read).collect()
}
