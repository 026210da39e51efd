//! Tables as files: Arrow batches in, bytes to append out. No IO, no clock.
//!
//! The text of values is the exact text of `frame`, the same that the grid shows. What a format
//! cannot hold is changed as little as possible, and every change is a [`Note`].

mod arrow_file;
mod delimited;
mod error;
pub mod import;
mod json_lines;
mod markdown;
mod note;
mod options;
mod parquet_file;
mod sink;
mod typed;
mod xlsx;

pub use error::Error;
pub use note::{Change, Ledger, Note, Summary};
pub use options::{Format, LineEnd, Options, Quoting};

use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;
use frame::{Column, Table, Zone};
use note::Notes;

/// Writes what is to be read by people into the file: lines, in the reader's language.
pub type Say<'a> = &'a dyn Fn(&Summary) -> Vec<String>;

/// A way to write one format.
trait Writer {
    /// The bytes of some rows, which `table` holds alone.
    fn rows(&mut self, table: &Table, notes: &mut Notes) -> Result<Vec<u8>, Error>;
    /// The last bytes.
    fn finish(
        self: Box<Self>,
        ledger: &Ledger,
        notes: Notes,
        rows: u64,
        say: Say<'_>,
    ) -> Result<(Vec<u8>, Summary), Error>;
}

/// One file that is being written.
pub struct Export {
    table: Table,
    writer: Box<dyn Writer>,
    notes: Notes,
    rows: u64,
}

impl Export {
    /// A file of these columns. Instants are written in `zone`, where the format has text.
    pub fn new(
        format: Format,
        options: &Options,
        schema: SchemaRef,
        columns: Vec<Column>,
        zone: Option<Zone>,
    ) -> Result<Self, Error> {
        let mut table = Table::with_columns(schema, columns)?;
        table.set_zone(zone);
        let mut notes = Notes::default();
        let writer: Box<dyn Writer> = match format {
            Format::Csv => Box::new(delimited::Delimited::new(options, &table, &mut notes)?),
            Format::Tsv => {
                let tabs = Options {
                    delimiter: '\t',
                    ..options.clone()
                };
                Box::new(delimited::Delimited::new(&tabs, &table, &mut notes)?)
            }
            Format::JsonLines => Box::new(json_lines::JsonLines::new(options, &table, &mut notes)),
            Format::Markdown => Box::new(markdown::Markdown::new(&table, &mut notes)),
            Format::Arrow => Box::new(arrow_file::ArrowFile::new(&table, &mut notes)?),
            Format::Parquet => Box::new(parquet_file::ParquetFile::new(&table, &mut notes)?),
            Format::Xlsx => Box::new(xlsx::Xlsx::new(&table, &mut notes)?),
        };
        Ok(Self {
            table,
            writer,
            notes,
            rows: 0,
        })
    }

    /// The bytes to append for some rows; a format may hold rows back.
    pub fn batch(&mut self, batch: &RecordBatch) -> Result<Vec<u8>, Error> {
        self.table.append(batch.clone())?;
        let written = self.writer.rows(&self.table, &mut self.notes);
        self.table.take_batches();
        self.rows += batch.num_rows() as u64;
        written
    }

    /// How many rows were taken.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The last bytes, and what was written. The ledger, and the lines of `say`, go into the file
    /// where the format has a place for them.
    pub fn finish(self, ledger: &Ledger, say: Say<'_>) -> Result<(Vec<u8>, Summary), Error> {
        self.writer.finish(ledger, self.notes, self.rows, say)
    }
}

/// Notes the columns whose values are written as another kind of value in formats of text.
fn note_kinds(table: &Table, notes: &mut Notes, nested: bool) {
    use arrow::datatypes::DataType;
    for (field, column) in table.schema().fields().iter().zip(table.columns()) {
        match field.data_type() {
            DataType::Binary
            | DataType::LargeBinary
            | DataType::BinaryView
            | DataType::FixedSizeBinary(_) => notes.column(Change::BytesAsHex, &column.name),
            other if nested && other.is_nested() && !column.interval => {
                notes.column(Change::NestedAsText, &column.name);
            }
            _ => {}
        }
    }
}

/// The names of the columns, told apart.
fn names_apart(table: &Table, notes: &mut Notes) -> Vec<String> {
    let names = table.columns().iter().map(|column| column.name.clone());
    let names: Vec<String> = names.collect();
    let apart = frame::apart(names.clone());
    for (_, renamed) in names.iter().zip(&apart).filter(|(old, new)| old != new) {
        notes.column(Change::Renamed, renamed);
    }
    apart
}

#[cfg(test)]
mod tests;
