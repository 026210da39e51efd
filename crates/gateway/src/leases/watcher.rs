//! Runs one lease: reads the cluster, decides, and stops it in two phases. First one reading finds
//! the lease due, which is written down; then a further reading has to agree, and for a rule that
//! needs an idle cluster its graphs are asked for. A stop that does not work is tried again, with
//! growing pauses.

use std::sync::Arc;

use cluster::lease::{Check, Checked, Decision, Due, What, decide};
use cluster::{ClusterState, Problem, Stop, StopOutcome, Watch, WatchEnd};
use wire::Millis;

use super::drive::{Turn, next};
use super::store::Phase;
use super::{Held, Leases};
use crate::Gateway;
use crate::tokens::now;

/// The first pause after a stop that did not work, and the longest.
const PAUSE: Millis = 5_000;
const LONGEST: Millis = 600_000;
/// What was read is written down this often, so that a restart does not forget an idle time.
const KEEP: Millis = 30_000;

/// Runs the lease of an instance until the cluster has ended or the lease is taken back.
pub(super) async fn run(gateway: Arc<Gateway>, instance: String) {
    let Some(leases) = &gateway.leases else {
        return;
    };
    let project = gateway.config.project.clone();
    let runner = Runner {
        gateway: &gateway,
        leases,
        instance: &instance,
        project: &project,
    };
    let mut written = 0;
    loop {
        let mut watch = Watch::new(&project, &instance);
        let end = loop {
            match next(&gateway, &mut watch).await {
                Turn::Event(state) => {
                    if runner.read(&state, &mut written).await {
                        return;
                    }
                }
                Turn::Done(end) => break end,
            }
        };
        let refused = match end {
            WatchEnd::Ended(_) => return runner.ended(),
            WatchEnd::Refused { problem } => problem,
            _ => return,
        };
        if refused.is_absent() {
            return runner.finish(What::Gone, None, Some(refused.to_string()));
        }
        // A right may be given back: the lease is not dropped for that.
        tracing::warn!(instance, reason = %refused, "a cluster with a lease may not be read");
        tokio::time::sleep(std::time::Duration::from_millis(LONGEST)).await;
    }
}

/// What is to be done after a reading.
enum Act {
    Nothing,
    Confirm(Due),
}

struct Runner<'a> {
    gateway: &'a Arc<Gateway>,
    leases: &'a Leases,
    instance: &'a str,
    project: &'a str,
}

