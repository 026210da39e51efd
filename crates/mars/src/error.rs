//! What goes wrong with a call to the Mars web API.

/// An error of a Mars web call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The web server, or something in front of it, answered with a status of 400 and above.
    #[error("the Mars web server answered {status}: {message}")]
    Status {
        /// The HTTP status.
        status: u16,
        /// The last line of the engine's trace, or the title of its error page.
        message: String,
        /// The Python traceback, when the answer holds one.
        trace: Option<String>,
        /// The whole body as text (cut at 64 KiB): a gateway in between may speak another language.
        body: String,
    },
    /// The answer came with success but is not of the expected form.
    #[error("{what} is malformed: {detail}")]
    Malformed {
        /// What was being read.
        what: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// A request is not of the form that this call has (server's side).
    #[error("the request is no {call}: {detail}")]
    Request {
        /// The call that was tried.
        call: &'static str,
        /// What does not fit.
        detail: String,
    },
}

impl Error {
    /// Tells whether asking again may help: a gateway that gave up waiting, or one that is busy.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::Status {
                status: 429 | 502 | 503 | 504,
                ..
            }
        )
    }
}
