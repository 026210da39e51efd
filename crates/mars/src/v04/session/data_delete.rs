//! `DELETE …/data/{tileable_key}?wait=1`: frees a result (`http_44`).

use super::path::{Parts, request};
use super::reply::{self, Empty};
use crate::Error;
use http::Method;
use wire::{Call, Request, Response, Service, Target};

/// Frees a result; a later fetch of it is a status of 500.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataDelete {
    /// The instance of the cluster.
    pub instance: String,
    /// The session.
    pub session_id: String,
    /// The graph.
    pub graph_key: String,
    /// The tileable.
    pub tileable_key: String,
    /// Whether the answer comes only when it is gone.
    pub wait: bool,
}

impl Call for DataDelete {
    type Reply = Empty;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Mars(self.instance.clone())
    }

    fn to_request(&self, _: &Target) -> Request {
        let segments = [
            "session",
            &self.session_id,
            "graph",
            &self.graph_key,
            "data",
            &self.tileable_key,
        ];
        let wait = if self.wait { "1" } else { "0" };
        request(Method::DELETE, &segments, &[("wait", wait)])
    }

    fn from_response(&self, response: Response) -> Result<Empty, Error> {
        reply::accept(response).map(|_| Empty)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let pattern = ["session", "*", "graph", "*", "data", "*"];
        let parts = Parts::take("DataDelete", request, &Method::DELETE, &pattern)?;
        Ok(Self {
            instance: String::new(),
            session_id: parts.segment(1),
            graph_key: parts.segment(3),
            tileable_key: parts.segment(5),
            wait: parts.optional("wait").is_some_and(|wait| wait != "0"),
        })
    }
}
