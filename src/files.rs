//! What the page and the file worker say to each other: JSON text in `postMessage`, with the handle
//! of a file, a port or a part of a file beside it.
//!
//! The worker writes one file and ends. Its rows are either read anew from their source, as a stream
//! that is never held, or come from the frame worker through a port: the file worker posts anything,
//! the frame worker answers with an Arrow IPC stream, `null` at the end, or a text when the rows are
//! gone.

pub mod input;
pub mod output;
pub mod read;
pub mod words;
pub mod write;

use file::{Format, Ledger, Options, Summary};
use serde::{Deserialize, Serialize};

use crate::frames::{Fault, Source};

/// What to write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// The rows; none when they come through the port.
    pub source: Option<Source>,
    /// The name of the file, without its ending.
    pub name: String,
    /// How it is written.
    pub format: Format,
    /// What was chosen in it.
    pub options: Options,
    /// The zone of instants; none for UTC.
    pub zone: Option<String>,
    /// Whether the note is in Chinese.
    pub chinese: bool,
    /// What is known of what there is.
    pub ledger: Ledger,
}

/// What the page asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ask {
    /// Write this; the handle and the port are beside it.
    Start(Box<Job>),
    /// Stop.
    Cancel,
}

/// What the worker tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tell {
    /// The worker listens.
    Ready,
    /// How far it is.
    Progress {
        /// Rows that were written.
        rows: u64,
        /// Rows in all, where that is known.
        of: Option<u64>,
        /// Bytes that were written.
        bytes: u64,
    },
    /// A part of the file is ready; it is beside this.
    Part {
        /// Its name.
        name: String,
    },
    /// Everything is written.
    Done(Done),
    /// It was stopped; what was written is given up.
    Cancelled,
    /// It failed.
    Failed(Failure),
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Rows and notes.
    pub summary: Summary,
    /// Bytes.
    pub bytes: u64,
    /// Files.
    pub files: u64,
}

/// Why nothing whole was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// The rows could not be read.
    Read(Fault),
    /// The rows in the worker are gone.
    Gone,
    /// The format refuses.
    Format(String),
    /// The disk or the browser refuses.
    Write(String),
    /// The worker ended.
    Crashed(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_survive_json() {
        let ask = Ask::Start(Box::new(Job {
            source: None,
            name: "销售".into(),
            format: Format::Xlsx,
            options: Options::default(),
            zone: Some("Asia/Shanghai".into()),
            chinese: true,
            ledger: Ledger::default(),
        }));
        let text = serde_json::to_string(&ask).unwrap();
        assert_eq!(serde_json::from_str::<Ask>(&text).unwrap(), ask);
    }
}
