//! Lists of structs that become rows: `inline`, `stack`.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, ListArray, StructArray, new_null_array};
use arrow::buffer::OffsetBuffer;
use arrow::compute::interleave;
use arrow::datatypes::DataType;
use odps::types::Type;

use super::super::scalar::Call;
use super::super::strings::number;
use super::build::common;
use super::{item_field, list, pick, span};
use crate::convert::{Bad, convert};
use crate::error::SqlError;
use crate::types::storage_type;

pub(super) fn kind(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    match types.first() {
        Some(kind @ Type::Array(item)) if matches!(**item, Type::Struct(_)) => Ok(kind.clone()),
        _ => Err(SqlError::semantic("inline takes an array of structs")),
    }
}

/// Where it is asked for, a row without items gets one of NULLs.
pub(super) fn rows(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let outer = call.args[1].as_boolean();
    let outer = !outer.is_empty() && outer.value(0);
    let list = list(&call.args[0])?;
    let rows: Vec<Option<Vec<Option<u32>>>> = (0..call.rows)
        .map(|row| {
            let span = span(list, row).unwrap_or(0..0);
            if span.is_empty() && outer {
                return Some(vec![None]);
            }
            Some(span.map(|at| u32::try_from(at).ok()).collect())
        })
        .collect();
    if list.values().is_empty() {
        // Nothing can be taken from nothing, not even NULL.
        let one = new_null_array(item_field(&call.returns)?.data_type(), 1);
        return pick(&one, &rows, &call.returns);
    }
    pick(list.values(), &rows, &call.returns)
}

/// Rows that one call may give.
const MOST: usize = 10_000;

/// How many rows there are, and how many columns.
fn shape(rows: Option<&str>, values: usize) -> Result<(usize, usize), SqlError> {
    let rows = rows.and_then(|rows| rows.parse::<usize>().ok());
    match rows {
        Some(rows @ 1..=MOST) => Ok((rows, values.div_ceil(rows))),
        _ => Err(SqlError::semantic(
            "the first argument of stack is a constant number of rows",
        )),
    }
}

pub(super) fn stack_kind(types: &[Type], constants: &[Option<String>]) -> Result<Type, SqlError> {
    let count = constants.first().and_then(Option::as_deref);
    let values = types.get(1..).unwrap_or_default();
    let (_, columns) = shape(count, values.len())?;
    let column = |at: usize| {
        let kind = common(values.iter().skip(at).step_by(columns.max(1)));
        (format!("col{at}"), kind)
    };
    let columns = (0..columns).map(column).collect();
    Ok(Type::Array(Box::new(Type::Struct(columns))))
}

/// The values in rows of that many columns; what is missing in the last row is NULL.
pub(super) fn stack(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let item = item_field(&call.returns)?;
    let (DataType::Struct(fields), Type::Array(kind)) = (item.data_type(), &call.kind) else {
        return Err(SqlError::internal("stack gives no structs"));
    };
    let Type::Struct(parts) = kind.as_ref() else {
        return Err(SqlError::internal("stack gives no structs"));
    };
    let width = fields.len();
    let height = match call.rows {
        0 => 0,
        _ => number(call, 0, 0)
            .and_then(|rows| usize::try_from(rows).ok())
            .unwrap_or(0),
    };
    let mut columns: Vec<ArrayRef> = Vec::with_capacity(width);
    for (at, (_, kind)) in parts.iter().enumerate() {
        let mut values = Vec::with_capacity(height);
        for place in (0..height).map(|row| 1 + row * width + at) {
            values.push(match call.args.get(place) {
                Some(value) => convert(value, &call.fields[place], kind, &call.way(Bad::Error))?,
                None => new_null_array(&storage_type(kind)?, call.rows),
            });
        }
        let refs: Vec<&dyn Array> = values.iter().map(AsRef::as_ref).collect();
        let order: Vec<(usize, usize)> = (0..call.rows)
            .flat_map(|row| (0..height).map(move |column| (column, row)))
            .collect();
        columns.push(match refs.is_empty() {
            true => new_null_array(&storage_type(kind)?, 0),
            false => interleave(&refs, &order).map_err(SqlError::internal)?,
        });
    }
    let structs =
        StructArray::try_new(fields.clone(), columns, None).map_err(SqlError::internal)?;
    let offsets = OffsetBuffer::from_lengths(std::iter::repeat_n(height, call.rows));
    ListArray::try_new(item.clone(), offsets, Arc::new(structs), None)
        .map(|list| Arc::new(list) as ArrayRef)
        .map_err(SqlError::internal)
}
