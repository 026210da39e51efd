//! The payload of a fetch as rows and facts.

use frame::Table;

use crate::frames::{Fault, Head};

/// Reads a payload; `shape` is the shape of the whole result.
pub(super) fn read(bytes: &[u8], shape: &[u64]) -> Result<(Table, Head), Fault> {
    let _ = (bytes, shape);
    Err(Fault::Malformed {
        detail: String::new(),
    })
}
