//! Walking through instances and their sources, as `list_mars_instances` of later clients does
//! (`list_mars_instances_0.12.json`, `reuse_cluster_0.12.json`). A part of other machines.

use std::collections::VecDeque;

use odps::cupid::{PlanReference, RunningMode};
use odps::instances::{DateRange, Item, Job, List, Payload, Source, Status};
use serde::{Deserialize, Serialize};
use wire::{Millis, Request, Service};

use crate::exchange::{Outcome, odps, request};
use crate::{Problem, Spec};

/// A Mars cluster that was started in the project, by what its source says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The instance.
    pub instance: String,
    /// Who started it.
    pub owner: Option<String>,
    /// When it was accepted.
    pub started: Option<Millis>,
    /// The resource that holds its plan.
    pub plan: String,
    /// The name that the console gave it; PyODPS gives none.
    pub name: Option<String>,
    /// What was asked for, where the job says so ([`Origin::spec`]).
    pub spec: Option<Spec>,
}

/// What one answer brought.
pub(crate) enum Step {
    /// Ask on.
    More,
    /// This one is the start of a Mars cluster.
    Found(Box<Found>),
    /// All were looked at.
    Finished,
    /// The list cannot be read.
    Problem(Problem),
}

/// A walk over a list of instances.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Search {
    /// Seconds since the epoch from which on instances count.
    from: u64,
    running_only: bool,
    marker: Option<String>,
    listed: bool,
    /// Instance, owner and start of those whose source is still to be read.
    queue: VecDeque<(String, Option<String>, Option<Millis>)>,
}

impl Search {
    pub(crate) fn new(from: u64, running_only: bool) -> Self {
        Self {
            from,
            running_only,
            marker: None,
            listed: false,
            queue: VecDeque::new(),
        }
    }

    pub(crate) fn request(&self, project: &str) -> (Service, Request) {
        match self.queue.front() {
            Some((id, ..)) => request(&Source { id: id.clone() }, project),
            None => request(&self.list(), project),
        }
    }

    fn list(&self) -> List {
        List {
            status: self.running_only.then_some(Status::Running),
            range: Some(DateRange {
                from: Some(self.from),
                to: None,
            }),
            only_owner: Some(true),
            max_items: None,
            marker: self.marker.clone(),
        }
    }

    pub(crate) fn feed(&mut self, outcome: Outcome) -> Step {
        let Some((id, owner, started)) = self.queue.pop_front() else {
            return match odps(&self.list(), outcome) {
                Ok(page) => {
                    self.listed = true;
                    // A service that repeats its marker would be asked for ever.
                    let next = page.marker.filter(|marker| !marker.is_empty());
                    let again = next == self.marker;
                    self.marker = next.filter(|_| !again && !page.instances.is_empty());
                    self.queue.extend(page.instances.into_iter().map(entry));
                    self.step()
                }
                Err(problem) => Step::Problem(problem),
            };
        };
        // One source that cannot be read, such as a stranger's, must not hide the others.
        let found = odps(&Source { id: id.clone() }, outcome)
            .ok()
            .and_then(|source| read(&source.job))
            .map(|origin| Found {
                instance: id,
                owner,
                started,
                plan: origin.plan,
                name: origin.name,
                spec: origin.spec,
            });
        match found {
            Some(found) => Step::Found(Box::new(found)),
            None => self.step(),
        }
    }

    /// What comes after a finding.
    pub(crate) fn step(&self) -> Step {
        match self.queue.is_empty() && self.listed && self.marker.is_none() {
            true => Step::Finished,
            false => Step::More,
        }
    }
}

fn entry(item: Item) -> (String, Option<String>, Option<Millis>) {
    (item.id, item.owner, item.start_time)
}

/// What was submitted as the start of a cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The resource that holds its plan.
    pub plan: String,
    /// The name of its task; later clients hide the cluster's name in it ([`crate::recover_name`]).
    pub task: String,
    /// The name that the console gave it; PyODPS gives none.
    pub name: Option<String>,
    /// What was asked for, when the console wrote it into the job's comment. The plan itself has
    /// it too, but holds the owner's key in clear and is not read for this.
    pub spec: Option<Spec>,
}

/// What a job says, if it is the start of a Mars cluster.
pub(crate) fn read(job: &Job) -> Option<Origin> {
    let task = job.tasks.iter().find(|task| task.is_mars())?;
    let Payload::Plan(plan) = &task.payload else {
        return None;
    };
    let plan = PlanReference::read(plan)?;
    if plan.mode != RunningMode::HasFuxiJob.as_str() {
        return None;
    }
    let comment = job.comment.as_deref();
    let spec = comment.filter(|comment| comment.starts_with("worker_num="));
    let spec = spec.map(|query| Spec {
        name: job.name.clone(),
        ..Spec::from_query(query).0
    });
    Some(Origin {
        plan: plan.resource,
        task: task.name.clone(),
        name: job.name.clone(),
        spec,
    })
}
