//! Text that is no UTF-8. MaxCompute keeps the bytes of a `STRING` as they were written, in whatever
//! encoding, but Arrow's text must be UTF-8. One such cell must not cost the other rows: its batch is
//! read once more with bytes for texts, and what cannot be read becomes U+FFFD.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, GenericStringArray, ListArray, MapArray, OffsetSizeTrait,
    RecordBatch, StructArray,
};
use arrow::datatypes::{DataType, Field, FieldRef, Schema, SchemaRef};
use arrow::error::ArrowError;

/// A cell whose text is no UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadText {
    /// The row, counted from the first one of the stream.
    pub row: u64,
    /// The column.
    pub column: usize,
    /// The bytes as they came.
    pub bytes: Vec<u8>,
}

/// More text than this is not read again: it may become three times as long, and offsets have 31 bits.
const MOST: usize = 512 << 20;

/// The schema with bytes for texts, at any depth. Both are laid out in the same way.
pub(super) fn as_bytes(schema: &SchemaRef) -> SchemaRef {
    let fields: Vec<FieldRef> = schema.fields().iter().map(field).collect();
    Arc::new(Schema::new(fields))
}

fn field(field: &FieldRef) -> FieldRef {
    let kind = match field.data_type() {
        DataType::Utf8 => DataType::Binary,
        DataType::LargeUtf8 => DataType::LargeBinary,
        DataType::List(item) => DataType::List(self::field(item)),
        DataType::Map(entries, sorted) => DataType::Map(self::field(entries), *sorted),
        DataType::Struct(parts) => DataType::Struct(parts.iter().map(self::field).collect()),
        _ => return field.clone(),
    };
    Arc::new(Field::new(field.name(), kind, field.is_nullable()))
}

/// A batch of bytes as one of texts, and the cells that are none. Of nested cells nothing is kept.
pub(super) fn mend(
    batch: &RecordBatch,
    schema: &SchemaRef,
    first: u64,
) -> Result<(RecordBatch, Vec<BadText>), ArrowError> {
    let mut bad = Vec::new();
    let mut columns = Vec::new();
    for (at, (array, field)) in batch.columns().iter().zip(schema.fields()).enumerate() {
        match field.data_type() {
            DataType::Utf8 => found::<i32>(array, at, first, &mut bad),
            DataType::LargeUtf8 => found::<i64>(array, at, first, &mut bad),
            _ => {}
        }
        columns.push(text(array, field.data_type())?);
    }
    Ok((RecordBatch::try_new(schema.clone(), columns)?, bad))
}

fn found<O: OffsetSizeTrait>(array: &ArrayRef, column: usize, first: u64, bad: &mut Vec<BadText>) {
    let cells = array.as_binary::<O>().iter().zip(first..);
    bad.extend(cells.filter_map(|(bytes, row)| {
        let bytes = bytes.filter(|bytes| std::str::from_utf8(bytes).is_err())?;
        let bytes = bytes.to_vec();
        Some(BadText { row, column, bytes })
    }));
}

/// An array of bytes as one of this type, which has texts in their place.
fn text(array: &ArrayRef, kind: &DataType) -> Result<ArrayRef, ArrowError> {
    let nulls = array.nulls().cloned();
    Ok(match kind {
        DataType::Utf8 => lossy::<i32>(array)?,
        DataType::LargeUtf8 => lossy::<i64>(array)?,
        DataType::List(item) => {
            let list = array.as_list::<i32>();
            let values = text(list.values(), item.data_type())?;
            let offsets = list.offsets().clone();
            Arc::new(ListArray::try_new(item.clone(), offsets, values, nulls)?)
        }
        DataType::Map(entries, sorted) => {
            let map = array.as_map();
            let inside: ArrayRef = Arc::new(map.entries().clone());
            let inside = text(&inside, entries.data_type())?;
            let (inside, offsets) = (inside.as_struct().clone(), map.offsets().clone());
            let map = MapArray::try_new(entries.clone(), offsets, inside, nulls, *sorted)?;
            Arc::new(map)
        }
        DataType::Struct(parts) if !parts.is_empty() => {
            let columns = array.as_struct().columns().iter().zip(parts);
            let columns: Result<_, _> = columns
                .map(|(column, part)| text(column, part.data_type()))
                .collect();
            Arc::new(StructArray::try_new(parts.clone(), columns?, nulls)?)
        }
        _ => array.clone(),
    })
}

