//! Files as tables: bytes in, rows out. No IO: whoever reads gives [`Slices`] of the file.
//!
//! Text (CSV, TSV, JSON lines) is read piece by piece and stays text until [`Converter`] makes values
//! of it; Parquet and Arrow have types of their own. Every value is taken exactly or told as [`Bad`].

mod convert;
mod delimited;
mod fields;
mod guess;
mod infer;
mod json;
mod look;
mod reading;
mod slices;
mod typed;

pub use convert::{Bad, Converter, Policy, Report, Want, Why};
pub use fields::Fields;
pub use guess::{HEAD, guess};
pub use look::{Found, Looked, SAMPLE, look};
pub use reading::{Chunk, Decode, Reading};
pub use slices::{Slices, WholeFile};

use serde::{Deserialize, Serialize};

/// A form of files that can be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Fields between delimiters.
    #[default]
    Delimited,
    /// One JSON object a line.
    JsonLines,
    /// Parquet.
    Parquet,
    /// An Arrow IPC file.
    ArrowFile,
    /// An Arrow IPC stream.
    ArrowStream,
}

impl Form {
    /// Whether it is text, whose values have no types.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Delimited | Self::JsonLines)
    }
}

/// How text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// GB18030, of which GBK and GB2312 are parts.
    Gb18030,
}

/// How a file is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadOptions {
    /// What it is.
    pub form: Form,
    /// Between fields; an ASCII character.
    pub delimiter: char,
    /// Around fields; none where quotes are letters like others.
    pub quote: Option<char>,
    /// Whether the first row holds the names.
    pub header: bool,
    /// The word for no value, which never stands in quotes.
    pub null: String,
    /// How the text is written.
    pub encoding: Encoding,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            form: Form::Delimited,
            delimiter: ',',
            quote: Some('"'),
            header: true,
            null: String::new(),
            encoding: Encoding::Utf8,
        }
    }
}

/// Why a file is not read, or not further.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ImportError {
    /// There is nothing in it.
    #[error("the file has no rows and no columns")]
    Empty,
    /// Its bytes are not what they should be.
    #[error("the file cannot be read: {0}")]
    Damaged(String),
    /// A field that never ends: its quote is not closed.
    #[error("the quote that opens in row {row} is not closed")]
    Unclosed {
        /// The row of data, counted from 1.
        row: u64,
    },
    /// A cell does not fit, and that ends the work.
    #[error("row {}, column {}: {:?}", .0.row, .0.column, .0.text)]
    Bad(Box<Bad>),
    /// More rows were rejected than may be.
    #[error("more than {most} rows were rejected")]
    TooMany {
        /// How many may be.
        most: u64,
    },
}

#[cfg(test)]
mod tests;
