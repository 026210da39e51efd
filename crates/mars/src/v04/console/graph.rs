//! `GET /api/console/session/{session_id}/graph/{graph_key}` (`http_74`, `75`).

use super::{Document, GraphRow, Told, number, rows, text, told};
use crate::Error;
use crate::v04::session::State;
use crate::v04::session::path::{Parts, request};
use http::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use wire::{Call, Request, Response, Service, Target};

/// Asks for the operands of a graph; one that is not there is a status of 410.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    /// The instance of the cluster.
    pub instance: String,
    /// The session.
    pub session_id: String,
    /// The graph.
    pub graph_key: String,
}

/// What a graph is doing.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphFacts {
    /// State, times and sizes.
    pub row: GraphRow,
    /// The operands by their kind.
    pub kinds: Vec<Kind>,
    /// Operands that run: not all of them, if there are very many.
    pub running: Vec<Node>,
    /// How many run.
    pub running_count: Option<u64>,
}

/// The operands of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// `TensorRandUniform`
    pub name: String,
    /// How many are in which state, as `FINISHED`.
    pub states: BTreeMap<String, u64>,
}

/// An operand that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its key.
    pub key: String,
    /// Its kind.
    pub name: String,
    /// The worker that it was given to.
    pub worker: Option<String>,
}

impl Kind {
    /// How many there are.
    pub fn total(&self) -> u64 {
        self.states
            .values()
            .fold(0, |sum, n| sum.saturating_add(*n))
    }

    /// How many are in one of these states.
    pub fn count(&self, states: &[&str]) -> u64 {
        let counts = states.iter().filter_map(|state| self.states.get(*state));
        counts.fold(0, |sum, n| sum.saturating_add(*n))
    }

    fn read(row: &Value) -> Option<Self> {
        let states = row.get("states").and_then(Value::as_object);
        let states = states.into_iter().flatten();
        Some(Self {
            name: text(row, "name")?,
            states: states
                .filter_map(|(state, count)| Some((state.clone(), count.as_u64()?)))
                .collect(),
        })
    }
}

impl Node {
    fn read(row: &Value) -> Option<Self> {
        Some(Self {
            key: text(row, "key")?,
            name: text(row, "name").unwrap_or_default(),
            worker: text(row, "worker"),
        })
    }
}

impl Document for GraphFacts {
    fn read(document: &Value) -> Self {
        let row = GraphRow::read(document).unwrap_or_else(|| GraphRow {
            key: String::new(),
            state: State::parse(""),
            start_time: None,
            end_time: None,
            graph_size: None,
            done: None,
            total: None,
        });
        Self {
            row,
            kinds: rows(document, "kinds", Kind::read),
            running: rows(document, "running", Node::read),
            running_count: number(document, "running_count"),
        }
    }

    fn write(&self) -> Value {
        let kinds = (self.kinds.iter())
            .map(|kind| json!({ "name": kind.name, "states": kind.states }))
            .collect::<Vec<_>>();
        let running = (self.running.iter())
            .map(|node| json!({ "key": node.key, "name": node.name, "worker": node.worker }))
            .collect::<Vec<_>>();
        let mut document = self.row.write();
        if let Some(document) = document.as_object_mut() {
            document.insert("kinds".into(), kinds.into());
            document.insert("running".into(), running.into());
            document.insert("running_count".into(), json!(self.running_count));
        }
        document
    }
}

impl Call for Graph {
    type Reply = Told<GraphFacts>;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Mars(self.instance.clone())
    }

    fn to_request(&self, _: &Target) -> Request {
        let (session, graph) = (self.session_id.as_str(), self.graph_key.as_str());
        let segments = ["console", "session", session, "graph", graph];
        request(Method::GET, &segments, &[])
    }

    fn from_response(&self, response: Response) -> Result<Self::Reply, Error> {
        told("the operands of the graph", response)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let pattern = ["console", "session", "*", "graph", "*"];
        let parts = Parts::take("Graph", request, &Method::GET, &pattern)?;
        Ok(Self {
            instance: String::new(),
            session_id: parts.segment(2),
            graph_key: parts.segment(4),
        })
    }
}
