//! `DELETE /projects/{project}/resources/{name}`. Recorded: `resources_0.9.json`.

use http::{Method, StatusCode};
use wire::{Call, Reply, Request, Response, Service, Target};

use super::read_one;
use crate::request::Outgoing;
use crate::{Error, response};

/// Removes a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delete {
    /// The name of the resource.
    pub name: String,
}

/// The resource is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deleted;

impl Call for Delete {
    type Reply = Deleted;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        Outgoing::project(Method::DELETE, target)
            .segment("resources")
            .segment(&self.name)
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Deleted, Error> {
        response::check(response).map(|_| Deleted)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        match read_one(Method::DELETE, request) {
            Some((name, _)) => Ok(Self { name }),
            None => Err(Error::OtherCall {
                call: "the removal of a resource",
            }),
        }
    }
}

impl Reply for Deleted {
    fn into_response(self) -> Response {
        response::empty(StatusCode::NO_CONTENT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_directions() {
        let call = Delete { name: "a/b".into() };
        let request = call.to_request(&Target {
            project: "p".into(),
        });
        assert_eq!(Delete::from_request(&request), Ok(call.clone()));
        assert_eq!(call.from_response(Deleted.into_response()), Ok(Deleted));
        let absent = Error::no_such_object("no resource").into_response();
        assert!(
            call.from_response(absent)
                .is_err_and(|error| error.is_absent())
        );
    }
}
