//! Round trips, cuts at every byte, noise under good checksums.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array,
    ListArray, MapArray, RecordBatch, StringArray, StructArray, TimestampMillisecondArray,
    new_null_array,
};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::{DataType, SchemaRef};
use proptest::prelude::*;

use super::Reader;
use crate::tunnel::frame::{Encoder, FrameError};
use crate::tunnel::rows::{RowsError, Writer};
use crate::tunnel::schema::{Column, Type, arrow_schema};

fn schema() -> SchemaRef {
    let columns = [
        ("a", "bigint"),
        ("b", "string"),
        ("c", "boolean"),
        ("d", "decimal(10,2)"),
        ("e", "datetime"),
        ("f", "binary"),
        ("g", "date"),
        ("h", "double"),
    ];
    let columns: Vec<Column> = columns
        .iter()
        .map(|(name, kind)| Column::new(*name, Type::read(kind)))
        .collect();
    arrow_schema(&columns, None).expect("every type has a form in Arrow")
}

fn batch(rows: i64) -> RecordBatch {
    let some = |row: i64| row % 3 != 2;
    let each = |row| Some(row).filter(|row| some(*row));
    let decimals =
        Decimal128Array::from_iter((0..rows).map(|row| each(row).map(|row| i128::from(row) - 1)));
    let columns: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from_iter((0..rows).map(each))),
        Arc::new(StringArray::from_iter(
            (0..rows).map(|row| each(row).map(|row| format!("第{row}行"))),
        )),
        Arc::new(BooleanArray::from_iter(
            (0..rows).map(|row| each(row).map(|row| row % 2 == 0)),
        )),
        Arc::new(
            decimals
                .with_precision_and_scale(10, 2)
                .expect("small numbers"),
        ),
        Arc::new(TimestampMillisecondArray::from_iter((0..rows).map(each))),
        Arc::new(BinaryArray::from_iter((0..rows).map(|row| {
            each(row).map(|row| vec![row as u8; row as usize % 5])
        }))),
        Arc::new(Date32Array::from_iter(
            (0..rows).map(|row| each(row).map(|row| row as i32)),
        )),
        Arc::new(Float64Array::from_iter(
            (0..rows).map(|row| each(row).map(|row| row as f64 / 3.0)),
        )),
    ];
    RecordBatch::try_new(schema(), columns).expect("columns of equal length")
}

fn framed(batches: &[RecordBatch], chunk_size: usize) -> Vec<u8> {
    let mut writer = Writer::new(&schema(), chunk_size).expect("a writer");
    let mut out = Vec::new();
    for batch in batches {
        out.extend_from_slice(&writer.write(batch).expect("written"));
    }
    out.extend_from_slice(&writer.finish());
    out
}

fn read<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> (Vec<RecordBatch>, Result<(), RowsError>) {
    let mut reader = Reader::new(schema()).expect("a reader");
    let mut batches = Vec::new();
    for piece in pieces {
        if let Err(error) = reader.push(piece, &mut batches) {
            return (batches, Err(error));
        }
    }
    let end = reader.finish(&mut batches);
    let rows: usize = batches.iter().map(RecordBatch::num_rows).sum();
    assert_eq!(reader.rows(), rows as u64);
    (batches, end)
}

#[test]
fn batches_come_back_byte_by_byte() {
    let batches = [batch(4), batch(0), batch(100)];
    let bytes = framed(&batches, 64);
    assert_eq!(read(bytes.chunks(1)), (batches.to_vec(), Ok(())));
    assert_eq!(
        read(std::iter::once(&framed(&[], 64)[..])),
        (vec![], Ok(()))
    );
}

#[test]
fn a_batch_without_a_body_holds_nothing_up() {
    let schema = arrow_schema(&[Column::new("a", Type::Bigint)], None).expect("a schema");
    let rows = Int64Array::from(vec![1, 2]);
    let batches = [
        RecordBatch::new_empty(schema.clone()),
        RecordBatch::try_new(schema.clone(), vec![Arc::new(rows)]).expect("a batch"),
        RecordBatch::new_empty(schema.clone()),
    ];
    let mut writer = Writer::new(&schema, 64).expect("a writer");
    let mut bytes = Vec::new();
    for batch in &batches {
        bytes.extend_from_slice(&writer.write(batch).expect("written"));
    }
    bytes.extend_from_slice(&writer.finish());
    let (mut reader, mut found) = (Reader::new(schema).expect("a reader"), Vec::new());
    assert_eq!(
        reader
            .push(&bytes, &mut found)
            .and_then(|()| reader.finish(&mut found)),
        Ok(())
    );
    assert_eq!(found, batches);
}

