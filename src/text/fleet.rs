//! Sentences of the fleet: every cluster of the project.
#![expect(
    missing_docs,
    reason = "a field is described by its English sentence in en/fleet.rs"
)]

use crate::pages::clusters::fleet::wanted::Key;

pub struct Fleet {
    pub lead: &'static str,
    pub bar: &'static str,
    pub owners: &'static str,
    pub mine: &'static str,
    pub everybody: &'static str,
    pub states: &'static str,
    pub all: &'static str,
    pub running: &'static str,
    pub forgotten: &'static str,
    pub ended: &'static str,
    pub search: &'static str,
    pub ended_since: &'static str,
    pub days: fn(u32) -> String,
    pub none_match: &'static str,
    pub none_match_next: &'static str,
    pub cut: &'static str,
    /// Running, of unknown size, price of an hour, forgotten.
    pub sum: fn(usize, usize, Option<String>, usize) -> String,
    pub column: fn(Key) -> &'static str,
    pub mark_all: &'static str,
    pub mark: fn(&str) -> String,
    pub marked: fn(usize) -> String,
    pub stop_marked: fn(usize) -> String,
    pub portion: fn(usize, usize) -> String,
    pub more: &'static str,
    pub stop: &'static str,
    pub stop_one: fn(&str) -> String,
    pub idle_for: fn(&str) -> String,
    pub idle_hint: &'static str,
    pub silent: &'static str,
    /// Workers there are, workers asked for.
    pub workers: fn(Option<u32>, Option<u32>) -> String,
    pub each: fn(u32, u32) -> String,
    pub ends_cap: fn(&str) -> String,
    pub ends_cap_hint: &'static str,
    pub ends_idle: fn(&str) -> String,
    pub ends_idle_hint: &'static str,
    pub never_used: &'static str,
    pub idle_long: fn(&str) -> String,
    pub owner_gone: &'static str,
    pub stop_title: fn(usize) -> String,
    /// Clusters, those that compute, what is saved.
    pub effects: fn(usize, usize, Option<String>) -> Vec<String>,
    pub stop_confirm: &'static str,
    pub unclear: &'static str,
    pub unclear_too: fn(usize) -> String,
    pub none_clear: &'static str,
    pub computes: &'static str,
    pub idles: &'static str,
    pub waiting: fn(u64) -> String,
    pub stopped: &'static str,
}
