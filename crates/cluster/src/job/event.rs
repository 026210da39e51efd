//! What a job tells, and how it comes out.

use serde::{Deserialize, Serialize};
use wire::Millis;

use crate::Problem;

/// A step of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum JobEvent {
    /// Its session is open.
    Session {
        /// The session.
        id: String,
    },
    /// The engine has the graph: from here on the job can be left and come back to.
    Submitted {
        /// The graph.
        graph_key: String,
    },
    /// The engine's word for its state has changed.
    State {
        /// The word: `preparing`, `running` …
        state: String,
        /// Milliseconds since the submission.
        elapsed: Millis,
    },
    /// How many of its operands are seen on workers.
    Progress {
        /// The number.
        running: u32,
    },
    /// Nothing has moved for a while.
    Quiet {
        /// For how long.
        for_ms: Millis,
        /// The workers are idle too; otherwise they compute, perhaps for somebody else.
        idle: bool,
    },
    /// The engine took the wish to cancel.
    CancelAsked,
    /// A request failed; the next one follows.
    Problem(Problem),
}

/// How a job came out.
pub type JobOutcome = Result<JobResult, JobFailure>;

/// A result that can be fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobResult {
    /// The session that holds it. It is the caller's to delete when the result is not wanted any
    /// more.
    pub session: String,
    /// The graph.
    pub graph_key: String,
    /// The tileable.
    pub target: String,
    /// Its actual shape; none when the engine would not tell.
    pub shape: Option<Vec<u64>>,
    /// Milliseconds from the submission to here.
    pub elapsed: Millis,
}

/// Why there is no result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[non_exhaustive]
pub enum JobFailure {
    /// The engine does not have the graph.
    #[error("not submitted: {problem}")]
    NotSubmitted {
        /// Why.
        problem: Problem,
    },
    /// It ran and failed.
    #[error("failed: {}", message.as_deref().unwrap_or("the engine gives no reason"))]
    Failed {
        /// The last line of the engine's trace: `ValueError: …`.
        message: Option<String>,
        /// The whole trace. A graph that the engine cannot read has none.
        trace: Option<String>,
    },
    /// The engine refused it while preparing it. It does not say why; its scheduler's log does.
    #[error("rejected while being prepared")]
    Rejected,
    /// It was cancelled.
    #[error("cancelled")]
    Cancelled {
        /// By this machine; otherwise by somebody else.
        here: bool,
    },
    /// The engine took the wish to cancel but did not confirm the end.
    #[error("cancel was asked for and not confirmed")]
    CancelNotConfirmed,
    /// The engine says `running`, but nothing has moved and its workers are idle: it has dropped
    /// the graph. Waiting longer does not help; a new submission may.
    #[error("dropped by the engine: nothing has moved for {for_ms} ms while its workers are idle")]
    Dropped {
        /// For how long nothing moved.
        for_ms: Millis,
    },
    /// Session or graph are gone.
    #[error("the job is gone: {problem}")]
    Lost {
        /// The engine's words.
        problem: Problem,
    },
}
