//! Why a call has no reply, whichever protocol it belongs to.

use odps::Error;
use wire::Unreachable;

/// Why a call has no reply.
#[derive(Clone, Debug)]
pub enum Failure {
    /// No answer at all.
    Unreachable(Unreachable),
    /// An answer of ODPS, the tunnel or the gateway that is an error.
    Odps(Error),
    /// An answer of Mars that is an error.
    Mars(mars::Error),
    /// What a machine reports of one request.
    Cluster(cluster::Problem),
}

impl From<Unreachable> for Failure {
    fn from(gone: Unreachable) -> Self {
        Self::Unreachable(gone)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Odps(error)
    }
}

impl From<cluster::Problem> for Failure {
    fn from(problem: cluster::Problem) -> Self {
        Self::Cluster(problem)
    }
}

impl From<mars::Error> for Failure {
    fn from(error: mars::Error) -> Self {
        Self::Mars(error)
    }
}
