//! What clusters cost, and which of them look forgotten.

use leptos::prelude::*;
use wire::Millis;

use crate::api::clusters::Entry;
use crate::components::money;
use crate::state::profile::Profile;

pub use crate::components::money::shown;

/// Whether nothing costs anything: a warehouse on this machine.
pub fn local() -> Signal<bool> {
    let profile = Profile::expect();
    Signal::derive(move || profile.get().is_some_and(|connection| connection.local))
}

/// The price of one hour in millionths, while it runs and its size is known.
pub fn burn(entry: &Entry) -> Option<u128> {
    let spec = entry.spec.as_ref().filter(|_| entry.runs())?;
    Some(money::micros_per_hour(spec))
}

/// What it has cost until now, in millionths.
pub fn spent(entry: &Entry, now: Millis) -> Option<u128> {
    Some(money::micros_for(entry.spec.as_ref()?, entry.age(now)?))
}

/// What it will cost from now until it ends by itself, in millionths.
pub fn ahead(entry: &Entry, now: Millis) -> Option<u128> {
    let left = entry.fate(now)?.next()?.saturating_sub(now);
    Some(money::micros_for(entry.spec.as_ref()?, left))
}

/// It looks forgotten.
pub fn forgotten(entry: &Entry, now: Millis) -> bool {
    entry.fate(now).is_some_and(|fate| fate.orphan.is_some())
}
