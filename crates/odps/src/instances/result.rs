//! `GET /projects/{project}/instances/{id}?result`: what the tasks left, or why they failed.
//! Recorded: `sql_instance_0.9.json` seq 9, `sql_instance_base64_result.json`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use wire::{Call, Reply, Request, Response, Service, Target};

use super::{TaskStatusWord, one, read_one};
use crate::request::body_text;
use crate::xml::{self, Element};
use crate::{Error, response};

/// Asks for the results of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskResult {
    /// The instance.
    pub id: String,
}

/// The results of an instance, one per task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskResults {
    /// In the order of the service.
    pub tasks: Vec<TaskOutcome>,
}

/// What one task left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskOutcome {
    /// `SQL`, `CUPID`, …
    pub kind: String,
    /// The name that the job gave it.
    pub name: String,
    /// `text` or `csv`.
    pub format: String,
    /// The result; the error text of a task that failed.
    pub text: String,
    /// Where the task is, if the service says so here.
    pub status: Option<TaskStatusWord>,
}

impl TaskResults {
    /// Reads a result document.
    pub(super) fn read(body: &str) -> Result<Self, Error> {
        let document = xml::parse("results", body)?;
        let tasks = xml::child(document.root_element(), "Tasks");
        let tasks = tasks
            .into_iter()
            .flat_map(|tasks| xml::children(tasks, "Task"));
        let tasks = tasks.map(|task| {
            let result = xml::child(task, "Result");
            let mut text = result.map(xml::text).unwrap_or_default();
            if result.and_then(|result| result.attribute("Transform")) == Some("Base64") {
                let packed: String = text.split_ascii_whitespace().collect();
                let bytes = STANDARD
                    .decode(packed)
                    .map_err(|error| Error::malformed("results", error))?;
                text = String::from_utf8_lossy(&bytes).into_owned();
            }
            Ok(TaskOutcome {
                kind: task.attribute("Type").unwrap_or_default().to_owned(),
                name: xml::child_text(task, "Name").unwrap_or_default(),
                format: result
                    .and_then(|result| result.attribute("Format"))
                    .unwrap_or("text")
                    .to_owned(),
                text,
                status: xml::said(task, "Status").map(|word| TaskStatusWord::read(&word)),
            })
        });
        Ok(Self {
            tasks: tasks.collect::<Result<_, Error>>()?,
        })
    }
}

impl Call for TaskResult {
    type Reply = TaskResults;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        one(Method::GET, target, &self.id)
            .action("result")
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<TaskResults, Error> {
        let response = response::check(response)?;
        TaskResults::read(body_text("results", response.body())?)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        match read_one(Method::GET, request) {
            Some((id, query)) if query.has("result") => Ok(Self { id }),
            _ => Err(Error::OtherCall {
                call: "the results of an instance",
            }),
        }
    }
}

impl Reply for TaskResults {
    fn into_response(self) -> Response {
        let mut tasks = Element::new("Tasks");
        for task in self.tasks {
            // A carriage return does not survive in a CDATA section: it travels as base64.
            let result = if task.text.contains('\r') {
                Element::text("Result", STANDARD.encode(&task.text))
                    .attribute("Transform", "Base64")
            } else {
                Element::cdata("Result", task.text)
            };
            tasks.push(
                Element::new("Task")
                    .attribute("Type", task.kind)
                    .with(Element::text("Name", task.name))
                    .with(result.attribute("Format", task.format))
                    .with_some("Status", task.status.as_ref().map(TaskStatusWord::as_str)),
            );
        }
        response::xml(&Element::new("Instance").with(tasks))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(text: &str) -> TaskResults {
        TaskResults {
            tasks: vec![TaskOutcome {
                kind: "SQL".into(),
                name: "t".into(),
                format: "csv".into(),
                text: text.into(),
                status: Some(TaskStatusWord::Success),
            }],
        }
    }

    #[test]
    fn texts_come_back_whole() {
        let call = TaskResult { id: "i".into() };
        for text in ["\"id\",\"名\"\n1,\\N\n", "", "a\r\nb", "]]>"] {
            assert_eq!(
                call.from_response(outcome(text).into_response()),
                Ok(outcome(text)),
                "{text:?}"
            );
        }
    }

    #[test]
    fn broken_base64_is_an_error() {
        let body = "<Instance><Tasks><Task><Result Transform=\"Base64\">%</Result></Task></Tasks></Instance>";
        assert!(matches!(
            TaskResults::read(body),
            Err(Error::Malformed { .. })
        ));
    }
}
