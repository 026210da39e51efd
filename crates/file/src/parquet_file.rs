//! Parquet, packed by snappy: every value in its type, or as text where Parquet has none. The note
//! is in the footer's metadata.

use crate::arrow_file::footnotes;
use crate::note::{Ledger, Notes, Summary};
use crate::sink::Sink;
use crate::typed::Typed;
use crate::{Error, Say, Writer};
use arrow::array::new_null_array;
use arrow::datatypes::{Field, Schema};
use arrow::record_batch::RecordBatch;
use frame::Table;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use std::sync::Arc;

/// A group of rows is held until it is whole: at most so many rows, or so many bytes.
const GROUP_ROWS: usize = 131_072;
const GROUP_BYTES: usize = 32 << 20;

/// Writes row groups.
pub(crate) struct ParquetFile {
    typed: Typed,
    writer: ArrowWriter<Sink>,
    sink: Sink,
}

impl ParquetFile {
    pub(crate) fn new(table: &Table, notes: &mut Notes) -> Result<Self, Error> {
        let typed = Typed::new(table, notes, holds);
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .build();
        let sink = Sink::default();
        let schema = typed.schema().clone();
        let writer = ArrowWriter::try_new(sink.clone(), schema, Some(properties))?;
        Ok(Self {
            typed,
            writer,
            sink,
        })
    }
}

/// Whether Parquet has a type for a column. Some are refused only when a value is written.
fn holds(field: &Field) -> bool {
    let field = field.clone().with_nullable(true);
    let none = new_null_array(field.data_type(), 1);
    let schema = Arc::new(Schema::new(vec![field]));
    let written = RecordBatch::try_new(schema.clone(), vec![none])
        .map_err(ParquetError::from)
        .and_then(|batch| {
            let mut probe = ArrowWriter::try_new(Vec::new(), schema, None)?;
            probe.write(&batch)?;
            probe.close()
        });
    written.is_ok()
}

impl Writer for ParquetFile {
    fn rows(&mut self, table: &Table, _notes: &mut Notes) -> Result<Vec<u8>, Error> {
        for batch in self.typed.batches(table)? {
            self.writer.write(&batch)?;
            if self.writer.in_progress_size() > GROUP_BYTES {
                self.writer.flush()?;
            }
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
            let pair = KeyValue::new(key.to_owned(), value);
            self.writer.append_key_value_metadata(pair);
        }
        self.writer.close()?;
        Ok((self.sink.take(), summary))
    }
}
