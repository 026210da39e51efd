//! What will end a cluster if nobody does anything. Authority: the later guide of PyODPS (idle for
//! three hours "not strongly guaranteed"; three days always) and its `supervisor.py`, whose idle clock
//! does not start before a first session was made.

use serde::{Deserialize, Serialize};
use wire::Millis;

/// Idle for so long, a cluster is released by itself, which is not guaranteed.
pub const IDLE_STOP: Millis = 3 * 3_600_000;
/// So long after its start the platform ends a cluster.
pub const CAP: Millis = 72 * 3_600_000;
/// A cluster that is idle for so long is shown as forgotten: it has cost an hour for nothing.
pub const FORGOTTEN: Millis = 3_600_000;

/// What is known that matters for the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// When it was accepted.
    pub started: Option<Millis>,
    /// It computes.
    pub busy: Option<bool>,
    /// Since when it has been idle, as far as was seen.
    pub idle_since: Option<Millis>,
    /// Whether a session was ever made, where the engine tells.
    pub used: Option<bool>,
    /// Whether its owner is still a member of the project, where the members may be read.
    pub owner_present: Option<bool>,
}

/// Why a cluster looks forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Orphan {
    /// No session was ever made: the engine's idle clock has not started, only the cap ends it.
    NeverUsed,
    /// Nothing has run on it for so many milliseconds.
    Idle(Millis),
    /// Whoever started it is no member of the project any more.
    OwnerGone,
}

/// What ends it, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fate {
    /// When the platform ends it at the latest.
    pub cap_at: Option<Millis>,
    /// When the engine's idle clock runs out, if nothing runs until then. Not guaranteed.
    pub idle_at: Option<Millis>,
    /// Why it looks forgotten.
    pub orphan: Option<Orphan>,
}

impl Fate {
    /// Works the end out.
    pub fn of(signs: &Signs, now: Millis) -> Self {
        let busy = signs.busy == Some(true);
        let idle_since = signs.idle_since.filter(|_| !busy);
        let cap_at = signs.started.map(|started| started.saturating_add(CAP));
        let idle_at = idle_since
            .filter(|_| signs.used != Some(false))
            .map(|since| since.saturating_add(IDLE_STOP));
        let idle = idle_since.map(|since| now.saturating_sub(since));
        let orphan = match (signs.owner_present, signs.used, idle) {
            _ if busy => None,
            (Some(false), ..) => Some(Orphan::OwnerGone),
            (_, Some(false), _) if age(signs, now) >= FORGOTTEN => Some(Orphan::NeverUsed),
            (_, _, Some(idle)) if idle >= FORGOTTEN => Some(Orphan::Idle(idle)),
            _ => None,
        };
        Self {
            cap_at,
            idle_at,
            orphan,
        }
    }

    /// The first of the two.
    pub fn next(&self) -> Option<Millis> {
        [self.cap_at, self.idle_at].into_iter().flatten().min()
    }
}

fn age(signs: &Signs, now: Millis) -> Millis {
    signs
        .started
        .map_or(0, |started| now.saturating_sub(started))
}

#[cfg(test)]
mod tests {
    use super::{CAP, FORGOTTEN, Fate, IDLE_STOP, Orphan, Signs};

    const START: u64 = 1_000_000_000;

    fn signs() -> Signs {
        Signs {
            started: Some(START),
            ..Signs::default()
        }
    }

    #[test]
    fn a_busy_cluster_ends_at_the_cap() {
        let signs = Signs {
            busy: Some(true),
            idle_since: Some(START),
            used: Some(true),
            owner_present: Some(false),
            ..signs()
        };
        let fate = Fate::of(&signs, START + 10 * FORGOTTEN);
        assert_eq!(fate.next(), Some(START + CAP));
        assert_eq!((fate.idle_at, fate.orphan), (None, None));
    }

    #[test]
    fn an_idle_one_may_end_before() {
        let since = START + 60_000;
        let signs = Signs {
            busy: Some(false),
            idle_since: Some(since),
            ..signs()
        };
        let fate = Fate::of(&signs, since + FORGOTTEN);
        assert_eq!(fate.next(), Some(since + IDLE_STOP));
        assert_eq!(fate.orphan, Some(Orphan::Idle(FORGOTTEN)));
        assert_eq!(Fate::of(&signs, since + FORGOTTEN - 1).orphan, None);
    }

    #[test]
    fn one_that_was_never_used_has_the_cap_only() {
        let signs = Signs {
            idle_since: Some(START),
            used: Some(false),
            ..signs()
        };
        let fate = Fate::of(&signs, START + FORGOTTEN);
        assert_eq!(fate.next(), Some(START + CAP));
        assert_eq!(fate.orphan, Some(Orphan::NeverUsed));
        assert_eq!(
            Fate::of(&signs, START + 5).orphan,
            None,
            "it is only starting"
        );
    }

    #[test]
    fn a_gone_owner_is_said_first() {
        let signs = Signs {
            used: Some(false),
            owner_present: Some(false),
            ..signs()
        };
        assert_eq!(
            Fate::of(&signs, START + FORGOTTEN).orphan,
            Some(Orphan::OwnerGone)
        );
        assert_eq!(Fate::of(&Signs::default(), START).next(), None);
    }
}
