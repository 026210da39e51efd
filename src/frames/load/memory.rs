//! Arrow IPC bytes that are in memory already: a stream, or a file, whose body is the same stream
//! between a mark and a footer. Nothing is fetched; pieces are taken as they are needed, so that the
//! first rows are there before the last bytes were looked at.

use std::ops::Range;

use arrow::array::RecordBatch;
use arrow::buffer::Buffer;
use arrow::datatypes::SchemaRef;
use arrow::ipc::reader::StreamDecoder;
use frame::Table;
use wire::{Response, Service, Target};

use super::{Given, Next, Origin};
use crate::frames::{Column, Fault, Head, MemorySource};

/// The first piece: the schema and, as a rule, the beginning of the first rows.
const FIRST: u64 = 512 << 10;
/// Every other piece: less than a millisecond of copying.
const PIECE: u64 = 1 << 20;
/// How a file begins; zeros follow up to the first message, some writers' 2, others' 58.
const MARK: &[u8] = b"ARROW1";

/// The rows of bytes in memory.
pub(super) struct MemoryOrigin {
    size: u64,
    /// The byte to go on from.
    at: u64,
    reader: Option<StreamDecoder>,
    /// The end mark has come; what follows it is no row.
    ended: bool,
    /// Rows that were given, or skipped because they are there.
    given: u64,
    /// Rows that are there already and come again.
    skip: u64,
}

impl MemoryOrigin {
    pub(super) fn new(source: &MemorySource) -> Self {
        Self {
            size: source.size,
            at: 0,
            reader: None,
            ended: false,
            given: 0,
            skip: 0,
        }
    }

    /// Begins at the first byte; rows that are there already are left out.
    fn begin(&mut self, have: u64) {
        self.reader = Some(StreamDecoder::new());
        (self.at, self.ended) = (0, false);
        (self.given, self.skip) = (have, have);
    }

    fn piece(&self) -> Range<u64> {
        let length = if self.at == 0 { FIRST } else { PIECE };
        self.at..self.at.saturating_add(length).min(self.size)
    }

    fn give(&mut self, batch: &RecordBatch) -> RecordBatch {
        let rows = batch.num_rows() as u64;
        let skipped = self.skip.min(rows);
        self.skip -= skipped;
        self.given += rows - skipped;
        // No more than the rows of the batch, which are counted by a usize.
        let from = usize::try_from(skipped).unwrap_or(batch.num_rows());
        batch.slice(from, batch.num_rows() - from)
    }
}

impl Origin for MemoryOrigin {
    fn service(&self) -> Service {
        Service::Tunnel
    }

    fn next(&mut self, _: &Target, have: u64, limit: Option<u64>) -> Next {
        // One row more has to be seen before it can be said that more exist.
        if self.given > have && limit.is_some_and(|limit| have >= limit) {
            return Next::Done { more: true };
        }
        if self.reader.is_none() || self.given > have {
            self.begin(have);
        }
        if !self.ended && self.at < self.size {
            return Next::Piece(self.piece());
        }
        let whole = self.reader.as_mut().map(StreamDecoder::finish);
        match whole {
            Some(Ok(())) if self.opened().is_some() => Next::Done { more: false },
            _ => Next::Broken(Fault::Truncated {
                detail: format!("the bytes end inside a message, after row {}", self.given),
            }),
        }
    }

    fn answer(&mut self, _: Response) -> Result<Given, Fault> {
        Ok(Given::Nothing)
    }

    fn chunk(&mut self, bytes: Vec<u8>, batches: &mut Vec<RecordBatch>) -> Result<(), Fault> {
        let begins = self.at == 0;
        self.at += bytes.len() as u64;
        let mut rest = Buffer::from_vec(bytes);
        if begins && rest.starts_with(MARK) {
            let zeros = rest.iter().skip(MARK.len()).take_while(|byte| **byte == 0);
            let zeros = zeros.count();
            rest.advance(MARK.len() + zeros);
        }
        while !self.ended && !rest.is_empty() {
            let Some(reader) = &mut self.reader else {
                return Ok(());
            };
            match reader.decode(&mut rest) {
                Ok(Some(batch)) => {
                    let batch = self.give(&batch);
                    batches.push(batch);
                }
                Ok(None) => {}
                // Behind its end mark the decoder refuses every byte, and calls itself finished.
                Err(_) if reader.finish().is_ok() => self.ended = true,
                Err(error) => {
                    return Err(Fault::Corrupt {
                        detail: error.to_string(),
                    });
                }
            }
        }
        Ok(())
    }

    fn opened(&self) -> Option<(Table, Head)> {
        self.reader.as_ref()?.schema().map(open)
    }

    fn end(&mut self, _: &mut Vec<RecordBatch>) -> Result<(), Fault> {
        Ok(())
    }

    fn broke_off(&mut self, _: Option<&Fault>) {
        self.reader = None;
    }

    fn begin_again(&mut self) -> bool {
        false
    }
}

/// An empty table and the head of a schema.
fn open(schema: SchemaRef) -> (Table, Head) {
    let table = Table::new(schema);
    let fields = table.schema().fields().iter();
    let columns = fields.zip(table.columns()).map(|(field, column)| Column {
        name: column.name.clone(),
        kind: column.badge.clone(),
        numeric: field.data_type().is_numeric(),
        index: false,
    });
    let head = Head {
        columns: columns.collect(),
        ..Head::default()
    };
    (table, head)
}

#[cfg(test)]
mod tests;
