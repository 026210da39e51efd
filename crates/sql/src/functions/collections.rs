//! Arrays, maps and structs.

mod build;
mod look;
mod rows;

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, ListArray, MapArray, UInt32Array, new_null_array};
use arrow::buffer::OffsetBuffer;
use arrow::compute::take;
use arrow::datatypes::{DataType, FieldRef};
use odps::types::Type;

use super::scalar::{Call, Function, Gives, Param};
use crate::error::SqlError;

use Param::{Any, Bigint, Text};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("array", &[Any], Gives::By(build::array_kind), build::array)
        .least(0)
        .many(),
    Function::new("map", &[Any], Gives::By(build::map_kind), build::map)
        .least(2)
        .many(),
    Function::new(
        "struct",
        &[Any],
        Gives::By(build::struct_kind),
        build::record,
    )
    .many(),
    Function::new(
        "named_struct",
        &[Any],
        Gives::By(build::named_kind),
        build::named,
    )
    .least(2)
    .many(),
    Function::new(
        "str_to_map",
        &[Text, Text, Text],
        Gives::By(build::text_map),
        build::str_to_map,
    )
    .least(1),
    Function::new(
        "sequence",
        &[Bigint, Bigint, Bigint],
        Gives::By(build::bigints),
        build::sequence,
    )
    .least(2),
    Function::new(
        crate::rewrite::INDEX,
        &[Any, Any],
        Gives::By(look::item_kind),
        look::index,
    ),
    Function::new(
        "element_at",
        &[Any, Any],
        Gives::By(look::item_kind),
        look::element_at,
    ),
    Function::new(
        crate::rewrite::FIELD,
        &[Any, Any],
        Gives::By(look::field_kind),
        look::field,
    ),
    Function::new(
        "$items",
        &[Any, Any],
        Gives::By(look::items_kind),
        look::items,
    ),
    Function::new("$rows", &[Any, Any], Gives::By(rows::kind), rows::rows),
    Function::new(
        "$stack",
        &[Bigint, Any],
        Gives::By(rows::stack_kind),
        rows::stack,
    )
    .many(),
    Function::new("size", &[Any], Gives::Bigint, look::size).aliases(&["cardinality"]),
    Function::new("map_keys", &[Any], Gives::By(look::keys_kind), |c| {
        look::entries(c, 0)
    }),
    Function::new("map_values", &[Any], Gives::By(look::values_kind), |c| {
        look::entries(c, 1)
    }),
    Function::new("array_contains", &[Any, Any], Gives::Bool, look::contains),
    Function::new("array_position", &[Any, Any], Gives::Bigint, look::position),
    Function::new("array_join", &[Any, Text, Text], Gives::Text, look::join).least(2),
    Function::new("array_distinct", &[Any], Gives::By(same), |c| {
        each(c, distinct)
    }),
    Function::new("array_remove", &[Any, Any], Gives::By(same), look::remove),
    Function::new("sort_array", &[Any, Param::Bool], Gives::By(same), sort)
        .least(1)
        .aliases(&["array_sort"]),
    Function::new("array_reverse", &[Any], Gives::By(same), |c| {
        each(c, |items| Ok((0..items.len()).rev().collect()))
    }),
    Function::new("slice", &[Any, Bigint, Bigint], Gives::By(same), slice),
    Function::new(
        "array_max",
        &[Any],
        Gives::By(look::item_kind_of_one),
        |c| extreme(c, true),
    ),
    Function::new(
        "array_min",
        &[Any],
        Gives::By(look::item_kind_of_one),
        |c| extreme(c, false),
    ),
];

fn same(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    match types.first() {
        Some(kind @ Type::Array(_)) => Ok(kind.clone()),
        _ => Err(SqlError::semantic("an array is expected")),
    }
}

/// The argument as lists.
fn list(array: &ArrayRef) -> Result<&ListArray, SqlError> {
    array
        .as_list_opt::<i32>()
        .ok_or_else(|| SqlError::semantic("an array is expected"))
}

fn map_of(array: &ArrayRef) -> Result<&MapArray, SqlError> {
    array
        .as_map_opt()
        .ok_or_else(|| SqlError::semantic("a map is expected"))
}

/// The field of a list type's items.
pub(super) fn item_field(kind: &DataType) -> Result<FieldRef, SqlError> {
    match kind {
        DataType::List(field) => Ok(field.clone()),
        _ => Err(SqlError::semantic("an array is expected")),
    }
}

