//! `DELETE /api/session/{session_id}/graph/{graph_key}` (`http_42`, `43`, `67`).

use super::path::{Parts, request};
use super::reply::{self, Empty};
use crate::Error;
use http::Method;
use wire::{Call, Request, Response, Service, Target};

/// Cancels a graph; one that is over is left as it is, an unknown one is a status of 404.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphCancel {
    /// The instance of the cluster.
    pub instance: String,
    /// The session.
    pub session_id: String,
    /// The graph.
    pub graph_key: String,
}

impl Call for GraphCancel {
    type Reply = Empty;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Mars(self.instance.clone())
    }

    fn to_request(&self, _: &Target) -> Request {
        let segments = ["session", &self.session_id, "graph", &self.graph_key];
        request(Method::DELETE, &segments, &[])
    }

    fn from_response(&self, response: Response) -> Result<Empty, Error> {
        reply::accept(response).map(|_| Empty)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let pattern = ["session", "*", "graph", "*"];
        let parts = Parts::take("GraphCancel", request, &Method::DELETE, &pattern)?;
        Ok(Self {
            instance: String::new(),
            session_id: parts.segment(1),
            graph_key: parts.segment(3),
        })
    }
}
