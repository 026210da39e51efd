//! Sentences of every error: what happened, why, and what to do next.
#![expect(missing_docs, reason = "each answers the question of its name")]

use crate::api::{Cause, Doing};

pub struct Problems {
    pub what: fn(Doing) -> &'static str,
    pub why: fn(&Cause) -> &'static str,
    pub next: fn(&Cause) -> &'static str,
}
