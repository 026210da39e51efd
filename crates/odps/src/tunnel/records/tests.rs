use std::io::Read;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, Decimal256Array,
    Float32Array, Float64Array, Int8Array, Int16Array, Int32Array, Int64Array, ListArray, MapArray,
    RecordBatch, StringArray, StructArray, TimestampMillisecondArray, TimestampNanosecondArray,
};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::{DataType, i256};
use proptest::prelude::*;

use super::{Reader, RecordsError, Writer};
use crate::tunnel::schema::record_schema;
use crate::types::{Column, Type};

const TYPES: [&str; 24] = [
    "tinyint",
    "smallint",
    "int",
    "bigint",
    "float",
    "double",
    "boolean",
    "string",
    "char(3)",
    "varchar(20)",
    "json",
    "binary",
    "date",
    "datetime",
    "timestamp",
    "timestamp_ntz",
    "decimal(10,2)",
    "decimal",
    "interval_day_time",
    "interval_year_month",
    "array<string>",
    "vector<float,2>",
    "map<string,bigint>",
    "struct<a:bigint,`b c`:array<decimal(5,1)>>",
];

fn columns() -> Vec<Column> {
    let column = |(at, text): (usize, &&str)| Column::new(format!("c{at}"), Type::read(text));
    TYPES.iter().enumerate().map(column).collect()
}

/// Values of every type made from a few numbers; a row whose number is none is NULL everywhere.
fn batch(numbers: &[Option<i64>]) -> RecordBatch {
    let schema = record_schema(&columns(), None).expect("a schema");
    let all = || numbers.iter().copied();
    let text = |number: Option<i64>| number.map(|number| format!("值{number}"));
    let nulls = || NullBuffer::from_iter(all().map(|number| number.is_some()));
    let offsets =
        |each: usize| OffsetBuffer::from_lengths(all().map(|number| number.map_or(0, |_| each)));
    let strings: ArrayRef = Arc::new(StringArray::from_iter(all().map(text)));
    let some: Vec<i64> = all().flatten().collect();
    let arrays = schema
        .fields()
        .iter()
        .enumerate()
        .map(|(at, field)| -> ArrayRef {
            match (at, field.data_type()) {
                (_, DataType::Int8) => {
                    Arc::new(Int8Array::from_iter(all().map(|n| n.map(|n| n as i8))))
                }
                (_, DataType::Int16) => {
                    Arc::new(Int16Array::from_iter(all().map(|n| n.map(|n| n as i16))))
                }
                (_, DataType::Int32) => {
                    Arc::new(Int32Array::from_iter(all().map(|n| n.map(|n| n as i32))))
                }
                (_, DataType::Int64) => Arc::new(Int64Array::from_iter(all())),
                (_, DataType::Float32) => {
                    Arc::new(Float32Array::from_iter(all().map(|n| n.map(|n| n as f32))))
                }
                (_, DataType::Float64) => Arc::new(Float64Array::from_iter(
                    all().map(|n| n.map(|n| n as f64 / 3.0)),
                )),
                (_, DataType::Boolean) => Arc::new(BooleanArray::from_iter(
                    all().map(|n| n.map(|n| n & 1 == 1)),
                )),
                (_, DataType::Utf8) => strings.clone(),
                (_, DataType::Binary) => {
                    let bytes = all().map(|n| n.map(i64::to_le_bytes));
                    Arc::new(BinaryArray::from_iter(bytes))
                }
                (_, DataType::Date32) => {
                    Arc::new(Date32Array::from_iter(all().map(|n| n.map(|n| n as i32))))
                }
                (13, _) => Arc::new(TimestampMillisecondArray::from_iter(all())),
                (14 | 15, _) => Arc::new(TimestampNanosecondArray::from_iter(all())),
                (16, kind) => {
                    let values = all().map(|n| n.map(|n| i128::from(n % 10_000_000_000)));
                    Arc::new(Decimal128Array::from_iter(values).with_data_type(kind.clone()))
                }
                (17, kind) => {
                    let values = all().map(|n| n.map(|n| i256::from_i128(i128::from(n) << 60)));
                    Arc::new(Decimal256Array::from_iter(values).with_data_type(kind.clone()))
                }
                (18, DataType::Struct(fields)) => {
                    let seconds = Int64Array::from_iter_values(all().map(|n| n.unwrap_or(0)));
                    let nanos = all().map(|n| (n.unwrap_or(0) % 1_000_000_000) as i32);
                    let parts: Vec<ArrayRef> = vec![
                        Arc::new(seconds),
                        Arc::new(Int32Array::from_iter_values(nanos)),
                    ];
                    Arc::new(StructArray::new(fields.clone(), parts, Some(nulls())))
                }
                (20, DataType::List(item)) => {
                    let items = some.iter().flat_map(|n| [Some(n.to_string()), None]);
                    let items = Arc::new(StringArray::from_iter(items));
                    Arc::new(ListArray::new(
                        item.clone(),
                        offsets(2),
                        items,
                        Some(nulls()),
                    ))
                }
                (21, DataType::List(item)) => {
                    let items = some.iter().flat_map(|n| [*n as f32, 0.5]);
                    let items = Arc::new(Float32Array::from_iter_values(items));
                    Arc::new(ListArray::new(
                        item.clone(),
                        offsets(2),
                        items,
                        Some(nulls()),
                    ))
                }
                (22, DataType::Map(entries, _)) => {
                    let DataType::Struct(pair) = entries.data_type() else {
                        unreachable!("a map is of pairs")
                    };
                    let keys = StringArray::from_iter_values(some.iter().map(i64::to_string));
                    let values =
                        Int64Array::from_iter(some.iter().map(|n| (n & 3 > 0).then_some(*n)));
                    let parts: Vec<ArrayRef> = vec![Arc::new(keys), Arc::new(values)];
                    let pairs = StructArray::new(pair.clone(), parts, None);
                    Arc::new(MapArray::new(
                        entries.clone(),
                        offsets(1),
                        pairs,
                        Some(nulls()),
                        false,
                    ))
                }
                (_, DataType::Struct(fields)) => {
                    let DataType::List(item) = fields[1].data_type() else {
                        unreachable!("its second part is an array")
                    };
                    let items = Decimal128Array::from_iter_values(
                        some.iter().map(|n| i128::from(n % 100_000)),
                    );
                    let items = Arc::new(items.with_data_type(item.data_type().clone()));
                    // Where the struct is NULL its parts are, too.
                    let list = ListArray::new(item.clone(), offsets(1), items, Some(nulls()));
                    let parts: Vec<ArrayRef> =
                        vec![Arc::new(Int64Array::from_iter(all())), Arc::new(list)];
                    Arc::new(StructArray::new(fields.clone(), parts, Some(nulls())))
                }
                (at, kind) => unreachable!("column {at}: {kind}"),
            }
        });
    let arrays: Vec<ArrayRef> = arrays.collect();
    RecordBatch::try_new(schema.clone(), arrays).expect("a batch")
}

