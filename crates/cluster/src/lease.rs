//! A lease: a wish that ends a cluster by itself, and the decision whether it is due.
//!
//! It fails safe: whatever is unknown, old or contradicted by the clock keeps the cluster. Who runs a
//! lease reads the cluster with [`crate::Watch`], gathers it in a [`Sight`], asks [`decide`] after each
//! reading, and asks [`Check`] once more before anything is stopped.

mod check;
mod decide;
mod sight;
mod standing;

use serde::{Deserialize, Serialize};
use wire::Millis;

pub use check::{Check, Checked};
pub use decide::{Decision, Due, Facts, Keeping, Tabs, Waiting, decide};
pub use sight::{GAP, Sight};
pub use standing::{Entry, Standing, What};

/// What is written is of this version; another one is refused, never guessed at.
const VERSION: u32 = 1;
const MINUTE: Millis = 60_000;
/// The platform ends a cluster after three days: a lease beyond a week is a slip of the hand.
const FARTHEST: Millis = 7 * 24 * 60 * MINUTE;

/// When a cluster is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Rule {
    /// Nothing has run on it for so long.
    Idle {
        /// How long.
        minutes: u32,
    },
    /// At a time, whatever it does.
    At {
        /// When.
        millis: Millis,
    },
    /// The last tab that shows it was closed so long ago, and nothing runs on it.
    LastTab {
        /// How long.
        grace_minutes: u32,
    },
}

/// Why a rule cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RuleProblem {
    /// No time at all.
    #[error("a lease needs at least one minute")]
    TooShort,
    /// In the past.
    #[error("the time is in the past")]
    Past,
    /// Farther ahead than a cluster can live.
    #[error("a lease is at most a week long")]
    TooLong,
}

impl Rule {
    /// Whether it can be agreed to now.
    pub fn check(&self, now: Millis) -> Result<(), RuleProblem> {
        let ahead = match *self {
            Self::Idle { minutes: 0 } | Self::LastTab { grace_minutes: 0 } => {
                return Err(RuleProblem::TooShort);
            }
            Self::Idle { minutes: many }
            | Self::LastTab {
                grace_minutes: many,
            } => Millis::from(many) * MINUTE,
            Self::At { millis } if millis <= now => return Err(RuleProblem::Past),
            Self::At { millis } => millis - now,
        };
        match ahead > FARTHEST {
            true => Err(RuleProblem::TooLong),
            false => Ok(()),
        }
    }
}

/// A wish that ends a cluster by itself. It holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Lease {
    /// The instance.
    pub instance: String,
    /// Its project.
    pub project: String,
    /// When it is to end.
    pub rule: Rule,
    /// Nothing is stopped before this: somebody asked to keep it alive.
    pub not_before: Option<Millis>,
    /// When the wish was made or last changed.
    pub made_at: Millis,
    /// Who made it.
    pub by: String,
}

/// A lease as it is written down.
#[derive(Serialize, Deserialize)]
struct Written {
    version: u32,
    instance: String,
    project: String,
    rule: Rule,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not_before: Option<Millis>,
    made_at: Millis,
    by: String,
}

impl From<Lease> for Written {
    fn from(lease: Lease) -> Self {
        Self {
            version: VERSION,
            instance: lease.instance,
            project: lease.project,
            rule: lease.rule,
            not_before: lease.not_before,
            made_at: lease.made_at,
            by: lease.by,
        }
    }
}

impl TryFrom<Written> for Lease {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        match written.version {
            VERSION => Ok(Self {
                instance: written.instance,
                project: written.project,
                rule: written.rule,
                not_before: written.not_before,
                made_at: written.made_at,
                by: written.by,
            }),
            other => Err(format!("a lease of version {other} cannot be read")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lease, Rule, RuleProblem};

    fn lease(rule: Rule) -> Lease {
        Lease {
            instance: "20261122g1".into(),
            project: "p".into(),
            rule,
            not_before: None,
            made_at: u64::MAX,
            by: "someone".into(),
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        for rule in [
            Rule::Idle { minutes: 30 },
            Rule::At { millis: u64::MAX },
            Rule::LastTab { grace_minutes: 5 },
        ] {
            let mut lease = lease(rule);
            for not_before in [None, Some(7)] {
                lease.not_before = not_before;
                let text = serde_json::to_string(&lease).unwrap();
                assert_eq!(serde_json::from_str::<Lease>(&text).unwrap(), lease);
            }
        }
    }

    #[test]
    fn another_version_is_refused() {
        let text = serde_json::to_string(&lease(Rule::Idle { minutes: 1 })).unwrap();
        let later = text.replace(r#""version":1"#, r#""version":2"#);
        let error = serde_json::from_str::<Lease>(&later).unwrap_err();
        assert!(error.to_string().contains("version 2"), "{error}");
        let odd = text.replace("idle", "never");
        assert!(serde_json::from_str::<Lease>(&odd).is_err());
    }

    #[test]
    fn slips_of_the_hand_are_refused() {
        let now = 1_000_000;
        let week = 7 * 24 * 60;
        for (rule, expected) in [
            (Rule::Idle { minutes: 0 }, Err(RuleProblem::TooShort)),
            (Rule::Idle { minutes: week }, Ok(())),
            (Rule::Idle { minutes: week + 1 }, Err(RuleProblem::TooLong)),
            (Rule::LastTab { grace_minutes: 1 }, Ok(())),
            (Rule::At { millis: now }, Err(RuleProblem::Past)),
            (Rule::At { millis: now + 1 }, Ok(())),
            (Rule::At { millis: u64::MAX }, Err(RuleProblem::TooLong)),
        ] {
            assert_eq!(rule.check(now), expected, "{rule:?}");
        }
    }
}
