//! `GET /projects/{project}/instances/{id}?source`: the job as it was submitted, root `Job`.
//! Recorded: `sql_instance_0.9.json` seq 11, `list_mars_instances_0.12.json`.

use http::Method;
use wire::{Call, Reply, Request, Response, Service, Target};

use super::job::Job;
use super::{one, read_one};
use crate::request::body_text;
use crate::{Error, response, xml};

/// Asks what was submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The instance.
    pub id: String,
}

/// What was submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobSource {
    /// The document as the service has it.
    pub xml: String,
    /// The same, read.
    pub job: Job,
}

impl JobSource {
    /// As a server answers from the job that it keeps.
    pub fn of(job: Job) -> Self {
        Self {
            xml: job.to_element().to_pretty(),
            job,
        }
    }

    /// Reads a document.
    pub fn read(xml: &str) -> Result<Self, Error> {
        let document = xml::parse("job", xml)?;
        let root = document.root_element();
        // The root is `Job`; a service that wraps it in `Instance` is understood too.
        let job = xml::child(root, "Job").unwrap_or(root);
        Ok(Self {
            job: Job::read(job)?,
            xml: xml.to_owned(),
        })
    }
}

impl Call for Source {
    type Reply = JobSource;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        one(Method::GET, target, &self.id)
            .action("source")
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<JobSource, Error> {
        let response = response::check(response)?;
        JobSource::read(body_text("job", response.body())?)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        match read_one(Method::GET, request) {
            Some((id, query)) if query.has("source") => Ok(Self { id }),
            _ => Err(Error::OtherCall {
                call: "the source of an instance",
            }),
        }
    }
}

impl Reply for JobSource {
    fn into_response(self) -> Response {
        response::with_body("application/xml", self.xml)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instances::Task;

    #[test]
    fn the_job_comes_back() {
        let source = JobSource::of(Job::of(Task::cupid("r,p,eHasFuxiJob", "u")));
        assert!(source.xml.contains("\n<Job>\n  <Priority>9</Priority>\n"));
        assert_eq!(
            Source { id: "i".into() }.from_response(source.clone().into_response()),
            Ok(source)
        );
    }

    #[test]
    fn no_job_is_an_error() {
        for body in ["", "<Job/>", "<Job><Tasks/><Priority>x</Priority></Job>"] {
            assert!(JobSource::read(body).is_err(), "{body}");
        }
    }
}
