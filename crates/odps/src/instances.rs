//! Instances: what was submitted, how far it is, what came out. `…/projects/{project}/instances`.

use http::Method;
use wire::{Request, Target};

use crate::Error;
use crate::request::{Incoming, Outgoing};

mod cost;
mod create;
mod detail;
mod get;
pub mod job;
mod list;
mod log;
mod progress;
mod queue;
mod result;
mod source;
mod stop;
mod summary;
mod task_status;
mod workers;

pub use cost::Cost;
pub use create::{Create, Created};
pub use detail::{Detail, DetailText, Form};
pub use get::{Get, Instance};
pub use job::{Job, Payload, Task};
pub use list::{DateRange, Item, List, Page};
pub use log::{Log, LogText};
pub use progress::{Progress, Stage, Stages};
pub use queue::{Queue, Standing};
pub use result::{TaskOutcome, TaskResult, TaskResults};
pub use source::{JobSource, Source};
pub use stop::{Stop, Stopping};
pub use summary::{Summary, TaskSummary};
pub use task_status::{TaskState, TaskStates, TaskStatus, TaskStatusWord};
pub use workers::{StageWorkers, Worker, inputs};

/// The state of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Accepted; it may still be waiting for resources.
    Running,
    /// Held back.
    Suspended,
    /// Ended, well or not.
    Terminated,
}

impl Status {
    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "Running",
            Self::Suspended => "Suspended",
            Self::Terminated => "Terminated",
        }
    }

    /// Reads the word, in any case.
    pub fn read(word: &str) -> Result<Self, Error> {
        [Self::Running, Self::Suspended, Self::Terminated]
            .into_iter()
            .find(|status| status.as_str().eq_ignore_ascii_case(word.trim()))
            .ok_or_else(|| Error::malformed("instance status", format!("{word:?} is none")))
    }
}

/// `/projects/{project}/instances/{id}`
fn one(method: Method, target: &Target, id: &str) -> Outgoing {
    Outgoing::project(method, target)
        .segment("instances")
        .segment(id)
}

/// The id and the query of a request to one instance.
fn read_one(method: Method, request: &Request) -> Option<(String, Incoming)> {
    let incoming = Incoming::read(request);
    let id = match incoming.under_project(method)?.as_slice() {
        ["instances", id] => (*id).to_owned(),
        _ => return None,
    };
    Some((id, incoming))
}

/// The actions that a GET of one instance may ask for instead of its status.
const ACTIONS: [&str; 13] = [
    "taskstatus",
    "result",
    "source",
    "instancedetail",
    "detail",
    "instancesummary",
    "instanceprogress",
    "cached",
    "log",
    "instancequota",
    "info",
    "data",
    "downloads",
];
