//! Rows as the flat protobuf stream that `open_reader` of PyODPS 0.9 asks for.
//!
//! Each record is its fields (ordinal from 1, NULL left out), then field 33553408 with the CRC-32C of
//! ordinals and values; at the end stand the count and the CRC of the CRCs. Authority: `reader.py` of
//! PyODPS 0.9.0.1 and the recorded body of `tunnel_download_protobuf_0.9.json`. Checksums are written
//! as unsigned numbers: its pure Python reader takes nothing else.

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{
    DataType, Date32Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimeUnit, TimestampMillisecondType, TimestampNanosecondType,
};
use bytes::Bytes;
use crc32c::crc32c_append;
use frame::Table;
use std::sync::Arc;

const END_OF_RECORD: u32 = 33_553_408;
const COUNT: u32 = 33_554_430;
const CHECKSUM: u32 = 33_554_431;

const VARINT: u32 = 0;
const FIXED64: u32 = 1;
const BYTES: u32 = 2;
const FIXED32: u32 = 5;

/// Writes batches as records.
#[derive(Debug)]
pub(super) struct Records {
    /// Places of the columns in a batch, in the order of their ordinals.
    order: Vec<usize>,
    count: i64,
    checksums: u32,
}

/// Bytes in the making, with the checksum of the values among them.
#[derive(Debug, Default)]
struct Sink {
    out: Vec<u8>,
    crc: u32,
}

impl Records {
    pub(super) fn new(order: Vec<usize>) -> Self {
        Self {
            order,
            count: 0,
            checksums: 0,
        }
    }

    /// Takes a batch; gives its records.
    pub(super) fn write(&mut self, batch: &RecordBatch) -> Result<Bytes, crate::Error> {
        let columns: Vec<&ArrayRef> = self
            .order
            .iter()
            .filter_map(|place| batch.columns().get(*place))
            .collect();
        let mut sink = Sink::default();
        for row in 0..batch.num_rows() {
            sink.crc = 0;
            for (ordinal, column) in (1_u32..).zip(&columns) {
                if column.is_null(row) {
                    continue;
                }
                sink.tag(ordinal, wire_type(column.data_type()));
                sink.checked(&ordinal.to_le_bytes());
                sink.value(column, row)?;
            }
            let crc = sink.crc;
            sink.tag(END_OF_RECORD, VARINT);
            sink.varint(u64::from(crc));
            self.checksums = crc32c_append(self.checksums, &crc.to_le_bytes());
            self.count += 1;
        }
        Ok(sink.out.into())
    }

    /// The end of the stream.
    pub(super) fn finish(&self) -> Bytes {
        let mut sink = Sink::default();
        sink.tag(COUNT, VARINT);
        sink.varint(zig_zag(self.count));
        sink.tag(CHECKSUM, VARINT);
        sink.varint(u64::from(self.checksums));
        sink.out.into()
    }
}

fn wire_type(kind: &DataType) -> u32 {
    match kind {
        DataType::Int8 | DataType::Int16 | DataType::Int32 | DataType::Int64 => VARINT,
        DataType::Boolean | DataType::Date32 => VARINT,
        DataType::Timestamp(TimeUnit::Millisecond, _) => VARINT,
        DataType::Float32 => FIXED32,
        DataType::Float64 => FIXED64,
        _ => BYTES,
    }
}

fn zig_zag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

impl Sink {
    fn tag(&mut self, field: u32, wire: u32) {
        self.varint(u64::from(field << 3 | wire));
    }

    fn varint(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.out.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.out.push(number as u8);
    }

    fn checked(&mut self, bytes: &[u8]) {
        self.crc = crc32c_append(self.crc, bytes);
    }

