//! An Arrow IPC file: every value in its type. The note is in the footer's metadata.

use crate::note::{Ledger, Notes, Summary};
use crate::sink::Sink;
use crate::typed::Typed;
use crate::{Error, Say, Writer};
use arrow::ipc::writer::FileWriter;
use frame::Table;

/// Writes record batches.
pub(crate) struct ArrowFile {
    typed: Typed,
    writer: FileWriter<Sink>,
    sink: Sink,
}

impl ArrowFile {
    pub(crate) fn new(table: &Table, notes: &mut Notes) -> Result<Self, Error> {
        let typed = Typed::new(table, notes, |_| true);
        let sink = Sink::default();
        let writer = FileWriter::try_new(sink.clone(), typed.schema())?;
        Ok(Self {
            typed,
            writer,
            sink,
        })
    }
}

impl Writer for ArrowFile {
    fn rows(&mut self, table: &Table, _notes: &mut Notes) -> Result<Vec<u8>, Error> {
        for batch in self.typed.batches(table)? {
            self.writer.write(&batch)?;
        }
        Ok(self.sink.take())
    }

    fn finish(
        mut self: Box<Self>,
        ledger: &Ledger,
        notes: Notes,
        rows: u64,
        say: Say<'_>,
    ) -> Result<(Vec<u8>, Summary), Error> {
        let summary = notes.summary(rows, ledger);
        for (key, value) in footnotes(&summary, say) {
            self.writer.write_metadata(key, value);
        }
        self.writer.finish()?;
        Ok((self.sink.take(), summary))
    }
}

/// The note as keys and values: for programs and for people.
pub(crate) fn footnotes(summary: &Summary, say: Say<'_>) -> [(&'static str, String); 2] {
    // Plain data with text keys always has a JSON text.
    let facts = serde_json::to_string(summary).unwrap_or_default();
    [
        ("mars_console.ledger", facts),
        ("mars_console.note", say(summary).join("\n")),
    ]
}