#[test]
fn every_cut_is_told_and_keeps_what_is_proven() {
    let batches = [batch(4), batch(5)];
    for chunk_size in [16, 64, 65_536] {
        let bytes = framed(&batches, chunk_size);
        for end in 0..bytes.len() {
            let (found, result) = read(std::iter::once(&bytes[..end]));
            assert!(
                matches!(result, Err(RowsError::Frame(FrameError::Truncated { .. }))),
                "cut at {end} of {}: {result:?}",
                bytes.len()
            );
            assert!(batches.starts_with(&found));
        }
    }
}

#[test]
fn a_wound_at_the_end_is_no_cut() {
    let mut bytes = framed(&[batch(4)], 65_536);
    let last_value = bytes.len() - 12;
    bytes[last_value] ^= 1;
    let (found, result) = read(std::iter::once(&bytes[..]));
    assert_eq!(found, []);
    assert!(
        matches!(
            result,
            Err(RowsError::Frame(FrameError::BadChecksum { at: 4, .. }))
        ),
        "{result:?}"
    );
}

#[test]
fn a_wound_in_the_middle_keeps_the_batches_before_it() {
    let batches = [batch(4), batch(50)];
    let mut bytes = framed(&batches, 64);
    let place = framed(&batches[..1], 64).len() + 200;
    bytes[place] ^= 1;
    let (found, result) = read(std::iter::once(&bytes[..]));
    assert_eq!(found, batches[..1]);
    assert!(
        matches!(
            result,
            Err(RowsError::Frame(FrameError::BadChecksum { .. }))
        ),
        "{result:?}"
    );
}

#[test]
fn a_schema_and_an_end_marker_are_skipped() {
    let mut writer =
        arrow::ipc::writer::StreamWriter::try_new(Vec::new(), &schema()).expect("a writer");
    writer.write(&batch(3)).expect("written");
    let whole = writer.into_inner().expect("finished");
    let mut encoder = Encoder::new(64);
    let mut bytes = encoder.push(&whole).to_vec();
    bytes.extend_from_slice(&encoder.finish());
    assert_eq!(read(std::iter::once(&bytes[..])), (vec![batch(3)], Ok(())));
}

#[test]
fn rows_of_another_schema_are_refused() {
    let columns = [Column::new("a", Type::String)];
    let mut reader =
        Reader::new(arrow_schema(&columns, None).expect("a schema")).expect("a reader");
    let mut batches = Vec::new();
    let result = reader
        .push(&framed(&[batch(3)], 64), &mut batches)
        .and_then(|()| reader.finish(&mut batches));
    assert!(
        matches!(result, Err(RowsError::NotArrow { rows: 0, .. })),
        "{result:?}"
    );
    assert_eq!(reader.push(b"", &mut batches), result);
}

/// Nested columns, as small as they can be with something in them.
fn nested() -> RecordBatch {
    let kinds = [
        ("a", "array<bigint>"),
        ("m", "map<string,decimal(50,3)>"),
        ("s", "struct<x:array<string>,y:boolean>"),
        ("i", "interval_day_time"),
    ];
    let columns: Vec<Column> = kinds
        .iter()
        .map(|(name, kind)| Column::new(*name, Type::read(kind)))
        .collect();
    let schema = arrow_schema(&columns, None).expect("every type has a form in Arrow");
    let rows = 3;
    let columns: Vec<ArrayRef> = schema
        .fields()
        .iter()
        .map(|field| filled(field.data_type(), rows))
        .collect();
    RecordBatch::try_new(schema, columns).expect("columns of equal length")
}

/// An array of a nested type: two items in each list, the last row NULL.
fn filled(kind: &DataType, rows: usize) -> ArrayRef {
    let nulls = NullBuffer::from_iter((0..rows).map(|row| row + 1 < rows));
    let offsets = || OffsetBuffer::from_lengths(std::iter::repeat_n(2, rows));
    match kind {
        DataType::List(item) => {
            let items = filled(item.data_type(), rows * 2);
            Arc::new(ListArray::new(item.clone(), offsets(), items, Some(nulls)))
        }
        DataType::Map(entries, _) => {
            let DataType::Struct(parts) = entries.data_type() else {
                panic!("a map of {entries}")
            };
            let keys: ArrayRef = Arc::new(StringArray::from_iter_values(
                (0..rows * 2).map(|n| n.to_string()),
            ));
            let items = vec![keys, filled(parts[1].data_type(), rows * 2)];
            let items = StructArray::new(parts.clone(), items, None);
            Arc::new(MapArray::new(
                entries.clone(),
                offsets(),
                items,
                Some(nulls),
                false,
            ))
        }
        DataType::Struct(parts) => {
            let columns = parts
                .iter()
                .map(|part| filled(part.data_type(), rows))
                .collect();
            Arc::new(StructArray::new(parts.clone(), columns, Some(nulls)))
        }
        plain => new_null_array(plain, rows),
    }
}

