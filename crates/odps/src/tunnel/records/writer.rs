//! Writing batches as records.

use std::ops::Range;

use arrow::array::RecordBatch;
use bytes::Bytes;
use crc32c::{crc32c, crc32c_append};

use super::view::{Values, View};
use super::{BYTES, CHECKSUM, COUNT, END_OF_RECORD, RecordsError, VARINT, wire_type, zig_zag};
use crate::types::Type;

/// Writes batches as a stream of records.
///
/// Checksums are written as unsigned numbers: the pure Python reader of 0.9 takes nothing else.
#[derive(Debug)]
pub struct Writer {
    kinds: Vec<(Type, u32)>,
    count: i64,
    checksums: u32,
}

/// Bytes in the making, with the values of the record for its checksum.
#[derive(Default)]
struct Sink {
    out: Vec<u8>,
    checked: Vec<u8>,
}

impl Writer {
    /// Writes columns of these types, in this order. Arrow types are those of
    /// [`record_type`](crate::tunnel::schema::record_type).
    pub fn new(kinds: impl IntoIterator<Item = Type>) -> Result<Self, RecordsError> {
        let kinds = kinds.into_iter().map(|kind| {
            let wire = wire_type(&kind);
            let wire = wire.ok_or_else(|| RecordsError::NoForm {
                kind: kind.to_string(),
            })?;
            Ok((kind, wire))
        });
        Ok(Self {
            kinds: kinds.collect::<Result<_, RecordsError>>()?,
            count: 0,
            checksums: 0,
        })
    }

    /// Takes a batch with these columns in this order; gives its records.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<Bytes, RecordsError> {
        if batch.num_columns() != self.kinds.len() {
            return Err(RecordsError::NoForm {
                kind: format!("a batch of {} columns", batch.num_columns()),
            });
        }
        let views = self.kinds.iter().zip(batch.columns());
        let views = views.map(|((kind, wire), column)| Ok((*wire, View::new(kind, column)?)));
        let views: Vec<(u32, View<'_>)> = views.collect::<Result<_, RecordsError>>()?;
        let mut sink = Sink::default();
        for row in 0..batch.num_rows() {
            sink.checked.clear();
            for (ordinal, (wire, view)) in (1_u32..).zip(&views) {
                if view.is_null(row) {
                    continue;
                }
                sink.tag(ordinal, *wire);
                sink.checked.extend_from_slice(&ordinal.to_le_bytes());
                sink.value(view, row);
            }
            let checksum = crc32c(&sink.checked);
            sink.tag(END_OF_RECORD, VARINT);
            sink.varint(checksum.into());
            self.checksums = crc32c_append(self.checksums, &checksum.to_le_bytes());
            self.count += 1;
        }
        Ok(sink.out.into())
    }

    /// The end of the stream.
    pub fn finish(&self) -> Bytes {
        let mut sink = Sink::default();
        sink.tag(COUNT, VARINT);
        sink.varint(zig_zag(self.count));
        sink.tag(CHECKSUM, VARINT);
        sink.varint(self.checksums.into());
        sink.out.into()
    }
}

impl Sink {
    fn tag(&mut self, field: u32, wire: u32) {
        debug_assert!(wire <= BYTES || wire == super::FIXED32);
        self.varint(u64::from(field << 3 | wire));
    }

    fn varint(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.out.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.out.push(number as u8);
    }

    fn long(&mut self, number: i64) {
        self.varint(zig_zag(number));
        self.checked.extend_from_slice(&number.to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.varint(bytes.len() as u64);
        self.fixed(bytes);
    }

    fn fixed(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
        self.checked.extend_from_slice(bytes);
    }

    /// Seconds and nanoseconds.
    fn moment(&mut self, seconds: i64, nanos: i32) {
        self.long(seconds);
        self.varint(zig_zag(nanos.into()));
        self.checked.extend_from_slice(&nanos.to_le_bytes());
    }

    /// A value that is not NULL.
    fn value(&mut self, view: &View<'_>, row: usize) {
        const SECOND: i64 = 1_000_000_000;
        match &view.values {
            Values::Int8(array) => self.long(array.value(row).into()),
            Values::Int16(array) => self.long(array.value(row).into()),
            Values::Int32(array) => self.long(array.value(row).into()),
            Values::Int64(array) => self.long(array.value(row)),
            Values::Days(array) => self.long(array.value(row).into()),
            Values::Millis(array) => self.long(array.value(row)),
            Values::Nanos(array) => {
                let nanos = array.value(row);
                // The rest is below a second, so it fits.
                self.moment(nanos.div_euclid(SECOND), nanos.rem_euclid(SECOND) as i32);
            }
            Values::DayTime(seconds, nanos) => self.moment(seconds.value(row), nanos.value(row)),
            Values::Bool(array) => self.fixed(&[array.value(row).into()]),
            Values::Float(array) => self.fixed(&array.value(row).to_le_bytes()),
            Values::Double(array) => self.fixed(&array.value(row).to_le_bytes()),
            Values::Text(array) => self.bytes(array.value(row).as_bytes()),
            Values::Bytes(array) => self.bytes(array.value(row)),
            Values::Decimal128(array) => self.bytes(array.value_as_string(row).as_bytes()),
            Values::Decimal256(array) => self.bytes(array.value_as_string(row).as_bytes()),
            Values::List(offsets, items) => self.items(items, range(offsets, row)),
            Values::Vector(offsets, items) => {
                let range = range(offsets, row);
                self.varint(range.len() as u64);
                range.for_each(|at| self.value(items, at));
            }
            Values::Map(offsets, keys, values) => {
                self.items(keys, range(offsets, row));
                self.items(values, range(offsets, row));
            }
            Values::Struct(parts) => parts.iter().for_each(|part| self.part(part, row)),
        }
    }

    fn items(&mut self, items: &View<'_>, range: Range<usize>) {
        self.varint(range.len() as u64);
        range.for_each(|at| self.part(items, at));
    }

    /// An element: whether it is NULL, and its value if not.
    fn part(&mut self, view: &View<'_>, at: usize) {
        let null = view.is_null(at);
        self.out.push(u8::from(null));
        if !null {
            self.value(view, at);
        }
    }
}

/// The items of a row. Arrow's offsets are never negative.
fn range(offsets: &[i32], row: usize) -> Range<usize> {
    offsets[row] as usize..offsets[row + 1] as usize
}
