//! `GET /projects/{project}/resources/{name}`: the content. Recorded: `resources_0.9.json`.
//!
//! With the action `meta` the answer has the same headers and no body.

use bytes::Bytes;
use http::Method;
use wire::{Call, Millis, Reply, Request, Response, Service, Target};

use super::read_one;
use crate::request::Outgoing;
use crate::{Error, response};

/// Asks for a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Get {
    /// The name of the resource.
    pub name: String,
    /// Only what is said about it, not the content.
    pub meta: bool,
}

/// A resource.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// The name.
    pub name: Option<String>,
    /// `file`, `py`, `jar` or `archive`.
    pub kind: Option<String>,
    /// Who made it.
    pub owner: Option<String>,
    /// The user's words.
    pub comment: Option<String>,
    /// When it was made.
    pub created: Option<Millis>,
    /// When it was changed.
    pub modified: Option<Millis>,
    /// How many bytes it has.
    pub size: Option<u64>,
    /// The bytes; empty when only `meta` was asked for.
    pub body: Bytes,
}

impl std::fmt::Debug for Content {
    /// Without the content: a plan holds an access key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Content")
            .field("name", &self.name)
            .field("kind", &self.kind)
            .field("owner", &self.owner)
            .field("modified", &self.modified)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl Call for Get {
    type Reply = Content;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        let outgoing = Outgoing::project(Method::GET, target)
            .segment("resources")
            .segment(&self.name);
        if self.meta {
            outgoing.action("meta").finish(target)
        } else {
            outgoing
                .body("application/octet-stream", Bytes::new())
                .finish(target)
        }
    }

    fn from_response(&self, response: Response) -> Result<Content, Error> {
        let response = response::check(response)?;
        let header = |name| response::header(&response, name);
        Ok(Content {
            name: header("x-odps-resource-name"),
            kind: header("x-odps-resource-type"),
            owner: header("x-odps-owner"),
            comment: header("x-odps-comment"),
            created: response::time(&response, "x-odps-creation-time"),
            modified: response::time(&response, "last-modified"),
            size: header("x-odps-resource-size").and_then(|size| size.parse().ok()),
            body: response.into_body(),
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        match read_one(Method::GET, request) {
            Some((name, query)) => Ok(Self {
                name,
                meta: query.has("meta"),
            }),
            None => Err(Error::OtherCall {
                call: "the content of a resource",
            }),
        }
    }
}

impl Reply for Content {
    fn into_response(self) -> Response {
        let mut response = response::with_body("application/octet-stream", self.body);
        let size = self.size.map(|size| size.to_string());
        let texts = [
            ("x-odps-resource-name", self.name),
            ("x-odps-resource-type", self.kind),
            ("x-odps-updator", self.owner.clone()),
            ("x-odps-owner", self.owner),
            ("x-odps-comment", self.comment),
            ("x-odps-resource-size", size),
        ];
        for (name, text) in texts {
            response::set(&mut response, name, &text.unwrap_or_default());
        }
        response::set_time(&mut response, "x-odps-creation-time", self.created);
        response::set_time(&mut response, "last-modified", self.modified);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_comes_back() {
        let target = Target {
            project: "p".into(),
        };
        for meta in [true, false] {
            let call = Get {
                name: "a b".into(),
                meta,
            };
            assert_eq!(Get::from_request(&call.to_request(&target)), Ok(call));
        }
        let content = Content {
            name: Some("a b".into()),
            kind: Some("file".into()),
            created: Some(1_767_225_600_000),
            size: Some(2),
            body: Bytes::from_static(b"\0\xff"),
            ..Content::default()
        };
        let call = Get {
            name: "a b".into(),
            meta: false,
        };
        assert_eq!(
            call.from_response(content.clone().into_response()),
            Ok(content)
        );
    }
}
