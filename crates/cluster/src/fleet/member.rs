//! A cluster of a fleet: what its list entry, its source and its workers told.

use mars::v04::session::WorkerList;
use odps::instances::{Item, Status};
use wire::Millis;

use crate::search::Origin;
use crate::{Activity, Moment, Problem};

/// What was read of one cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The instance.
    pub instance: String,
    /// Who started it.
    pub owner: Option<String>,
    /// Where the instance is.
    pub status: Status,
    /// When it was accepted, by the service's clock.
    pub started: Option<Millis>,
    /// When it ended, by the service's clock.
    pub ended: Option<Millis>,
    /// What was submitted.
    pub origin: Origin,
    /// Its workers, when they were last listed.
    pub crew: Option<Moment<Crew>>,
    /// Whether it computes, as far as was seen.
    pub activity: Option<Activity>,
    /// Why its workers could not be listed, until the next good answer.
    pub problem: Option<Moment<Problem>>,
}

/// The workers of a cluster, in sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Crew {
    /// How many workers.
    pub workers: u32,
    /// The bytes of memory of all of them, where they told.
    pub memory: u64,
    /// Operands under way.
    pub operands: u32,
}

impl Crew {
    pub(super) fn of(list: &WorkerList) -> Self {
        let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
        let memory = list.workers.iter().filter_map(|one| one.memory_total);
        let operands = list.workers.iter().map(|one| one.progress.len());
        Self {
            workers: count(list.workers.len()),
            memory: memory.fold(0, u64::saturating_add),
            operands: count(operands.sum()),
        }
    }
}

impl Member {
    pub(super) fn of(item: &Item, origin: Origin) -> Self {
        Self {
            instance: item.id.clone(),
            owner: item.owner.clone(),
            status: item.status,
            started: item.start_time,
            ended: item.end_time,
            origin,
            crew: None,
            activity: None,
            problem: None,
        }
    }

    /// It has not ended.
    pub fn runs(&self) -> bool {
        self.status != Status::Terminated
    }

    /// Takes a list entry in; tells whether anything changed.
    pub(super) fn listed(&mut self, item: &Item) -> bool {
        let same = self.status == item.status && self.ended == item.end_time;
        self.status = item.status;
        self.ended = item.end_time;
        !same
    }

    /// Takes a list of workers in.
    pub(super) fn worked(&mut self, at: Millis, list: &WorkerList, busy: bool) {
        let what = Crew::of(list);
        let changed = self.activity.is_none_or(|activity| activity.busy != busy);
        if what.workers > 0 && changed {
            self.activity = Some(Activity { busy, since: at });
        }
        self.crew = Some(Moment { at, what });
        self.problem = None;
    }
}
