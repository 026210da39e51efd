//! A value read from the wire together with its age.

use wire::Millis;

use super::Problem;
use crate::state::clock::now;

/// What was last read, when, and what is wrong since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading<T> {
    /// The last good value.
    pub value: Option<T>,
    /// When it was read.
    pub at: Option<Millis>,
    /// Why there is no newer one.
    pub problem: Option<Problem>,
}

impl<T> Default for Reading<T> {
    fn default() -> Self {
        Self {
            value: None,
            at: None,
            problem: None,
        }
    }
}

impl<T> Reading<T> {
    /// A value of this moment.
    pub fn of(value: T) -> Self {
        Self {
            value: Some(value),
            at: Some(now()),
            problem: None,
        }
    }

    /// Takes an outcome in: a failure keeps the last good value.
    pub fn take(&mut self, outcome: Result<T, Problem>) {
        match outcome {
            Ok(value) => *self = Self::of(value),
            Err(problem) => self.problem = Some(problem),
        }
    }

    /// Nothing was read yet and nothing failed.
    pub fn pending(&self) -> bool {
        self.value.is_none() && self.problem.is_none()
    }
}
