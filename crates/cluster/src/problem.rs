//! What went wrong with one request, in a form that can be written down with a machine.

use serde::{Deserialize, Serialize};
use wire::Unreachable;

/// Why a request did not give what was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// No answer at all, not even from the gateway.
    #[error("no answer: {reason}")]
    Unreachable {
        /// The transport's words.
        reason: String,
    },
    /// The gateway has no way to the cluster's web page yet.
    #[error("not ready: {reason}")]
    NotReady {
        /// The gateway's words.
        reason: String,
    },
    /// The service, or the gateway in its manner, refused.
    #[error("{code}: {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The service's own word.
        code: String,
        /// The service's own sentence.
        message: String,
        /// How the service names the request.
        request_id: Option<String>,
    },
    /// The engine's web server answered with an error.
    #[error("the engine answered {status}: {message}")]
    Engine {
        /// The HTTP status.
        status: u16,
        /// The last line of its trace, or the title of its page.
        message: String,
        /// The Python traceback.
        trace: Option<String>,
    },
    /// The answer is not of the expected form.
    #[error("{what}: {reason}")]
    Malformed {
        /// What was read.
        what: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl Problem {
    /// The service's word for it.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Refused { code, .. } => Some(code),
            _ => None,
        }
    }

    /// How the service names the request.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Refused { request_id, .. } => request_id.as_deref(),
            _ => None,
        }
    }

    /// Whether the thing that was asked for does not exist.
    pub fn is_absent(&self) -> bool {
        match self {
            Self::Refused { status, code, .. } => *status == 404 || code == "NoSuchObject",
            Self::Engine { status, .. } => *status == 404,
            _ => false,
        }
    }

    /// Whether asking again cannot help: wrong key, no right, a request that is not understood.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Refused { status, .. } => (400..500).contains(status) && !is_passing(*status),
            Self::Engine { status, .. } => (400..500).contains(status) && !is_passing(*status),
            _ => false,
        }
    }

    /// Whether the request may have been carried out although no good answer came.
    pub fn is_uncertain(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Malformed { .. } => true,
            Self::Refused { status, .. } | Self::Engine { status, .. } => *status >= 500,
            Self::NotReady { .. } => false,
        }
    }
}

/// Too early, too many requests, time-out: a moment later it may work.
fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 425 | 429)
}

impl From<Unreachable> for Problem {
    fn from(unreachable: Unreachable) -> Self {
        Self::Unreachable {
            reason: unreachable.reason,
        }
    }
}

impl From<odps::Error> for Problem {
    fn from(error: odps::Error) -> Self {
        match error {
            odps::Error::Status { code, message, .. } if code == "MarsNotReady" => {
                Self::NotReady { reason: message }
            }
            odps::Error::Status {
                status,
                code,
                message,
                request_id,
            } => Self::Refused {
                status,
                code,
                message,
                request_id,
            },
            odps::Error::Malformed { what, reason } => Self::Malformed {
                what: what.to_owned(),
                reason,
            },
            other => Self::Malformed {
                what: String::from("answer"),
                reason: other.to_string(),
            },
        }
    }
}

impl From<mars::Error> for Problem {
    fn from(error: mars::Error) -> Self {
        match error {
            mars::Error::Status {
                status,
                message,
                trace,
                ..
            } => Self::Engine {
                status,
                message,
                trace,
            },
            mars::Error::Malformed { what, detail } => Self::Malformed {
                what: what.to_owned(),
                reason: detail,
            },
            other => Self::Malformed {
                what: String::from("answer"),
                reason: other.to_string(),
            },
        }
    }
}
