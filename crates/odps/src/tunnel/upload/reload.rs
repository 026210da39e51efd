//! `GET /projects/{project}/tables/{table}?uploadid={id}`: looks at an upload session again.
//! Recorded: `tunnel_upload_protobuf.json` seq 5.

use http::Method;
use wire::{Call, Request, Response, Service, Target};

use super::Session;
use crate::Error;
use crate::tunnel::download::{Source, read_source};

/// Looks at an upload session again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reload {
    /// Where the rows go.
    pub target: Source,
    /// The session.
    pub id: String,
}

impl Call for Reload {
    type Reply = Session;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Tunnel
    }

    fn to_request(&self, target: &Target) -> Request {
        self.target
            .outgoing(Method::GET, target)
            .pair("reload", "True")
            .pair_some("partition", self.target.partition_text().as_deref())
            .pair("uploadid", &self.id)
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Session, Error> {
        Session::read(response)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let other = Error::OtherCall {
            call: "a look at an upload session",
        };
        let Some((target, query)) = read_source(Method::GET, request) else {
            return Err(other);
        };
        Ok(Self {
            id: query.said("uploadid").ok_or(other)?,
            target: target?,
        })
    }
}