#[test]
fn nested_columns_come_back() {
    let batch = nested();
    let mut writer = Writer::new(&batch.schema(), 64).expect("a writer");
    let mut bytes = writer.write(&batch).expect("written").to_vec();
    bytes.extend_from_slice(&writer.finish());
    let (mut reader, mut batches) = (Reader::new(batch.schema()).expect("a reader"), Vec::new());
    assert_eq!(
        reader
            .push(&bytes, &mut batches)
            .and_then(|()| reader.finish(&mut batches)),
        Ok(())
    );
    assert_eq!(batches, [batch]);
}

proptest! {
    #[test]
    fn damage_in_nested_columns_is_no_panic(
        places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let batch = nested();
        let mut writer = arrow::ipc::writer::StreamWriter::try_new(Vec::new(), &batch.schema()).expect("a writer");
        writer.get_mut().clear();
        writer.write(&batch).expect("written");
        let mut payload = std::mem::take(writer.get_mut());
        for (place, byte) in places {
            let place = place.index(payload.len());
            payload[place] = byte;
        }
        let mut encoder = Encoder::default();
        let mut bytes = encoder.push(&payload).to_vec();
        bytes.extend_from_slice(&encoder.finish());
        let (mut reader, mut batches) = (Reader::new(batch.schema()).expect("a reader"), Vec::new());
        let result = reader.push(&bytes, &mut batches).and_then(|()| reader.finish(&mut batches));
        prop_assert!(matches!(result, Ok(()) | Err(RowsError::NotArrow { .. })), "{:?}", result);
    }

    #[test]
    fn damage_under_good_checksums_is_no_panic(
        rows in 0i64..12,
        places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut writer = arrow::ipc::writer::StreamWriter::try_new(Vec::new(), &schema()).expect("a writer");
        writer.get_mut().clear();
        writer.write(&batch(rows)).expect("written");
        let mut payload = std::mem::take(writer.get_mut());
        for (place, byte) in places {
            let place = place.index(payload.len());
            payload[place] = byte;
        }
        let mut encoder = Encoder::new(64);
        let mut bytes = encoder.push(&payload).to_vec();
        bytes.extend_from_slice(&encoder.finish());
        let (found, result) = read(std::iter::once(&bytes[..]));
        // Whatever could be read has the right columns; whatever could not is the message's fault.
        prop_assert!(found.iter().all(|batch| batch.schema() == schema()));
        prop_assert!(matches!(result, Ok(()) | Err(RowsError::NotArrow { .. })), "{:?}", result);
    }

    #[test]
    fn noise_is_no_panic(payload in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut encoder = Encoder::new(64);
        let mut bytes = encoder.push(&payload).to_vec();
        bytes.extend_from_slice(&encoder.finish());
        let (found, result) = read(std::iter::once(&bytes[..]));
        prop_assert!(found.is_empty());
        prop_assert!(matches!(result, Ok(()) | Err(RowsError::NotArrow { .. })), "{:?}", result);
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packer = lz4_flex::frame::FrameEncoder::new(Vec::new());
    packer.write_all(bytes).expect("packed");
    packer.finish().expect("packed")
}

#[test]
fn a_packed_stream_cut_or_wounded_at_any_byte_gives_no_row_too_many() {
    let batches = [batch(4), batch(0), batch(9), batch(30)];
    let bytes = packed(&framed(&batches, 64));
    assert_eq!(read(bytes.chunks(1)), (batches.to_vec(), Ok(())));
    for end in 0..bytes.len() {
        let (found, result) = read(std::iter::once(&bytes[..end]));
        assert!(
            batches.starts_with(&found) && result.is_err(),
            "cut at {end}"
        );
        let mut wounded = bytes.clone();
        wounded[end] ^= 0x04;
        let (found, _) = read(wounded.chunks(5));
        assert!(batches.starts_with(&found), "wound at {end}");
    }
}

proptest! {
    #[test]
    fn any_pieces_of_a_packed_stream_give_the_same(
        rows in prop::collection::vec(0_i64..300, 0..6), piece in 1_usize..3000,
    ) {
        let batches: Vec<RecordBatch> = rows.into_iter().map(batch).collect();
        let bytes = packed(&framed(&batches, 512));
        prop_assert_eq!(read(bytes.chunks(piece)), (batches, Ok(())));
    }
}
