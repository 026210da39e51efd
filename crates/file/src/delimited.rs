//! Fields between delimiters (CSV, TSV), as RFC 4180, in UTF-8.
//!
//! No value, the empty text and a text that reads like the word for no value stay apart: the word
//! never stands in quotes, such texts always do.

use crate::note::{Change, Ledger, Notes, Summary};
use crate::{Error, Options, Quoting, Say, Writer, note_kinds};
use frame::{Cell, Kind, Table};

const BOM: &str = "\u{feff}";

/// Writes lines of fields.
pub(crate) struct Delimited {
    options: Options,
    /// The first line, until it is written.
    head: Option<String>,
}

impl Delimited {
    pub(crate) fn new(options: &Options, table: &Table, notes: &mut Notes) -> Result<Self, Error> {
        if matches!(options.delimiter, '"' | '\r' | '\n') {
            return Err(Error::Delimiter(options.delimiter));
        }
        let mut new = Self {
            options: options.clone(),
            head: None,
        };
        if new.breaks(&options.null) {
            return Err(Error::NullToken(options.null.clone()));
        }
        note_kinds(table, notes, true);
        let mut head = String::new();
        if options.bom {
            head.push_str(BOM);
        }
        for (at, column) in table.columns().iter().enumerate() {
            if at > 0 {
                head.push(options.delimiter);
            }
            new.text(&column.name, &mut head);
        }
        head.push_str(options.line_end.as_str());
        new.head = Some(head);
        Ok(new)
    }

    /// Whether a text needs quotes to stay one field.
    fn breaks(&self, text: &str) -> bool {
        text.contains(['"', '\r', '\n', self.options.delimiter])
    }

    fn text(&self, text: &str, out: &mut String) {
        let outer = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
        let quoted = self.options.quoting == Quoting::All
            || outer
            || text.is_empty()
            || text == self.options.null
            || self.breaks(text);
        if !quoted {
            return out.push_str(text);
        }
        out.push('"');
        for (at, part) in text.split('"').enumerate() {
            if at > 0 {
                out.push_str("\"\"");
            }
            out.push_str(part);
        }
        out.push('"');
    }

    fn cell(&self, cell: &Cell, notes: &mut Notes, out: &mut String) {
        match cell.kind {
            Kind::Null => out.push_str(&self.options.null),
            Kind::Text => {
                if cell.text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
                    notes.cell(Change::Formulas);
                }
                self.text(&cell.text, out);
            }
            _ => self.text(&cell.text, out),
        }
    }
}

impl Writer for Delimited {
    fn rows(&mut self, table: &Table, notes: &mut Notes) -> Result<Vec<u8>, Error> {
        let mut out = self.head.take().unwrap_or_default();
        for row in 0..table.rows() {
            for column in 0..table.columns().len() {
                if column > 0 {
                    out.push(self.options.delimiter);
                }
                if let Some(cell) = table.cell(row, column, usize::MAX) {
                    self.cell(&cell, notes, &mut out);
                }
            }
            out.push_str(self.options.line_end.as_str());
        }
        Ok(out.into_bytes())
    }

    fn finish(
        mut self: Box<Self>,
        ledger: &Ledger,
        notes: Notes,
        rows: u64,
        _say: Say<'_>,
    ) -> Result<(Vec<u8>, Summary), Error> {
        let head = self.head.take().unwrap_or_default();
        Ok((head.into_bytes(), notes.summary(rows, ledger)))
    }
}
