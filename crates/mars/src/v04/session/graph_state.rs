//! `GET /api/session/{session_id}/graph/{graph_key}?wait_timeout=n` (`http_12`, `13`, `16`, `37`,
//! `41`, `58`, `68`, `69`).
//!
//! A graph that is refused while being prepared stays `cancelling` for ever and says nothing; only
//! who did not ask for the cancellation can tell (see [`GraphStatus::rejected`]).

use super::path::{Parts, request};
use super::reply;
use crate::Error;
use http::Method;
use serde_json::{Map, Value, json};
use wire::{Call, Reply, Request, Response, Service, Target};

/// Asks how a graph is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphState {
    /// The instance of the cluster.
    pub instance: String,
    /// The session.
    pub session_id: String,
    /// The graph.
    pub graph_key: String,
    /// Whole seconds to wait for its end; 0 answers at once. All clients of a cluster share one
    /// waiting thread, so keep it small.
    pub wait_timeout: u32,
}

/// The states of a graph.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Not looked at yet.
    Unscheduled,
    /// Being cut into chunks.
    Preparing,
    /// Running.
    Running,
    /// Done.
    Succeeded,
    /// Failed.
    Failed,
    /// Being cancelled, or refused while being prepared.
    Cancelling,
    /// Cancelled.
    Cancelled,
    /// A word that is not known here.
    Other(String),
}

impl State {
    /// The word of the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Unscheduled => "unscheduled",
            Self::Preparing => "preparing",
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelling => "cancelling",
            Self::Cancelled => "cancelled",
            Self::Other(word) => word,
        }
    }

    /// Reads the word of the wire.
    pub fn parse(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "unscheduled" => Self::Unscheduled,
            "preparing" => Self::Preparing,
            "running" => Self::Running,
            "succeeded" => Self::Succeeded,
            "failed" => Self::Failed,
            "cancelling" => Self::Cancelling,
            "cancelled" => Self::Cancelled,
            _ => Self::Other(word.to_owned()),
        }
    }

    /// Tells whether nothing will change any more without a further request.
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Cancelled)
    }
}

/// How a graph is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphStatus {
    /// Its state.
    pub state: State,
    /// The Python traceback of a failure, when the engine gives one.
    pub exc_info_text: Option<String>,
}

impl GraphStatus {
    /// The last line of the traceback: `ValueError: …`.
    pub fn message(&self) -> Option<String> {
        self.exc_info_text
            .as_deref()
            .map(reply::last_line)
            .filter(|line| !line.is_empty())
    }

    /// Tells whether the engine refused the graph while preparing it; `cancel_requested` is whether
    /// somebody asked for a cancellation.
    pub fn rejected(&self, cancel_requested: bool) -> bool {
        self.state == State::Cancelling && !cancel_requested
    }
}

impl Reply for GraphStatus {
    fn into_response(self) -> Response {
        let mut document = Map::new();
        document.insert("state".into(), json!(self.state.as_str()));
        if let Some(text) = self.exc_info_text {
            document.insert("exc_info_text".into(), json!(text));
        }
        reply::respond_json(&Value::Object(document))
    }
}

impl Call for GraphState {
    type Reply = GraphStatus;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Mars(self.instance.clone())
    }

    fn to_request(&self, _: &Target) -> Request {
        let wait = self.wait_timeout.to_string();
        let segments = ["session", &self.session_id, "graph", &self.graph_key];
        request(Method::GET, &segments, &[("wait_timeout", &wait)])
    }

    fn from_response(&self, response: Response) -> Result<GraphStatus, Error> {
        let document = reply::json("the state of the graph", response)?;
        let word = reply::text("the state of the graph", &document, "state")?;
        Ok(GraphStatus {
            state: State::parse(&word),
            exc_info_text: reply::exc_text(&document),
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let pattern = ["session", "*", "graph", "*"];
        let parts = Parts::take("GraphState", request, &Method::GET, &pattern)?;
        let wait = parts.required("wait_timeout")?.parse();
        Ok(Self {
            instance: String::new(),
            session_id: parts.segment(1),
            graph_key: parts.segment(3),
            wait_timeout: wait
                .map_err(|_| parts.refused("wait_timeout is no whole number".into()))?,
        })
    }
}
