//! `POST /projects/{project}/resources`: stores a file. Recorded: `create_cluster_0.9.json` seq 2,
//! `resources_0.9.json`.
//!
//! Name and kind travel in headers, the content is the body. `PUT …/resources/{name}` replaces. The
//! parts of large files (`rIsPart`, 0.11.3 and later) are other calls.

use bytes::Bytes;
use http::{Method, StatusCode};
use wire::{Call, Reply, Request, Response, Service, Target};

use crate::request::{Incoming, Outgoing};
use crate::{Error, response};

/// Stores a file.
#[derive(Clone, PartialEq, Eq)]
pub struct Create {
    /// The name of the resource.
    pub name: String,
    /// `file`, `py`, `jar` or `archive`.
    pub kind: String,
    /// Whether the service may remove it after the session. The plan that starts a cluster is kept.
    pub temp: bool,
    /// The user's words.
    pub comment: Option<String>,
    /// The bytes.
    pub content: Bytes,
}

impl std::fmt::Debug for Create {
    /// Without the content: a plan holds an access key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Create")
            .field("name", &self.name)
            .field("kind", &self.kind)
            .field("temp", &self.temp)
            .field("comment", &self.comment)
            .field("bytes", &self.content.len())
            .finish()
    }
}

/// The file is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// Its address, as the service gave it.
    pub location: Option<String>,
}

impl Created {
    /// As a server answers: `endpoint` is its address for clients (`http://host:port/api`).
    pub fn at(endpoint: &str, project: &str, name: &str) -> Self {
        let endpoint = endpoint.trim_end_matches('/');
        Self {
            location: Some(format!("{endpoint}/projects/{project}/resources/{name}")),
        }
    }
}

impl Call for Create {
    type Reply = Created;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        let mut outgoing = Outgoing::project(Method::POST, target)
            .segment("resources")
            .body("application/octet-stream", self.content.clone())
            .header(
                "content-disposition",
                &format!("attachment;filename={}", self.name),
            )
            .header("x-odps-resource-type", &self.kind)
            .header("x-odps-resource-name", &self.name);
        if let Some(comment) = &self.comment {
            outgoing = outgoing.header("x-odps-comment", comment);
        }
        if self.temp {
            outgoing = outgoing.header("x-odps-resource-istemp", "true");
        }
        outgoing.finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Created, Error> {
        let response = response::check(response)?;
        Ok(Created {
            location: response::header(&response, "location"),
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let incoming = Incoming::read(request);
        let whole = !incoming.has("rIsPart") && !incoming.has("rOpMerge");
        if incoming.under_project(Method::POST).as_deref() != Some(&["resources"]) || !whole {
            return Err(Error::OtherCall {
                call: "the creation of a resource",
            });
        }
        let header = |name| {
            let value = request.headers().get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
                .filter(|text| !text.is_empty())
        };
        let needed = |name| {
            header(name).ok_or_else(|| Error::malformed("resource", format!("no {name} header")))
        };
        Ok(Self {
            name: needed("x-odps-resource-name")?,
            kind: needed("x-odps-resource-type")?,
            temp: header("x-odps-resource-istemp")
                .is_some_and(|temp| temp.eq_ignore_ascii_case("true")),
            comment: header("x-odps-comment"),
            content: request.body().clone(),
        })
    }
}

impl Reply for Created {
    fn into_response(self) -> Response {
        let mut response = response::empty(StatusCode::CREATED);
        if let Some(location) = self.location {
            response::set(&mut response, "location", &location);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn create(name: &str) -> Create {
        Create {
            name: name.into(),
            kind: "file".into(),
            temp: true,
            comment: Some("说明".into()),
            content: Bytes::from_static(b"\0\xff"),
        }
    }

    #[test]
    fn a_resource_comes_back() {
        let target = Target {
            project: "p".into(),
        };
        let call = create("名.bin");
        assert_eq!(
            Create::from_request(&call.to_request(&target)),
            Ok(call.clone())
        );
        let created = Created::at("http://h/api", "p", "n");
        assert_eq!(
            call.from_response(created.clone().into_response()),
            Ok(created)
        );
    }

    #[test]
    fn the_content_is_not_shown() {
        let call = Create {
            content: Bytes::from_static(b"odps.access.key"),
            ..create("n")
        };
        assert!(!format!("{call:?}").contains("odps.access.key"));
    }

    #[test]
    fn a_name_cannot_add_a_header() {
        let request = create("a\r\nx-odps-evil: 1").to_request(&Target {
            project: "p".into(),
        });
        assert_eq!(request.headers()["x-odps-resource-name"], "ax-odps-evil: 1");
        assert!(!request.headers().contains_key("x-odps-evil"));
    }

    #[test]
    fn a_resource_without_name_is_refused() {
        let mut request = create("n").to_request(&Target {
            project: "p".into(),
        });
        request.headers_mut().remove("x-odps-resource-name");
        assert!(matches!(
            Create::from_request(&request),
            Err(Error::Malformed { .. })
        ));
    }
}
