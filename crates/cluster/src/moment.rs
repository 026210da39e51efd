//! Something with the time at which it was learned.

use serde::{Deserialize, Serialize};
use wire::Millis;

/// A value and when it became known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment<T> {
    /// When.
    pub at: Millis,
    /// What.
    pub what: T,
}
