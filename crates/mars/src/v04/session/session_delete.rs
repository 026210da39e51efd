//! `DELETE /api/session/{session_id}`: 200, also for an unknown one (`http_50`, `http_51`).

use super::path::{Parts, request};
use super::reply::{self, Empty};
use crate::Error;
use http::Method;
use wire::{Call, Request, Response, Service, Target};

/// Ends a session and frees what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionDelete {
    /// The instance of the cluster.
    pub instance: String,
    /// The session.
    pub session_id: String,
}

impl Call for SessionDelete {
    type Reply = Empty;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Mars(self.instance.clone())
    }

    fn to_request(&self, _: &Target) -> Request {
        request(Method::DELETE, &["session", &self.session_id], &[])
    }

    fn from_response(&self, response: Response) -> Result<Empty, Error> {
        reply::accept(response).map(|_| Empty)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let parts = Parts::take("SessionDelete", request, &Method::DELETE, &["session", "*"])?;
        Ok(Self {
            instance: String::new(),
            session_id: parts.segment(1),
        })
    }
}
