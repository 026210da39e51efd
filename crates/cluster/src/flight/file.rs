//! A flight as one file: JSON with its form and version in front. Integers are written as they are,
//! samples as rows without names. Reading checks everything that later code relies on.

use serde::{Deserialize, Serialize};

use super::{Flight, MOST_LANES, MOST_MARKS, MOST_SAMPLES, Sample};

const FORM: &str = "mars-console-flight";
const VERSION: u32 = 1;
/// A file of more bytes is not one of ours.
const LARGEST: usize = 64 << 20;

/// Why a file is not a flight.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FlightError {
    /// Not JSON, or not of this form.
    #[error("not a flight: {reason}")]
    Form {
        /// What the reader says.
        reason: String,
    },
    /// A later version wrote it.
    #[error("a flight of version {found}; up to {VERSION} can be read")]
    Version {
        /// Its version.
        found: u32,
    },
    /// Larger than any flight.
    #[error("{size} bytes are more than a flight has")]
    Large {
        /// Its bytes.
        size: usize,
    },
    /// It contradicts itself.
    #[error("the flight contradicts itself: {what}")]
    Broken {
        /// In what.
        what: &'static str,
    },
}

#[derive(Deserialize)]
struct Head {
    form: String,
    version: u32,
}

#[derive(Serialize)]
struct Writing<'a> {
    form: &'static str,
    version: u32,
    flight: &'a Flight,
}

#[derive(Deserialize)]
struct Reading {
    flight: Flight,
}

impl Flight {
    /// Writes it down.
    pub fn to_json(&self) -> String {
        let writing = Writing {
            form: FORM,
            version: VERSION,
            flight: self,
        };
        // Only a map with keys that are no text, or a failing writer, could fail here.
        serde_json::to_string(&writing).unwrap_or_default()
    }

    /// Reads what was written down.
    pub fn from_json(bytes: &[u8]) -> Result<Self, FlightError> {
        if bytes.len() > LARGEST {
            return Err(FlightError::Large { size: bytes.len() });
        }
        let form = |error: serde_json::Error| FlightError::Form {
            reason: error.to_string(),
        };
        let head: Head = serde_json::from_slice(bytes).map_err(form)?;
        if head.form != FORM {
            return Err(FlightError::Form { reason: head.form });
        }
        if head.version > VERSION {
            return Err(FlightError::Version {
                found: head.version,
            });
        }
        let Reading { flight } = serde_json::from_slice(bytes).map_err(form)?;
        flight.checked()
    }

    fn checked(self) -> Result<Self, FlightError> {
        let broken = |what| Err(FlightError::Broken { what });
        let lanes = self.lanes.len();
        let samples = || self.frames.iter().map(|frame| &frame.samples);
        let most = MOST_SAMPLES.max(MOST_LANES);
        if lanes > MOST_LANES || self.marks.len() > MOST_MARKS {
            return broken("more than is ever kept");
        }
        if samples().map(Vec::len).sum::<usize>() > most {
            return broken("more samples than are ever kept");
        }
        let ordered = |samples: &Vec<Sample>| {
            samples.is_sorted_by(|one, next| one.lane < next.lane)
                && samples.last().is_none_or(|last| last.lane < lanes)
        };
        if !samples().all(ordered) {
            return broken("the workers of a list");
        }
        let frames = self.frames.iter();
        if !self.frames.is_sorted_by_key(|frame| frame.at)
            || frames.clone().any(|frame| frame.from > frame.at)
            || !frames.clone().is_sorted_by_key(|frame| frame.from)
            || !self.marks.is_sorted_by_key(|mark| mark.at)
        {
            return broken("the order of times");
        }
        match self.span() {
            Some((first, last)) if first > last => broken("its first and last time"),
            None if !self.marks.is_empty() || !self.frames.is_empty() => broken("its times"),
            _ => Ok(self),
        }
    }
}
