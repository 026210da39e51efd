//! `GET /api/console/session` (`http_73`).

use super::{Document, Told, float, number, rows, text, told};
use crate::Error;
use crate::v04::session::State;
use crate::v04::session::path::{Parts, request};
use http::Method;
use serde_json::{Value, json};
use wire::{Call, Request, Response, Service, Target};

/// Asks for all sessions with their graphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sessions {
    /// The instance of the cluster.
    pub instance: String,
}

/// All sessions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionList {
    /// In the order of their ids.
    pub sessions: Vec<Session>,
}

/// One session.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// Its id.
    pub id: String,
    /// Unix seconds of its making, if the web service saw it.
    pub created: Option<f64>,
    /// Its graphs, in the order in which they were submitted.
    pub graphs: Vec<GraphRow>,
}

/// One graph of a session.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphRow {
    /// Its key.
    pub key: String,
    /// Its state.
    pub state: State,
    /// Unix seconds of its start.
    pub start_time: Option<f64>,
    /// Unix seconds of its end.
    pub end_time: Option<f64>,
    /// How many operands it has after being cut into chunks.
    pub graph_size: Option<u64>,
    /// How many of those that are counted are done.
    pub done: Option<u64>,
    /// How many are counted: virtual ones are not.
    pub total: Option<u64>,
}

impl GraphRow {
    pub(super) fn read(row: &Value) -> Option<Self> {
        Some(Self {
            key: text(row, "key")?,
            state: State::parse(row.get("state").and_then(Value::as_str).unwrap_or_default()),
            start_time: float(row, "start_time"),
            end_time: float(row, "end_time"),
            graph_size: number(row, "graph_size"),
            done: number(row, "done"),
            total: number(row, "total"),
        })
    }

    pub(super) fn write(&self) -> Value {
        json!({
            "key": self.key, "state": self.state.as_str(), "start_time": self.start_time,
            "end_time": self.end_time, "graph_size": self.graph_size, "done": self.done,
            "total": self.total,
        })
    }
}

impl Document for SessionList {
    fn read(document: &Value) -> Self {
        let session = |row: &Value| {
            Some(Session {
                id: text(row, "id")?,
                created: float(row, "created"),
                graphs: rows(row, "graphs", GraphRow::read),
            })
        };
        Self {
            sessions: rows(document, "sessions", session),
        }
    }

    fn write(&self) -> Value {
        let sessions = self.sessions.iter().map(|one| {
            let graphs: Vec<Value> = one.graphs.iter().map(GraphRow::write).collect();
            json!({ "id": one.id, "created": one.created, "graphs": graphs })
        });
        json!({ "sessions": sessions.collect::<Vec<_>>() })
    }
}

impl Call for Sessions {
    type Reply = Told<SessionList>;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Mars(self.instance.clone())
    }

    fn to_request(&self, _: &Target) -> Request {
        request(Method::GET, &["console", "session"], &[])
    }

    fn from_response(&self, response: Response) -> Result<Self::Reply, Error> {
        told("the list of sessions", response)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let pattern = ["console", "session"];
        Parts::take("Sessions", request, &Method::GET, &pattern)?;
        Ok(Self {
            instance: String::new(),
        })
    }
}
