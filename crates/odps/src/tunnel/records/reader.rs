//! Reading records into batches.

use std::io::Read;

use arrow::array::{RecordBatch, RecordBatchOptions};
use arrow::datatypes::SchemaRef;
use crc32c::{crc32c, crc32c_append};

use super::column::Column;
use super::source::Source;
use super::{
    BYTES, CHECKSUM, COUNT, END_OF_METRICS, END_OF_RECORD, MAX_FIELD_SIZE, RecordsError, VARINT,
    wire_type,
};
use crate::tunnel::schema::record_schema;
use crate::types;

/// A batch ends after so many bytes, however few records it has.
const BATCH_BYTES: u64 = 16 << 20;

/// A record of more bytes is refused, so that memory stays bounded.
const RECORD_BYTES: usize = 256 << 20;

/// Reads a stream of records, batch by batch.
///
/// Every record is checked before it is given, and the stream at its end. After an error nothing
/// more can be read.
#[derive(Debug)]
pub struct Reader<R> {
    source: Source<R>,
    schema: SchemaRef,
    columns: Vec<(u32, Column)>,
    checked: Vec<u8>,
    /// Records that were read, and the checksum of their checksums.
    count: u64,
    checksums: u32,
    done: bool,
}

impl<R: Read> Reader<R> {
    /// Reads records of these columns.
    pub fn new(inner: R, columns: &[types::Column]) -> Result<Self, RecordsError> {
        let no_form = |kind: &types::Type| RecordsError::NoForm {
            kind: kind.to_string(),
        };
        let schema = record_schema(columns, None).map_err(|error| RecordsError::NoForm {
            kind: error.to_string(),
        })?;
        let kinds = columns.iter().zip(schema.fields());
        let kinds = kinds.map(|(column, field)| {
            let wire = wire_type(&column.kind).ok_or_else(|| no_form(&column.kind))?;
            Ok((wire, Column::new(&column.kind, field.data_type())?))
        });
        Ok(Self {
            source: Source::new(inner),
            columns: kinds.collect::<Result<_, RecordsError>>()?,
            schema,
            checked: Vec::new(),
            count: 0,
            checksums: 0,
            done: false,
        })
    }

    /// The schema of the batches.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// The next batch of at most so many records; nothing after the end, which was found right.
    pub fn next(&mut self, records: usize) -> Result<Option<RecordBatch>, RecordsError> {
        let began = self.source.at();
        let mut rows = 0;
        while rows < records && !self.done && self.source.at() - began < BATCH_BYTES {
            // Whoever asks again after an error gets an end, never more records.
            self.done = true;
            if self.record(rows)? {
                rows += 1;
                self.done = false;
            }
        }
        if rows == 0 {
            return Ok(None);
        }
        let fields = self.schema.fields().iter();
        let arrays = self.columns.iter_mut().zip(fields);
        let arrays = arrays.map(|((_, column), field)| column.take(field.data_type()));
        let arrays = arrays.collect::<Result<Vec<_>, _>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let batch = RecordBatch::try_new_with_options(self.schema.clone(), arrays, &options)?;
        Ok(Some(batch))
    }

    /// Reads a record; false at the end of the stream.
    fn record(&mut self, row: usize) -> Result<bool, RecordsError> {
        self.checked.clear();
        loop {
            let (field, wire) = self.tag()?;
            match field {
                END_OF_RECORD if wire == VARINT => break,
                COUNT if wire == VARINT && self.checked.is_empty() => {
                    self.end()?;
                    return Ok(false);
                }
                _ => self.field(field, wire, row)?,
            }
            if self.checked.len() > RECORD_BYTES {
                return Err(self.source.malformed("a record of more than 256 MB"));
            }
        }
        let (expected, found) = (self.source.word()?, crc32c(&self.checked));
        if expected != found {
            return Err(RecordsError::BadChecksum {
                record: self.count,
                expected,
                found,
            });
        }
        self.checksums = crc32c_append(self.checksums, &found.to_le_bytes());
        self.count += 1;
        for (_, column) in &mut self.columns {
            if column.len() == row {
                column.push_null();
            }
        }
        Ok(true)
    }

    fn tag(&mut self) -> Result<(u32, u32), RecordsError> {
        let tag = self.source.word()?;
        Ok((tag >> 3, tag & 7))
    }

    fn field(&mut self, ordinal: u32, wire: u32, row: usize) -> Result<(), RecordsError> {
        let place = (ordinal as usize).checked_sub(1);
        let Some((expected, column)) = place.and_then(|place| self.columns.get_mut(place)) else {
            return Err(self
                .source
                .malformed(format!("there is no field {ordinal}")));
        };
        if wire != *expected {
            let reason = format!("field {ordinal} has wire type {wire}, not {expected}");
            return Err(self.source.malformed(reason));
        }
        if column.len() > row {
            let reason = format!("field {ordinal} is there twice");
            return Err(self.source.malformed(reason));
        }
        self.checked.extend_from_slice(&ordinal.to_le_bytes());
        column.read(&mut self.source, &mut self.checked)
    }

    /// What follows the number of the last field: count, metrics of the client, checksum.
    fn end(&mut self) -> Result<(), RecordsError> {
        let expected = self.source.sint()?.cast_unsigned();
        if expected != self.count {
            return Err(RecordsError::BadTotal {
                what: "the count",
                expected,
                found: self.count,
            });
        }
        let (mut field, mut wire) = self.tag()?;
        if field != CHECKSUM && wire == BYTES {
            self.metrics(field)?;
            (field, wire) = self.tag()?;
        }
        if (field, wire) != (CHECKSUM, VARINT) {
            return Err(self.source.malformed("no checksum after the count"));
        }
        let expected = self.source.word()?;
        if expected != self.checksums {
            return Err(RecordsError::BadTotal {
                what: "the checksum",
                expected: expected.into(),
                found: self.checksums.into(),
            });
        }
        if self.source.ended()? {
            Ok(())
        } else {
            Err(self.source.malformed("something follows the checksum"))
        }
    }

    /// Metrics are skipped when their checksum is right.
    fn metrics(&mut self, field: u32) -> Result<(), RecordsError> {
        let mut text = field.to_le_bytes().to_vec();
        let length = self.source.varint()?;
        if length > MAX_FIELD_SIZE {
            return Err(self.source.malformed(format!("metrics of {length} bytes")));
        }
        self.source.bytes(length, &mut text)?;
        let end = self.tag()?;
        let (expected, found) = (self.source.word()?, crc32c(&text));
        if end != (END_OF_METRICS, VARINT) || expected != found {
            return Err(self.source.malformed("damaged metrics"));
        }
        Ok(())
    }
}
