//! Why an instance ended: `?taskstatus`, and `?result` when a task failed. Recorded:
//! `create_cluster_0.9_failed.json`.

use odps::instances::{TaskResult, TaskStatus, TaskStatusWord};
use serde::{Deserialize, Serialize};
use wire::{Millis, Request, Service};

use crate::Problem;
use crate::exchange::{Outcome, backoff, odps, request};

/// An instance that has ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When it ended, by the service's clock.
    pub at: Option<Millis>,
    /// Why.
    pub why: EndedWhy,
}

/// Why an instance ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum EndedWhy {
    /// A task failed; the service's own text.
    Failed {
        /// The text of `?result`.
        text: String,
    },
    /// Every task succeeded: the cluster ended by itself or was told to from inside.
    Finished,
    /// Somebody stopped it, or the platform did.
    Cancelled,
    /// A task is in a state that an ended instance should not have.
    Odd {
        /// The service's word.
        status: String,
    },
    /// The service would not say.
    Unread {
        /// What came instead.
        problem: Problem,
    },
}

/// How often the reason is asked for before it is left open.
const TRIALS: u32 = 4;

/// Finds out why an instance ended; a part of other machines.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Inquest {
    instance: String,
    at: Option<Millis>,
    /// The failed task whose text is to be read.
    failed: Option<String>,
    trials: u32,
    /// Not before this moment.
    pub(crate) next: Millis,
}

impl Inquest {
    pub(crate) fn new(instance: &str, at: Option<Millis>) -> Self {
        Self {
            instance: instance.to_owned(),
            at,
            failed: None,
            trials: 0,
            next: 0,
        }
    }

    pub(crate) fn request(&self, project: &str) -> (Service, Request) {
        let id = self.instance.clone();
        match self.failed {
            Some(_) => request(&TaskResult { id }, project),
            None => request(&TaskStatus { id }, project),
        }
    }

    pub(crate) fn feed(&mut self, now: Millis, outcome: Outcome) -> Option<Ended> {
        let id = self.instance.clone();
        let read = match &self.failed {
            Some(task) => odps(&TaskResult { id }, outcome).map(|results| {
                let of_task = results.tasks.iter().find(|found| found.name == *task);
                let text = of_task
                    .or(results.tasks.first())
                    .map(|found| found.text.clone());
                Some(EndedWhy::Failed {
                    text: text.unwrap_or_default(),
                })
            }),
            None => odps(&TaskStatus { id }, outcome).map(|states| {
                let bad = states
                    .tasks
                    .iter()
                    .find(|task| task.status != TaskStatusWord::Success);
                match bad.map(|task| (&task.name, &task.status)) {
                    None => Some(EndedWhy::Finished),
                    Some((_, TaskStatusWord::Cancelled)) => Some(EndedWhy::Cancelled),
                    Some((name, TaskStatusWord::Failed)) => {
                        self.failed = Some(name.clone());
                        None
                    }
                    Some((_, other)) => Some(EndedWhy::Odd {
                        status: other.as_str().to_owned(),
                    }),
                }
            }),
        };
        let why = match read {
            Ok(why) => why?,
            Err(problem) => {
                self.trials += 1;
                if self.trials < TRIALS && !problem.is_final() {
                    self.next = now + backoff(self.trials);
                    return None;
                }
                EndedWhy::Unread { problem }
            }
        };
        Some(Ended { at: self.at, why })
    }
}
