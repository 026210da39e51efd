//! What the gateway tells of a lease: how it stands, and what was done about it.

use serde::{Deserialize, Serialize};
use wire::Millis;

use super::{Decision, Due, Lease, Rule};

/// How the lease of a cluster stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Whether the gateway runs leases at all.
    pub watcher: bool,
    /// The lease, if there is one.
    pub lease: Option<Lease>,
    /// What was decided after the last reading.
    pub decision: Option<Decision>,
    /// When that was.
    pub decided_at: Option<Millis>,
    /// The next try after a stop that did not work or could not be confirmed, where one is due.
    #[serde(default)]
    pub again_at: Option<Millis>,
    /// What was done, oldest first.
    pub entries: Vec<Entry>,
}

/// A line of the audit log. It holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: Millis,
    /// The instance.
    pub instance: String,
    /// Its project.
    pub project: String,
    /// Who made the lease.
    pub by: String,
    /// The rule at that time.
    pub rule: Rule,
    /// What was done.
    pub what: What,
    /// By what it was due, where that was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Due>,
    /// The service's words, where something went wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// What was done about a lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum What {
    /// It was made.
    Made,
    /// It was changed.
    Changed,
    /// It was taken back.
    Dropped,
    /// It is due; the next reading has to agree.
    Decided,
    /// It was due and is not any more, or the last look did not confirm it.
    Held,
    /// The cluster is asked to end.
    Asked,
    /// `Terminated` was read after that.
    Stopped,
    /// The wish was refused, or the end was not seen in time.
    NotStopped,
    /// The cluster ended otherwise.
    Ended,
    /// There is no such instance.
    Gone,
}