    fn long(&mut self, number: i64) {
        self.varint(zig_zag(number));
        self.checked(&number.to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.varint(bytes.len() as u64);
        self.out.extend_from_slice(bytes);
        self.checked(bytes);
    }

    fn fixed(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
        self.checked(bytes);
    }

    /// A value that is not NULL.
    fn value(&mut self, array: &ArrayRef, at: usize) -> Result<(), crate::Error> {
        match array.data_type() {
            DataType::Int8 => self.long(array.as_primitive::<Int8Type>().value(at).into()),
            DataType::Int16 => self.long(array.as_primitive::<Int16Type>().value(at).into()),
            DataType::Int32 => self.long(array.as_primitive::<Int32Type>().value(at).into()),
            DataType::Int64 => self.long(array.as_primitive::<Int64Type>().value(at)),
            DataType::Date32 => self.long(array.as_primitive::<Date32Type>().value(at).into()),
            DataType::Timestamp(TimeUnit::Millisecond, _) => {
                self.long(array.as_primitive::<TimestampMillisecondType>().value(at));
            }
            DataType::Timestamp(TimeUnit::Nanosecond, _) => {
                self.instant(array.as_primitive::<TimestampNanosecondType>().value(at));
            }
            DataType::Boolean => {
                let truth = u8::from(array.as_boolean().value(at));
                self.fixed(&[truth]);
            }
            DataType::Float32 => {
                self.fixed(&array.as_primitive::<Float32Type>().value(at).to_le_bytes());
            }
            DataType::Float64 => {
                self.fixed(&array.as_primitive::<Float64Type>().value(at).to_le_bytes());
            }
            DataType::Utf8 => self.bytes(array.as_string::<i32>().value(at).as_bytes()),
            DataType::Binary => self.bytes(array.as_binary::<i32>().value(at)),
            DataType::Decimal128(..) | DataType::Decimal256(..) => {
                self.bytes(text(array, at)?.as_bytes());
            }
            DataType::List(_) => self.list(&array.as_list::<i32>().value(at))?,
            DataType::Map(..) => {
                let entries = array.as_map().value(at);
                for column in entries.columns() {
                    self.list(column)?;
                }
            }
            DataType::Struct(_) => {
                for column in array.as_struct().columns() {
                    self.part(column, at)?;
                }
            }
            other => {
                return Err(crate::Error::NoRecord {
                    kind: other.to_string(),
                });
            }
        }
        Ok(())
    }

    /// Seconds and nanoseconds, the latter never negative.
    fn instant(&mut self, nanoseconds: i64) {
        const SECOND: i64 = 1_000_000_000;
        self.long(nanoseconds.div_euclid(SECOND));
        let rest = nanoseconds.rem_euclid(SECOND);
        self.varint(zig_zag(rest));
        // Below a second, so it fits.
        self.checked(&(rest as i32).to_le_bytes());
    }

    fn list(&mut self, items: &ArrayRef) -> Result<(), crate::Error> {
        self.varint(items.len() as u64);
        (0..items.len()).try_for_each(|at| self.part(items, at))
    }

    /// An element: whether it is NULL, and its value if not.
    fn part(&mut self, array: &ArrayRef, at: usize) -> Result<(), crate::Error> {
        let null = array.is_null(at);
        self.out.push(u8::from(null));
        if null { Ok(()) } else { self.value(array, at) }
    }
}

/// A decimal as text.
fn text(array: &ArrayRef, at: usize) -> Result<String, crate::Error> {
    let field = arrow::datatypes::Field::new("", array.data_type().clone(), true);
    let schema = Arc::new(arrow::datatypes::Schema::new(vec![field]));
    let mut table = Table::new(schema.clone());
    let batch = RecordBatch::try_new(schema, vec![array.slice(at, 1)])?;
    let told = table.append(batch).map(|()| table.cell(0, 0, 100));
    told.ok()
        .flatten()
        .map(|cell| cell.text)
        .ok_or_else(|| crate::Error::NoRecord {
            kind: array.data_type().to_string(),
        })
}

#[cfg(test)]
mod tests {
    use super::Records;
    use arrow::array::{
        ArrayRef, BooleanArray, Decimal128Array, Float64Array, Int64Array, RecordBatch,
        StringArray, TimestampMillisecondArray,
    };
    use std::sync::Arc;

    /// The first two records and the count of `tunnel_download_protobuf_0.9.json`.
    const RECORDED: &[u8] = b"\x08\x02\x12\x05alpha\x19\0\0\0\0\0\0\xf8? \x01\
        (\x90\xb2\xae\xc3\xec[2\x0512.34\x80\xc0\xff\x7f\x96\xec\xa1\xc0\x07\
        \x08\x04\x12\x06\xe4\xb8\xad\xe6\x96\x87\x19\0\0\0\0\0\0\x02\xc0 \0\
        (\xdc\xbc\xae\xc3\xec[2\x05-0.01\x80\xc0\xff\x7f\x84\x89\xb1\x89\x06";

    #[test]
    fn equal_to_what_the_real_client_was_given() {
        let prices = Decimal128Array::from(vec![1234, -1]).with_precision_and_scale(10, 2);
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("name", Arc::new(StringArray::from(vec!["alpha", "中文"]))),
            ("id", Arc::new(Int64Array::from(vec![1, 2]))),
            ("score", Arc::new(Float64Array::from(vec![1.5, -2.25]))),
            ("flag", Arc::new(BooleanArray::from(vec![true, false]))),
            (
                "ts",
                Arc::new(TimestampMillisecondArray::from(vec![
                    1_577_934_245_000,
                    1_577_934_245_678,
                ])),
            ),
            ("price", Arc::new(prices.unwrap())),
        ];
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let mut records = Records::new(vec![1, 0, 2, 3, 4, 5]);
        assert_eq!(records.write(&batch).unwrap(), RECORDED);
        assert_eq!(records.finish()[..5], *b"\xf0\xff\xff\x7f\x04");
    }

    #[test]
    fn null_is_no_field() {
        let id: ArrayRef = Arc::new(Int64Array::from(vec![None, Some(3)]));
        let batch = RecordBatch::try_from_iter_with_nullable([("id", id, true)]).unwrap();
        let bytes = Records::new(vec![0]).write(&batch).unwrap();
        assert!(
            bytes.starts_with(b"\x80\xc0\xff\x7f\x00\x08\x06"),
            "{bytes:?}"
        );
    }
}
