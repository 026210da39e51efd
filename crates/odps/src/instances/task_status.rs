//! `GET /projects/{project}/instances/{id}?taskstatus`: instance and tasks.
//! Recorded: `create_cluster_0.9_failed.json` seq 7.

use http::Method;
use wire::{Call, Millis, Reply, Request, Response, Service, Target};

use super::{Status, one, read_one};
use crate::request::body_xml;
use crate::xml::{self, Element};
use crate::{Error, date, response};

/// Asks how the tasks of an instance stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskStatus {
    /// The instance.
    pub id: String,
}

/// How an instance and its tasks stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskStates {
    /// The instance.
    pub status: Status,
    /// Its tasks.
    pub tasks: Vec<TaskState>,
}

/// How a task stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskState {
    /// `SQL`, `CUPID`, …
    pub kind: String,
    /// The name that the job gave it.
    pub name: String,
    /// When it began.
    pub start_time: Option<Millis>,
    /// When it ended.
    pub end_time: Option<Millis>,
    /// Where it is.
    pub status: TaskStatusWord,
}

/// The state of a task. The wire writes the words in any case.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the words of the wire")]
pub enum TaskStatusWord {
    Waiting,
    Running,
    Success,
    Failed,
    Suspended,
    Cancelled,
    /// A word that is not known here.
    Other(String),
}

impl TaskStatusWord {
    const KNOWN: [(&str, Self); 6] = [
        ("Waiting", Self::Waiting),
        ("Running", Self::Running),
        ("Success", Self::Success),
        ("Failed", Self::Failed),
        ("Suspended", Self::Suspended),
        ("Cancelled", Self::Cancelled),
    ];

    /// The word of the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Other(word) => word,
            known => Self::KNOWN
                .iter()
                .find(|(_, word)| word == known)
                .map_or("", |(text, _)| text),
        }
    }

    /// Reads the word.
    pub fn read(word: &str) -> Self {
        let word = word.trim();
        let known = Self::KNOWN
            .iter()
            .find(|(text, _)| text.eq_ignore_ascii_case(word));
        known.map_or_else(|| Self::Other(word.to_owned()), |(_, known)| known.clone())
    }
}

impl TaskStates {
    /// Whether the instance has ended and every task went well.
    pub fn is_successful(&self) -> bool {
        self.status == Status::Terminated
            && self
                .tasks
                .iter()
                .all(|task| task.status == TaskStatusWord::Success)
    }
}

impl Call for TaskStatus {
    type Reply = TaskStates;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        one(Method::GET, target, &self.id)
            .action("taskstatus")
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<TaskStates, Error> {
        let response = response::check(response)?;
        let document = body_xml("task status", response.body())?;
        let root = document.root_element();
        let status = Status::read(&xml::child_text(root, "Status").unwrap_or_default())?;
        let tasks = xml::child(root, "Tasks")
            .into_iter()
            .flat_map(|tasks| xml::children(tasks, "Task"));
        let tasks = tasks.map(|task| {
            let time = |name| date::parse_rfc1123(&xml::child_text(task, name)?);
            TaskState {
                kind: task.attribute("Type").unwrap_or_default().to_owned(),
                name: xml::child_text(task, "Name").unwrap_or_default(),
                start_time: time("StartTime"),
                end_time: time("EndTime"),
                status: TaskStatusWord::read(&xml::child_text(task, "Status").unwrap_or_default()),
            }
        });
        Ok(TaskStates {
            status,
            tasks: tasks.collect(),
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        match read_one(Method::GET, request) {
            Some((id, query)) if query.has("taskstatus") => Ok(Self { id }),
            _ => Err(Error::OtherCall {
                call: "the state of the tasks",
            }),
        }
    }
}

impl Reply for TaskStates {
    fn into_response(self) -> Response {
        let time = |at: Option<Millis>| at.map(date::rfc1123).unwrap_or_default();
        let mut tasks = Element::new("Tasks");
        for task in &self.tasks {
            tasks.push(
                Element::new("Task")
                    .attribute("Type", &task.kind)
                    .with(Element::text("Name", &task.name))
                    .with(Element::text("StartTime", time(task.start_time)))
                    .with(Element::text("EndTime", time(task.end_time)))
                    .with(Element::text("Status", task.status.as_str()))
                    .with(Element::new("Histories")),
            );
        }
        response::xml(
            &Element::new("Instance")
                .with(Element::text("Status", self.status.as_str()))
                .with(tasks),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_any_case() {
        assert_eq!(TaskStatusWord::read("SUCCESS"), TaskStatusWord::Success);
        assert_eq!(TaskStatusWord::read("Dreaming").as_str(), "Dreaming");
        assert_eq!(TaskStatusWord::Cancelled.as_str(), "Cancelled");
    }

    #[test]
    fn tasks_come_back() {
        let states = TaskStates {
            status: Status::Terminated,
            tasks: vec![TaskState {
                kind: "CUPID".into(),
                name: "cupid_task".into(),
                start_time: Some(1_767_225_600_000),
                end_time: None,
                status: TaskStatusWord::Failed,
            }],
        };
        assert!(!states.is_successful());
        let call = TaskStatus { id: "i".into() };
        assert_eq!(
            call.from_response(states.clone().into_response()),
            Ok(states)
        );
    }
}
