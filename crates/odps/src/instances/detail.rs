//! `GET …/instances/{id}?instancedetail&taskname={task}` and `…?detail&taskname={task}`.
//! Recorded: `create_cluster_0.9.json` seq 10 to 12.
//!
//! The answer is a text whose meaning belongs to the task kind: JSON for SQL, base64 of a protobuf
//! message for Cupid ([`crate::cupid::detail`]). The real service may answer `{}` to the first form
//! until the second was asked once.

use http::Method;
use wire::{Call, Reply, Request, Response, Service, Target};

use super::{one, read_one};
use crate::request::body_text;
use crate::{Error, response};

/// Asks for the details of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The instance.
    pub id: String,
    /// The task.
    pub task: String,
    /// Which of the two questions.
    pub form: Form,
}

/// The two questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `instancedetail`
    Instance,
    /// `detail`, "version 2" of the same
    Task,
}

impl Form {
    fn as_str(self) -> &'static str {
        match self {
            Self::Instance => "instancedetail",
            Self::Task => "detail",
        }
    }
}

/// The details as they came.
#[derive(Clone, PartialEq, Eq)]
pub struct DetailText(pub String);

impl std::fmt::Debug for DetailText {
    /// Without the text: that of a token task holds the token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DetailText({} bytes)", self.0.len())
    }
}

impl Call for Detail {
    type Reply = DetailText;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        one(Method::GET, target, &self.id)
            .action(self.form.as_str())
            .pair("taskname", &self.task)
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<DetailText, Error> {
        let response = response::check(response)?;
        Ok(DetailText(
            body_text("task detail", response.body())?.to_owned(),
        ))
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let other = Error::OtherCall {
            call: "the details of a task",
        };
        let (id, query) = read_one(Method::GET, request).ok_or_else(|| other.clone())?;
        let form = [Form::Instance, Form::Task]
            .into_iter()
            .find(|form| query.has(form.as_str()));
        let task = query
            .said("taskname")
            .ok_or_else(|| Error::malformed("parameter", "taskname is missing"));
        Ok(Self {
            form: form.ok_or(other)?,
            task: task?,
            id,
        })
    }
}

impl Reply for DetailText {
    fn into_response(self) -> Response {
        let kind = if self.0.starts_with('{') {
            "application/json"
        } else {
            "text/plain"
        };
        response::with_body(kind, self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_come_back() {
        let target = Target {
            project: "p".into(),
        };
        for form in [Form::Instance, Form::Task] {
            let call = Detail {
                id: "i".into(),
                task: "cupid_task".into(),
                form,
            };
            assert_eq!(
                Detail::from_request(&call.to_request(&target)),
                Ok(call.clone())
            );
            let text = DetailText("CgA=".into());
            assert_eq!(call.from_response(text.clone().into_response()), Ok(text));
        }
    }

    #[test]
    fn the_task_must_be_named() {
        let mut request = Request::default();
        *request.uri_mut() = "/projects/p/instances/i?detail"
            .parse()
            .expect("a valid address");
        assert!(matches!(
            Detail::from_request(&request),
            Err(Error::Malformed { .. })
        ));
    }
}
