//! Values of one MaxCompute type as another: `CAST`, and what functions do with their arguments.
//!
//! Source of the rules: MaxCompute's public pages "CAST" and "Data type conversions".

mod numbers;
mod times;

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BinaryArray, BooleanArray, ListArray, MapArray, StringArray,
    StructArray, new_null_array,
};
use arrow::datatypes::{DataType, Field, TimeUnit};
use chrono_tz::Tz;
use odps::types::Type;

use crate::error::SqlError;
use crate::types::{result_type, storage_type};

use numbers::{decimal_text, double_text};
use times::{date_text, datetime_text, timestamp_text};
pub(crate) use times::{from_local, local};

/// What happens to a value that cannot be converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bad {
    /// The statement fails.
    Error,
    /// It becomes NULL.
    Null,
}

/// How a conversion is done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way<'a> {
    pub(crate) zone: Tz,
    pub(crate) bad: Bad,
    /// The function on whose behalf it is done, for error texts.
    pub(crate) function: &'a str,
}

impl Way<'_> {
    /// Nothing in the place of a value that cannot be read, or the error.
    pub(crate) fn miss<T>(
        &self,
        value: &str,
        from: &str,
        to: &Type,
    ) -> Result<Option<T>, SqlError> {
        match self.bad {
            Bad::Null => Ok(None),
            Bad::Error => Err(SqlError::with_code(
                "ODPS-0123091",
                format!(
                    "Illegal type cast - in function {}, value '{value}' cannot be casted from \
                     {from} to {}.",
                    self.function,
                    to.to_string().to_uppercase()
                ),
            )),
        }
    }
}

/// Converts a column.
pub(crate) fn convert(
    array: &ArrayRef,
    from: &Field,
    to: &Type,
    way: &Way<'_>,
) -> Result<ArrayRef, SqlError> {
    let target = storage_type(to)?;
    if array.data_type() == &DataType::Null {
        return Ok(new_null_array(&target, array.len()));
    }
    let source = result_type(from)?;
    let array = match storage_type(&source)? {
        kept if &kept == array.data_type() => array.clone(),
        kept => arrow::compute::cast(array, &kept)
            .map_err(|error| SqlError::argument(error.to_string()))?,
    };
    if &source == to {
        return Ok(array);
    }
    match to {
        Type::String | Type::Json | Type::Void => text(&array, &source, way),
        Type::Char(n) | Type::Varchar(n) => shorten(&text(&array, &source, way)?, *n),
        Type::Boolean => boolean(&array, &source, to, way),
        Type::Binary => match &source {
            kind if is_text(kind) => {
                let strings = array.as_string::<i32>().iter();
                Ok(Arc::new(
                    strings
                        .map(|text| text.map(str::as_bytes))
                        .collect::<BinaryArray>(),
                ))
            }
            _ => Err(impossible(&source, to)),
        },
        Type::Date | Type::Datetime | Type::Timestamp | Type::TimestampNtz => {
            times::convert(&array, &source, to, way)
        }
        Type::Array(item) => match (&source, array.as_any().downcast_ref::<ListArray>()) {
            (Type::Array(_), Some(list)) => {
                let (DataType::List(before), DataType::List(after)) = (array.data_type(), &target)
                else {
                    return Err(impossible(&source, to));
                };
                let values = convert(list.values(), before, item, way)?;
                let (offsets, nulls) = (list.offsets().clone(), list.nulls().cloned());
                ListArray::try_new(after.clone(), offsets, values, nulls)
                    .map(|list| Arc::new(list) as ArrayRef)
                    .map_err(SqlError::internal)
            }
            _ => Err(impossible(&source, to)),
        },
        Type::Map(key, value) => map(&array, &source, (key, value), to, way),
        Type::Struct(parts) => record(&array, &source, parts, to, way),
        Type::Tinyint
        | Type::Smallint
        | Type::Int
        | Type::Bigint
        | Type::Float
        | Type::Double
        | Type::Decimal(_) => numbers::convert(&array, &source, to, way),
        _ => Err(impossible(&source, to)),
    }
}

/// Whether values of the type are text.
pub(crate) fn is_text(kind: &Type) -> bool {
    matches!(
        kind,
        Type::String | Type::Char(_) | Type::Varchar(_) | Type::Json | Type::Void
    )
}

pub(crate) fn impossible(from: &Type, to: &Type) -> SqlError {
    SqlError::semantic(format_args!(
        "cannot cast from {} to {}",
        from.to_string().to_uppercase(),
        to.to_string().to_uppercase()
    ))
}

/// The text of each value.
fn text(array: &ArrayRef, source: &Type, way: &Way<'_>) -> Result<ArrayRef, SqlError> {
    if is_text(source) {
        return Ok(array.clone());
    }
    let mut texts = Vec::with_capacity(array.len());
    for at in 0..array.len() {
        texts.push(match array.is_null(at) {
            true => None,
            false => Some(one_text(array, at, source, way)?),
        });
    }
    Ok(Arc::new(StringArray::from(texts)))
}

