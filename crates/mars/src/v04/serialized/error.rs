//! What is wrong with a payload.

/// A payload that cannot be decoded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes end before what they announce.
    #[error("{what} needs {need} bytes at {at}, beyond the end")]
    Truncated {
        /// What was being read.
        what: &'static str,
        /// Where, from the start of the part that is being read.
        at: usize,
        /// How many bytes were wanted.
        need: usize,
    },
    /// The bytes contradict themselves.
    #[error("{what} is malformed: {detail}")]
    Malformed {
        /// What was being read.
        what: &'static str,
        /// What is wrong.
        detail: String,
    },
    /// The body is longer than allowed.
    #[error("the body has {length} bytes; at most {limit} are decoded")]
    TooLong {
        /// The announced length.
        length: u64,
        /// The most that is allowed.
        limit: u64,
    },
    /// The value is nested more deeply than the writer can have nested it.
    #[error("{what} is nested too deeply")]
    TooDeep {
        /// What was being read.
        what: &'static str,
    },
    /// The bytes describe a value far larger than themselves.
    #[error("the payload describes a value out of proportion to its length")]
    OutOfProportion,
    /// A form that this decoder does not know.
    #[error("{what} is not supported: {detail}")]
    Unsupported {
        /// What was being read.
        what: &'static str,
        /// Which form it has.
        detail: String,
    },
}

impl Error {
    pub(super) fn malformed(what: &'static str, detail: impl Into<String>) -> Self {
        Self::Malformed {
            what,
            detail: detail.into(),
        }
    }

    pub(super) fn unsupported(what: &'static str, detail: impl Into<String>) -> Self {
        Self::Unsupported {
            what,
            detail: detail.into(),
        }
    }
}
