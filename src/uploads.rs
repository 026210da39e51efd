//! What the page and the file worker say to each other about a file that goes into a table: JSON text
//! in `postMessage`, the file beside it.
//!
//! The worker reads the file in slices, makes rows of the table's types, and writes them as blocks of
//! an upload session; nothing is seen of them before the commit.

pub mod disk;
pub mod send;
pub mod work;

use file::import::{Bad, ImportError, Looked, Policy, ReadOptions, Report};
use serde::{Deserialize, Serialize};

use crate::frames::Fault;

/// What the page asks for; the file is beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ask {
    /// Look at the file.
    Look {
        /// How to read it; none to find out.
        options: Option<ReadOptions>,
    },
    /// Write it into a table.
    Send(Box<Job>),
}

/// What goes where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// The project.
    pub project: String,
    /// The schema, where the project has schemas.
    pub schema: Option<String>,
    /// The table.
    pub table: String,
    /// The partition as `dt=20260101,region=cn`; it is made if it is missing.
    pub partition: Option<String>,
    /// Whether the rows take the place of those that are there.
    pub overwrite: bool,
    /// How the file is read.
    pub options: ReadOptions,
    /// Columns of the table, and the places in the file where their values are.
    pub columns: Vec<(String, usize)>,
    /// What happens to cells that do not fit.
    pub policy: Policy,
    /// The zone of times without one; none for UTC.
    pub zone: Option<String>,
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Rows that are in blocks which the service has.
    pub rows: u64,
    /// Rows in all, where the file says it.
    pub of: Option<u64>,
    /// Bytes of the file that were read, where it is read in order.
    pub read: Option<u64>,
    /// Bytes that were sent.
    pub sent: u64,
    /// Blocks that had to be sent again.
    pub retries: u32,
    /// Milliseconds since it began.
    pub millis: u64,
    /// Whether the blocks are being made part of the table.
    pub committing: bool,
}

/// What the worker tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tell {
    /// What a first look shows.
    Looked(Box<Looked>),
    /// How far it is.
    Progress(Progress),
    /// The rows are in the table.
    Done {
        /// The last figures.
        progress: Progress,
        /// What became of the rows.
        report: Box<Report>,
    },
    /// It was stopped; the table is as it was.
    Cancelled,
    /// It failed.
    Failed {
        /// Why.
        failure: Failure,
        /// The cells that do not fit, as far as they were found.
        bad: Vec<Bad>,
    },
}

/// Why it failed. Before the commit the table is as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// The file.
    File(ImportError),
    /// The service, after as many tries as make sense.
    Service(Fault),
    /// The service does not have the blocks that were sent.
    Blocks,
    /// The answer to the commit did not come: the rows may be in the table or not.
    Commit(Fault),
    /// The worker ended.
    Crashed(String),
}
