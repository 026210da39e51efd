//! What the page and the frame worker say to each other: typed messages, JSON text in `postMessage`.
//!
//! The page asks ([`Ask`]), the worker tells ([`Tell`]). Large data stays in the worker; only
//! windows of finished text come over. No secret passes here: the gateway signs every request.
//!
//! [`desk`] and [`load`] are the worker's side without IO, so that they are tested natively; the
//! worker's own program is `src/bin/frame_worker.rs`, the page's handle `src/api/frames.rs`.

pub mod browser;
pub mod desk;
pub mod load;
mod question;

pub use question::{Answer, Chart, Picture, Question, Refusal, View};

use serde::{Deserialize, Serialize};

/// Names a frame in the messages; the page counts them up.
pub type FrameId = u32;

/// A half-open range of rows or columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first one.
    pub start: u64,
    /// One behind the last one.
    pub end: u64,
}

impl Span {
    /// The range from `start` up to and without `end`; empty when they are the wrong way round.
    pub fn new(start: u64, end: u64) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// How many there are.
    pub fn len(self) -> u64 {
        self.end.saturating_sub(self.start)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The part of the range below `end`.
    pub fn below(self, end: u64) -> Self {
        Self {
            start: self.start.min(end),
            end: self.end.min(end),
        }
    }

    /// Whether all of `other` is in this range.
    pub fn covers(self, other: Self) -> bool {
        other.is_empty() || (self.start <= other.start && other.end <= self.end)
    }
}

/// Where the rows of a frame come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// A table or one partition of it, by the table tunnel in Arrow mode.
    Table(TableSource),
    /// The first rows of a table, partition or view, by the preview call.
    Preview(TableSource),
    /// The result of a Mars job, by the Mars web API.
    Result(ResultSource),
    /// The rows that a query has left, by the instance tunnel in Arrow mode.
    Instance(InstanceSource),
    /// Arrow IPC bytes, a stream or a file, that come as a buffer beside the question:
    /// `postMessage([text, buffer])`.
    Memory(MemorySource),
}

/// Bytes in memory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemorySource {
    /// How many there are.
    pub size: u64,
}

/// A table of MaxCompute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSource {
    /// The project.
    pub project: String,
    /// The table.
    pub table: String,
    /// The partition as `dt=20260101,region=cn`; none for a table without partitions.
    pub partition: Option<String>,
    /// The columns to read; empty for all.
    pub columns: Vec<String>,
    /// The schema, where the project has schemas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The first row to read, counted from 0; a preview always begins with the first.
    #[serde(default)]
    pub start: u64,
}

/// The result of a Mars job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultSource {
    /// The project of the connection.
    pub project: String,
    /// The instance of the cluster.
    pub instance: String,
    /// The Mars session.
    pub session: String,
    /// The submitted graph.
    pub graph: String,
    /// The tileable whose value is read.
    pub tileable: String,
    /// Two axes of a tensor with more, if not all are looked at.
    #[serde(default)]
    pub cut: Option<Cut>,
}

/// A plane of a tensor: two axes, and a position on each of the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// The axis that runs down.
    pub rows: usize,
    /// The axis that runs across, behind the other one.
    pub columns: usize,
    /// A position for every axis; those of the two do not count.
    pub at: Vec<u64>,
}

impl Cut {
    /// The plane of the last two axes at the beginning of the others; nothing below three axes.
    pub fn first(shape: &[u64]) -> Option<Self> {
        let columns = shape.len().checked_sub(1)?;
        let rows = columns.checked_sub(1).filter(|rows| *rows > 0)?;
        let at = vec![0; shape.len()];
        Some(Self { rows, columns, at })
    }
}

/// The result of a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceSource {
    /// The project.
    pub project: String,
    /// The instance.
    pub instance: String,
}

/// What the page asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ask {
    /// Opens a frame and reads up to `limit` rows of it; all rows without a limit.
    Open {
        /// The name that the page gives to the frame.
        frame: FrameId,
        /// Where its rows are.
        source: Source,
        /// How many rows to read.
        limit: Option<u64>,
    },
    /// Reads on, after a limit, a cancel or a fault, until the frame holds `limit` rows.
    More {
        /// The frame.
        frame: FrameId,
        /// How many rows in all; none for every row that exists.
        limit: Option<u64>,
    },
    /// Stops reading; the rows that came stay.
    Cancel {
        /// The frame.
        frame: FrameId,
    },
    /// Says which columns and rows are looked at, in which order. From here on rows and columns of
    /// every question are places in what is looked at.
    Arrange {
        /// The frame.
        frame: FrameId,
        /// Comes back with every window that shows it.
        epoch: u32,
        /// What is looked at.
        view: View,
    },
    /// Asks for the text of some cells.
    Window {
        /// The frame.
        frame: FrameId,
        /// The rows.
        rows: Span,
        /// How many of the first columns are wanted beside the others.
        pinned: u64,
        /// The columns.
        columns: Span,
    },
    /// Asks something about what is looked at; the answer is a [`Tell::Answer`].
    Question {
        /// The frame.
        frame: FrameId,
        /// Comes back with the answer.
        ticket: u32,
        /// What is asked.
        question: Question,
    },
    /// Gives what is looked at to the file worker, through the port beside this message.
    Export {
        /// The frame.
        frame: FrameId,
    },
    /// Forgets the frame and stops reading it.
    Release {
        /// The frame.
        frame: FrameId,
    },
    /// Frames that are opened from now on hold so many bytes of rows at most.
    Budget {
        /// The bytes.
        bytes: u64,
    },
    /// Writes and reads the instants of every frame in this zone from now on.
    Zone {
        /// Its name in the zone database (`Asia/Shanghai`); none for UTC.
        name: Option<String>,
    },
}

