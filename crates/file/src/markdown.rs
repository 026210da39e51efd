//! A Markdown table, with the note in lines below it.

use crate::note::{Ledger, Notes, Summary};
use crate::{Error, Say, Writer, note_kinds};
use frame::{Kind, Table};

/// No value: set apart from the text NULL, which stands plain.
const NULL: &str = "_NULL_";

/// Writes lines of a table.
pub(crate) struct Markdown {
    head: Option<String>,
}

impl Markdown {
    pub(crate) fn new(table: &Table, notes: &mut Notes) -> Self {
        note_kinds(table, notes, true);
        let (mut names, mut rules) = (String::from("|"), String::from("|"));
        for (field, column) in table.schema().fields().iter().zip(table.columns()) {
            names.push_str(&format!(" {} |", frame::markdown_text(&column.name)));
            let rule = match field.data_type().is_numeric() {
                true => " ---: |",
                false => " --- |",
            };
            rules.push_str(rule);
        }
        Self {
            head: Some(format!("{names}\n{rules}\n")),
        }
    }
}

impl Writer for Markdown {
    fn rows(&mut self, table: &Table, _notes: &mut Notes) -> Result<Vec<u8>, Error> {
        let mut out = self.head.take().unwrap_or_default();
        for row in 0..table.rows() {
            out.push('|');
            for column in 0..table.columns().len() {
                let cell = table.cell(row, column, usize::MAX);
                let text = match &cell {
                    Some(cell) if cell.kind != Kind::Null => frame::markdown_text(&cell.text),
                    _ => NULL.to_owned(),
                };
                out.push_str(&format!(" {text} |"));
            }
            out.push('\n');
        }
        Ok(out.into_bytes())
    }

    fn finish(
        mut self: Box<Self>,
        ledger: &Ledger,
        notes: Notes,
        rows: u64,
        say: Say<'_>,
    ) -> Result<(Vec<u8>, Summary), Error> {
        let mut out = self.head.take().unwrap_or_default();
        let summary = notes.summary(rows, ledger);
        for line in say(&summary) {
            out.push_str(&format!("\n{}\n", frame::markdown_text(&line)));
        }
        Ok((out.into_bytes(), summary))
    }
}
