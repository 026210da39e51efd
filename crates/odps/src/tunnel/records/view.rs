//! The arrays of a batch as the writer walks them: downcast once, not for each value.

use arrow::array::{
    Array, AsArray, BinaryArray, BooleanArray, Date32Array, Decimal128Array, Decimal256Array,
    Float32Array, Float64Array, Int8Array, Int16Array, Int32Array, Int64Array, StringArray,
    TimestampMillisecondArray, TimestampNanosecondArray,
};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, TimeUnit};

use super::RecordsError;
use crate::types::Type;

/// A column, or a part of a nested one.
pub(super) struct View<'a> {
    nulls: Option<&'a NullBuffer>,
    pub(super) values: Values<'a>,
}

/// Values by the way in which they are written.
pub(super) enum Values<'a> {
    Int8(&'a Int8Array),
    Int16(&'a Int16Array),
    Int32(&'a Int32Array),
    Int64(&'a Int64Array),
    Bool(&'a BooleanArray),
    Float(&'a Float32Array),
    Double(&'a Float64Array),
    Text(&'a StringArray),
    Bytes(&'a BinaryArray),
    Days(&'a Date32Array),
    Millis(&'a TimestampMillisecondArray),
    Nanos(&'a TimestampNanosecondArray),
    Decimal128(&'a Decimal128Array),
    Decimal256(&'a Decimal256Array),
    /// Seconds and nanoseconds.
    DayTime(&'a Int64Array, &'a Int32Array),
    List(&'a [i32], Box<View<'a>>),
    /// A list whose items are never NULL.
    Vector(&'a [i32], Box<View<'a>>),
    Map(&'a [i32], Box<View<'a>>, Box<View<'a>>),
    Struct(Vec<View<'a>>),
}

impl<'a> View<'a> {
    /// Looks at an array that holds values of an ODPS type.
    pub(super) fn new(kind: &Type, array: &'a dyn Array) -> Result<Self, RecordsError> {
        let no_form = || RecordsError::NoForm {
            kind: format!("{kind} in {}", array.data_type()),
        };
        let values = match (kind, array.data_type()) {
            (_, DataType::Int8) => Values::Int8(array.as_primitive()),
            (_, DataType::Int16) => Values::Int16(array.as_primitive()),
            (_, DataType::Int32) => Values::Int32(array.as_primitive()),
            (_, DataType::Int64) => Values::Int64(array.as_primitive()),
            (_, DataType::Boolean) => Values::Bool(array.as_boolean()),
            (_, DataType::Float32) => Values::Float(array.as_primitive()),
            (_, DataType::Float64) => Values::Double(array.as_primitive()),
            (_, DataType::Utf8) => Values::Text(array.as_string()),
            (_, DataType::Binary) => Values::Bytes(array.as_binary()),
            (_, DataType::Date32) => Values::Days(array.as_primitive()),
            (_, DataType::Timestamp(TimeUnit::Millisecond, _)) => {
                Values::Millis(array.as_primitive())
            }
            (_, DataType::Timestamp(TimeUnit::Nanosecond, _)) => {
                Values::Nanos(array.as_primitive())
            }
            (_, DataType::Decimal128(..)) => Values::Decimal128(array.as_primitive()),
            (_, DataType::Decimal256(..)) => Values::Decimal256(array.as_primitive()),
            (Type::IntervalDayTime, DataType::Struct(_)) => match array.as_struct().columns() {
                [seconds, nanos] => Values::DayTime(
                    seconds.as_primitive_opt().ok_or_else(no_form)?,
                    nanos.as_primitive_opt().ok_or_else(no_form)?,
                ),
                _ => return Err(no_form()),
            },
            (Type::Array(item), DataType::List(_)) => {
                let list = array.as_list::<i32>();
                Values::List(list.value_offsets(), Self::new(item, list.values())?.into())
            }
            (Type::Vector(item, _), DataType::List(_)) => {
                let list = array.as_list::<i32>();
                Values::Vector(list.value_offsets(), Self::new(item, list.values())?.into())
            }
            (Type::Map(key, value), DataType::Map(..)) => {
                let map = array.as_map();
                Values::Map(
                    map.value_offsets(),
                    Self::new(key, map.keys())?.into(),
                    Self::new(value, map.values())?.into(),
                )
            }
            (Type::Struct(parts), DataType::Struct(fields)) if parts.len() == fields.len() => {
                let columns = array.as_struct().columns().iter().zip(parts);
                let views = columns.map(|(column, (_, kind))| Self::new(kind, column));
                Values::Struct(views.collect::<Result<_, _>>()?)
            }
            _ => return Err(no_form()),
        };
        Ok(Self {
            nulls: array.nulls(),
            values,
        })
    }

    pub(super) fn is_null(&self, row: usize) -> bool {
        self.nulls.is_some_and(|nulls| nulls.is_null(row))
    }
}
