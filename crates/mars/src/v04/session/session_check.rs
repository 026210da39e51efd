//! `HEAD /api/session/{session_id}`: 200 or 404 (`http_08`, `http_09`).
//!
//! 0.4.0rc1 answers `HEAD` alone, later 0.4.x `GET` alone: there this is a status of 405.

use super::path::{Parts, request};
use super::reply::{self, Empty};
use crate::Error;
use http::Method;
use wire::{Call, Request, Response, Service, Target};

/// Asks whether a session exists; one that does not is a status of 404.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionCheck {
    /// The instance of the cluster.
    pub instance: String,
    /// The session.
    pub session_id: String,
}

impl Call for SessionCheck {
    type Reply = Empty;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Mars(self.instance.clone())
    }

    fn to_request(&self, _: &Target) -> Request {
        request(Method::HEAD, &["session", &self.session_id], &[])
    }

    fn from_response(&self, response: Response) -> Result<Empty, Error> {
        reply::accept(response).map(|_| Empty)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let parts = Parts::take("SessionCheck", request, &Method::HEAD, &["session", "*"])?;
        Ok(Self {
            instance: String::new(),
            session_id: parts.segment(1),
        })
    }
}
