//! Download sessions: create, look again, read rows. Recorded: `tunnel_download_arrow.json`; of the
//! result of an instance: `instance_tunnel_0.9.json`.
//!
//! Requests are written as PyODPS 0.13.1 writes them, since 0.9 cannot ask for Arrow.

use http::Method;
use wire::Target;

use crate::request::Outgoing;
use crate::tables::PartitionSpec;

mod create;
mod read;
mod reload;
mod session;

pub use create::Create;
pub(super) use read::rows_of;
pub use read::{Read, Rows};
pub use reload::Reload;
pub(super) use session::schema_json;
pub use session::{Session, Status};

/// A table, one partition of it, or the result of an instance, as all three calls name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The schema, where the project has schemas.
    pub schema: Option<String>,
    /// The table; the id of the instance where [`Source::is_instance`] says so.
    pub table: String,
    /// The partition; a partitioned table is downloaded by partitions.
    pub partition: Option<PartitionSpec>,
    /// Whether the rows are those that a query has left, not those of a table.
    pub is_instance: bool,
}

impl Source {
    /// A table without partitions.
    pub fn table(name: impl Into<String>) -> Self {
        Self {
            table: name.into(),
            ..Self::default()
        }
    }

    /// The rows that a query has left.
    pub fn instance(id: impl Into<String>) -> Self {
        Self {
            is_instance: true,
            ..Self::table(id)
        }
    }

    pub(super) fn outgoing(&self, method: Method, target: &Target) -> Outgoing {
        let outgoing = Outgoing::project(method, target);
        if self.is_instance {
            return outgoing
                .segment("instances")
                .segment(&self.table)
                .header("x-odps-tunnel-version", "6");
        }
        outgoing
            .table(self.schema.as_deref(), &self.table)
            .header("odps-tunnel-date-transform", "v1")
            .header("odps-tunnel-sdk-support-schema-evolution", "true")
            .header("x-odps-tunnel-version", "6")
    }

    pub(super) fn partition_text(&self) -> Option<String> {
        self.partition.as_ref().map(ToString::to_string)
    }
}

/// The table or instance that a request names, if it is one of this method.
pub(super) fn read_source(
    method: Method,
    request: &wire::Request,
) -> Option<(Result<Source, crate::Error>, crate::request::Incoming)> {
    let incoming = crate::request::Incoming::read(request);
    if let ["instances", id] = incoming.under_project(method.clone())?.as_slice() {
        return Some((Ok(Source::instance(*id)), incoming));
    }
    let (schema, table, rest) = incoming.table(method)?;
    if !rest.is_empty() {
        return None;
    }
    let partition = incoming
        .said("partition")
        .map(|text| PartitionSpec::read(&text))
        .transpose();
    Some((
        partition.map(|partition| Source {
            schema,
            table,
            partition,
            is_instance: false,
        }),
        incoming,
    ))
}
