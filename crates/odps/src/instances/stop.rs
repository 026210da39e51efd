//! `PUT /projects/{project}/instances/{id}`: asks for the end. Recorded: `stop_cluster.json`.
//!
//! An instance that has ended already answers with the error code `InvalidStateSetting`. The answer
//! only says that the wish was taken: whether it ended is read from its state.

use http::{Method, StatusCode};
use wire::{Call, Reply, Request, Response, Service, Target};

use super::{Status, one, read_one};
use crate::request::body_xml;
use crate::xml::{self, Element};
use crate::{Error, response};

/// Asks an instance to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The instance.
    pub id: String,
}

/// The wish was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopping;

impl Stop {
    /// What a server answers when the instance has ended already.
    pub fn already_ended() -> Error {
        Error::status(
            StatusCode::BAD_REQUEST,
            "InvalidStateSetting",
            "ODPS-0420061: Invalid state setting - instance already terminated",
        )
    }
}

impl Call for Stop {
    type Reply = Stopping;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        let document =
            Element::new("Instance").with(Element::text("Status", Status::Terminated.as_str()));
        one(Method::PUT, target, &self.id)
            .body("application/xml", document.to_pretty())
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Stopping, Error> {
        response::check(response).map(|_| Stopping)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let other = Error::OtherCall {
            call: "the end of an instance",
        };
        let Some((id, query)) = read_one(Method::PUT, request) else {
            return Err(other);
        };
        // The same method with `info` writes a note on a task.
        if query.has("info") {
            return Err(other);
        }
        let document = body_xml("instance", request.body())?;
        let status = xml::child_text(document.root_element(), "Status").unwrap_or_default();
        if Status::read(&status)? != Status::Terminated {
            return Err(Error::malformed(
                "instance",
                "an instance can only be set to Terminated",
            ));
        }
        Ok(Self { id })
    }
}

impl Reply for Stopping {
    fn into_response(self) -> Response {
        response::empty(StatusCode::OK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_can_be_asked_for() {
        let target = Target {
            project: "p".into(),
        };
        let call = Stop { id: "i".into() };
        let mut request = call.to_request(&target);
        assert_eq!(Stop::from_request(&request), Ok(call.clone()));
        *request.body_mut() = "<Instance><Status>Running</Status></Instance>".into();
        assert!(matches!(
            Stop::from_request(&request),
            Err(Error::Malformed { .. })
        ));
        let error = call
            .from_response(Stop::already_ended().into_response())
            .expect_err("an error");
        assert_eq!(error.code(), "InvalidStateSetting");
    }
}