fn one_text(array: &ArrayRef, at: usize, source: &Type, way: &Way<'_>) -> Result<String, SqlError> {
    use arrow::datatypes as t;
    Ok(match array.data_type() {
        DataType::Int8 => array.as_primitive::<t::Int8Type>().value(at).to_string(),
        DataType::Int16 => array.as_primitive::<t::Int16Type>().value(at).to_string(),
        DataType::Int32 => array.as_primitive::<t::Int32Type>().value(at).to_string(),
        DataType::Int64 => array.as_primitive::<t::Int64Type>().value(at).to_string(),
        DataType::Float32 => numbers::float_text(array.as_primitive::<t::Float32Type>().value(at)),
        DataType::Float64 => double_text(array.as_primitive::<t::Float64Type>().value(at)),
        DataType::Decimal128(..) => decimal_text(
            &array
                .as_primitive::<t::Decimal128Type>()
                .value_as_string(at),
        ),
        DataType::Decimal256(..) => decimal_text(
            &array
                .as_primitive::<t::Decimal256Type>()
                .value_as_string(at),
        ),
        DataType::Boolean => array.as_boolean().value(at).to_string(),
        DataType::Utf8 => array.as_string::<i32>().value(at).to_owned(),
        DataType::Binary => {
            String::from_utf8_lossy(array.as_binary::<i32>().value(at)).into_owned()
        }
        DataType::Date32 => date_text(array.as_primitive::<t::Date32Type>().value(at)),
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            let value = array
                .as_primitive::<t::TimestampMillisecondType>()
                .value(at);
            datetime_text(value, way.zone)
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            let value = array.as_primitive::<t::TimestampNanosecondType>().value(at);
            let zone = match source {
                Type::TimestampNtz => chrono_tz::UTC,
                _ => way.zone,
            };
            timestamp_text(value, zone)
        }
        _ => return Err(impossible(source, &Type::String)),
    })
}

fn shorten(array: &ArrayRef, length: u32) -> Result<ArrayRef, SqlError> {
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let texts = array.as_string::<i32>().iter();
    let short = texts.map(|text| text.map(|text| text.chars().take(length).collect::<String>()));
    Ok(Arc::new(short.collect::<StringArray>()))
}

fn boolean(
    array: &ArrayRef,
    source: &Type,
    to: &Type,
    way: &Way<'_>,
) -> Result<ArrayRef, SqlError> {
    if is_text(source) {
        let mut values = Vec::with_capacity(array.len());
        for text in array.as_string::<i32>() {
            values.push(match text.map(|text| (text, text.trim().to_lowercase())) {
                None => None,
                Some((_, word)) if word == "true" || word == "1" => Some(true),
                Some((_, word)) if word == "false" || word == "0" => Some(false),
                Some((text, _)) => way.miss(text, "STRING", to)?,
            });
        }
        return Ok(Arc::new(BooleanArray::from(values)));
    }
    let numeric = array.data_type().is_numeric();
    if !numeric {
        return Err(impossible(source, to));
    }
    let doubles = numbers::doubles(array)?;
    let values = doubles.iter().map(|value| value.map(|value| value != 0.0));
    Ok(Arc::new(values.collect::<BooleanArray>()))
}

fn map(
    array: &ArrayRef,
    source: &Type,
    (key, value): (&Type, &Type),
    to: &Type,
    way: &Way<'_>,
) -> Result<ArrayRef, SqlError> {
    let (Type::Map(..), Some(map)) = (source, array.as_any().downcast_ref::<MapArray>()) else {
        return Err(impossible(source, to));
    };
    let DataType::Map(entries, _) = storage_type(to)? else {
        return Err(impossible(source, to));
    };
    let DataType::Struct(fields) = entries.data_type() else {
        return Err(impossible(source, to));
    };
    let before = map.entries().fields();
    let keys = convert(map.keys(), &before[0], key, way)?;
    let values = convert(map.values(), &before[1], value, way)?;
    let inner = StructArray::try_new(fields.clone(), vec![keys, values], None)
        .map_err(SqlError::internal)?;
    let (offsets, nulls) = (map.offsets().clone(), map.nulls().cloned());
    MapArray::try_new(entries.clone(), offsets, inner, nulls, false)
        .map(|map| Arc::new(map) as ArrayRef)
        .map_err(SqlError::internal)
}

fn record(
    array: &ArrayRef,
    source: &Type,
    parts: &[(String, Type)],
    to: &Type,
    way: &Way<'_>,
) -> Result<ArrayRef, SqlError> {
    let Some(record) = array.as_any().downcast_ref::<StructArray>() else {
        return Err(impossible(source, to));
    };
    let DataType::Struct(fields) = storage_type(to)? else {
        return Err(impossible(source, to));
    };
    if record.num_columns() != parts.len() {
        return Err(impossible(source, to));
    }
    let mut columns = Vec::new();
    for (at, (_, kind)) in parts.iter().enumerate() {
        columns.push(convert(record.column(at), &record.fields()[at], kind, way)?);
    }
    StructArray::try_new(fields, columns, record.nulls().cloned())
        .map(|record| Arc::new(record) as ArrayRef)
        .map_err(SqlError::internal)
}
