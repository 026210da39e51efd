//! A block of an upload: a client's stream becomes a Parquet file.

use super::stream::Wrong;
use crate::Error;
use arrow::compute::cast;
use arrow::datatypes::SchemaRef;
use arrow::record_batch::{RecordBatch, RecordBatchOptions};
use odps::tunnel::coding::{Coding, Unpacker};
use odps::tunnel::{records, rows};
use odps::types::Column;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Records of one batch.
const BATCH: usize = 8192;

/// A group of rows is written out when it takes so much memory or has so many rows.
const GROUP_BYTES: usize = 64 << 20;
const GROUP_ROWS: usize = 256 << 10;

/// Bytes that are decoded at once.
const PIECE: usize = 64 << 10;

/// Why a block was not written.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The client's fault.
    #[error(transparent)]
    Wrong(#[from] Wrong),
    /// Ours.
    #[error(transparent)]
    Ours(#[from] Error),
}

/// How the rows of a block come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub(super) arrow: bool,
    pub(super) coding: Option<Coding>,
}

/// Reads the rows to the end, where they prove to be whole, and writes them to a new file.
pub(super) fn write(
    body: impl Read,
    form: Form,
    columns: &[Column],
    kept: &SchemaRef,
    path: &Path,
) -> Result<(), Failure> {
    let file = File::create_new(path).map_err(Error::file(path))?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .build();
    let writer = ArrowWriter::try_new(file, kept.clone(), Some(properties));
    let mut sink = Sink {
        writer: writer.map_err(Error::parquet(path))?,
        kept,
        path,
    };
    let body = Unpacker::new(form.coding, body).map_err(Wrong::Packed)?;
    if form.arrow {
        arrow(body, columns, &mut sink)?;
    } else {
        let mut reader = records::Reader::new(body, columns).map_err(Wrong::from)?;
        while let Some(batch) = reader.next(BATCH).map_err(Wrong::from)? {
            sink.write(&batch)?;
        }
    }
    sink.writer.close().map_err(Error::parquet(path))?;
    Ok(())
}

fn arrow(mut body: impl Read, columns: &[Column], sink: &mut Sink<'_>) -> Result<(), Failure> {
    let schema = odps::tunnel::schema::arrow_schema(columns, None).map_err(|error| {
        Wrong::Rows(rows::RowsError::NotArrow {
            rows: 0,
            reason: error.to_string(),
        })
    })?;
    let mut reader = rows::Reader::new(schema).map_err(Wrong::from)?;
    let mut piece = vec![0; PIECE];
    let mut batches = Vec::new();
    loop {
        let length = match body.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Wrong::Packed(error).into()),
        };
        reader
            .push(&piece[..length], &mut batches)
            .map_err(Wrong::from)?;
        batches.drain(..).try_for_each(|batch| sink.write(&batch))?;
    }
    reader.finish(&mut batches).map_err(Wrong::from)?;
    batches.drain(..).try_for_each(|batch| sink.write(&batch))
}

struct Sink<'a> {
    writer: ArrowWriter<File>,
    kept: &'a SchemaRef,
    path: &'a Path,
}

impl Sink<'_> {
    fn write(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        let columns = batch.columns().iter().zip(self.kept.fields());
        let columns = columns.map(|(column, field)| {
            if column.data_type() == field.data_type() {
                Ok(column.clone())
            } else {
                cast(column, field.data_type())
            }
        });
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        let batch = columns.collect::<Result<Vec<_>, _>>().and_then(|columns| {
            RecordBatch::try_new_with_options(self.kept.clone(), columns, &options)
        });
        let batch = batch.map_err(Wrong::Unfit)?;
        let failed = |error| Error::parquet(self.path)(error);
        self.writer.write(&batch).map_err(failed)?;
        if self.writer.in_progress_size() > GROUP_BYTES {
            self.writer.flush().map_err(failed)?;
        }
        Ok(())
    }
}
