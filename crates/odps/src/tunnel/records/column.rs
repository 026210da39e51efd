//! Columns in the making: values as they are read, then Arrow arrays.

use std::io::Read;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Decimal128Array, Decimal256Array, ListArray,
    MapArray, PrimitiveArray, StringArray, StructArray, new_empty_array,
};
use arrow::buffer::{Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Date32Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, TimeUnit, TimestampMillisecondType, TimestampNanosecondType, i256,
};

use super::source::Source;
use super::{MAX_FIELD_SIZE, RecordsError, parse_decimal};
use crate::types::Type;

/// A column, or a part of a nested one.
#[derive(Debug)]
pub(super) struct Column {
    valid: Vec<bool>,
    nulls: usize,
    values: Values,
}

#[derive(Debug)]
enum Values {
    Int8(Vec<i8>),
    Int16(Vec<i16>),
    Int32(Vec<i32>),
    Int64(Vec<i64>),
    Bool(Vec<bool>),
    Float(Vec<f32>),
    Double(Vec<f64>),
    Text(Vec<i32>, Vec<u8>),
    Bytes(Vec<i32>, Vec<u8>),
    Days(Vec<i32>),
    Millis(Vec<i64>),
    Nanos(Vec<i64>),
    Decimal128(Vec<i128>, u8, u8),
    Decimal256(Vec<i256>, u8, u8),
    DayTime(Vec<i64>, Vec<i32>),
    List(Vec<i32>, Box<Column>),
    Vector(Vec<i32>, Box<Column>, u32),
    Map(Vec<i32>, Box<Column>, Box<Column>),
    Struct(Vec<Column>),
}

