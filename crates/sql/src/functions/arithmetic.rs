//! `+`, `-` and `*` of whole numbers, which say when a result is too large where the engine's wrap around.
//! A chain of them is one call: trees as deep as chains are long would be slow to plan.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::compute::cast;
use arrow::compute::kernels::numeric;
use arrow::error::ArrowError;
use odps::types::Type;

use super::scalar::{Call, Function, Gives, Param};
use crate::error::SqlError;

/// Adds and subtracts: the first argument holds the sign of each other one.
pub(crate) const SUM: &str = "$sum";
/// Multiplies.
pub(crate) const PRODUCT: &str = "$product";

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new(SUM, &[Param::Any, Param::Any], Gives::By(wider), sum).many(),
    Function::new(PRODUCT, &[Param::Any, Param::Any], Gives::By(wider), |c| {
        c.args[1..]
            .iter()
            .try_fold(fitted(c, &c.args[0])?, |so_far, next| {
                numeric::mul(&so_far, &fitted(c, next)?).map_err(|_| overflow(c))
            })
    })
    .many(),
];

/// The largest of the types; the signs have none.
fn wider(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    let size = |kind: &Type| match kind {
        Type::String => 0,
        Type::Tinyint => 1,
        Type::Smallint => 2,
        Type::Int => 3,
        _ => 4,
    };
    match types.iter().map(size).max() {
        Some(1) => Ok(Type::Tinyint),
        Some(2) => Ok(Type::Smallint),
        Some(3) => Ok(Type::Int),
        _ => Ok(Type::Bigint),
    }
}

/// The error of a call whose result is too large.
fn overflow(call: &Call<'_>) -> SqlError {
    too_large(&call.kind)
}

/// A result does not fit its type.
pub(crate) fn too_large(kind: &Type) -> SqlError {
    SqlError::with_code(
        "ODPS-0121145",
        format!(
            "Data overflow - a result is out of the range of {}",
            kind.to_string().to_uppercase()
        ),
    )
}

fn fitted(call: &Call<'_>, value: &ArrayRef) -> Result<ArrayRef, SqlError> {
    cast(value, &call.returns).map_err(|_| overflow(call))
}

fn sum(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let signs = call.args[0].as_string::<i32>();
    if signs.is_empty() {
        return Ok(arrow::array::new_empty_array(&call.returns));
    }
    let mut terms = signs.value(0).chars().zip(&call.args[1..]);
    let Some((_, first)) = terms.next() else {
        return Err(SqlError::internal("a sum of nothing"));
    };
    terms.try_fold(fitted(call, first)?, |so_far, (sign, next)| {
        let next = fitted(call, next)?;
        let done: Result<ArrayRef, ArrowError> = match sign {
            '-' => numeric::sub(&so_far, &next),
            _ => numeric::add(&so_far, &next),
        };
        done.map_err(|_| overflow(call))
    })
}
