//! `GET /projects/{project}/tables/{table}?downloadid={id}`: looks at a session again.
//! Recorded: `tunnel_download_protobuf.json` (a session that was INITIATING).

use http::Method;
use wire::{Call, Request, Response, Service, Target};

use super::{Session, Source, read_source};
use crate::Error;

/// Looks at a session again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reload {
    /// What is downloaded.
    pub source: Source,
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
        self.source
            .outgoing(Method::GET, target)
            .pair("downloadid", &self.id)
            .pair_some("partition", self.source.partition_text().as_deref())
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Session, Error> {
        Session::read(response)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let other = Error::OtherCall {
            call: "a look at a download session",
        };
        match read_source(Method::GET, request) {
            Some((source, query)) if !query.has("data") => Ok(Self {
                id: query.said("downloadid").ok_or(other)?,
                source: source?,
            }),
            _ => Err(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_come_back() {
        let call = Reload {
            source: Source::table("t"),
            id: "D".into(),
        };
        let request = call.to_request(&Target {
            project: "p".into(),
        });
        assert_eq!(Reload::from_request(&request), Ok(call));
    }
}
