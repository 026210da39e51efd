//! `GET …/instances/{id}?instancesummary&taskname={task}`. Recorded: `instance_progress_0.9.json`
//! seq 10.
//!
//! JSON of the form `{"Instance": {"JsonSummary": "<JSON text>", "Summary": "<text>"}}`; either
//! part may be missing, and a task that has none answers `{}`.

use http::Method;
use serde_json::{Map, Value};
use wire::{Call, Reply, Request, Response, Service, Target};

use super::{one, read_one};
use crate::request::body_text;
use crate::{Error, response};

/// Asks for the summary of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The instance.
    pub id: String,
    /// The task.
    pub task: String,
}

/// The summary of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskSummary {
    /// JSON text; `Cost` holds `CPU`, `Memory` and `Input`.
    pub json: Option<String>,
    /// For people.
    pub text: Option<String>,
}

impl Call for Summary {
    type Reply = TaskSummary;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        one(Method::GET, target, &self.id)
            .action("instancesummary")
            .pair("taskname", &self.task)
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<TaskSummary, Error> {
        let response = response::check(response)?;
        let body = body_text("task summary", response.body())?;
        let value: Value =
            serde_json::from_str(body).map_err(|error| Error::malformed("task summary", error))?;
        let text = |key| value.get("Instance")?.get(key)?.as_str().map(str::to_owned);
        Ok(TaskSummary {
            json: text("JsonSummary"),
            text: text("Summary"),
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        match read_one(Method::GET, request) {
            Some((id, query)) if query.has("instancesummary") => Ok(Self {
                id,
                task: query.said("taskname").unwrap_or_default(),
            }),
            _ => Err(Error::OtherCall {
                call: "the summary of a task",
            }),
        }
    }
}

impl Reply for TaskSummary {
    fn into_response(self) -> Response {
        let parts = [("JsonSummary", self.json), ("Summary", self.text)];
        let parts: Map<String, Value> = parts
            .into_iter()
            .filter_map(|(key, text)| Some((key.to_owned(), text?.into())))
            .collect();
        let value = if parts.is_empty() {
            serde_json::json!({})
        } else {
            serde_json::json!({ "Instance": parts })
        };
        response::json(&value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_come_back() {
        let call = Summary {
            id: "i".into(),
            task: "t".into(),
        };
        for summary in [
            TaskSummary::default(),
            TaskSummary {
                json: Some("{\"Cost\": {}}".into()),
                text: Some("表".into()),
            },
        ] {
            assert_eq!(
                call.from_response(summary.clone().into_response()),
                Ok(summary)
            );
        }
    }
}
