//! `GET …/data/{tileable_key}?type=nsplits`: the lengths of the chunks along every axis, and so
//! the actual shape (`http_15`, `19`, `26`, `33`).

use super::path::{Parts, request};
use super::reply;
use crate::Error;
use http::Method;
use serde_json::json;
use wire::{Call, Reply, Request, Response, Service, Target};

/// Asks how a result is cut into chunks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NSplits {
    /// The instance of the cluster.
    pub instance: String,
    /// The session.
    pub session_id: String,
    /// The graph.
    pub graph_key: String,
    /// The tileable.
    pub tileable_key: String,
}

/// The lengths of the chunks along every axis; a scalar has no axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splits(pub Vec<Vec<u64>>);

impl Splits {
    /// The actual shape; `None` if a length does not fit 64 bits.
    pub fn shape(&self) -> Option<Vec<u64>> {
        let total = |axis: &Vec<u64>| axis.iter().try_fold(0u64, |sum, &n| sum.checked_add(n));
        self.0.iter().map(total).collect()
    }
}

impl Reply for Splits {
    fn into_response(self) -> Response {
        reply::respond_json(&json!(self.0))
    }
}

impl Call for NSplits {
    type Reply = Splits;
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
        request(Method::GET, &segments, &[("type", "nsplits")])
    }

    fn from_response(&self, response: Response) -> Result<Splits, Error> {
        let what = "the splits";
        let document = reply::json(what, response)?;
        serde_json::from_value(document)
            .map(Splits)
            .map_err(|error| Error::Malformed {
                what,
                detail: error.to_string(),
            })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let pattern = ["session", "*", "graph", "*", "data", "*"];
        let parts = Parts::take("NSplits", request, &Method::GET, &pattern)?;
        match parts.required("type")? {
            "nsplits" => Ok(Self {
                instance: String::new(),
                session_id: parts.segment(1),
                graph_key: parts.segment(3),
                tileable_key: parts.segment(5),
            }),
            other => Err(parts.refused(format!("the type is {other:?}"))),
        }
    }
}
