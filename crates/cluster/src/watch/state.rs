//! A reading of a cluster: what is shown of it.

use mars::v04::session::WorkerList;
use wire::Millis;

use crate::{Ended, Moment, Problem};

/// What was read of a cluster, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterState {
    /// The instance.
    pub instance: String,
    /// How far it is.
    pub stage: Stage,
    /// Since when it is there, as far as this machine saw.
    pub since: Millis,
    /// When the state of the instance was last read; none when it never was.
    pub read_at: Option<Millis>,
    /// What is not as it should be, beside the stage.
    pub side: Option<Side>,
    /// The last problem, until the next good round.
    pub problem: Option<Moment<Problem>>,
    /// Who owns the instance.
    pub owner: Option<String>,
    /// When it was accepted, by the service's clock.
    pub started: Option<Millis>,
    /// How many workers were asked for, where known.
    pub want: Option<u32>,
    /// From how many on it is usable, where known.
    pub min: Option<u32>,
    /// The workers, and when they were listed.
    pub workers: Option<Moment<WorkerList>>,
    /// Whether it computes.
    pub activity: Option<Activity>,
}

/// How far a cluster is. The order is the order of a life.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// The service has the instance; nothing else is known yet.
    Accepted,
    /// The service holds it back.
    Suspended,
    /// The engine is starting; its web page has not registered yet.
    Starting {
        /// The gateway's words.
        detail: String,
    },
    /// The web page answers, no worker has joined.
    WebReachable,
    /// Some workers have joined, not enough.
    Workers {
        /// How many.
        have: u32,
    },
    /// Enough workers have joined.
    Usable {
        /// How many.
        have: u32,
    },
    /// All workers have joined.
    Full {
        /// How many.
        have: u32,
    },
    /// It has ended.
    Ended(Ended),
}

impl Stage {
    /// Whether jobs can run.
    pub fn is_usable(&self) -> bool {
        matches!(self, Self::Usable { .. } | Self::Full { .. })
    }

    /// Whether both are the same step of a life, whatever the numbers in it.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// What is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Side {
    /// A request got no good answer; the web page had never answered before.
    NotAnswering,
    /// The web page has answered before and does not now.
    Unreachable,
    /// A worker was lost.
    Degraded {
        /// How many there once were.
        most: u32,
    },
    /// Nothing was read for several rounds: the stage is what it was then.
    Unknown {
        /// How many rounds.
        rounds: u32,
    },
}

/// Whether a cluster computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activity {
    /// A slot is in use.
    pub busy: bool,
    /// Since when, as far as this machine saw.
    pub since: Millis,
}

impl ClusterState {
    pub(super) fn new(instance: String, now: Millis) -> Self {
        Self {
            instance,
            stage: Stage::Accepted,
            since: now,
            read_at: None,
            side: None,
            problem: None,
            owner: None,
            started: None,
            want: None,
            min: None,
            workers: None,
            activity: None,
        }
    }
}