fn lossy<O: OffsetSizeTrait>(array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    let bytes = array.as_binary::<O>();
    if let Ok(whole) = GenericStringArray::<O>::try_from_binary(bytes.clone()) {
        return Ok(Arc::new(whole));
    }
    if bytes.value_data().len() > MOST {
        let reason = "too much text that is no UTF-8 in one batch";
        return Err(ArrowError::InvalidArgumentError(reason.to_owned()));
    }
    let texts = bytes
        .iter()
        .map(|cell| cell.map(String::from_utf8_lossy))
        .collect::<GenericStringArray<O>>();
    Ok(Arc::new(texts))
}

#[cfg(test)]
mod tests {
    use arrow::array::{AsArray, BinaryArray, RecordBatch};

    use super::super::Reader;
    use super::*;
    use crate::tunnel::rows::Writer;
    use crate::tunnel::schema::arrow_schema;
    use crate::types::{Column, Type};

    fn wounded(chunk: usize) -> (SchemaRef, Vec<u8>) {
        let texts = |kind| Type::Array(Box::new(kind));
        let map = Type::Map(Box::new(Type::String), Box::new(Type::String));
        let columns = [
            Column::new("a", Type::String),
            Column::new("b", texts(Type::String)),
            Column::new("c", Type::Struct(vec![("x".into(), Type::String)])),
            Column::new("d", map),
        ];
        let schema = arrow_schema(&columns, None).unwrap();
        let plain = as_bytes(&schema);
        let cell: &[u8] = b"\xd6\xd0";
        let cells: ArrayRef = Arc::new(BinaryArray::from(vec![Some(&b"ok"[..]), Some(cell), None]));
        let one = |at: usize| {
            let kind = plain.field(at).data_type();
            let inner: ArrayRef = match kind {
                DataType::List(item) => {
                    let offsets = arrow::buffer::OffsetBuffer::from_lengths([1, 2, 0]);
                    let list = ListArray::new(item.clone(), offsets, cells.clone(), None);
                    Arc::new(list)
                }
                DataType::Struct(parts) => {
                    Arc::new(StructArray::new(parts.clone(), vec![cells.clone()], None))
                }
                DataType::Map(entries, _) => {
                    let DataType::Struct(parts) = entries.data_type() else {
                        panic!("a map has entries")
                    };
                    let keys: ArrayRef = Arc::new(BinaryArray::from(vec![cell, cell, b"k"]));
                    let inside = StructArray::new(parts.clone(), vec![keys, cells.clone()], None);
                    let offsets = arrow::buffer::OffsetBuffer::from_lengths([3, 0, 0]);
                    Arc::new(MapArray::new(entries.clone(), offsets, inside, None, false))
                }
                _ => cells.clone(),
            };
            inner
        };
        let batch = RecordBatch::try_new(plain.clone(), (0..4).map(one).collect()).unwrap();
        let mut writer = Writer::new(&plain, chunk).unwrap();
        let mut body = writer.write(&batch).unwrap().to_vec();
        body.extend_from_slice(&writer.write(&batch).unwrap());
        body.extend_from_slice(&writer.finish());
        (schema, body)
    }

    #[test]
    fn a_cell_that_is_no_utf_8_costs_no_row() {
        let (schema, body) = wounded(64);
        let (mut reader, mut batches) = (Reader::new(schema).unwrap(), Vec::new());
        for piece in body.chunks(11) {
            reader.push(piece, &mut batches).unwrap();
        }
        reader.finish(&mut batches).unwrap();
        assert_eq!((batches.len(), reader.rows()), (2, 6));
        let texts = batches[1].column(0).as_string::<i32>();
        assert_eq!((texts.value(0), texts.value(1)), ("ok", "\u{fffd}\u{fffd}"));
        assert!(texts.is_null(2));
        let list = batches[1].column(1).as_list::<i32>().value(1);
        assert_eq!(list.as_string::<i32>().value(0), "\u{fffd}\u{fffd}");
        let map = batches[1].column(3).as_map();
        assert_eq!(map.keys().as_string::<i32>().value(2), "k");
        let bad = reader.take_bad_text();
        let places: Vec<_> = bad.iter().map(|bad| (bad.row, bad.column)).collect();
        assert_eq!(places, [(1, 0), (4, 0)]);
        assert_eq!(bad[0].bytes, b"\xd6\xd0");
        assert!(reader.take_bad_text().is_empty());
    }
}
