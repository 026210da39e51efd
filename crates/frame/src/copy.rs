//! Cells for the clipboard, in the form that the place of pasting reads.

pub(crate) mod forms;

use crate::{Cell, Rows, Table};
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
        let known = columns
            .iter()
            .copied()
            .filter(|&column| column < self.columns().len());
        let columns: Vec<usize> = known.collect();
        let end = positions.end.min(rows.len(self));
        let wanted = positions.start.min(end)..end;
        let single = wanted.end - wanted.start == 1 && columns.len() == 1;
        let form = match form {
            Form::Tsv if single => &Form::Text,
            other => other,
        };
        let writer = forms::Writer::new(self, form, &columns);
        let mut text = writer.head();
        let tail = writer.tail();
        let mut copied = 0;
        for position in wanted.clone() {
            let cells = columns.iter().filter_map(|&column| {
                let row = rows.row(position)?;
                self.cell(row, column, usize::MAX)
            });
            let cells: Vec<Cell> = cells.collect();
            let before = text.len();
            writer.row(rows.row(position).unwrap_or(0), &cells, copied, &mut text);
            if text.len() + tail.len() > limit {
                text.truncate(before);
                break;
            }
            copied += 1;
        }
        if copied == 0 && writer.needs_rows() {
            text.clear();
        } else {
            text.push_str(tail);
        }
        Copied {
            text,
            rows: copied,
            cut: copied < wanted.end - wanted.start,
        }
    }
}

#[cfg(test)]
mod tests;
