//! Tells a job that takes long from one that the engine has dropped.
//!
//! Mars 0.4.0rc1 loses graphs: an exception in its scheduler after a group-by over several chunks,
//! or a repeated sub-graph, leaves the state at `running` for ever. What gives it away is that all
//! slots of the workers are free and that nothing in their reports moves. The limit lies above the
//! 60 seconds that the scheduler waits between two trials of a failed operand (`scheduler.retry_delay`),
//! in which a healthy job looks just the same.

use std::collections::BTreeMap;

use mars::v04::session::{Worker, WorkerList};
use serde::{Deserialize, Serialize};
use wire::Millis;

use super::progress::Progress;

/// After so long without a sign of life, with free workers, the graph counts as dropped.
pub(super) const DROPPED_AFTER: Millis = 90_000;
/// While a graph is being prepared only the scheduler works, which no worker shows.
pub(super) const DROPPED_WHILE_PREPARING: Millis = 600_000;
/// From here on it is told that nothing moves, and again after each such span.
pub(super) const QUIET_AFTER: Millis = 30_000;

/// The slots that are taken while something is computed, sent, received or spilled.
const WORKING: [&str; 4] = ["cpu", "sender", "receiver", "iorunner"];

/// What a look at the workers means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Something moves, or it is too early to tell.
    Fine,
    /// Nothing has moved for a while.
    Quiet { for_ms: Millis, idle: bool },
    /// The engine has dropped the graph.
    Dropped { for_ms: Millis },
}

/// What was seen so far.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Quiet {
    /// The most free slots of each worker by kind: before the job began, or at any time since.
    slots: BTreeMap<String, BTreeMap<String, i64>>,
    last: Option<Progress>,
    news: bool,
    /// Since when nothing has moved.
    still: Option<Millis>,
    /// Since when nothing has moved and all slots were free.
    idle: Option<Millis>,
    /// When that was last told.
    told: Option<Millis>,
}

impl Quiet {
    /// Notes the free slots before the job is submitted.
    pub(super) fn baseline(&mut self, list: &WorkerList) {
        for worker in &list.workers {
            let most = self.slots.entry(worker.endpoint.clone()).or_default();
            for (kind, free) in &worker.slots {
                let known = most.entry(kind.clone()).or_insert(*free);
                *known = (*free).max(*known);
            }
        }
    }

    /// Whether every worker that reports has all its slots free. No worker at all is no idleness:
    /// operands sent to a dead one wait until the engine notices.
    fn is_idle(&self, list: &WorkerList) -> bool {
        let free = |worker: &Worker, kind: &str| worker.slots.get(kind).copied().unwrap_or(0);
        let most = |worker: &Worker, kind: &str| {
            let slots = self.slots.get(&worker.endpoint);
            slots
                .and_then(|slots| slots.get(kind))
                .copied()
                .unwrap_or(0)
        };
        let idle = |worker: &Worker| {
            let all = |kind: &&str| free(worker, kind) >= most(worker, kind);
            free(worker, "cpu") > 0 && WORKING.iter().all(all)
        };
        !list.workers.is_empty() && list.workers.iter().all(idle)
    }

    /// Takes a report in.
    pub(super) fn look(
        &mut self,
        now: Millis,
        list: &WorkerList,
        progress: &Progress,
        preparing: bool,
    ) -> Verdict {
        self.baseline(list);
        self.news = self.last.as_ref() != Some(progress);
        if self.news {
            self.last = Some(progress.clone());
            self.still = Some(now);
            self.idle = None;
            self.told = None;
        }
        match self.is_idle(list) {
            true => self.idle = self.idle.or(Some(now)),
            false => self.idle = None,
        }
        let limit = match preparing {
            true => DROPPED_WHILE_PREPARING,
            false => DROPPED_AFTER,
        };
        if let Some(idle) = self.idle
            && now.saturating_sub(idle) >= limit
        {
            return Verdict::Dropped {
                for_ms: now.saturating_sub(idle),
            };
        }
        let still = *self.still.get_or_insert(now);
        if now.saturating_sub(self.told.unwrap_or(still)) >= QUIET_AFTER {
            self.told = Some(now);
            return Verdict::Quiet {
                for_ms: now.saturating_sub(still),
                idle: self.idle.is_some(),
            };
        }
        Verdict::Fine
    }

    /// Whether the last report differed from the one before in what it says of the job.
    pub(super) fn is_news(&self, progress: &Progress) -> bool {
        self.news && progress.running > 0
    }
}
