//! What a launch tells, and how it comes out.

use serde::{Deserialize, Serialize};
use wire::Secret;

use crate::{Ended, Problem};

/// A step of a launch.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LaunchEvent {
    /// The first request has left.
    Submitted,
    /// The service accepted the cluster: from here on the instance alone is enough.
    Accepted {
        /// The instance.
        instance: String,
    },
    /// The address of its Logview, which holds a token.
    Logview {
        /// The address.
        address: Secret,
    },
    /// The service holds it back.
    Suspended,
    /// The engine is starting; its web page has not registered yet.
    Starting {
        /// The gateway's words.
        detail: String,
    },
    /// The web page answers.
    WebReachable,
    /// The number of workers has changed.
    Workers {
        /// How many have joined.
        have: u32,
        /// How many were asked for.
        want: u32,
        /// From how many on the cluster is usable.
        min: u32,
    },
    /// Enough workers have joined.
    Usable,
    /// All workers have joined.
    Full,
    /// The session that PyODPS opens at the end.
    Session {
        /// Its id.
        id: String,
    },
    /// A request failed; the next one follows.
    Problem(Problem),
}

/// A cluster that is usable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launched {
    /// The instance.
    pub instance: String,
    /// The session, unless it could not be opened.
    pub session: Option<String>,
    /// How many workers had joined.
    pub workers: u32,
}

/// Why a launch did not come to a usable cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[non_exhaustive]
pub enum LaunchFailure {
    /// The service refused the plan or the submission. Nothing runs.
    #[error("refused: {problem}")]
    Refused {
        /// The service's words.
        problem: Problem,
    },
    /// The plan could not be uploaded. Nothing runs.
    #[error("the plan could not be uploaded: {problem}")]
    NotUploaded {
        /// The last problem.
        problem: Problem,
    },
    /// The submission got no answer, and no instance uses its plan: nothing runs.
    #[error("the submission did not arrive")]
    NotSubmitted,
    /// The submission got no answer, and whether it arrived cannot be found out.
    #[error("nobody knows whether the submission arrived: {problem}")]
    Unknown {
        /// What stands in the way of finding out.
        problem: Problem,
    },
    /// The instance ended before the cluster was usable.
    #[error("the instance ended")]
    Ended {
        /// The instance.
        instance: String,
        /// When and why.
        ended: Ended,
    },
    /// The instance was accepted but may no longer be looked at. It may still run.
    #[error("the instance can no longer be read: {problem}")]
    Lost {
        /// The instance.
        instance: String,
        /// The service's words.
        problem: Problem,
    },
}
