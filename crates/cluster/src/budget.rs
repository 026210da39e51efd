//! How long each phase of a start may take before somebody is asked whether to go on. The real
//! client has no such limit anywhere: it waits without a word.

use serde::{Deserialize, Serialize};
use wire::Millis;

use crate::{Side, Stage};

const SECOND: Millis = 1_000;
const MINUTE: Millis = 60 * SECOND;

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The answer to a search for clusters of the same name.
    Search,
    /// The answer that says what an instance is, or that a submission was accepted.
    Accept,
    /// The turn of the instance: it is accepted, and nothing of it runs.
    Queue,
    /// The start of the engine.
    Start,
    /// An answer of the web service.
    Web,
    /// Enough workers.
    Workers,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Self; 6] = [
        Self::Search,
        Self::Accept,
        Self::Queue,
        Self::Start,
        Self::Web,
        Self::Workers,
    ];

    /// How long it may take. A queue of a busy quota takes longest; an answer takes seconds.
    pub fn budget(self) -> Millis {
        match self {
            Self::Search | Self::Accept => 30 * SECOND,
            Self::Web => 2 * MINUTE,
            Self::Start => 5 * MINUTE,
            Self::Queue | Self::Workers => 10 * MINUTE,
        }
    }

    /// What a cluster in this state waits for; nothing once it is usable or has ended.
    pub fn of(stage: Option<&Stage>, side: Option<Side>) -> Option<Self> {
        let Some(stage) = stage else {
            return Some(Self::Accept);
        };
        match (stage, side) {
            (Stage::Accepted | Stage::Suspended, _) => Some(Self::Queue),
            (Stage::WebReachable | Stage::Workers { .. }, Some(Side::Unreachable)) => {
                Some(Self::Web)
            }
            (Stage::Starting { .. }, _) => Some(Self::Start),
            (Stage::WebReachable | Stage::Workers { .. }, _) => Some(Self::Workers),
            (Stage::Usable { .. } | Stage::Full { .. } | Stage::Ended(_), _) => None,
        }
    }
}

/// A phase that goes on, with its budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// What is waited for.
    pub phase: Phase,
    /// Since when.
    pub since: Millis,
    /// Until when before somebody is asked.
    pub until: Millis,
}

impl Budget {
    /// The budget of a phase that begins now.
    pub fn new(phase: Phase, now: Millis) -> Self {
        Self {
            phase,
            since: now,
            until: now.saturating_add(phase.budget()),
        }
    }

    /// The budget after a look at what is waited for: the same one while the phase is the same.
    pub fn follow(before: Option<Self>, phase: Option<Phase>, now: Millis) -> Option<Self> {
        let phase = phase?;
        match before {
            Some(budget) if budget.phase == phase => Some(budget),
            _ => Some(Self::new(phase, now)),
        }
    }

    /// How long it has been waited.
    pub fn waited(&self, now: Millis) -> Millis {
        now.saturating_sub(self.since)
    }

    /// Somebody must be asked.
    pub fn is_over(&self, now: Millis) -> bool {
        now >= self.until
    }

    /// Goes on for another budget; since when it is waited stays what it was.
    #[must_use]
    pub fn renewed(self, now: Millis) -> Self {
        Self {
            until: now.saturating_add(self.phase.budget()),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Ended, EndedWhy};

    #[test]
    fn every_stage_waits_for_something_until_it_is_usable() {
        let of = |stage: Stage| Phase::of(Some(&stage), None);
        let detail = String::new();
        assert_eq!(Phase::of(None, None), Some(Phase::Accept));
        assert_eq!(of(Stage::Accepted), Some(Phase::Queue));
        assert_eq!(of(Stage::Suspended), Some(Phase::Queue));
        assert_eq!(of(Stage::Starting { detail }), Some(Phase::Start));
        assert_eq!(of(Stage::WebReachable), Some(Phase::Workers));
        assert_eq!(of(Stage::Workers { have: 1 }), Some(Phase::Workers));
        assert_eq!(of(Stage::Usable { have: 3 }), None);
        assert_eq!(of(Stage::Full { have: 5 }), None);
        let why = EndedWhy::Cancelled;
        assert_eq!(of(Stage::Ended(Ended { at: None, why })), None);
    }

    #[test]
    fn a_web_service_that_went_silent_is_what_is_waited_for() {
        let silent = Some(Side::Unreachable);
        let stage = Stage::Workers { have: 1 };
        assert_eq!(Phase::of(Some(&stage), silent), Some(Phase::Web));
        // Once usable it is no start any more.
        assert_eq!(Phase::of(Some(&Stage::Full { have: 2 }), silent), None);
    }

    #[test]
    fn a_budget_runs_out_once_and_can_be_renewed() {
        for phase in Phase::ALL {
            let budget = Budget::new(phase, 1_000);
            let end = 1_000 + phase.budget();
            assert!(!budget.is_over(end - 1), "{phase:?}");
            assert!(budget.is_over(end), "{phase:?}");
            let more = budget.renewed(end);
            assert!(!more.is_over(end + phase.budget() - 1));
            assert!(more.is_over(end + phase.budget()));
            assert_eq!(more.waited(end), phase.budget());
        }
    }

    #[test]
    fn only_another_phase_begins_another_budget() {
        let start = Budget::follow(None, Some(Phase::Start), 10);
        assert_eq!(start, Some(Budget::new(Phase::Start, 10)));
        assert_eq!(Budget::follow(start, Some(Phase::Start), 999), start);
        let workers = Budget::follow(start, Some(Phase::Workers), 20);
        assert_eq!(workers, Some(Budget::new(Phase::Workers, 20)));
        assert_eq!(Budget::follow(workers, None, 30), None);
    }
}
