//! `CAST`, and the conversions that operators and aggregates ask for.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::compute::nullif;
use odps::types::Type;

use super::scalar::{Call, Function, Gives, Param};
use crate::convert::{Bad, convert, is_text};
use crate::dialect::CAST;
use crate::error::SqlError;

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new(CAST, &[Param::Any, Param::Any], Gives::By(named), |call| {
        cast(call, Bad::Error)
    }),
    Function::new(
        "$try",
        &[Param::Any, Param::Any],
        Gives::By(named),
        |call| cast(call, Bad::Null),
    ),
    Function::new(
        crate::rewrite::NUMBER,
        &[Param::Any],
        Gives::By(number),
        |call| cast(call, Bad::Error),
    ),
    Function::new("$nonzero", &[Param::Any], Gives::By(same), nonzero),
];

/// The type that the second argument names.
fn named(_: &[Type], constants: &[Option<String>]) -> Result<Type, SqlError> {
    match constants.get(1) {
        Some(Some(name)) => Ok(Type::read(name)),
        _ => Err(SqlError::semantic("the type of a cast must be a constant")),
    }
}

fn number(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    match types.first() {
        Some(kind) if is_text(kind) => Ok(Type::Double),
        Some(kind) => Ok(kind.clone()),
        None => Ok(Type::Double),
    }
}

fn same(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    Ok(types.first().cloned().unwrap_or(Type::String))
}

fn cast(call: &Call<'_>, bad: Bad) -> Result<ArrayRef, SqlError> {
    convert(&call.args[0], &call.fields[0], &call.kind, &call.way(bad))
}

/// NULL in the place of zero.
fn nonzero(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let value = &call.args[0];
    if !value.data_type().is_numeric() {
        return Ok(value.clone());
    }
    let doubles = arrow::compute::cast(value, &arrow::datatypes::DataType::Float64)
        .map_err(SqlError::internal)?;
    let doubles = doubles.as_primitive::<arrow::datatypes::Float64Type>();
    let zero: arrow::array::BooleanArray = doubles
        .iter()
        .map(|value| Some(value == Some(0.0)))
        .collect();
    nullif(value, &zero).map_err(SqlError::internal)
}
