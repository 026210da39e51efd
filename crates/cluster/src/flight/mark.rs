//! A change of a cluster's state, in words that hold no text of a service: an error document or a
//! traceback may quote a token, a code cannot.

use serde::{Deserialize, Serialize};
use wire::Millis;

use crate::{ClusterState, Ended, EndedWhy, Problem, Side, Stage};

/// A code of a service that is longer is none.
const LONGEST_CODE: usize = 64;

/// The state from a moment on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// From when.
    pub at: Millis,
    /// How far the cluster was.
    pub stage: StageWord,
    /// How many workers were listed, where that was known.
    pub have: Option<u32>,
    /// What was not as it should be.
    pub side: Option<SideWord>,
    /// The problem of the last round.
    pub problem: Option<ProblemWord>,
    /// Whether it computed.
    pub busy: Option<bool>,
}

/// [`Stage`] without its figures and texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "as the stages of the same names")]
pub enum StageWord {
    Accepted,
    Suspended,
    Starting,
    WebReachable,
    Workers,
    Usable,
    Full,
    Ended(EndWord),
}

/// [`EndedWhy`] without its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "as the ends of the same names")]
pub enum EndWord {
    Failed,
    Finished,
    Cancelled,
    Odd,
    Unread,
}

/// [`Side`] without its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "as the sides of the same names")]
pub enum SideWord {
    NotAnswering,
    Unreachable,
    Degraded,
    Unknown,
}

/// [`Problem`] without its texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemWord {
    /// No answer at all.
    Unreachable,
    /// No way to the engine's web page yet.
    NotReady,
    /// The service refused.
    Refused {
        /// The HTTP status.
        status: u16,
        /// The service's code, if it has the form of one.
        code: Option<String>,
    },
    /// The engine answered with an error.
    Engine {
        /// The HTTP status.
        status: u16,
    },
    /// The answer was not of the expected form.
    Malformed,
}

impl Mark {
    pub(super) fn of(at: Millis, state: &ClusterState) -> Self {
        let have = match &state.stage {
            Stage::Workers { have } | Stage::Usable { have } | Stage::Full { have } => Some(*have),
            Stage::WebReachable => Some(0),
            _ => None,
        };
        Self {
            at,
            stage: StageWord::of(&state.stage),
            have,
            side: state.side.map(SideWord::of),
            problem: state.problem.as_ref().map(|it| ProblemWord::of(&it.what)),
            busy: state.activity.map(|activity| activity.busy),
        }
    }

    pub(super) fn ended(at: Millis, ended: &Ended) -> Self {
        Self {
            at,
            stage: StageWord::Ended(EndWord::of(&ended.why)),
            have: None,
            side: None,
            problem: None,
            busy: None,
        }
    }

    /// Whether nothing has changed but the time.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let still = Self {
            at: self.at,
            ..other.clone()
        };
        *self == still
    }
}

impl StageWord {
    fn of(stage: &Stage) -> Self {
        match stage {
            Stage::Accepted => Self::Accepted,
            Stage::Suspended => Self::Suspended,
            Stage::Starting { .. } => Self::Starting,
            Stage::WebReachable => Self::WebReachable,
            Stage::Workers { .. } => Self::Workers,
            Stage::Usable { .. } => Self::Usable,
            Stage::Full { .. } => Self::Full,
            Stage::Ended(ended) => Self::Ended(EndWord::of(&ended.why)),
        }
    }

    /// Whether jobs could run.
    pub fn is_usable(self) -> bool {
        matches!(self, Self::Usable | Self::Full)
    }
}

impl EndWord {
    fn of(why: &EndedWhy) -> Self {
        match why {
            EndedWhy::Failed { .. } => Self::Failed,
            EndedWhy::Finished => Self::Finished,
            EndedWhy::Cancelled => Self::Cancelled,
            EndedWhy::Odd { .. } => Self::Odd,
            EndedWhy::Unread { .. } => Self::Unread,
        }
    }
}

impl SideWord {
    fn of(side: Side) -> Self {
        match side {
            Side::NotAnswering => Self::NotAnswering,
            Side::Unreachable => Self::Unreachable,
            Side::Degraded { .. } => Self::Degraded,
            Side::Unknown { .. } => Self::Unknown,
        }
    }
}

impl ProblemWord {
    fn of(problem: &Problem) -> Self {
        match problem {
            Problem::Unreachable { .. } => Self::Unreachable,
            Problem::NotReady { .. } => Self::NotReady,
            Problem::Refused { status, code, .. } => Self::Refused {
                status: *status,
                code: is_code(code).then(|| code.clone()),
            },
            Problem::Engine { status, .. } => Self::Engine { status: *status },
            Problem::Malformed { .. } => Self::Malformed,
        }
    }
}

/// A code is one short word of letters and digits, such as `NoPermission` or `ODPS-0410042`.
fn is_code(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    text.len() <= LONGEST_CODE && text.chars().all(fits)
}