impl Runner<'_> {
    /// Takes a reading in and acts on it; true when there is nothing left to run.
    async fn read(&self, state: &ClusterState, written: &mut Millis) -> bool {
        let at = now();
        let act = self.change(|held| {
            held.kept.sight.take(state);
            let tabs = held.tabs.at(at);
            let decision = decide(&held.kept.lease, &held.kept.sight.facts(at, tabs));
            held.decision = Some((decision, at));
            let early = held.kept.again_at.is_some_and(|again| at < again);
            let (phase, what) = match (decision, held.kept.phase) {
                (Decision::Stop { why }, Phase::Watching) if !early => {
                    (Phase::Decided(why), Some(What::Decided))
                }
                (Decision::Stop { why }, Phase::Decided(_) | Phase::Asked(_)) => {
                    return Act::Confirm(why);
                }
                (Decision::Keep { .. }, Phase::Decided(_) | Phase::Asked(_)) => {
                    (Phase::Watching, Some(What::Held))
                }
                (_, phase) => (phase, None),
            };
            held.kept.phase = phase;
            if let Some(what) = what {
                let why = match phase {
                    Phase::Decided(why) => Some(why),
                    _ => None,
                };
                self.leases.note(&held.kept.lease, what, why, None);
            }
            if what.is_some() || at.saturating_sub(*written) > KEEP {
                *written = at;
                self.write(held);
            }
            Act::Nothing
        });
        match act {
            None => true,
            Some(Act::Nothing) => false,
            Some(Act::Confirm(why)) => self.confirm(why).await,
        }
    }

    /// The second phase: the last look, then the stop.
    async fn confirm(&self, why: Due) -> bool {
        if why != Due::Time {
            let mut check = Check::new(self.project, self.instance);
            let checked = match next(self.gateway, &mut check).await {
                Turn::Done(checked) => checked,
                Turn::Event(never) => match never {},
            };
            match checked {
                Checked::Idle => {}
                Checked::Busy => return self.later(What::Held, why, None),
                Checked::Unknown { problem } => {
                    return self.later(What::Held, why, Some(problem));
                }
            }
        }
        let asked = self.change(|held| {
            // What came in while the graphs were read: a tab that was opened, a later lease.
            let tabs = held.tabs.at(now());
            let decision = decide(&held.kept.lease, &held.kept.sight.facts(now(), tabs));
            if !matches!(decision, Decision::Stop { .. }) {
                return false;
            }
            held.kept.phase = Phase::Asked(why);
            self.write(held);
            self.leases
                .note(&held.kept.lease, What::Asked, Some(why), None);
            true
        });
        match asked {
            None => true,
            Some(false) => self.later(What::Held, why, None),
            Some(true) => self.stop(why).await,
        }
    }

    async fn stop(&self, why: Due) -> bool {
        let mut stop = Stop::new(self.project, self.instance);
        let outcome = loop {
            if let Turn::Done(outcome) = next(self.gateway, &mut stop).await {
                break outcome;
            }
        };
        match outcome {
            StopOutcome::Stopped { .. } => {
                self.finish(What::Stopped, Some(why), None);
                true
            }
            StopOutcome::NoSuchInstance => {
                self.finish(What::Gone, Some(why), None);
                true
            }
            StopOutcome::Refused { problem } => self.later(What::NotStopped, why, Some(problem)),
            StopOutcome::NotConfirmed { problem } => self.later(What::NotStopped, why, problem),
            _ => self.later(What::NotStopped, why, None),
        }
    }

    /// Goes back to watching, and tries again after a pause that grows.
    fn later(&self, what: What, why: Due, problem: Option<Problem>) -> bool {
        let changed = self.change(|held| {
            let kept = &mut held.kept;
            kept.phase = Phase::Watching;
            kept.again_at = Some(now() + pause(kept.failed));
            kept.failed = kept.failed.saturating_add(1);
            if what == What::Held && problem.is_none() {
                kept.sight.found_busy();
            }
            let detail = problem.as_ref().map(ToString::to_string);
            self.leases.note(&held.kept.lease, what, Some(why), detail);
            self.write(held);
        });
        changed.is_none()
    }

    /// The end was read; after a restart it may be the one that was asked for.
    fn ended(&self) {
        let asked = self.change(|held| match held.kept.phase {
            Phase::Asked(why) => Some(why),
            _ => None,
        });
        match asked.flatten() {
            Some(why) => self.finish(What::Stopped, Some(why), None),
            None => self.finish(What::Ended, None, None),
        }
    }

    fn finish(&self, what: What, why: Option<Due>, detail: Option<String>) {
        if let Err(error) = self.leases.finish(self.instance, what, why, detail) {
            tracing::error!(self.instance, %error, "a lease that is over cannot be removed");
        }
    }

    /// Changes what is held of the lease; nothing when it was taken back.
    fn change<T>(&self, change: impl FnOnce(&mut Held) -> T) -> Option<T> {
        self.leases.held().get_mut(self.instance).map(change)
    }

    fn write(&self, held: &Held) {
        if let Err(error) = self.leases.store.write(&held.kept) {
            tracing::error!(self.instance, %error, "a lease cannot be written down");
        }
    }
}

fn pause(failed: u32) -> Millis {
    PAUSE
        .checked_shl(failed.min(16))
        .map_or(LONGEST, |pause| pause.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, PAUSE, pause};

    #[test]
    fn pauses_grow_and_stop_growing() {
        assert_eq!([pause(0), pause(1)], [PAUSE, 2 * PAUSE]);
        assert_eq!([pause(10), pause(u32::MAX)], [LONGEST; 2]);
    }
}