/// Lists of items that are picked by their places in `values`; nothing is NULL.
fn pick(
    values: &ArrayRef,
    rows: &[Option<Vec<Option<u32>>>],
    kind: &DataType,
) -> Result<ArrayRef, SqlError> {
    let places: UInt32Array = rows.iter().flatten().flatten().copied().collect();
    let lengths = rows.iter().map(|row| row.as_ref().map_or(0, Vec::len));
    let offsets = OffsetBuffer::from_lengths(lengths);
    let nulls = rows.iter().map(Option::is_some).collect::<Vec<_>>().into();
    let values = take(values, &places, None).map_err(SqlError::internal)?;
    ListArray::try_new(item_field(kind)?, offsets, values, Some(nulls))
        .map(|list| Arc::new(list) as ArrayRef)
        .map_err(SqlError::internal)
}

/// The places of a row's items in the values of the whole column.
fn span(list: &ListArray, row: usize) -> Option<std::ops::Range<usize>> {
    if list.is_null(row) {
        return None;
    }
    let offsets = list.value_offsets();
    let at = |row: usize| usize::try_from(offsets[row]).unwrap_or(0);
    Some(at(row)..at(row + 1))
}

/// A list of some items of each list, by their places in it.
fn each(
    call: &Call<'_>,
    mut choose: impl FnMut(&ArrayRef) -> Result<Vec<usize>, SqlError>,
) -> Result<ArrayRef, SqlError> {
    let list = list(&call.args[0])?;
    let mut rows = Vec::with_capacity(call.rows);
    for row in 0..call.rows {
        rows.push(match span(list, row) {
            None => None,
            Some(span) => {
                let items = list.values().slice(span.start, span.len());
                let chosen = choose(&items)?.into_iter();
                Some(
                    chosen
                        .map(|at| u32::try_from(span.start + at).ok())
                        .collect(),
                )
            }
        });
    }
    pick(list.values(), &rows, call.args[0].data_type())
}

/// Equal values have equal rows.
fn row_keys(items: &ArrayRef) -> Result<arrow::row::Rows, SqlError> {
    use arrow::row::{RowConverter, SortField};
    let field = SortField::new(items.data_type().clone());
    let converter = RowConverter::new(vec![field]).map_err(SqlError::internal)?;
    converter
        .convert_columns(std::slice::from_ref(items))
        .map_err(SqlError::internal)
}

fn distinct(items: &ArrayRef) -> Result<Vec<usize>, SqlError> {
    let keys = row_keys(items)?;
    let mut seen = std::collections::HashSet::new();
    let mut kept = Vec::new();
    for at in 0..items.len() {
        if seen.insert(keys.row(at).owned()) {
            kept.push(at);
        }
    }
    Ok(kept)
}

fn sort(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let descending = match call.args.get(1) {
        Some(flag) => {
            let flag = flag.as_boolean();
            !flag.is_empty() && flag.is_valid(0) && !flag.value(0)
        }
        None => false,
    };
    let options = arrow::compute::SortOptions {
        descending,
        nulls_first: !descending,
    };
    each(call, |items| {
        let order = arrow::compute::sort_to_indices(items, Some(options), None)
            .map_err(SqlError::internal)?;
        let order = order.values().iter();
        Ok(order.filter_map(|at| usize::try_from(*at).ok()).collect())
    })
}

/// From the first item, which is number 1; a negative start counts from the end.
fn slice(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let mut row = 0;
    each(call, |items| {
        let here = row;
        row += 1;
        let size = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let (Some(start), Some(count)) = (
            super::strings::number(call, 1, here),
            super::strings::number(call, 2, here),
        ) else {
            return Ok(Vec::new());
        };
        let from = if start < 0 { size + start } else { start - 1 };
        let to = from.saturating_add(count).min(size);
        Ok((from.max(0)..to)
            .filter_map(|at| usize::try_from(at).ok())
            .collect())
    })
}

fn extreme(call: &Call<'_>, largest: bool) -> Result<ArrayRef, SqlError> {
    let list = list(&call.args[0])?;
    let options = arrow::compute::SortOptions {
        descending: largest,
        nulls_first: false,
    };
    let mut places: Vec<Option<u32>> = Vec::with_capacity(call.rows);
    for row in 0..call.rows {
        let Some(span) = span(list, row) else {
            places.push(None);
            continue;
        };
        let items = list.values().slice(span.start, span.len());
        let order = arrow::compute::sort_to_indices(&items, Some(options), Some(1))
            .map_err(SqlError::internal)?;
        let first = order.values().first();
        places.push(first.and_then(|at| Some(u32::try_from(span.start).ok()? + at)));
    }
    if list.values().is_empty() {
        return Ok(new_null_array(&call.returns, call.rows));
    }
    take(list.values(), &UInt32Array::from(places), None).map_err(SqlError::internal)
}
