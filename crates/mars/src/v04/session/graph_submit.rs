//! `POST /api/session/{session_id}/graph` (`http_11`, `18`, `29`, `31`, `34`, `36`, `38` to `40`).
//!
//! The text of the graph is not looked at here: a broken one gets a key too and fails later.

use super::path::{Parts, commas, post};
use super::reply;
use crate::Error;
use http::Method;
use serde_json::json;
use wire::{Call, Reply, Request, Response, Service, Target};

/// Submits a graph for execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphSubmit {
    /// The instance of the cluster.
    pub instance: String,
    /// The session.
    pub session_id: String,
    /// The JSON text of the graph.
    pub graph: String,
    /// The keys of the tileables whose results are wanted.
    pub target: Vec<String>,
    /// Names for the results; must be sent, may be empty.
    pub names: Vec<String>,
    /// Whether operands may be fused; `None` leaves the server's default (yes).
    pub compose: Option<bool>,
}

/// A graph under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphSubmitted {
    /// Its key.
    pub graph_key: String,
}

impl Reply for GraphSubmitted {
    fn into_response(self) -> Response {
        reply::respond_json(&json!({ "graph_key": self.graph_key }))
    }
}

impl Call for GraphSubmit {
    type Reply = GraphSubmitted;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Mars(self.instance.clone())
    }

    fn to_request(&self, _: &Target) -> Request {
        let (target, names) = (self.target.join(","), self.names.join(","));
        let mut fields = vec![
            ("graph", self.graph.as_str()),
            ("target", &target),
            ("names", &names),
        ];
        if let Some(compose) = self.compose {
            fields.push(("compose", if compose { "1" } else { "0" }));
        }
        post(&["session", &self.session_id, "graph"], &fields)
    }

    fn from_response(&self, response: Response) -> Result<GraphSubmitted, Error> {
        let document = reply::json("the submitted graph", response)?;
        Ok(GraphSubmitted {
            graph_key: reply::text("the submitted graph", &document, "graph_key")?,
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let pattern = ["session", "*", "graph"];
        let parts = Parts::take("GraphSubmit", request, &Method::POST, &pattern)?;
        let compose = match parts.optional("compose") {
            None => None,
            Some("1") => Some(true),
            Some("0") => Some(false),
            Some(other) => return Err(parts.refused(format!("compose is {other:?}"))),
        };
        Ok(Self {
            instance: String::new(),
            session_id: parts.segment(1),
            graph: parts.required("graph")?.to_owned(),
            target: commas(parts.required("target")?),
            names: commas(parts.required("names")?),
            compose,
        })
    }
}
