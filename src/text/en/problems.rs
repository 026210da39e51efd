//! English: errors.

use crate::api::{Cause, Doing};
use crate::text::problems::Problems;

pub(super) const PROBLEMS: Problems = Problems { what, why, next };

fn what(doing: Doing) -> &'static str {
    match doing {
        Doing::OpenPage => "This page of the console could not be opened",
        Doing::ReadConnection => "The connection could not be read",
        Doing::ListClusters => "The clusters could not be listed",
        Doing::CreateCluster => "The cluster was not created",
        Doing::WatchCluster => "The state of the cluster could not be read",
        Doing::StopCluster => "The cluster could not be stopped",
        Doing::ReadWorkers => "The workers could not be read",
        Doing::ReadEngine => "The engine could not be asked",
        Doing::DeleteSession => "The session was not deleted",
        Doing::RunJob => "The job gave no result",
        Doing::CancelJob => "The job could not be cancelled",
        Doing::RunSql => "The query gave no result",
        Doing::EstimateSql => "The cost could not be estimated",
        Doing::CancelSql => "The query could not be cancelled",
        Doing::ReadResult => "The result could not be read",
        Doing::ListTables => "The tables could not be listed",
        Doing::CreateTable => "The table was not made",
        Doing::Upload => "Nothing was uploaded",
        Doing::ReadTable => "The table could not be read",
        Doing::ListInstances => "The instances could not be listed",
        Doing::ReadInstance => "The instance could not be read",
        Doing::KeepLease => "The lease was not changed",
        Doing::MakeLogview => "The Logview address was not made",
    }
}

fn why(cause: &Cause) -> &'static str {
    match cause {
        Cause::WrongKey => "MaxCompute does not accept the access key of this connection.",
        Cause::WrongProject => "The project of this connection does not exist.",
        Cause::NoPermission => "The account of this connection has no permission for it.",
        Cause::GatewayGone => "The gateway that serves this page does not answer.",
        Cause::UpstreamUnreachable => {
            "The gateway answers, but MaxCompute behind it cannot be reached."
        }
        Cause::ForbiddenOrigin => {
            "The gateway does not accept requests from the address of this page."
        }
        Cause::MarsNotReady => "The cluster runs, but its web service is not registered yet.",
        Cause::EngineFailed => "The engine ended before it could be used.",
        Cause::WorkerLost => {
            "A worker died while the cluster was starting, so the cluster was ended."
        }
        Cause::Quota => "The quota of the project is used up, or requests come too fast.",
        Cause::NoSuchTable => "There is no table of this name in the project.",
        Cause::NoSuchPartition => "The table has no such partition.",
        Cause::NoSuchInstance => "There is no instance with this id in the project.",
        Cause::Ended => "The instance has ended already.",
        Cause::NotMars => "The instance exists, but it is no Mars cluster.",
        Cause::Truncated => {
            "The stream broke off before its end. What was proven before that is kept."
        }
        Cause::NotSubmitted => {
            "The request was cut off before it arrived: no instance came of it, and nothing runs."
        }
        Cause::ChunkMissing => {
            "Its program could not be downloaded: the gateway does not answer, or the console was updated since this tab was opened."
        }
        Cause::DecoderEnded => {
            "The part of the page that decodes rows ended unexpectedly; its rows are gone."
        }
        Cause::Corrupt => {
            "A checksum does not match: the data was changed on its way. Nothing unproven is shown."
        }
        Cause::Unreadable => "The answer is not what the protocol promises.",
        Cause::JobLost => "The engine no longer knows this job.",
        Cause::JobFailed => "The engine reports that the job failed.",
        Cause::SqlSyntax => "The text is not SQL as MaxCompute reads it.",
        Cause::SqlMeaning => "The statement does not fit the tables that it names.",
        Cause::FullScan => {
            "It would read every partition of a table, which the project does not allow."
        }
        Cause::SqlFailed => "The query failed while it ran.",
        Cause::Refused => "The service refuses the request as it stands.",
        Cause::Unknown => "The service reports an error that the console does not know.",
    }
}

fn next(cause: &Cause) -> &'static str {
    match cause {
        Cause::WrongKey => {
            "Check access id and key in the gateway's configuration, then try again."
        }
        Cause::WrongProject => "Check the project name on the connection page.",
        Cause::NoPermission => {
            "Ask the project's owner for the permission, or use another connection."
        }
        Cause::GatewayGone => {
            "See that the gateway runs (`cargo xtask run`), then try again. Clusters go on running."
        }
        Cause::UpstreamUnreachable => {
            "Check the endpoint on the connection page. Clusters go on running."
        }
        Cause::ForbiddenOrigin => {
            "Open the console by an address that the gateway's configuration allows."
        }
        Cause::MarsNotReady => "Wait a moment: the page asks again by itself.",
        Cause::EngineFailed => {
            "Read the engine's words below and the instance's Logview, then create the cluster again."
        }
        Cause::WorkerLost => {
            "Create the cluster again. If it happens twice, ask for more memory per worker."
        }
        Cause::Quota => "Stop a cluster that is no longer needed, ask for fewer workers, or wait.",
        Cause::NoSuchTable => {
            "Pick a table from the list; names are written as `table` or `project.table`."
        }
        Cause::NoSuchPartition => "Pick a partition from the list.",
        Cause::NoSuchInstance => {
            "Check the id: it looks like 20261122093015123gabc12. It may belong to another project."
        }
        Cause::Ended => "Nothing is left to stop. Create a new cluster when one is needed.",
        Cause::NotMars => "Open it on the instances page instead.",
        Cause::Truncated => "Read again to get the rest.",
        Cause::NotSubmitted => "Create it again; the form is as it was.",
        Cause::ChunkMissing => "Try again. If it stays, reload the tab; nothing is lost by it.",
        Cause::DecoderEnded => {
            "Read again: it is started anew. If it happens again, read fewer rows or columns."
        }
        Cause::Corrupt => "Read again. If it happens twice, look for a proxy that changes content.",
        Cause::Unreadable => "Try again; if it stays, report it with the words below.",
        Cause::JobLost => "Run it again. The engine forgets jobs of ended sessions.",
        Cause::JobFailed => "Correct the expression by the engine's last line, then run it again.",
        Cause::SqlSyntax => "Correct the marked place, then run it again.",
        Cause::SqlMeaning => "Check the names and types at the marked place, then run it again.",
        Cause::FullScan => {
            "Filter the table by a partition column, or set odps.sql.allow.fullscan=true in the settings."
        }
        Cause::SqlFailed => {
            "Read the service's words below; the Logview of the instance says more."
        }
        Cause::Refused => "Read the service's words below and change the request.",
        Cause::Unknown => "Read the service's words below, then try again.",
    }
}
