//! Bounds work and memory by the length of the input.
//!
//! Sharing makes small bytes describe large values: a pickle's memo, a tensor's zero stride, one
//! buffer referred to many times. Everything that is produced is charged here.

use super::Error;

/// What may still be produced, in bytes or nodes.
pub(super) struct Budget {
    left: usize,
}

impl Budget {
    pub(super) fn for_input(length: usize) -> Self {
        Self {
            left: length.saturating_mul(64).saturating_add(1 << 16),
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