impl Ask {
    /// The frame that is spoken of; none when all are.
    pub fn frame(&self) -> Option<FrameId> {
        Some(match self {
            Self::Zone { .. } | Self::Budget { .. } => return None,
            Self::Open { frame, .. }
            | Self::More { frame, .. }
            | Self::Cancel { frame }
            | Self::Arrange { frame, .. }
            | Self::Window { frame, .. }
            | Self::Question { frame, .. }
            | Self::Export { frame }
            | Self::Release { frame } => *frame,
        })
    }
}

/// What the worker tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Tell {
    /// The worker runs and listens; what was sent before is sent again.
    Ready,
    /// The frame's columns and facts are known.
    Opened {
        /// The frame.
        frame: FrameId,
        /// What is known before the first row.
        head: Head,
    },
    /// How far reading is; also sent when it ends.
    Progress {
        /// The frame.
        frame: FrameId,
        /// The figures.
        progress: Progress,
    },
    /// What [`Ask::Arrange`] asked for is looked at from now on, or cannot be.
    Arranged {
        /// The frame.
        frame: FrameId,
        /// Which arrangement.
        epoch: u32,
        /// Why not; then the one before stays.
        refusal: Option<Refusal>,
    },
    /// The text of some cells, as far as the frame has them.
    Window {
        /// The frame.
        frame: FrameId,
        /// The cells.
        window: Window,
    },
    /// An answer to an [`Ask::Question`]; some questions are answered bit by bit.
    Answer {
        /// The frame.
        frame: FrameId,
        /// The ticket of the question.
        ticket: u32,
        /// What is known.
        answer: Answer,
    },
    /// The worker is about to die.
    Crashed {
        /// Why, for the folded detail.
        detail: String,
    },
}

/// What is known of a frame before its first row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// How many rows exist at the source.
    pub exist: Option<u64>,
    /// The row of the source that is the frame's first one, counted from 0.
    #[serde(default)]
    pub start: u64,
    /// That the rows come by the preview call, which gives only the first ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<Previewed>,
    /// What kind of value a Mars result is; none for a table.
    pub value: Option<ValueFacts>,
    /// The source gives no more rows than these, of perhaps more, by a rule of the service.
    #[serde(default)]
    pub capped: Option<u64>,
}

/// Why and how far a preview reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Previewed {
    /// How many rows the call gives at most.
    pub most: u64,
    /// The tunnel's refusal, when the preview stands in for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// A column of a frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type in the words of the source: `bigint`, `decimal(18,2)`, `float64`.
    pub kind: String,
    /// Whether its values are numbers, which stand on the right.
    pub numeric: bool,
    /// Whether it is a row label of a DataFrame rather than a column.
    pub index: bool,
}

/// The kind of value that a Mars result is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueFacts {
    /// `tensor`, `dataframe`, `series`, `scalar` …, the engine's word.
    pub kind: String,
    /// The length of each axis; empty for a scalar.
    pub shape: Vec<u64>,
    /// The type of the elements; none where each column has its own.
    pub dtype: Option<String>,
    /// How many columns are left out because there are too many.
    pub hidden_columns: u64,
}

/// How far reading is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Rows that are proven: their bytes passed the checksum and were decoded.
    pub rows: u64,
    /// Which arrangement is looked at.
    pub epoch: u32,
    /// Rows of what is looked at: fewer where a filter leaves some out.
    pub shown: u64,
    /// Bytes of payload that came.
    pub bytes: u64,
    /// Bytes of memory that the rows take.
    pub memory: u64,
    /// Milliseconds of reading so far, over all attempts.
    pub millis: u64,
    /// The service has no turn left and is asked again after a while.
    pub waiting: Option<Waiting>,
    /// The source changed while it was read: the rows that had come went, and it is read anew.
    pub changed: bool,
    /// What it does, or how it ended.
    pub phase: Phase,
}

/// Patience with a service that is busy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// How long it is waited, in milliseconds.
    pub millis: u64,
    /// Which wait it is, from 1.
    pub attempt: u32,
    /// How many waits there are before the refusal counts.
    pub of: u32,
}

