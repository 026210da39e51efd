//! Every error of the console in one shape. The words are in `text`, so a language switch changes
//! them too; here is what failed, why, and the evidence.

use odps::Error;

use super::Failure;
use crate::text::Text;

mod cause;

use cause::{absent, between, by_words, cause};

/// What the page was doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Loading the part of the program that shows a page.
    OpenPage,
    /// Reading the facts of the connection.
    ReadConnection,
    /// Looking for clusters.
    ListClusters,
    /// Asking for a cluster.
    CreateCluster,
    /// Taking a cluster back, or watching it.
    WatchCluster,
    /// Ending a cluster.
    StopCluster,
    /// Reading the workers.
    ReadWorkers,
    /// Reading sessions, graphs, schedulers or events of an engine.
    ReadEngine,
    /// Deleting a session of an engine.
    DeleteSession,
    /// Running an expression.
    RunJob,
    /// Ending a job.
    CancelJob,
    /// Running a query.
    RunSql,
    /// Asking what a query would cost.
    EstimateSql,
    /// Ending a query.
    CancelSql,
    /// Fetching a job's result.
    ReadResult,
    /// Listing the tables.
    ListTables,
    /// Reading a table.
    ReadTable,
    /// Listing instances.
    ListInstances,
    /// Reading an instance.
    ReadInstance,
    /// Making a table.
    CreateTable,
    /// Writing a file into a table.
    Upload,
    /// Making a Logview address.
    MakeLogview,
    /// Reading or changing a lease.
    KeepLease,
}

/// Why it failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The access key is not known, or the signature does not match.
    WrongKey,
    /// The project does not exist.
    WrongProject,
    /// The account may not do this.
    NoPermission,
    /// The gateway itself does not answer.
    GatewayGone,
    /// The gateway answers, what is behind it does not.
    UpstreamUnreachable,
    /// The gateway refuses this page's origin or host.
    ForbiddenOrigin,
    /// The cluster's web service is not registered yet.
    MarsNotReady,
    /// The engine ended before it could be used.
    EngineFailed,
    /// A worker ended while the cluster was starting, and the cluster with it.
    WorkerLost,
    /// The quota is used up, or calls come too fast.
    Quota,
    /// There is no such table.
    NoSuchTable,
    /// There is no such partition.
    NoSuchPartition,
    /// There is no such instance.
    NoSuchInstance,
    /// The instance has ended already.
    Ended,
    /// The instance is no Mars cluster.
    NotMars,
    /// A stream ended before its end.
    Truncated,
    /// A checksum or a structure is wrong.
    Corrupt,
    /// The submission never arrived, and nothing runs.
    NotSubmitted,
    /// A part of the program could not be downloaded.
    ChunkMissing,
    /// The worker that decodes rows ended.
    DecoderEnded,
    /// The answer is not what the protocol says.
    Unreadable,
    /// The engine has dropped the job, or no longer knows it.
    JobLost,
    /// The job failed in the engine.
    JobFailed,
    /// The text is no SQL.
    SqlSyntax,
    /// The SQL does not fit its tables.
    SqlMeaning,
    /// A partitioned table would be read whole, which the project forbids.
    FullScan,
    /// The query failed while it ran.
    SqlFailed,
    /// The service refuses the request as it is.
    Refused,
    /// Nothing of the above.
    Unknown,
}

/// What happened, why, and what to do next, with the evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What was being done.
    pub what: Doing,
    /// Why it failed; the next step follows from it.
    pub why: Cause,
    /// The service's own code.
    pub code: Option<String>,
    /// How the service names the request.
    pub request_id: Option<String>,
    /// The service's own words or the trace; shown folded.
    pub detail: Option<String>,
}

impl Problem {
    /// A problem without evidence yet.
    pub fn new(what: Doing, why: Cause) -> Self {
        Self {
            what,
            why,
            code: None,
            request_id: None,
            detail: None,
        }
    }

    /// Adds the service's own words.
    #[must_use]
    pub fn with_detail(self, detail: impl Into<String>) -> Self {
        Self {
            detail: Some(detail.into()).filter(|detail| !detail.is_empty()),
            ..self
        }
    }

    /// Reads a failed call.
    pub fn of(what: Doing, failure: impl Into<Failure>) -> Self {
        match failure.into() {
            Failure::Unreachable(gone) => {
                Self::new(what, Cause::GatewayGone).with_detail(gone.reason)
            }
            Failure::Odps(error) => Self::odps(what, &error),
            Failure::Mars(error) => Self::mars(what, &error),
            Failure::Cluster(problem) => Self::cluster(what, &problem),
        }
    }

    fn odps(what: Doing, error: &Error) -> Self {
        let (why, code) = match error {
            Error::Status {
                status,
                code,
                message,
                ..
            } => (cause(what, *status, code, message), Some(code.clone())),
            Error::Malformed { .. } => (Cause::Unreadable, None),
            _ => (Cause::Unknown, None),
        };
        let detail = match error {
            Error::Status { message, .. } => message.clone(),
            other => other.to_string(),
        };
        Self {
            code,
            request_id: error.request_id().map(str::to_owned),
            ..Self::new(what, why).with_detail(detail)
        }
    }

