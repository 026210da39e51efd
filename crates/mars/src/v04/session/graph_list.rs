//! `GET /api/session/{session_id}/graph` (`http_17`, `60`, `65`).
//!
//! Fails with 500 for good once a mutable tensor was sealed in the session.

use super::graph_state::State;
use super::path::{Parts, request};
use super::reply;
use crate::Error;
use http::Method;
use serde_json::{Map, Value, json};
use wire::{Call, Reply, Request, Response, Service, Target};

/// Asks for the graphs of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphList {
    /// The instance of the cluster.
    pub instance: String,
    /// The session.
    pub session_id: String,
}

/// The graphs of a session.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GraphSummaries {
    /// In the order of the answer.
    pub graphs: Vec<GraphSummary>,
}

/// What the list tells of one graph; one that is being prepared has a state only.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphSummary {
    /// Its key.
    pub graph_key: String,
    /// Its state.
    pub state: State,
    /// Unix seconds of its start.
    pub start_time: Option<f64>,
    /// Unix seconds of its end.
    pub end_time: Option<f64>,
    /// How many operands it has after being cut into chunks.
    pub graph_size: Option<u64>,
}

impl Reply for GraphSummaries {
    fn into_response(self) -> Response {
        let graphs = self.graphs.into_iter().map(|graph| {
            let mut entry = Map::new();
            if graph.graph_size.is_some() {
                entry.insert("id".into(), json!(graph.graph_key));
            }
            entry.insert("state".into(), json!(graph.state.as_str()));
            if graph.graph_size.is_some() {
                entry.insert("start_time".into(), json!(graph.start_time));
                entry.insert("end_time".into(), json!(graph.end_time));
                entry.insert("graph_size".into(), json!(graph.graph_size));
            }
            (graph.graph_key, Value::Object(entry))
        });
        reply::respond_json(&Value::Object(graphs.collect()))
    }
}

impl Call for GraphList {
    type Reply = GraphSummaries;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Mars(self.instance.clone())
    }

    fn to_request(&self, _: &Target) -> Request {
        request(Method::GET, &["session", &self.session_id, "graph"], &[])
    }

    fn from_response(&self, response: Response) -> Result<GraphSummaries, Error> {
        let what = "the list of graphs";
        let document = reply::json(what, response)?;
        let graphs = document.as_object().ok_or_else(|| Error::Malformed {
            what,
            detail: "it is no object".into(),
        })?;
        let read = |(key, graph): (&String, &Value)| {
            Ok(GraphSummary {
                graph_key: key.clone(),
                state: State::parse(&reply::text(what, graph, "state")?),
                start_time: graph.get("start_time").and_then(Value::as_f64),
                end_time: graph.get("end_time").and_then(Value::as_f64),
                graph_size: graph.get("graph_size").and_then(Value::as_u64),
            })
        };
        Ok(GraphSummaries {
            graphs: graphs.iter().map(read).collect::<Result<_, Error>>()?,
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let pattern = ["session", "*", "graph"];
        let parts = Parts::take("GraphList", request, &Method::GET, &pattern)?;
        Ok(Self {
            instance: String::new(),
            session_id: parts.segment(1),
        })
    }
}
