//! `POST /projects/{project}/instances`: submits a job. Recorded: `create_cluster_0.9.json` seq 3.
//!
//! The answer is 201 with the new instance in `Location`. A body that is not empty is a result
//! document: the instance has ended already.

use http::header::LOCATION;
use http::{Method, StatusCode};
use wire::{Call, Reply, Request, Response, Service, Target};

use super::job::Job;
use super::result::{TaskOutcome, TaskResults};
use crate::request::{Incoming, Outgoing, body_text, body_xml};
use crate::xml::{self, Element};
use crate::{Error, response};

/// Submits a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Create {
    /// What to run.
    pub job: Job,
}

/// The new instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// The id of the instance.
    pub id: String,
    /// Its address, as the service gave it.
    pub location: String,
    /// The results of an instance that ended at once.
    pub results: Option<Vec<TaskOutcome>>,
}

impl Created {
    /// As a server answers: `endpoint` is its address for clients (`http://host:port/api`).
    pub fn at(endpoint: &str, project: &str, id: &str) -> Self {
        Self {
            id: id.to_owned(),
            location: format!(
                "{}/projects/{project}/instances/{id}",
                endpoint.trim_end_matches('/')
            ),
            results: None,
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
        let document = Element::new("Instance").with(self.job.to_element());
        Outgoing::project(Method::POST, target)
            .segment("instances")
            .body("application/xml", document.to_pretty())
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Created, Error> {
        let response = response::check(response)?;
        let missing = || {
            Error::malformed(
                "answer to a submission",
                "no instance in the Location header",
            )
        };
        let location = response::header(&response, LOCATION.as_str()).ok_or_else(missing)?;
        let id = location
            .rsplit('/')
            .next()
            .filter(|id| !id.is_empty())
            .ok_or_else(missing)?
            .to_owned();
        let body = body_text("answer to a submission", response.body())?;
        let results = if body.trim().is_empty() {
            None
        } else {
            Some(TaskResults::read(body)?.tasks)
        };
        Ok(Created {
            id,
            location,
            results,
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let incoming = Incoming::read(request);
        if incoming.under_project(Method::POST).as_deref() != Some(&["instances"]) {
            return Err(Error::OtherCall {
                call: "the creation of an instance",
            });
        }
        let document = body_xml("instance", request.body())?;
        let job = xml::child(document.root_element(), "Job")
            .ok_or_else(|| Error::malformed("instance", "no Job element"))?;
        Ok(Self {
            job: Job::read(job)?,
        })
    }
}

impl Reply for Created {
    fn into_response(self) -> Response {
        let mut response = match self.results {
            Some(tasks) => TaskResults { tasks }.into_response(),
            None => response::with_body("application/xml", ""),
        };
        *response.status_mut() = StatusCode::CREATED;
        response::set(&mut response, "location", &self.location);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instances::Task;

    #[test]
    fn the_id_is_what_follows_the_last_slash() {
        let call = Create {
            job: Job::of(Task::sql("select 1", [], "u")),
        };
        let created = Created::at("http://h/api/", "p", "2026g1");
        assert_eq!(created.location, "http://h/api/projects/p/instances/2026g1");
        assert_eq!(
            call.from_response(created.clone().into_response()),
            Ok(created)
        );
    }

    #[test]
    fn an_answer_without_location_is_an_error() {
        let call = Create {
            job: Job::of(Task::sql("select 1", [], "u")),
        };
        assert!(matches!(
            call.from_response(response::text("")),
            Err(Error::Malformed { .. })
        ));
    }
}
