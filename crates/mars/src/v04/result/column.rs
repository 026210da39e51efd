//! Elements of one type into an Arrow array.

use super::{Error, RANGE_LIMIT, repr};
use crate::v04::serialized::{Categorical, Elements, Index, Unit, Value};
use arrow::array::*;
use arrow::datatypes::{ArrowPrimitiveType, Int32Type};
use std::sync::Arc;

/// An array of the elements; instants get the zone that the caller knows.
pub(super) fn array(elements: &Elements, tz: Option<&Arc<str>>) -> Result<ArrayRef, Error> {
    Ok(match elements {
        Elements::Bool(v) => Arc::new(BooleanArray::from(v.clone())),
        Elements::I8(v) => Arc::new(Int8Array::from(v.clone())),
        Elements::I16(v) => Arc::new(Int16Array::from(v.clone())),
        Elements::I32(v) => Arc::new(Int32Array::from(v.clone())),
        Elements::I64(v) => Arc::new(Int64Array::from(v.clone())),
        Elements::U8(v) => Arc::new(UInt8Array::from(v.clone())),
        Elements::U16(v) => Arc::new(UInt16Array::from(v.clone())),
        Elements::U32(v) => Arc::new(UInt32Array::from(v.clone())),
        Elements::U64(v) => Arc::new(UInt64Array::from(v.clone())),
        Elements::F16(v) => Arc::new(Float16Array::from(v.clone())),
        Elements::F32(v) => Arc::new(Float32Array::from(v.clone())),
        Elements::F64(v) => Arc::new(Float64Array::from(v.clone())),
        Elements::C64(_) | Elements::C128(_) => {
            let text = |at| elements.value(at, None).map(|value| repr::text(&value));
            Arc::new((0..elements.len()).map(text).collect::<StringArray>())
        }
        Elements::Datetime(unit, v) => instants(*unit, v, tz)?,
        Elements::Timedelta(unit, v) => spans(*unit, v)?,
        Elements::Text(_, v) => {
            Arc::new(v.iter().map(|text| Some(&**text)).collect::<StringArray>())
        }
        Elements::Bytes(_, v) => Arc::new(
            v.iter()
                .map(|bytes| Some(&**bytes))
                .collect::<BinaryArray>(),
        ),
        Elements::Object(v) => objects(v),
    })
}

/// Ticks with the smallest integer as "not a time", in a unit that Arrow has.
fn ticks(v: &[i64], factor: i64) -> Result<Vec<Option<i64>>, Error> {
    let tick = |&tick: &i64| match tick {
        i64::MIN => Ok(None),
        tick => tick
            .checked_mul(factor)
            .map(Some)
            .ok_or(Error::Inconsistent {
                detail: "a date beyond the range of seconds",
            }),
    };
    v.iter().map(tick).collect()
}

fn instants(unit: Unit, v: &[i64], tz: Option<&Arc<str>>) -> Result<ArrayRef, Error> {
    let factor = if unit == Unit::Day { 86_400 } else { 1 };
    let ticks = ticks(v, factor)?;
    Ok(match unit {
        Unit::Day | Unit::Second => {
            Arc::new(TimestampSecondArray::from(ticks).with_timezone_opt(tz.cloned()))
        }
        Unit::Milli => {
            Arc::new(TimestampMillisecondArray::from(ticks).with_timezone_opt(tz.cloned()))
        }
        Unit::Micro => {
            Arc::new(TimestampMicrosecondArray::from(ticks).with_timezone_opt(tz.cloned()))
        }
        Unit::Nano => {
            Arc::new(TimestampNanosecondArray::from(ticks).with_timezone_opt(tz.cloned()))
        }
    })
}

fn spans(unit: Unit, v: &[i64]) -> Result<ArrayRef, Error> {
    let factor = if unit == Unit::Day { 86_400 } else { 1 };
    let ticks = ticks(v, factor)?;
    Ok(match unit {
        Unit::Day | Unit::Second => Arc::new(DurationSecondArray::from(ticks)),
        Unit::Milli => Arc::new(DurationMillisecondArray::from(ticks)),
        Unit::Micro => Arc::new(DurationMicrosecondArray::from(ticks)),
        Unit::Nano => Arc::new(DurationNanosecondArray::from(ticks)),
    })
}

/// Python objects: one Arrow type where they are of one kind, else their text.
pub(super) fn objects(values: &[Value]) -> ArrayRef {
    let all = |fits: fn(&Value) -> bool| {
        values
            .iter()
            .all(|value| matches!(value, Value::None) || fits(value))
            && values.iter().any(fits)
    };
    if all(|value| matches!(value, Value::Int(_))) {
        return primitive::<arrow::datatypes::Int64Type>(values, |value| match value {
            Value::Int(number) => Some(*number),
            _ => None,
        });
    }
    if all(|value| matches!(value, Value::Float(_))) {
        return primitive::<arrow::datatypes::Float64Type>(values, |value| match value {
            Value::Float(number) => Some(*number),
            _ => None,
        });
    }
    if all(|value| matches!(value, Value::Bool(_))) {
        let value = |value: &Value| match value {
            Value::Bool(value) => Some(*value),
            _ => None,
        };
        return Arc::new(values.iter().map(value).collect::<BooleanArray>());
    }
    if all(|value| matches!(value, Value::Bytes(_))) {
        let value = |value: &Value| match value {
            Value::Bytes(bytes) => Some(bytes.to_vec()),
            _ => None,
        };
        return Arc::new(values.iter().map(value).collect::<BinaryArray>());
    }
    let text = |value: &Value| match value {
        Value::None => None,
        Value::Text(text) => Some(text.to_string()),
        other => Some(repr::text(other)),
    };
    Arc::new(values.iter().map(text).collect::<StringArray>())
}

fn primitive<T: ArrowPrimitiveType>(
    values: &[Value],
    value: impl Fn(&Value) -> Option<T::Native>,
) -> ArrayRef {
    Arc::new(values.iter().map(value).collect::<PrimitiveArray<T>>())
}

/// A categorical as a dictionary.
pub(super) fn categorical(labels: &Categorical) -> Result<ArrayRef, Error> {
    let values = index(&labels.categories)?;
    let key = |&code: &i64| match code {
        -1 => Ok(None),
        code => i32::try_from(code)
            .map(Some)
            .map_err(|_| Error::Inconsistent {
                detail: "a code beyond 32 bits",
            }),
    };
    let keys: Int32Array = labels
        .codes
        .iter()
        .map(key)
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .collect();
    Ok(Arc::new(DictionaryArray::<Int32Type>::try_new(
        keys, values,
    )?))
}

/// The labels of an index of one level; of several, their tuples as text.
pub(super) fn index(index: &Index) -> Result<ArrayRef, Error> {
    if index.len() > RANGE_LIMIT {
        let (rows, limit) = (index.len() as u64, RANGE_LIMIT as u64);
        return Err(Error::TooLong { rows, limit });
    }
    match index {
        Index::Range { .. } => {
            let label = |at| match index.value(at) {
                Value::Int(label) => Some(label),
                _ => None,
            };
            Ok(Arc::new(
                (0..index.len()).map(label).collect::<Int64Array>(),
            ))
        }
        Index::Plain { array, tz, .. } => self::array(&array.elements, tz.as_ref()),
        Index::Categorical { labels, .. } => categorical(labels),
        Index::Interval { .. } | Index::Multi { .. } => {
            let labels: Vec<Value> = (0..index.len()).map(|at| index.value(at)).collect();
            Ok(objects(&labels))
        }
    }
}
