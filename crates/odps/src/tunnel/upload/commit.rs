//! `POST /projects/{project}/tables/{table}?uploadid={id}`: makes the blocks part of the table.
//! Recorded: `tunnel_upload_protobuf.json` seq 6, `tunnel_upload_protobuf_0.9.json` seq 5.
//!
//! The request names no blocks: clients compare their list with the session's before. It is repeated
//! when its answer does not come, so a second commit must be answered like the first.

use http::Method;
use wire::{Call, Request, Response, Service, Target};

use super::Session;
use crate::Error;
use crate::tunnel::download::{Source, read_source};

/// Makes the blocks of a session part of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Where the rows go.
    pub target: Source,
    /// The session.
    pub id: String,
}

impl Call for Commit {
    type Reply = Session;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Tunnel
    }

    fn to_request(&self, target: &Target) -> Request {
        self.target
            .outgoing(Method::POST, target)
            .pair("uploadid", &self.id)
            .pair_some("partition", self.target.partition_text().as_deref())
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Session, Error> {
        Session::read(response)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let other = Error::OtherCall {
            call: "the commit of an upload session",
        };
        let Some((target, query)) = read_source(Method::POST, request) else {
            return Err(other);
        };
        Ok(Self {
            id: query.said("uploadid").ok_or(other)?,
            target: target?,
        })
    }
}
