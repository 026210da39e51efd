//! `GET /api`: tells that the web server answers (`http_01_api.json`).

use super::path::{Parts, request};
use super::reply;
use crate::Error;
use http::Method;
use serde_json::json;
use wire::{Call, Reply, Request, Response, Service, Target};

/// Asks whether the web server is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// The instance of the cluster.
    pub instance: String,
}

/// The greeting of the web server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// `Mars API Entry`
    pub msg: String,
}

impl Reply for Entry {
    fn into_response(self) -> Response {
        reply::respond_json(&json!({ "msg": self.msg }))
    }
}

impl Call for Probe {
    type Reply = Entry;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Mars(self.instance.clone())
    }

    fn to_request(&self, _: &Target) -> Request {
        request(Method::GET, &[], &[])
    }

    fn from_response(&self, response: Response) -> Result<Entry, Error> {
        let document = reply::json("the API entry", response)?;
        Ok(Entry {
            msg: reply::text("the API entry", &document, "msg")?,
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        Parts::take("Probe", request, &Method::GET, &[])?;
        Ok(Self {
            instance: String::new(),
        })
    }
}
