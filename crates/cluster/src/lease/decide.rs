//! Whether a lease is due, from facts with their ages.

use serde::{Deserialize, Serialize};
use wire::Millis;

use super::{Lease, MINUTE, Rule};

/// Facts that are older than this are not acted on.
const FRESH: Millis = 60_000;

/// What is known of the tabs that show a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tabs {
    /// Nobody hears them.
    Unheard,
    /// So many are open.
    Open(u32),
    /// None is, as far as was heard since this moment.
    Closed(Millis),
}

/// What is known of a cluster, with the ages of the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The time.
    pub now: Millis,
    /// When the state of the instance was last read.
    pub read_at: Option<Millis>,
    /// The instance has ended.
    pub ended: bool,
    /// Whether it computes, and when that was read.
    pub busy: Option<(bool, Millis)>,
    /// Since when every reading, without a gap, has found it idle.
    pub idle_since: Option<Millis>,
    /// The tabs.
    pub tabs: Tabs,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Decision {
    /// Nothing yet.
    Keep {
        /// When it is due, if nothing changes.
        until: Option<Millis>,
        /// What it is kept for.
        why: Keeping,
    },
    /// It is due.
    Stop {
        /// By what.
        why: Due,
    },
    /// Nothing, since too little is known.
    Wait {
        /// What is missing.
        why: Waiting,
    },
    /// The instance has ended: the lease has nothing left to do.
    Over,
}

/// Why a cluster is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Keeping {
    /// Its time has not come.
    NotYet,
    /// It computes.
    Busy,
    /// A tab shows it.
    TabOpen,
    /// Somebody asked to keep it alive.
    KeptAlive,
}

/// By what a lease is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Due {
    /// It was idle for long enough.
    Idle,
    /// The time has come.
    Time,
    /// The last tab was closed for long enough.
    NoTab,
}

/// What is missing for a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Waiting {
    /// The state of the instance was not read, or too long ago.
    StateUnknown,
    /// Whether it computes was not read, or too long ago.
    ActivityUnknown,
    /// Nobody hears the tabs.
    TabsUnheard,
}

/// Decides.
pub fn decide(lease: &Lease, facts: &Facts) -> Decision {
    if facts.ended {
        return Decision::Over;
    }
    let decision = match lease.rule {
        Rule::At { millis } => at(millis, facts),
        Rule::Idle { minutes } => idle(lease.made_at, span(minutes), facts),
        Rule::LastTab { grace_minutes } => last_tab(lease.made_at, span(grace_minutes), facts),
    };
    kept_alive(decision, lease.not_before.unwrap_or(0), facts.now)
}

fn span(minutes: u32) -> Millis {
    Millis::from(minutes) * MINUTE
}

/// A fact of the future was read by another clock than this one.
fn is_fresh(at: Millis, now: Millis) -> bool {
    at <= now && now - at <= FRESH
}

/// What is due is stopped only when the instance was really read just now.
fn stop(why: Due, facts: &Facts) -> Decision {
    match facts.read_at.is_some_and(|at| is_fresh(at, facts.now)) {
        true => Decision::Stop { why },
        false => Decision::Wait {
            why: Waiting::StateUnknown,
        },
    }
}

fn not_yet(until: Millis) -> Decision {
    Decision::Keep {
        until: Some(until),
        why: Keeping::NotYet,
    }
}

fn at(due: Millis, facts: &Facts) -> Decision {
    match facts.now < due {
        true => not_yet(due),
        false => stop(Due::Time, facts),
    }
}

/// The idle time before the wish was made does not count.
fn idle(made_at: Millis, long: Millis, facts: &Facts) -> Decision {
    if let Some(other) = unless_idle(facts) {
        return other;
    }
    let Some(since) = facts.idle_since else {
        return Decision::Wait {
            why: Waiting::ActivityUnknown,
        };
    };
    let due = since.max(made_at).saturating_add(long);
    match facts.now < due {
        true => not_yet(due),
        false => stop(Due::Idle, facts),
    }
}

