//! How far a script is: rows read and made, by stage. Readable from another thread at any time.

use std::sync::{Arc, Mutex, PoisonError};

/// The progress of a script. Clones share one state.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    stages: Vec<Stage>,
}

/// A part of a running statement, named as MaxCompute names its tasks: `M1`, `R2_1`, `J3_1_2`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// The name.
    pub name: String,
    /// How many workers it has.
    pub workers: u64,
    /// How many of them are done.
    pub terminated: u64,
    /// Rows that came in so far.
    pub input_rows: u64,
    /// Bytes that are read.
    pub input_bytes: u64,
    /// Rows that went out so far.
    pub output_rows: u64,
}

impl Stage {
    /// Whether all its workers are done.
    pub fn finished(&self) -> bool {
        self.terminated >= self.workers
    }
}

impl Progress {
    /// Nothing has begun.
    pub fn new() -> Self {
        Self::default()
    }

    /// The stages of the statement that runs or ran last.
    pub fn stages(&self) -> Vec<Stage> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.stages.clone()
    }
}