fn write(batches: &[RecordBatch]) -> Vec<u8> {
    let mut writer = Writer::new(columns().into_iter().map(|column| column.kind)).expect("types");
    let mut out = Vec::new();
    for batch in batches {
        out.extend_from_slice(&writer.write(batch).expect("written"));
    }
    out.extend_from_slice(&writer.finish());
    out
}

/// Gives a few bytes at a time.
struct Drip<'a>(&'a [u8], usize);

impl Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.1.min(buffer.len());
        self.0.read(&mut buffer[..length])
    }
}

fn read(columns: &[Column], bytes: impl Read) -> Result<Vec<RecordBatch>, RecordsError> {
    let mut reader = Reader::new(bytes, columns)?;
    let mut batches = Vec::new();
    while let Some(batch) = reader.next(3)? {
        batches.push(batch);
    }
    assert!(matches!(reader.next(3), Ok(None)));
    Ok(batches)
}

fn joined(batches: &[RecordBatch]) -> RecordBatch {
    let schema = record_schema(&columns(), None).expect("a schema");
    arrow::compute::concat_batches(&schema, batches).expect("one batch")
}

const SOME: [Option<i64>; 7] = [
    Some(1),
    None,
    Some(-1),
    Some(i64::MAX),
    Some(i64::MIN),
    Some(0),
    Some(123_456_789_012),
];

#[test]
fn every_type_comes_back() {
    let batch = batch(&SOME);
    let bytes = write(&[batch.slice(0, 2), batch.slice(2, 5)]);
    for step in [1, 5, 1 << 20] {
        let back = read(&columns(), Drip(&bytes, step)).expect("read");
        assert_eq!(back.len(), 3);
        assert_eq!(joined(&back), batch);
    }
}

#[test]
fn a_stream_cut_at_every_byte_is_an_error() {
    let bytes = write(&[batch(&SOME[..3])]);
    for end in 0..bytes.len() {
        let error = read(&columns(), &bytes[..end]).expect_err("a cut");
        assert!(
            matches!(error, RecordsError::Truncated { .. }),
            "{end}: {error}"
        );
    }
    let mut longer = bytes;
    longer.push(0);
    let error = read(&columns(), &longer[..]).expect_err("too long");
    assert!(matches!(error, RecordsError::Malformed { .. }), "{error}");
}