/// What is decided when it is not known to be idle now.
fn unless_idle(facts: &Facts) -> Option<Decision> {
    match facts.busy {
        Some((busy, at)) if is_fresh(at, facts.now) => busy.then_some(Decision::Keep {
            until: None,
            why: Keeping::Busy,
        }),
        _ => Some(Decision::Wait {
            why: Waiting::ActivityUnknown,
        }),
    }
}

fn last_tab(made_at: Millis, grace: Millis, facts: &Facts) -> Decision {
    match facts.tabs {
        Tabs::Unheard => Decision::Wait {
            why: Waiting::TabsUnheard,
        },
        Tabs::Open(_) => Decision::Keep {
            until: None,
            why: Keeping::TabOpen,
        },
        Tabs::Closed(since) => {
            let due = since.max(made_at).saturating_add(grace);
            match facts.now < due {
                true => not_yet(due),
                // Whoever closes the lid over a long job does not mean to lose it.
                false => unless_idle(facts).unwrap_or_else(|| stop(Due::NoTab, facts)),
            }
        }
    }
}

fn kept_alive(decision: Decision, not_before: Millis, now: Millis) -> Decision {
    let held = Decision::Keep {
        until: Some(not_before),
        why: Keeping::KeptAlive,
    };
    match decision {
        Decision::Keep {
            until: Some(until), ..
        } if until < not_before => held,
        Decision::Stop { .. } if now < not_before => held,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Decision, Due, FRESH, Facts, Keeping, Tabs, Waiting, decide};
    use crate::lease::{Lease, Rule};

    const NOW: u64 = 1_000_000_000;
    const MINUTE: u64 = 60_000;

    fn lease(rule: Rule) -> Lease {
        Lease {
            instance: "i".into(),
            project: "p".into(),
            rule,
            not_before: None,
            made_at: NOW - 1_000 * MINUTE,
            by: "b".into(),
        }
    }

    fn facts() -> Facts {
        Facts {
            now: NOW,
            read_at: Some(NOW - 5),
            ended: false,
            busy: Some((false, NOW - 5)),
            idle_since: Some(NOW - 30 * MINUTE),
            tabs: Tabs::Unheard,
        }
    }

    fn not_yet(until: u64) -> Decision {
        Decision::Keep {
            until: Some(until),
            why: Keeping::NotYet,
        }
    }

    fn wait(why: Waiting) -> Decision {
        Decision::Wait { why }
    }

    #[test]
    fn the_idle_rule() {
        let half = lease(Rule::Idle { minutes: 30 });
        assert_eq!(decide(&half, &facts()), Decision::Stop { why: Due::Idle });
        let longer = lease(Rule::Idle { minutes: 31 });
        assert_eq!(decide(&longer, &facts()), not_yet(NOW + MINUTE));
        let fresh = Lease {
            made_at: NOW - MINUTE,
            ..half.clone()
        };
        let due = not_yet(NOW + 29 * MINUTE);
        assert_eq!(decide(&fresh, &facts()), due, "not before the wish");
        let busy = Facts {
            busy: Some((true, NOW)),
            ..facts()
        };
        let kept = Decision::Keep {
            until: None,
            why: Keeping::Busy,
        };
        assert_eq!(decide(&half, &busy), kept);
        for unknown in [None, Some((false, NOW - FRESH - 1)), Some((false, NOW + 1))] {
            let facts = Facts {
                busy: unknown,
                ..facts()
            };
            assert_eq!(decide(&half, &facts), wait(Waiting::ActivityUnknown));
        }
    }

    #[test]
    fn the_time_rule_waits_for_a_reading() {
        let due = lease(Rule::At { millis: NOW });
        assert_eq!(decide(&due, &facts()), Decision::Stop { why: Due::Time });
        let ahead = lease(Rule::At { millis: NOW + 1 });
        assert_eq!(decide(&ahead, &facts()), not_yet(NOW + 1));
        for read_at in [None, Some(NOW - FRESH - 1), Some(NOW + 1)] {
            let facts = Facts { read_at, ..facts() };
            assert_eq!(decide(&due, &facts), wait(Waiting::StateUnknown));
        }
    }

    #[test]
    fn the_rule_of_the_last_tab() {
        let five = lease(Rule::LastTab { grace_minutes: 5 });
        let with = |tabs| Facts { tabs, ..facts() };
        let closed = with(Tabs::Closed(NOW - 5 * MINUTE));
        assert_eq!(decide(&five, &closed), Decision::Stop { why: Due::NoTab });
        let later = with(Tabs::Closed(NOW - 4 * MINUTE));
        assert_eq!(decide(&five, &later), not_yet(NOW + MINUTE));
        let open = decide(&five, &with(Tabs::Open(1)));
        assert!(matches!(open, Decision::Keep { until: None, .. }));
        let unheard = decide(&five, &with(Tabs::Unheard));
        assert_eq!(unheard, wait(Waiting::TabsUnheard));
        let busy = Facts {
            busy: Some((true, NOW)),
            ..closed
        };
        assert!(matches!(decide(&five, &busy), Decision::Keep { .. }));
    }

    #[test]
    fn keeping_alive_holds_every_rule_off() {
        let held = Lease {
            not_before: Some(NOW + MINUTE),
            ..lease(Rule::At { millis: NOW })
        };
        let kept = Decision::Keep {
            until: Some(NOW + MINUTE),
            why: Keeping::KeptAlive,
        };
        assert_eq!(decide(&held, &facts()), kept);
        let ended = Facts {
            ended: true,
            ..facts()
        };
        assert_eq!(decide(&held, &ended), Decision::Over);
    }

    fn rules() -> impl Strategy<Value = Rule> {
        prop_oneof![
            (0_u32..90).prop_map(|minutes| Rule::Idle { minutes }),
            (0_u64..9_000_000).prop_map(|millis| Rule::At { millis }),
            (0_u32..90).prop_map(|grace_minutes| Rule::LastTab { grace_minutes }),
        ]
    }

    fn times() -> impl Strategy<Value = Option<u64>> {
        proptest::option::of(0_u64..9_000_000)
    }

    fn all_facts() -> impl Strategy<Value = Facts> {
        let tabs = prop_oneof![
            Just(Tabs::Unheard),
            (1_u32..3).prop_map(Tabs::Open),
            (0_u64..9_000_000).prop_map(Tabs::Closed),
        ];
        let busy = proptest::option::of((any::<bool>(), 0_u64..9_000_000));
        (
            0_u64..9_000_000,
            times(),
            any::<bool>(),
            busy,
            times(),
            tabs,
        )
            .prop_map(|(now, read_at, ended, busy, idle_since, tabs)| Facts {
                now,
                read_at,
                ended,
                busy,
                idle_since,
                tabs,
            })
    }

    proptest! {
        #[test]
        fn nothing_is_stopped_on_unknown_or_old_facts(
            rule in rules(), facts in all_facts(), made_at in 0_u64..9_000_000, not_before in times(),
        ) {
            let lease = Lease { made_at, not_before, ..lease(rule) };
            let fresh = |at: u64| at <= facts.now && facts.now - at <= FRESH;
            match decide(&lease, &facts) {
                Decision::Stop { why } => {
                    prop_assert!(!facts.ended);
                    prop_assert!(facts.read_at.is_some_and(fresh));
                    prop_assert!(not_before.is_none_or(|until| until <= facts.now));
                    let idle = facts.busy.is_some_and(|(busy, at)| !busy && fresh(at));
                    prop_assert!(why == Due::Time || idle);
                }
                Decision::Keep { until: Some(until), .. } => prop_assert!(until > facts.now),
                Decision::Over => prop_assert!(facts.ended),
                _ => {}
            }
        }
    }
}