    fn mars(what: Doing, error: &mars::Error) -> Self {
        let mars::Error::Status {
            status,
            message,
            trace,
            body,
        } = error
        else {
            return Self::new(what, Cause::Unreadable).with_detail(error.to_string());
        };
        // The gateway speaks for itself in an ODPS error document.
        let code = between(body, "<Code>", "</Code>");
        let why = match code {
            Some(code) => cause(what, *status, code, message),
            None if *status == 404 => absent(what),
            None => by_words(what, *status, &message.to_lowercase()),
        };
        let said = between(body, "<Message>", "</Message>").unwrap_or(message);
        Self {
            code: code.map(str::to_owned),
            request_id: between(body, "<RequestId>", "</RequestId>").map(str::to_owned),
            ..Self::new(what, why).with_detail(trace.as_deref().unwrap_or(said))
        }
    }

    fn cluster(what: Doing, problem: &cluster::Problem) -> Self {
        use cluster::Problem as Reported;
        let (why, detail) = match problem {
            Reported::Unreachable { reason } => (Cause::GatewayGone, reason.clone()),
            Reported::NotReady { reason } => (Cause::MarsNotReady, reason.clone()),
            Reported::Refused {
                status,
                code,
                message,
                ..
            } => (cause(what, *status, code, message), message.clone()),
            Reported::Engine {
                status,
                message,
                trace,
            } => {
                let why = match status {
                    404 => absent(what),
                    _ => by_words(what, *status, &message.to_lowercase()),
                };
                (why, trace.as_deref().unwrap_or(message).to_owned())
            }
            Reported::Malformed { .. } => (Cause::Unreadable, problem.to_string()),
            _ => (Cause::Unknown, problem.to_string()),
        };
        Self {
            code: problem.code().map(str::to_owned),
            request_id: problem.request_id().map(str::to_owned),
            ..Self::new(what, why).with_detail(detail)
        }
    }

    /// Why a cluster failed, by the text that its task left; that text is the service's own.
    pub fn why_failed(text: &str) -> Cause {
        let words = text.to_lowercase();
        match () {
            () if words.contains("quota") => Cause::Quota,
            () if words.contains("worker") && words.contains("died") => Cause::WorkerLost,
            () => Cause::EngineFailed,
        }
    }

    /// The sentence for what happened.
    pub fn what(&self, text: &Text) -> &'static str {
        (text.problems.what)(self.what)
    }

    /// The sentence for why.
    pub fn why(&self, text: &Text) -> &'static str {
        (text.problems.why)(&self.why)
    }

    /// The sentence for what to do next.
    pub fn next(&self, text: &Text) -> &'static str {
        (text.problems.next)(&self.why)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cause, Doing, Problem};
    use crate::text::{en::EN, zh::ZH};

    fn why(what: Doing, status: u16, code: &str, message: &str) -> Cause {
        let request_id = Some("req".to_owned());
        let (code, message) = (code.to_owned(), message.to_owned());
        Problem::of(
            what,
            odps::Error::Status {
                status,
                code,
                message,
                request_id,
            },
        )
        .why
    }

    #[test]
    fn the_services_words() {
        let table = [
            (
                401,
                "ODPS-0410051",
                "invalid credentials - accessKeyId not found",
                Cause::WrongKey,
            ),
            (
                400,
                "InvalidSignature",
                "The request signature does not match",
                Cause::WrongKey,
            ),
            (
                404,
                "NoSuchProject",
                "ODPS-0420111: Project not found - 'x'",
                Cause::WrongProject,
            ),
            (
                403,
                "NoPermission",
                "ODPS-0420095: Access Denied",
                Cause::NoPermission,
            ),
            (403, "ForbiddenOrigin", "", Cause::ForbiddenOrigin),
            (502, "UpstreamUnreachable", "", Cause::UpstreamUnreachable),
            (503, "MarsNotReady", "", Cause::MarsNotReady),
            (409, "InvalidStateSetting", "ODPS-0420071", Cause::Ended),
            (400, "QuotaExceeded", "", Cause::Quota),
            (
                404,
                "NoSuchObject",
                "The instance does not exist",
                Cause::NoSuchInstance,
            ),
            (500, "InternalServerError", "", Cause::Unknown),
        ];
        for (status, code, message, cause) in table {
            assert_eq!(
                why(Doing::WatchCluster, status, code, message),
                cause,
                "{code}"
            );
        }
        assert_eq!(
            why(Doing::ReadTable, 404, "NoSuchObject", "x"),
            Cause::NoSuchTable
        );
    }

    #[test]
    fn why_a_cluster_failed() {
        let why = |text| Problem::why_failed(text);
        assert_eq!(why("runTask failed: quota exceeded: …"), Cause::Quota);
        assert_eq!(
            why("runTask failed: worker 1 died while the cluster was starting"),
            Cause::WorkerLost
        );
        assert_eq!(
            why("runTask failed: the engine cannot be started"),
            Cause::EngineFailed
        );
    }

    #[test]
    fn evidence_is_kept_and_both_languages_speak() {
        let error = odps::Error::Status {
            status: 403,
            code: "NoPermission".into(),
            message: "Access Denied".into(),
            request_id: Some("req-1".into()),
        };
        let problem = Problem::of(Doing::StopCluster, error);
        assert_eq!(problem.code.as_deref(), Some("NoPermission"));
        assert_eq!(problem.request_id.as_deref(), Some("req-1"));
        assert_eq!(problem.detail.as_deref(), Some("Access Denied"));
        assert_ne!(problem.what(&EN), problem.what(&ZH));
        assert_ne!(problem.why(&EN), problem.why(&ZH));
        assert_ne!(problem.next(&EN), problem.next(&ZH));
    }
}
