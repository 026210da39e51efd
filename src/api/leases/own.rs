//! A lease that this tab runs itself, with the same decision as the gateway. It lives in the tab's
//! own storage: a reload goes on, a closed tab ends it.

use super::{Entry, Lease, Millis, Rule, What, kept, now};
use cluster::lease::{Decision, Due, Sight, Tabs, decide};
use serde::{Deserialize, Serialize};

/// As many lines are kept.
const MOST: usize = 50;

/// What this tab keeps of its lease of one cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnLease {
    /// The lease, if there is one.
    pub lease: Option<Lease>,
    /// What was done, oldest first.
    pub entries: Vec<Entry>,
    sight: Sight,
    /// Due by one reading, which the next has to confirm.
    due: Option<(Due, Millis)>,
}

impl OwnLease {
    /// What this tab kept before a reload.
    pub fn restored(instance: &str) -> Self {
        kept::intent(&key(instance))
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }

    /// Keeps it for a reload.
    pub fn keep(&self, instance: &str) {
        kept::set_intent(&key(instance), serde_json::to_string(self).ok().as_deref());
    }

    /// Makes, changes or, with nothing, takes the lease back.
    pub fn set(&mut self, lease: Option<Lease>) {
        let what = match (&self.lease, &lease) {
            (None, Some(_)) => What::Made,
            (Some(_), Some(_)) => What::Changed,
            (_, None) => What::Dropped,
        };
        let of = lease.clone().or_else(|| self.lease.clone());
        if let Some(of) = of {
            self.note(&of, what, None, None);
        }
        self.due = None;
        self.lease = lease;
    }

    /// Takes a reading in and decides; `Stop` only when two readings agree.
    pub fn read(
        &mut self,
        read_at: Option<Millis>,
        busy: Option<(bool, Millis)>,
        ended: bool,
    ) -> Option<Decision> {
        self.sight.look(read_at, busy, ended);
        let lease = self.lease.clone()?;
        let decision = decide(&lease, &self.sight.facts(now(), Tabs::Unheard));
        match (decision, self.due) {
            (Decision::Stop { why }, None) => {
                self.due = read_at.map(|at| (why, at));
                self.note(&lease, What::Decided, Some(why), None);
            }
            (Decision::Keep { .. }, Some((why, _))) => {
                self.due = None;
                self.note(&lease, What::Held, Some(why), None);
            }
            (Decision::Over, _) => {
                self.note(&lease, What::Ended, None, None);
                self.lease = None;
            }
            _ => {}
        }
        Some(decision)
    }

    /// By what it is due, once a later reading than the first has agreed.
    pub fn confirmed(&self, decision: Option<Decision>, read_at: Option<Millis>) -> Option<Due> {
        let (Some(Decision::Stop { why }), Some((_, first))) = (decision, self.due) else {
            return None;
        };
        read_at.is_some_and(|at| at > first).then_some(why)
    }

    /// What became of a stop, or of the last look before it.
    pub fn tried(&mut self, what: What, why: Due, detail: Option<String>) {
        let Some(lease) = self.lease.clone() else {
            return;
        };
        self.note(&lease, what, Some(why), detail);
        self.due = None;
        if what == What::Held {
            self.sight.found_busy();
        }
        if matches!(what, What::Stopped | What::Gone) {
            self.lease = None;
        }
    }

    fn note(&mut self, lease: &Lease, what: What, why: Option<Due>, detail: Option<String>) {
        self.entries.push(Entry {
            at: now(),
            instance: lease.instance.clone(),
            project: lease.project.clone(),
            by: lease.by.clone(),
            rule: lease.rule,
            what,
            why,
            detail,
        });
        let over = self.entries.len().saturating_sub(MOST);
        self.entries.drain(..over);
    }
}

/// A lease of this tab.
impl OwnLease {
    /// Makes the lease that a rule asks for.
    pub fn wish(
        instance: &str,
        project: &str,
        by: &str,
        rule: Rule,
        not_before: Option<Millis>,
    ) -> Lease {
        Lease {
            instance: instance.to_owned(),
            project: project.to_owned(),
            rule,
            not_before,
            made_at: now(),
            by: by.to_owned(),
        }
    }
}

fn key(instance: &str) -> String {
    format!("mars-console.lease.{instance}")
}
