//! `GET /api/worker?action=count` (`http_02_worker_count.json`).

use super::path::{Parts, request};
use super::reply;
use crate::Error;
use http::Method;
use wire::{Call, Reply, Request, Response, Service, Target};

/// Asks how many workers have joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkerCount {
    /// The instance of the cluster.
    pub instance: String,
}

/// A number of workers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count(pub u64);

impl Reply for Count {
    fn into_response(self) -> Response {
        reply::respond(self.0.to_string())
    }
}

impl Call for WorkerCount {
    type Reply = Count;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Mars(self.instance.clone())
    }

    fn to_request(&self, _: &Target) -> Request {
        request(Method::GET, &["worker"], &[("action", "count")])
    }

    fn from_response(&self, response: Response) -> Result<Count, Error> {
        let what = "the number of workers";
        let document = reply::json(what, response)?;
        let count = document.as_u64();
        count.map(Count).ok_or_else(|| Error::Malformed {
            what,
            detail: document.to_string(),
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let parts = Parts::take("WorkerCount", request, &Method::GET, &["worker"])?;
        match parts.required("action")? {
            "count" => Ok(Self {
                instance: String::new(),
            }),
            other => Err(parts.refused(format!("the action is {other:?}"))),
        }
    }
}
