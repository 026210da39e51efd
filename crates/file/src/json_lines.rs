//! One JSON object a line, in UTF-8. Numbers stand digit for digit.

use crate::note::{Change, Ledger, Notes, Summary};
use crate::options::LineEnd;
use crate::{Error, Options, Say, Writer, names_apart, note_kinds};
use arrow::datatypes::DataType;
use frame::{Cell, Kind, Table};

/// The largest integer that every reader of JSON keeps.
const KEPT: i128 = 1 << 53;

/// Writes objects.
pub(crate) struct JsonLines {
    /// Each column's name as a JSON string, with the colon.
    names: Vec<String>,
    decimals: Vec<bool>,
    exact_strings: bool,
    line_end: LineEnd,
}

impl JsonLines {
    pub(crate) fn new(options: &Options, table: &Table, notes: &mut Notes) -> Self {
        note_kinds(table, notes, false);
        let names = names_apart(table, notes).into_iter();
        let decimals = table.schema().fields().iter().map(|field| {
            let kind = field.data_type();
            kind.is_decimal() || matches!(kind, DataType::Null)
        });
        Self {
            names: names
                .map(|name| format!("{}:", frame::json_text(&name)))
                .collect(),
            decimals: decimals.collect(),
            exact_strings: options.exact_strings,
            line_end: options.line_end,
        }
    }

    fn cell(&self, column: usize, cell: &Cell, notes: &mut Notes, out: &mut String) {
        let value = cell.json();
        if cell.kind == Kind::Number || cell.kind == Kind::Nan {
            if value.starts_with('"') {
                notes.cell(Change::NotFiniteAsText);
            } else if self.exact_strings && self.long(column, &cell.text) {
                notes.cell(Change::NumbersAsText);
                return out.push_str(&frame::json_text(&cell.text));
            }
        } else if cell.kind == Kind::Nested && value.starts_with('"') {
            notes.cell(Change::NestedAsText);
        }
        out.push_str(&value);
    }

    /// Whether a reader that takes numbers for 64-bit floats may lose digits.
    fn long(&self, column: usize, text: &str) -> bool {
        let decimal = self.decimals.get(column).copied().unwrap_or(false);
        let integer = text.parse::<i128>();
        decimal || integer.is_ok_and(|number| number.abs() > KEPT)
    }
}

impl Writer for JsonLines {
    fn rows(&mut self, table: &Table, notes: &mut Notes) -> Result<Vec<u8>, Error> {
        let mut out = String::new();
        for row in 0..table.rows() {
            out.push('{');
            for (column, name) in self.names.iter().enumerate() {
                if column > 0 {
                    out.push(',');
                }
                out.push_str(name);
                if let Some(cell) = table.cell(row, column, usize::MAX) {
                    self.cell(column, &cell, notes, &mut out);
                }
            }
            out.push('}');
            out.push_str(self.line_end.as_str());
        }
        Ok(out.into_bytes())
    }

    fn finish(
        self: Box<Self>,
        ledger: &Ledger,
        notes: Notes,
        rows: u64,
        _say: Say<'_>,
    ) -> Result<(Vec<u8>, Summary), Error> {
        Ok((Vec::new(), notes.summary(rows, ledger)))
    }
}
