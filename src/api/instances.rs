//! ODPS instances: the list, and everything that is known of one.

use odps::instances::{
    DateRange, Get, Instance, Item, JobSource, List, Source, Status, TaskOutcome, TaskResult,
    TaskState, TaskStatus,
};
use wire::Target;

use super::answers::Answers;
use super::{Doing, Problem, send};
use crate::state::clock::now;

/// How far back the list looks.
const DAYS: u64 = 3;

/// How many a page of the list holds at most.
const PAGE: u32 = 100;

/// Everything that is known of an instance.
#[derive(Clone, Debug)]
pub struct Facts {
    /// State, owner, times.
    pub instance: Instance,
    /// Its tasks.
    pub tasks: Vec<TaskState>,
    /// What was submitted.
    pub source: Option<JobSource>,
    /// What the tasks left, once it has ended.
    pub results: Vec<TaskOutcome>,
}

impl Facts {
    /// Whether this is a Mars cluster.
    pub fn is_mars(&self) -> bool {
        self.source
            .as_ref()
            .is_some_and(|source| source.job.tasks.iter().any(|task| task.is_mars()))
    }
}

/// Own instances of the last days, newest first.
pub async fn list(target: &Target, status: Option<Status>) -> Result<Vec<Item>, Problem> {
    let from = (now() / 1000).saturating_sub(DAYS * 86_400);
    let call = List {
        status,
        range: Some(DateRange {
            from: Some(from),
            to: None,
        }),
        only_owner: Some(true),
        max_items: Some(PAGE),
        marker: None,
    };
    let page = send(&call, target)
        .await
        .map_err(|e| Problem::of(Doing::ListInstances, e))?;
    let mut items = page.instances;
    items.sort_by_key(|item| std::cmp::Reverse(item.start_time));
    Ok(items)
}

/// What was submitted as an instance.
pub async fn source(target: &Target, id: &str) -> Result<JobSource, Problem> {
    let call = Source { id: id.to_owned() };
    send(&call, target)
        .await
        .map_err(|error| Problem::of(Doing::ReadInstance, error))
}

/// Everything about one instance. Its state must be readable; the rest is shown as far as it is.
pub async fn read(answers: &Answers, id: &str, known: Option<JobSource>) -> Result<Facts, Problem> {
    let failed = |error| Problem::of(Doing::ReadInstance, error);
    let id = id.to_owned();
    let instance = answers
        .send(&Get { id: id.clone() })
        .await
        .map_err(failed)?;
    let states = answers
        .send(&TaskStatus { id: id.clone() })
        .await
        .map_err(failed)?;
    let source = match known {
        Some(known) => Some(known),
        None => answers.send(&Source { id: id.clone() }).await.ok(),
    };
    let results = match instance.status {
        Status::Terminated => {
            answers
                .send(&TaskResult { id })
                .await
                .map_err(failed)?
                .tasks
        }
        _ => Vec::new(),
    };
    Ok(Facts {
        instance,
        tasks: states.tasks,
        source,
        results,
    })
}
