//! What the readings of a cluster say together: since when it has been idle without a gap.

use serde::{Deserialize, Serialize};
use wire::Millis;

use super::{Facts, Tabs};
use crate::{ClusterState, Stage};

/// Nothing is known of what happened in a gap longer than this between two readings: the machine
/// slept, or nobody looked. What was counted before it does not count any more.
pub const GAP: Millis = 120_000;

/// The readings of a cluster, as far as a lease needs them. It can be written down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sight {
    read_at: Option<Millis>,
    ended: bool,
    busy: Option<(bool, Millis)>,
    idle_since: Option<Millis>,
}

impl Sight {
    /// Takes a reading in.
    pub fn take(&mut self, state: &ClusterState) {
        // A list without workers tells nothing of what computes.
        let listed = state.workers.as_ref();
        let listed = listed.filter(|workers| !workers.what.workers.is_empty());
        let listed = listed.map(|workers| workers.at);
        let busy = state.activity.map(|activity| activity.busy);
        let ended = matches!(state.stage, Stage::Ended(_));
        self.look(state.read_at, busy.zip(listed), ended);
    }

    /// Takes a reading in: when the instance was read, whether it computes and when that was read,
    /// and whether it has ended.
    pub fn look(&mut self, read_at: Option<Millis>, busy: Option<(bool, Millis)>, ended: bool) {
        self.read_at = read_at.or(self.read_at);
        self.ended = ended;
        let Some((is_busy, at)) = busy else { return };
        if let Some((_, before)) = self.busy {
            if at == before {
                return;
            }
            // Also when the clock was set back.
            if at < before || at - before > GAP {
                self.idle_since = None;
            }
        }
        self.busy = busy;
        self.idle_since = match is_busy {
            true => None,
            false => self.idle_since.or(Some(at)),
        };
    }

    /// It was found busy by other means than its workers' slots.
    pub fn found_busy(&mut self) {
        self.idle_since = None;
    }

    /// The facts at a moment.
    pub fn facts(&self, now: Millis, tabs: Tabs) -> Facts {
        Facts {
            now,
            read_at: self.read_at,
            ended: self.ended,
            busy: self.busy,
            idle_since: self.idle_since,
            tabs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{GAP, Sight};
    use crate::lease::{Decision, Due, Lease, Rule, Tabs, decide};

    const IDLE: bool = false;

    fn decided(sight: &Sight, now: u64) -> Decision {
        let lease = Lease {
            instance: "i".into(),
            project: "p".into(),
            rule: Rule::Idle { minutes: 10 },
            not_before: None,
            made_at: 0,
            by: "b".into(),
        };
        decide(&lease, &sight.facts(now, Tabs::Unheard))
    }

    fn look(sight: &mut Sight, at: u64, busy: bool) {
        sight.look(Some(at), Some((busy, at)), false);
    }

    #[test]
    fn idle_is_what_every_reading_found() {
        let mut sight = Sight::default();
        for at in (1_000..=601_000).step_by(5_000) {
            look(&mut sight, at, IDLE);
        }
        let due = Decision::Stop { why: Due::Idle };
        assert_eq!(decided(&sight, 601_000), due);
        look(&mut sight, 602_000, true);
        look(&mut sight, 607_000, IDLE);
        let facts = sight.facts(607_000, Tabs::Unheard);
        assert_eq!(facts.idle_since, Some(607_000));
    }

    #[test]
    fn a_machine_that_slept_counts_anew() {
        let mut sight = Sight::default();
        look(&mut sight, 1_000, IDLE);
        look(&mut sight, 1_000 + GAP, IDLE);
        assert_eq!(sight.facts(0, Tabs::Unheard).idle_since, Some(1_000));
        let woken = 4_000_000;
        // Before the first reading after the sleep nothing is known.
        assert!(matches!(decided(&sight, woken), Decision::Wait { .. }));
        look(&mut sight, woken, IDLE);
        assert!(matches!(decided(&sight, woken), Decision::Keep { .. }));
        look(&mut sight, 2_000_000, IDLE);
        let back = sight.facts(0, Tabs::Unheard).idle_since;
        assert_eq!(back, Some(2_000_000), "the clock was set back");
    }

    #[test]
    fn the_same_listing_twice_is_no_new_reading() {
        let mut sight = Sight::default();
        look(&mut sight, 1_000, IDLE);
        sight.look(Some(900_000), Some((IDLE, 1_000)), false);
        assert!(matches!(decided(&sight, 900_000), Decision::Wait { .. }));
    }

    #[test]
    fn it_is_written_down_whole() {
        let mut sight = Sight::default();
        look(&mut sight, 1_000, IDLE);
        let text = serde_json::to_string(&sight).unwrap();
        assert_eq!(serde_json::from_str::<Sight>(&text).unwrap(), sight);
    }
}
