//! Bounds work and memory by the length of the input.
//!
//! Sharing makes small bytes describe large values: a pickle's memo, a tensor's zero stride, one
//! buffer referred to many times. Everything that is produced is charged here.

use super::pickle::Node;
use super::{Error, Value};

/// A None is one byte in a pickle, a node of its tree and a value here: that is honest.
const PER_BYTE: usize = 4 * (size_of::<Value>() + size_of::<Node>());

/// What may still be produced, in bytes or nodes.
pub(super) struct Budget {
    left: usize,
}

impl Budget {
    pub(super) fn for_input(length: usize) -> Self {
        Self {
            left: length.saturating_mul(PER_BYTE).saturating_add(1 << 20),
        }
    }

    pub(super) fn charge(&mut self, amount: usize) -> Result<(), Error> {
        self.left = self
            .left
            .checked_sub(amount)
            .ok_or(Error::OutOfProportion)?;
        Ok(())
    }
}
