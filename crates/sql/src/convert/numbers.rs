//! Numbers from other numbers, text and truth values.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, Float32Array, Float64Array, Int8Array, Int16Array, Int32Array,
    Int64Array,
};
use arrow::compute::{CastOptions, cast_with_options};
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use odps::types::Type;

use super::{Way, impossible, is_text};
use crate::error::SqlError;
use crate::types::storage_type;

/// 2^63 as a double: the first that is too large.
const TOO_LARGE: f64 = 9_223_372_036_854_775_808.0;

pub(super) fn convert(
    array: &ArrayRef,
    source: &Type,
    to: &Type,
    way: &Way<'_>,
) -> Result<ArrayRef, SqlError> {
    let target = storage_type(to)?;
    let numeric = array.data_type().is_numeric() || array.data_type() == &DataType::Boolean;
    if !numeric && !is_text(source) {
        return Err(impossible(source, to));
    }
    match to {
        Type::Float | Type::Double => {
            let values = match is_text(source) {
                true => read_doubles(array, to, way)?,
                false => doubles(array)?,
            };
            Ok(match to {
                Type::Double => Arc::new(values),
                #[expect(clippy::cast_possible_truncation, reason = "float holds less")]
                _ => Arc::new(
                    values
                        .iter()
                        .map(|value| value.map(|value| value as f32))
                        .collect::<Float32Array>(),
                ),
            })
        }
        Type::Decimal(_) => decimal(array, source, &target, to, way),
        _ => {
            let values = wholes(array, source, to, way)?;
            narrow(&values, source, to, way)
        }
    }
}

/// The numbers as doubles.
pub(crate) fn doubles(array: &ArrayRef) -> Result<Float64Array, SqlError> {
    let cast = arrow::compute::cast(array, &DataType::Float64).map_err(SqlError::internal)?;
    Ok(cast.as_primitive::<Float64Type>().clone())
}

fn read_doubles(array: &ArrayRef, to: &Type, way: &Way<'_>) -> Result<Float64Array, SqlError> {
    let mut values = Vec::with_capacity(array.len());
    for text in array.as_string::<i32>() {
        values.push(match text {
            None => None,
            Some(text) => match text.trim().parse::<f64>() {
                Ok(value) => Some(value),
                Err(_) => way.miss(text, "STRING", to)?,
            },
        });
    }
    Ok(Float64Array::from(values))
}

/// A whole number from text; a fraction or an exponent is read as a double first.
pub(crate) fn whole(text: &str) -> Option<i64> {
    let text = text.trim();
    text.parse().ok().or_else(|| truncated(text.parse().ok()?))
}

#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
fn truncated(value: f64) -> Option<i64> {
    (-TOO_LARGE..TOO_LARGE)
        .contains(&value)
        .then_some(value as i64)
}

fn wholes(
    array: &ArrayRef,
    source: &Type,
    to: &Type,
    way: &Way<'_>,
) -> Result<Int64Array, SqlError> {
    let mut values = Vec::with_capacity(array.len());
    if is_text(source) {
        for text in array.as_string::<i32>() {
            values.push(match text {
                None => None,
                Some(text) => match whole(text) {
                    Some(value) => Some(value),
                    None => way.miss(text, "STRING", to)?,
                },
            });
        }
        return Ok(Int64Array::from(values));
    }
    if array.data_type().is_floating() {
        for value in &doubles(array)? {
            values.push(match value {
                None => None,
                Some(value) => match truncated(value) {
                    Some(whole) => Some(whole),
                    None => way.miss(&double_text(value), "DOUBLE", to)?,
                },
            });
        }
        return Ok(Int64Array::from(values));
    }
    let safe = CastOptions {
        safe: true,
        ..CastOptions::default()
    };
    let cast = cast_with_options(array, &DataType::Int64, &safe).map_err(SqlError::internal)?;
    lost(array, &cast, source, to, way)?;
    Ok(cast.as_primitive::<Int64Type>().clone())
}

/// Complains of values that became NULL.
fn lost(
    before: &ArrayRef,
    after: &ArrayRef,
    source: &Type,
    to: &Type,
    way: &Way<'_>,
) -> Result<(), SqlError> {
    if before.null_count() == after.null_count() {
        return Ok(());
    }
    let Some(at) = (0..before.len()).find(|at| before.is_valid(*at) && after.is_null(*at)) else {
        return Ok(());
    };
    let shown = arrow::util::display::array_value_to_string(before, at).unwrap_or_default();
    way.miss::<()>(&shown, &source.to_string().to_uppercase(), to)
        .map(|_| ())
}

fn narrow(
    values: &Int64Array,
    source: &Type,
    to: &Type,
    way: &Way<'_>,
) -> Result<ArrayRef, SqlError> {
    fn fit<T: TryFrom<i64>>(
        values: &Int64Array,
        source: &Type,
        to: &Type,
        way: &Way<'_>,
    ) -> Result<Vec<Option<T>>, SqlError> {
        let one = |value: Option<i64>| match value {
            None => Ok(None),
            Some(value) => match T::try_from(value) {
                Ok(value) => Ok(Some(value)),
                Err(_) => way.miss(&value.to_string(), &source.to_string().to_uppercase(), to),
            },
        };
        values.iter().map(one).collect()
    }
    Ok(match to {
        Type::Tinyint => Arc::new(Int8Array::from(fit(values, source, to, way)?)),
        Type::Smallint => Arc::new(Int16Array::from(fit(values, source, to, way)?)),
        Type::Int => Arc::new(Int32Array::from(fit(values, source, to, way)?)),
        _ => Arc::new(values.clone()),
    })
}

fn decimal(
    array: &ArrayRef,
    source: &Type,
    target: &DataType,
    to: &Type,
    way: &Way<'_>,
) -> Result<ArrayRef, SqlError> {
    let safe = CastOptions {
        safe: true,
        ..CastOptions::default()
    };
    let array = match array.data_type() {
        DataType::Boolean => {
            arrow::compute::cast(array, &DataType::Int64).map_err(SqlError::internal)?
        }
        _ => array.clone(),
    };
    let cast = cast_with_options(&array, target, &safe).map_err(|_| impossible(source, to))?;
    lost(&array, &cast, source, to, way)?;
    Ok(cast)
}

/// A double as text: `1.0`, `0.1`, `1.0E20`.
pub(crate) fn double_text(value: f64) -> String {
    exponent(format!("{value:?}"))
}

pub(super) fn float_text(value: f32) -> String {
    exponent(format!("{value:?}"))
}

fn exponent(text: String) -> String {
    match text.split_once('e') {
        Some((mantissa, exponent)) if mantissa.contains('.') => format!("{mantissa}E{exponent}"),
        Some((mantissa, exponent)) => format!("{mantissa}.0E{exponent}"),
        None => match text.as_str() {
            "inf" => "Infinity".to_owned(),
            "-inf" => "-Infinity".to_owned(),
            _ => text,
        },
    }
}

/// A decimal as text without the zeros at its end.
pub(crate) fn decimal_text(text: &str) -> String {
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text.to_owned(),
    }
}
