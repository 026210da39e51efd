//! `GET /projects/{project}/instances/{id}`: the state. Recorded: `create_cluster_0.9.json` seq 5.
//!
//! Owner and times travel in headers; the end time is an empty header while the instance runs.
//! 0.12 and later may add the action `instancestatus` (the server may then hold its answer).

use http::Method;
use wire::{Call, Millis, Reply, Request, Response, Service, Target};

use super::{ACTIONS, Status, one, read_one};
use crate::request::body_xml;
use crate::xml::{self, Element};
use crate::{Error, response};

/// Asks for the state of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Get {
    /// The instance.
    pub id: String,
}

/// The state of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Where it is.
    pub status: Status,
    /// Who submitted it.
    pub owner: Option<String>,
    /// When it was accepted.
    pub start_time: Option<Millis>,
    /// When it ended.
    pub end_time: Option<Millis>,
}

impl Call for Get {
    type Reply = Instance;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        one(Method::GET, target, &self.id).finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Instance, Error> {
        let response = response::check(response)?;
        let document = body_xml("instance", response.body())?;
        let status = xml::child_text(document.root_element(), "Status")
            .ok_or_else(|| Error::malformed("instance", "no Status element"))?;
        Ok(Instance {
            status: Status::read(&status)?,
            owner: response::header(&response, "x-odps-owner"),
            start_time: response::time(&response, "x-odps-start-time"),
            end_time: response::time(&response, "x-odps-end-time"),
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        match read_one(Method::GET, request) {
            Some((id, query)) if !ACTIONS.iter().any(|action| query.has(action)) => Ok(Self { id }),
            _ => Err(Error::OtherCall {
                call: "the state of an instance",
            }),
        }
    }
}

impl Reply for Instance {
    fn into_response(self) -> Response {
        let document = Element::new("Instance").with(Element::text("Status", self.status.as_str()));
        let mut response = response::xml(&document);
        response::set(
            &mut response,
            "x-odps-owner",
            self.owner.as_deref().unwrap_or_default(),
        );
        response::set_time(&mut response, "x-odps-start-time", self.start_time);
        response::set_time(&mut response, "x-odps-end-time", self.end_time);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_instance_has_an_empty_end_time() {
        let instance = Instance {
            status: Status::Running,
            owner: Some("ALIYUN$a@b".into()),
            start_time: Some(1_767_225_600_000),
            end_time: None,
        };
        let response = instance.clone().into_response();
        assert_eq!(response.headers()["x-odps-end-time"], "");
        assert_eq!(Get { id: "i".into() }.from_response(response), Ok(instance));
    }

    #[test]
    fn an_unknown_word_is_an_error() {
        let answer = response::text("<Instance><Status>Sleeping</Status></Instance>");
        assert!(matches!(
            Get { id: "i".into() }.from_response(answer),
            Err(Error::Malformed { .. })
        ));
    }

    #[test]
    fn an_action_is_another_call() {
        let mut request = Request::default();
        for (address, ours) in [
            ("/projects/p/instances/i?curr_project=p", true),
            (
                "/projects/p/instances/i?instancestatus&curr_project=p",
                true,
            ),
            ("/projects/p/instances/i?taskstatus&curr_project=p", false),
            ("/projects/p/instances/i?instancedetail=&taskname=t", false),
            ("/projects/p/instances", false),
        ] {
            *request.uri_mut() = address.parse().expect("a valid address");
            assert_eq!(Get::from_request(&request).is_ok(), ours, "{address}");
        }
    }
}