impl Column {
    /// An empty column of an ODPS type that is kept as this Arrow type.
    pub(super) fn new(kind: &Type, arrow: &DataType) -> Result<Self, RecordsError> {
        let no_form = || RecordsError::NoForm {
            kind: format!("{kind} in {arrow}"),
        };
        let start = || vec![0];
        let values = match (kind, arrow) {
            (Type::Tinyint, DataType::Int8) => Values::Int8(Vec::new()),
            (Type::Smallint, DataType::Int16) => Values::Int16(Vec::new()),
            (Type::Int, DataType::Int32) => Values::Int32(Vec::new()),
            (Type::Bigint | Type::IntervalYearMonth, DataType::Int64) => Values::Int64(Vec::new()),
            (Type::Boolean, DataType::Boolean) => Values::Bool(Vec::new()),
            (Type::Float, DataType::Float32) => Values::Float(Vec::new()),
            (Type::Double, DataType::Float64) => Values::Double(Vec::new()),
            (Type::String | Type::Char(_) | Type::Varchar(_) | Type::Json, DataType::Utf8) => {
                Values::Text(start(), Vec::new())
            }
            (Type::Binary, DataType::Binary) => Values::Bytes(start(), Vec::new()),
            (Type::Date, DataType::Date32) => Values::Days(Vec::new()),
            (Type::Datetime, DataType::Timestamp(TimeUnit::Millisecond, None)) => {
                Values::Millis(Vec::new())
            }
            (
                Type::Timestamp | Type::TimestampNtz,
                DataType::Timestamp(TimeUnit::Nanosecond, None),
            ) => Values::Nanos(Vec::new()),
            (Type::Decimal(_), DataType::Decimal128(precision, scale)) => Values::Decimal128(
                Vec::new(),
                *precision,
                u8::try_from(*scale).map_err(|_| no_form())?,
            ),
            (Type::Decimal(_), DataType::Decimal256(precision, scale)) => Values::Decimal256(
                Vec::new(),
                *precision,
                u8::try_from(*scale).map_err(|_| no_form())?,
            ),
            (Type::IntervalDayTime, DataType::Struct(parts)) if parts.len() == 2 => {
                Values::DayTime(Vec::new(), Vec::new())
            }
            (Type::Array(item), DataType::List(field)) => {
                Values::List(start(), Self::new(item, field.data_type())?.into())
            }
            (Type::Vector(item, length), DataType::List(field)) => {
                Values::Vector(start(), Self::new(item, field.data_type())?.into(), *length)
            }
            (Type::Map(key, value), DataType::Map(entries, _)) => match entries.data_type() {
                DataType::Struct(pair) if pair.len() == 2 => Values::Map(
                    start(),
                    Self::new(key, pair[0].data_type())?.into(),
                    Self::new(value, pair[1].data_type())?.into(),
                ),
                _ => return Err(no_form()),
            },
            (Type::Struct(parts), DataType::Struct(fields)) if parts.len() == fields.len() => {
                let columns = parts.iter().zip(fields);
                let columns = columns.map(|((_, kind), field)| Self::new(kind, field.data_type()));
                Values::Struct(columns.collect::<Result<_, _>>()?)
            }
            _ => return Err(no_form()),
        };
        Ok(Self {
            valid: Vec::new(),
            nulls: 0,
            values,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.valid.len()
    }

    pub(super) fn push_null(&mut self) {
        self.valid.push(false);
        self.nulls += 1;
        match &mut self.values {
            Values::Int8(values) => values.push(0),
            Values::Int16(values) => values.push(0),
            Values::Int32(values) | Values::Days(values) => values.push(0),
            Values::Int64(values) | Values::Millis(values) | Values::Nanos(values) => {
                values.push(0);
            }
            Values::Bool(values) => values.push(false),
            Values::Float(values) => values.push(0.0),
            Values::Double(values) => values.push(0.0),
            Values::Decimal128(values, ..) => values.push(0),
            Values::Decimal256(values, ..) => values.push(i256::ZERO),
            Values::DayTime(seconds, nanos) => {
                seconds.push(0);
                nanos.push(0);
            }
            Values::Text(offsets, _)
            | Values::Bytes(offsets, _)
            | Values::List(offsets, _)
            | Values::Vector(offsets, ..)
            | Values::Map(offsets, ..) => offsets.push(offsets.last().copied().unwrap_or(0)),
            Values::Struct(parts) => parts.iter_mut().for_each(Self::push_null),
        }
    }

    /// Reads a value that is not NULL; its bytes are added to `checked`.
    pub(super) fn read<R: Read>(
        &mut self,
        source: &mut Source<R>,
        checked: &mut Vec<u8>,
    ) -> Result<(), RecordsError> {
        match &mut self.values {
            Values::Int8(values) => values.push(narrow(source, checked)?),
            Values::Int16(values) => values.push(narrow(source, checked)?),
            Values::Int32(values) | Values::Days(values) => values.push(narrow(source, checked)?),
            Values::Int64(values) | Values::Millis(values) => {
                values.push(narrow(source, checked)?);
            }
            Values::Bool(values) => values.push(truth(source, checked)?),
            Values::Float(values) => {
                let bytes = source.array()?;
                checked.extend_from_slice(&bytes);
                values.push(f32::from_le_bytes(bytes));
            }
            Values::Double(values) => {
                let bytes = source.array()?;
                checked.extend_from_slice(&bytes);
                values.push(f64::from_le_bytes(bytes));
            }
            Values::Text(offsets, data) => {
                let from = data.len();
                text(source, checked, data)?;
                if std::str::from_utf8(&data[from..]).is_err() {
                    return Err(source.malformed("a text that is not UTF-8"));
                }
                offsets.push(offset(source, data.len())?);
            }
            Values::Bytes(offsets, data) => {
                text(source, checked, data)?;
                offsets.push(offset(source, data.len())?);
            }
            Values::Nanos(values) => {
                let (seconds, nanos) = moment(source, checked)?;
                let value = i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
                let value = i64::try_from(value)
                    .map_err(|_| source.malformed("a timestamp outside of 1677 to 2262"))?;
                values.push(value);
            }
            Values::DayTime(all, rests) => {
                let (seconds, nanos) = moment(source, checked)?;
                all.push(seconds);
                rests.push(nanos);
            }
            Values::Decimal128(values, precision, scale) => {
                let value = decimal(source, checked, *precision, *scale)?;
                // A precision of at most 38 digits fits.
                let value = value.to_i128();
                values.push(value.ok_or_else(|| source.malformed("too many digits"))?);
            }
            Values::Decimal256(values, precision, scale) => {
                values.push(decimal(source, checked, *precision, *scale)?);
            }
            Values::List(offsets, items) => {
                let count = source.word()?;
                items.parts(count, source, checked)?;
                offsets.push(offset(source, items.len())?);
            }
            Values::Vector(offsets, items, length) => {
                let count = source.word()?;
                if count != *length {
                    return Err(source.malformed(format!("{count} items of {length}")));
                }
                for _ in 0..count {
                    items.read(source, checked)?;
                }
                offsets.push(offset(source, items.len())?);
            }
            Values::Map(offsets, keys, values) => {
                let count = source.word()?;
                let nulls = keys.nulls;
                keys.parts(count, source, checked)?;
                if keys.nulls != nulls {
                    return Err(source.malformed("a key of a map is NULL"));
                }
                if source.word()? != count {
                    return Err(source.malformed("a map of as many keys as values"));
                }
                values.parts(count, source, checked)?;
                offsets.push(offset(source, keys.len())?);
            }
            Values::Struct(parts) => {
                for part in parts {
                    part.part(source, checked)?;
                }
            }
        }
        self.valid.push(true);
        Ok(())
    }

    /// Elements; each takes a byte at least, so a wrong count ends with the stream.
    fn parts<R: Read>(
        &mut self,
        count: u32,
        source: &mut Source<R>,
        checked: &mut Vec<u8>,
    ) -> Result<(), RecordsError> {
        (0..count).try_for_each(|_| self.part(source, checked))
    }

    /// An element: whether it is NULL, and its value if not.
    fn part<R: Read>(
        &mut self,
        source: &mut Source<R>,
        checked: &mut Vec<u8>,
    ) -> Result<(), RecordsError> {
        match source.varint()? {
            0 => self.read(source, checked),
            1 => {
                self.push_null();
                Ok(())
            }
            _ => Err(source.malformed("an element that is neither NULL nor a value")),
        }
    }

    /// The array; the column is empty again.
    pub(super) fn take(&mut self, arrow: &DataType) -> Result<ArrayRef, RecordsError> {
        let valid = std::mem::take(&mut self.valid);
        let nulls = (self.nulls > 0).then(|| NullBuffer::from(valid));
        self.nulls = 0;
        let offsets = |offsets: &mut Vec<i32>| {
            OffsetBuffer::new(ScalarBuffer::from(std::mem::replace(offsets, vec![0])))
        };
        Ok(match &mut self.values {
            Values::Int8(values) => primitive::<Int8Type>(values, nulls),
            Values::Int16(values) => primitive::<Int16Type>(values, nulls),
            Values::Int32(values) => primitive::<Int32Type>(values, nulls),
            Values::Int64(values) => primitive::<Int64Type>(values, nulls),
            Values::Float(values) => primitive::<Float32Type>(values, nulls),
            Values::Double(values) => primitive::<Float64Type>(values, nulls),
            Values::Days(values) => primitive::<Date32Type>(values, nulls),
            Values::Millis(values) => primitive::<TimestampMillisecondType>(values, nulls),
            Values::Nanos(values) => primitive::<TimestampNanosecondType>(values, nulls),
            Values::Bool(values) => {
                Arc::new(BooleanArray::new(std::mem::take(values).into(), nulls))
            }
            Values::Text(starts, data) => {
                let data = Buffer::from(std::mem::take(data));
                Arc::new(StringArray::try_new(offsets(starts), data, nulls)?)
            }
            Values::Bytes(starts, data) => {
                let data = Buffer::from(std::mem::take(data));
                Arc::new(BinaryArray::try_new(offsets(starts), data, nulls)?)
            }
            Values::Decimal128(values, ..) => {
                let array = Decimal128Array::new(std::mem::take(values).into(), nulls);
                Arc::new(array.with_data_type(arrow.clone()))
            }
            Values::Decimal256(values, ..) => {
                let array = Decimal256Array::new(std::mem::take(values).into(), nulls);
                Arc::new(array.with_data_type(arrow.clone()))
            }
            Values::DayTime(seconds, nanos) => {
                let parts = vec![
                    primitive::<Int64Type>(seconds, None),
                    primitive::<Int32Type>(nanos, None),
                ];
                structure(arrow, parts, nulls)?
            }
            Values::List(starts, items) | Values::Vector(starts, items, _) => match arrow {
                DataType::List(field) => {
                    let items = items.take(field.data_type())?;
                    Arc::new(ListArray::try_new(
                        field.clone(),
                        offsets(starts),
                        items,
                        nulls,
                    )?)
                }
                other => new_empty_array(other),
            },
            Values::Map(starts, keys, values) => match arrow {
                DataType::Map(entries, sorted) => {
                    let DataType::Struct(pair) = entries.data_type() else {
                        return Ok(new_empty_array(arrow));
                    };
                    let columns = vec![
                        keys.take(pair[0].data_type())?,
                        values.take(pair[1].data_type())?,
                    ];
                    let pairs = StructArray::try_new(pair.clone(), columns, None)?;
                    let starts = offsets(starts);
                    let field = entries.clone();
                    Arc::new(MapArray::try_new(field, starts, pairs, nulls, *sorted)?)
                }
                other => new_empty_array(other),
            },
            Values::Struct(parts) => {
                let DataType::Struct(fields) = arrow else {
                    return Ok(new_empty_array(arrow));
                };
                let length = nulls.as_ref().map_or(0, NullBuffer::len);
                let columns = parts.iter_mut().zip(fields);
                let columns = columns.map(|(part, field)| part.take(field.data_type()));
                let columns = columns.collect::<Result<Vec<_>, _>>()?;
                if columns.is_empty() {
                    Arc::new(StructArray::new_empty_fields(length, nulls))
                } else {
                    structure(arrow, columns, nulls)?
                }
            }
        })
    }
}

fn primitive<T: ArrowPrimitiveType>(
    values: &mut Vec<T::Native>,
    nulls: Option<NullBuffer>,
) -> ArrayRef {
    let values = ScalarBuffer::from(std::mem::take(values));
    Arc::new(PrimitiveArray::<T>::new(values, nulls))
}

fn structure(
    arrow: &DataType,
    columns: Vec<ArrayRef>,
    nulls: Option<NullBuffer>,
) -> Result<ArrayRef, RecordsError> {
    match arrow {
        DataType::Struct(fields) => {
            let array = StructArray::try_new(fields.clone(), columns, nulls)?;
            Ok(Arc::new(array) as Arc<dyn Array>)
        }
        other => Ok(new_empty_array(other)),
    }
}

fn narrow<T: TryFrom<i64>>(
    source: &mut Source<impl Read>,
    checked: &mut Vec<u8>,
) -> Result<T, RecordsError> {
    let number = source.sint()?;
    checked.extend_from_slice(&number.to_le_bytes());
    T::try_from(number).map_err(|_| source.malformed(format!("{number} does not fit its column")))
}

fn truth(source: &mut Source<impl Read>, checked: &mut Vec<u8>) -> Result<bool, RecordsError> {
    let number = source.varint()?;
    let byte = u8::try_from(number).ok().filter(|byte| *byte < 2);
    let byte = byte.ok_or_else(|| source.malformed(format!("{number} is no boolean")))?;
    checked.push(byte);
    Ok(byte == 1)
}

/// Seconds and nanoseconds.
fn moment(
    source: &mut Source<impl Read>,
    checked: &mut Vec<u8>,
) -> Result<(i64, i32), RecordsError> {
    let seconds = source.sint()?;
    let rest = source.sint()?;
    let nanos = i32::try_from(rest)
        .ok()
        .filter(|n| n.unsigned_abs() < 1_000_000_000);
    let nanos = nanos.ok_or_else(|| source.malformed(format!("{rest} nanoseconds")))?;
    checked.extend_from_slice(&seconds.to_le_bytes());
    checked.extend_from_slice(&nanos.to_le_bytes());
    Ok((seconds, nanos))
}

fn text(
    source: &mut Source<impl Read>,
    checked: &mut Vec<u8>,
    data: &mut Vec<u8>,
) -> Result<(), RecordsError> {
    let length = source.varint()?;
    if length > MAX_FIELD_SIZE {
        return Err(source.malformed(format!("a field of {length} bytes")));
    }
    let from = data.len();
    source.bytes(length, data)?;
    checked.extend_from_slice(&data[from..]);
    Ok(())
}

fn decimal(
    source: &mut Source<impl Read>,
    checked: &mut Vec<u8>,
    precision: u8,
    scale: u8,
) -> Result<i256, RecordsError> {
    let mut bytes = Vec::new();
    text(source, checked, &mut bytes)?;
    let text = std::str::from_utf8(&bytes).ok();
    text.and_then(|text| parse_decimal(text, precision, scale))
        .ok_or_else(|| {
            let text = String::from_utf8_lossy(&bytes[..bytes.len().min(100)]).into_owned();
            source.malformed(format!("{text:?} is no decimal({precision},{scale})"))
        })
}

/// Arrow counts with 32 bits.
fn offset(source: &Source<impl Read>, length: usize) -> Result<i32, RecordsError> {
    i32::try_from(length).map_err(|_| source.malformed("a record of more than 2 GB"))
}
