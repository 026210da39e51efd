//! The part of a table that is looked at, as finished text.

use crate::Column;
use serde::{Deserialize, Serialize};

/// How many characters of a cell a window holds unless told otherwise.
pub const CELL_LIMIT: usize = 512;

/// What a cell holds: decides alignment, colour and quoting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// No value.
    Null,
    /// An integer, a decimal or a float, infinities included.
    Number,
    /// A float that is not a number.
    Nan,
    /// A truth value.
    Bool,
    /// Text.
    Text,
    /// A date, an instant, a time of day or a span of time.
    Time,
    /// Bytes, in hexadecimal.
    Binary,
    /// A list, a map or a struct, in a notation like JSON.
    Nested,
    /// A value of a type that cannot be shown; the text names it.
    Unknown,
}

/// A value as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The text, or its beginning.
    pub text: String,
    /// What it is.
    pub kind: Kind,
    /// Whether the text is only the beginning.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clipped: bool,
    /// The length of the whole text in characters.
    pub length: u64,
}

/// Rows and columns of a table as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The row of the table that comes first here.
    pub first_row: u64,
    /// How many rows the table has by now.
    pub total_rows: u64,
    /// The most characters that a cell may have here.
    pub cell_limit: usize,
    /// The columns that were asked for and exist.
    pub columns: Vec<Column>,
    /// The cells, row by row.
    pub rows: Vec<Vec<Cell>>,
}