/// How many bytes of rows a frame holds at most: a browser gives a worker 4 GiB of memory at most, and
/// a frame may need its rows twice while it grows. A smaller machine holds less ([`Ask::Budget`]).
pub const BUDGET: u64 = 1 << 30;

/// What reading does, or how it ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Phase {
    /// Waits for the source's first answer.
    #[default]
    Opening,
    /// Rows come.
    Reading,
    /// Every row that exists is here.
    Complete,
    /// The asked number of rows is here; more exist.
    Limited,
    /// The worker holds as much as it can; more rows exist.
    Full,
    /// The user stopped it.
    Cancelled,
    /// It went wrong; reading may be tried again from the last proven row.
    Failed(Fault),
}

impl Phase {
    /// Whether rows may still come without a new question.
    pub fn runs(&self) -> bool {
        matches!(self, Self::Opening | Self::Reading)
    }
}

/// What went wrong, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Fault {
    /// No answer: refused, cut off before the first byte, or timed out.
    #[error("no answer: {reason}")]
    Unreachable {
        /// The transport's words.
        reason: String,
    },
    /// The source answered with an error.
    #[error("{code}: {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The error code (`NoSuchObject`).
        code: String,
        /// The source's words.
        message: String,
        /// The request id.
        request_id: Option<String>,
    },
    /// The stream ended before its end mark.
    #[error("the stream ended early: {detail}")]
    Truncated {
        /// Where.
        detail: String,
    },
    /// A checksum or the structure of the bytes is wrong.
    #[error("damaged bytes: {detail}")]
    Corrupt {
        /// What and where.
        detail: String,
    },
    /// The answer is well formed but not understood.
    #[error("not understood: {detail}")]
    Malformed {
        /// What.
        detail: String,
    },
    /// The worker itself died; its frames are gone.
    #[error("the frame worker ended: {detail}")]
    Crashed {
        /// The browser's words.
        detail: String,
    },
}

/// The text of a rectangle of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Which arrangement it shows.
    pub epoch: u32,
    /// How many rows the arrangement has.
    pub total: u64,
    /// The rows it holds.
    pub rows: Span,
    /// How many of the first columns it holds beside the others.
    pub pinned: u64,
    /// The columns it holds; not before the pinned ones.
    pub columns: Span,
    /// The cells, row by row.
    pub cells: Vec<Cell>,
}

/// One cell as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The text; cut when [`Cell::cut`] is set.
    #[serde(rename = "t", default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What kind of value it is.
    #[serde(rename = "k", default)]
    pub kind: CellKind,
    /// How many characters the whole text has, when `text` is only its beginning.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub cut: Option<u64>,
}

/// What kind of value a cell holds: an absent value must not look like a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CellKind {
    /// Text.
    #[default]
    #[serde(rename = "t")]
    Text,
    /// A number.
    #[serde(rename = "n")]
    Number,
    /// NaN or an infinity.
    #[serde(rename = "x")]
    NotFinite,
    /// A truth value.
    #[serde(rename = "b")]
    Truth,
    /// A date or a moment.
    #[serde(rename = "d")]
    Moment,
    /// Bytes, as hexadecimal digits.
    #[serde(rename = "h")]
    Bytes,
    /// A list, a map or a structure.
    #[serde(rename = "s")]
    Nested,
    /// No value.
    #[serde(rename = "0")]
    Null,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_clipped_and_compared() {
        let span = Span::new(10, 30);
        assert_eq!(span.len(), 20);
        assert_eq!(span.below(25), Span::new(10, 25));
        assert!(span.below(5).is_empty());
        assert!(span.covers(Span::new(10, 30)));
        assert!(!span.covers(Span::new(9, 12)));
        assert!(span.covers(Span::new(50, 50)));
    }

    #[test]
    fn messages_survive_json() {
        let ask = Ask::Open {
            frame: 3,
            source: Source::Table(TableSource {
                project: "p".into(),
                table: "销售".into(),
                partition: Some("dt=20260101".into()),
                columns: Vec::new(),
                schema: None,
                start: 0,
            }),
            limit: Some(6),
        };
        let text = serde_json::to_string(&ask).unwrap();
        assert_eq!(serde_json::from_str::<Ask>(&text).unwrap(), ask);

        let tell = Tell::Window {
            frame: 3,
            window: Window {
                epoch: 1,
                total: 1,
                rows: Span::new(0, 1),
                pinned: 0,
                columns: Span::new(0, 2),
                cells: vec![
                    Cell {
                        kind: CellKind::Null,
                        ..Cell::default()
                    },
                    Cell {
                        text: "NULL".into(),
                        ..Cell::default()
                    },
                ],
            },
        };
        let text = serde_json::to_string(&tell).unwrap();
        assert_eq!(serde_json::from_str::<Tell>(&text).unwrap(), tell);
    }
}
