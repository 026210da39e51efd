//! Sentences of the lease of a cluster.
#![expect(
    missing_docs,
    reason = "a field is described by its English sentence in en/lease.rs"
)]

use cluster::lease::{Decision, Entry, Rule};

pub struct Lease {
    pub title: &'static str,
    pub looking: &'static str,
    pub by_gateway: &'static str,
    pub by_tab: &'static str,
    pub none: &'static str,
    pub rule: fn(Rule) -> String,
    pub decision: fn(Option<Decision>) -> &'static str,
    pub left: fn(&str) -> String,
    pub put_off: &'static str,
    pub put_off_note: &'static str,
    pub drop: &'static str,
    pub choose: &'static str,
    pub idle: &'static str,
    pub at: &'static str,
    pub last_tab: &'static str,
    pub no_last_tab: &'static str,
    pub minutes: &'static str,
    pub time: &'static str,
    pub set: &'static str,
    pub change: &'static str,
    pub wrong: &'static str,
    pub history: &'static str,
    pub entry: fn(&Entry) -> String,
}