#[test]
fn every_flipped_bit_is_found() {
    let bytes = write(&[batch(&SOME[..2])]);
    for at in 0..bytes.len() * 8 {
        let mut bent = bytes.clone();
        bent[at / 8] ^= 1 << (at % 8);
        let read = read(&columns(), &bent[..]);
        assert!(read.is_err(), "bit {at}");
    }
}

fn one(kind: &str, bytes: &[u8]) -> String {
    let columns = [Column::new("a", Type::read(kind))];
    read(&columns, bytes).expect_err(kind).to_string()
}

#[test]
fn what_is_wrong_is_told() {
    assert_eq!(
        one("bigint", b"\x08\x02\x80\xc0\xff\x7f\x01"),
        "record 0 is damaged: its checksum is 532d1c4a, not 00000001"
    );
    assert_eq!(one("bigint", b"\x10\x02"), "byte 1: there is no field 2");
    assert_eq!(
        one("string", b"\x08\x02"),
        "byte 1: field 1 has wire type 0, not 2"
    );
    assert_eq!(
        one("bigint", b"\x08\x02\x08"),
        "byte 3: field 1 is there twice"
    );
    assert_eq!(
        one("tinyint", b"\x08\x80\x02"),
        "byte 3: 128 does not fit its column"
    );
    assert_eq!(one("boolean", b"\x08\x02"), "byte 2: 2 is no boolean");
    assert_eq!(
        one("string", b"\x0a\x01\xff"),
        "byte 3: a text that is not UTF-8"
    );
    assert_eq!(
        one("string", b"\x0a\x81\x80\x80\x04"),
        "byte 5: a field of 8388609 bytes"
    );
    assert_eq!(
        one("timestamp", b"\x0a\0\xff\xff\xff\xff\x0f"),
        "byte 7: -2147483648 nanoseconds"
    );
    assert_eq!(
        one("decimal(5,2)", b"\x0a\x041234"),
        "byte 6: \"1234\" is no decimal(5,2)"
    );
    assert_eq!(
        one("map<bigint,bigint>", b"\x0a\x01\x01"),
        "byte 3: a key of a map is NULL"
    );
    assert_eq!(
        one("bigint", b"\xf0\xff\xff\x7f\x02"),
        "the stream is damaged: it says the count 1 of 0"
    );
    assert_eq!(
        one("void", b""),
        "type: void has no form in Arrow streams has no form in records here"
    );
}

#[test]
fn metrics_of_a_client_are_passed_over() {
    let batch = batch(&SOME[..1]);
    let plain = write(std::slice::from_ref(&batch));
    // Behind the count (six bytes) and before the checksum.
    let place = plain.len()
        - plain
            .iter()
            .rev()
            .position(|byte| *byte == 0xf8)
            .expect("a tag")
        - 1;
    let mut metrics = Vec::new();
    let field = 33_554_000_u32;
    let mut text = field.to_le_bytes().to_vec();
    text.extend_from_slice(b"{}");
    let varint = |mut number: u64, out: &mut Vec<u8>| {
        while number >= 0x80 {
            out.push(number as u8 | 0x80);
            number >>= 7;
        }
        out.push(number as u8);
    };
    varint(u64::from(field << 3 | super::BYTES), &mut metrics);
    metrics.extend_from_slice(b"\x02{}");
    varint(u64::from(super::END_OF_METRICS << 3), &mut metrics);
    varint(crc32c::crc32c(&text).into(), &mut metrics);
    let with = [&plain[..place], &metrics, &plain[place..]].concat();
    assert_eq!(joined(&read(&columns(), &with[..]).expect("read")), batch);
}

proptest! {
    #[test]
    fn rows_come_back(numbers in prop::collection::vec(any::<Option<i64>>(), 0..20)) {
        let batch = batch(&numbers);
        let back = read(&columns(), &write(std::slice::from_ref(&batch))[..]).expect("read");
        prop_assert_eq!(joined(&back), batch);
    }

    #[test]
    fn noise_is_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for column in columns() {
            drop(read(&[column], &bytes[..]));
        }
    }

    #[test]
    fn noise_in_a_field_is_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        for column in columns() {
            let tag = 1 << 3 | super::wire_type(&column.kind).expect("a type") as u8;
            drop(read(&[column], &[&[tag], &bytes[..]].concat()[..]));
        }
    }
}
