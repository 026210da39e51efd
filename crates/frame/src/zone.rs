//! The zone in which instants are written and read. There is no zone database here: the caller
//! gives the offsets.
//!
//! Instants are ODPS `datetime` and `timestamp` and every Arrow timestamp with a zone. `date`,
//! `timestamp_ntz` and Arrow timestamps without a zone are what they are and are never shifted.

use std::fmt;
use std::sync::Arc;

/// What a zone is to this crate: how far its clocks are ahead of UTC at an instant.
pub trait Offsets: Send + Sync {
    /// The seconds east of UTC at so many seconds since 1970-01-01 00:00:00 UTC.
    fn offset(&self, utc_seconds: i64) -> i32;
}

impl<F: Fn(i64) -> i32 + Send + Sync> Offsets for F {
    fn offset(&self, utc_seconds: i64) -> i32 {
        self(utc_seconds)
    }
}

/// A shared zone.
#[derive(Clone)]
pub struct Zone(Arc<dyn Offsets>);

impl Zone {
    /// A zone of given offsets.
    pub fn new(offsets: impl Offsets + 'static) -> Self {
        Self(Arc::new(offsets))
    }

    /// A zone whose clocks never change.
    pub fn fixed(seconds_east: i32) -> Self {
        Self::new(move |_: i64| seconds_east)
    }

    /// The seconds east of UTC at an instant; never more than a day either way.
    pub fn offset(&self, utc_seconds: i64) -> i32 {
        self.0.offset(utc_seconds).clamp(-86_400, 86_400)
    }

    /// The instant at which this zone's clocks show a local time, both in seconds. Of two (clocks
    /// were put back) the earlier; where there is none (clocks were put forward) as if they had not
    /// been yet.
    pub fn instant(&self, local_seconds: i64) -> i64 {
        let before = i64::from(self.offset(local_seconds.saturating_sub(86_400)));
        let after = i64::from(self.offset(local_seconds.saturating_add(86_400)));
        for offset in [before, after] {
            let utc = local_seconds.saturating_sub(offset);
            if i64::from(self.offset(utc)) == offset {
                return utc;
            }
        }
        local_seconds.saturating_sub(before)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Zone(offset at 0: {})", self.offset(0))
    }
}
