//! `+`, `-` and `*` of whole numbers, which say when a result is too large where the engine's wrap around.

use arrow::array::ArrayRef;
use arrow::compute::cast;
use arrow::compute::kernels::numeric;
use arrow::error::ArrowError;
use odps::types::Type;

use super::scalar::{Call, Function, Gives, Param};
use crate::error::SqlError;

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new(
        "$add",
        &[Param::Any, Param::Any],
        Gives::By(wider),
        |call| checked(call, "+", |left, right| numeric::add(&left, &right)),
    ),
    Function::new(
        "$subtract",
        &[Param::Any, Param::Any],
        Gives::By(wider),
        |call| checked(call, "-", |left, right| numeric::sub(&left, &right)),
    ),
    Function::new(
        "$multiply",
        &[Param::Any, Param::Any],
        Gives::By(wider),
        |call| checked(call, "*", |left, right| numeric::mul(&left, &right)),
    ),
];

/// The larger of both types.
fn wider(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    let size = |kind: &Type| match kind {
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

fn checked(
    call: &Call<'_>,
    sign: &str,
    compute: impl Fn(ArrayRef, ArrayRef) -> Result<ArrayRef, ArrowError>,
) -> Result<ArrayRef, SqlError> {
    let overflow = |_: ArrowError| {
        let kind = call.kind.to_string().to_uppercase();
        SqlError::with_code(
            "ODPS-0121145",
            format!("Data overflow - the result of {sign} is out of the range of {kind}"),
        )
    };
    let left = cast(&call.args[0], &call.returns).map_err(overflow)?;
    let right = cast(&call.args[1], &call.returns).map_err(overflow)?;
    compute(left, right).map_err(overflow)
}
