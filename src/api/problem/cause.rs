//! From a service's code and words to a cause. The codes are those recorded from the service, with the
//! gateway's own beside them.

use super::{Cause, Doing};

/// The cause behind an error document, by code first; codes as recorded from the service, the
/// gateway's own beside them.
pub(super) fn cause(what: Doing, status: u16, code: &str, message: &str) -> Cause {
    match code {
        "ForbiddenOrigin" | "ForbiddenHost" => Cause::ForbiddenOrigin,
        "UpstreamUnreachable" | "UpstreamTimeout" => Cause::UpstreamUnreachable,
        "MarsNotReady" => Cause::MarsNotReady,
        "NoSuchProject" => Cause::WrongProject,
        "NoSuchTable" => Cause::NoSuchTable,
        "NoSuchPartition" => Cause::NoSuchPartition,
        "NoSuchInstance" => Cause::NoSuchInstance,
        "InvalidStateSetting" => Cause::Ended,
        "NoPermission" | "NoPrivilege" => Cause::NoPermission,
        _ => by_words(what, status, &format!("{code} {message}").to_lowercase()),
    }
}

pub(super) fn by_words(what: Doing, status: u16, words: &str) -> Cause {
    let has = |word: &str| words.contains(word);
    if has("quota") || has("flowexceeded") || status == 429 {
        return Cause::Quota;
    }
    let about_key = [
        "signature",
        "accesskey",
        "access key",
        "accessid",
        "unauthorized",
        "0410051",
        "0410042",
    ];
    if status == 401 || about_key.iter().any(|word| has(word)) {
        return Cause::WrongKey;
    }
    match status {
        403 => Cause::NoPermission,
        404 if has("project") && !has("instance") && !has("table") => Cause::WrongProject,
        404 => absent(what),
        400..=499 => Cause::Refused,
        _ => Cause::Unknown,
    }
}

/// What stands between two marks.
pub(super) fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let rest = text.split_once(start)?.1;
    Some(rest.split_once(end)?.0)
}

/// What is missing when the service only says that something is.
pub(super) fn absent(what: Doing) -> Cause {
    match what {
        Doing::ListTables | Doing::ReadTable | Doing::Upload => Cause::NoSuchTable,
        Doing::RunJob | Doing::CancelJob | Doing::ReadResult => Cause::JobLost,
        Doing::OpenPage | Doing::ReadConnection | Doing::ListClusters | Doing::ListInstances => {
            Cause::Unknown
        }
        Doing::CreateCluster | Doing::RunSql | Doing::EstimateSql | Doing::CreateTable => {
            Cause::Refused
        }
        Doing::WatchCluster
        | Doing::StopCluster
        | Doing::ReadWorkers
        | Doing::ReadEngine
        | Doing::DeleteSession
        | Doing::CancelSql
        | Doing::ReadInstance
        | Doing::KeepLease
        | Doing::MakeLogview => Cause::NoSuchInstance,
    }
}
