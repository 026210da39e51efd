//! Looking into arrays, maps and structs.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Int32Array, Int64Array, ListArray, StructArray,
    UInt32Array, new_null_array,
};
use arrow::compute::take;
use arrow::datatypes::{DataType, Int64Type};
use odps::types::Type;

use super::super::scalar::Call;
use super::super::strings::{at, each as each_text};
use super::{item_field, list, map_of, pick, row_keys, span};
use crate::convert::{Bad, convert};
use crate::error::SqlError;

fn wrong(kind: Option<&Type>, wanted: &str) -> SqlError {
    let kind = kind.map_or_else(String::new, |kind| kind.to_string().to_uppercase());
    SqlError::semantic(format_args!("{wanted} is expected, but it is {kind}"))
}

/// The type of what a list or map holds.
pub(super) fn item_kind(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    match types.first() {
        Some(Type::Array(item)) => Ok((**item).clone()),
        Some(Type::Map(_, value)) => Ok((**value).clone()),
        other => Err(wrong(other, "an array or map")),
    }
}

pub(super) fn item_kind_of_one(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    match types.first() {
        Some(Type::Array(item)) => Ok((**item).clone()),
        other => Err(wrong(other, "an array")),
    }
}

pub(super) fn keys_kind(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    match types.first() {
        Some(Type::Map(key, _)) => Ok(Type::Array(key.clone())),
        other => Err(wrong(other, "a map")),
    }
}

pub(super) fn values_kind(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    match types.first() {
        Some(Type::Map(_, value)) => Ok(Type::Array(value.clone())),
        other => Err(wrong(other, "a map")),
    }
}

pub(super) fn field_kind(types: &[Type], names: &[Option<String>]) -> Result<Type, SqlError> {
    let (Some(Type::Struct(parts)), Some(Some(name))) = (types.first(), names.get(1)) else {
        return Err(wrong(types.first(), "a struct"));
    };
    let found = parts
        .iter()
        .find(|(part, _)| part.eq_ignore_ascii_case(name));
    found
        .map(|(_, kind)| kind.clone())
        .ok_or_else(|| SqlError::semantic(format_args!("column {name} cannot be resolved")))
}

pub(super) fn field(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let record = call.args[0]
        .as_struct_opt()
        .ok_or_else(|| SqlError::semantic("a struct is expected"))?;
    let name = call.args[1].as_string::<i32>();
    let name = if name.is_empty() { "" } else { name.value(0) };
    let names = record.column_names();
    let found = names
        .iter()
        .position(|part| part.eq_ignore_ascii_case(name));
    let Some(column) = found.map(|at| record.column(at)) else {
        return Ok(new_null_array(&call.returns, call.rows));
    };
    // A field of a missing struct is missing.
    match record.nulls() {
        None => Ok(column.clone()),
        Some(nulls) => {
            let missing = BooleanArray::new(!nulls.inner(), None);
            arrow::compute::nullif(column, &missing).map_err(SqlError::internal)
        }
    }
}

/// Lists count from 0; what is not there is NULL.
pub(super) fn index(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    lookup(call, 0)
}

/// Lists count from 1 and from -1 backwards.
pub(super) fn element_at(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    lookup(call, 1)
}

fn lookup(call: &Call<'_>, first: i64) -> Result<ArrayRef, SqlError> {
    if call.args[0].as_map_opt().is_some() {
        return map_value(call);
    }
    let list = list(&call.args[0])?;
    let places = convert(
        &call.args[1],
        &call.fields[1],
        &Type::Bigint,
        &call.way(Bad::Error),
    )?;
    let places = places.as_primitive::<Int64Type>();
    let found: UInt32Array = (0..call.rows)
        .map(|row| {
            let span = span(list, row)?;
            let place = places.is_valid(row).then(|| places.value(row))?;
            let size = i64::try_from(span.len()).ok()?;
            let place = match place < 0 && first == 1 {
                true => size.checked_add(place)?,
                false => place.checked_sub(first)?,
            };
            let inside = (0..size).contains(&place);
            inside.then(|| u32::try_from(i64::try_from(span.start).ok()? + place).ok())?
        })
        .collect();
    take_from(list.values(), &found, call)
}

fn take_from(
    values: &ArrayRef,
    places: &UInt32Array,
    call: &Call<'_>,
) -> Result<ArrayRef, SqlError> {
    match values.is_empty() {
        true => Ok(new_null_array(&call.returns, call.rows)),
        false => take(values, places, None).map_err(SqlError::internal),
    }
}

/// The places of items that equal a value: for each row, from `values` of the column.
fn equal(
    items: &ArrayRef,
    call: &Call<'_>,
    kind: &Type,
    spans: impl Fn(usize) -> Option<std::ops::Range<usize>>,
) -> Result<Vec<Option<Vec<usize>>>, SqlError> {
    let way = call.way(Bad::Null);
    let wanted = convert(&call.args[1], &call.fields[1], kind, &way)?;
    let both =
        arrow::compute::concat(&[items.as_ref(), wanted.as_ref()]).map_err(SqlError::internal)?;
    let keys = row_keys(&both)?;
    let rows = (0..call.rows).map(|row| {
        let span = spans(row)?;
        if wanted.is_null(row) {
            return None;
        }
        let key = keys.row(items.len() + row);
        Some(span.filter(|at| keys.row(*at) == key).collect())
    });
    Ok(rows.collect())
}

fn map_value(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let map = map_of(&call.args[0])?;
    let field = arrow::datatypes::Field::new("", map.keys().data_type().clone(), true);
    let kind = crate::types::result_type(&field)?;
    let offsets = map.value_offsets();
    let found = equal(map.keys(), call, &kind, |row| {
        let at = |row: usize| usize::try_from(offsets[row]).unwrap_or(0);
        map.is_valid(row).then(|| at(row)..at(row + 1))
    })?;
    let places: UInt32Array = found
        .iter()
        .map(|places| u32::try_from(*places.as_ref()?.first()?).ok())
        .collect();
    take_from(map.values(), &places, call)
}

/// The lists of the first argument, and where in them the second is found.
type Found<'a> = (&'a ListArray, Vec<Option<Vec<usize>>>);

fn in_list<'a>(call: &'a Call<'_>) -> Result<Found<'a>, SqlError> {
    let list = list(&call.args[0])?;
    let kind = crate::types::result_type(item_field(call.args[0].data_type())?.as_ref())?;
    let found = equal(list.values(), call, &kind, |row| span(list, row))?;
    Ok((list, found))
}

pub(super) fn contains(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let (_, found) = in_list(call)?;
    let found = found.into_iter().map(|places| Some(!places?.is_empty()));
    Ok(Arc::new(found.collect::<BooleanArray>()))
}

pub(super) fn position(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let (list, found) = in_list(call)?;
    let places = found.into_iter().enumerate().map(|(row, places)| {
        let start = span(list, row)?.start;
        let place = places?.first().map_or(0, |at| at - start + 1);
        i64::try_from(place).ok()
    });
    Ok(Arc::new(places.collect::<Int64Array>()))
}

pub(super) fn remove(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let (list, found) = in_list(call)?;
    let rows: Vec<Option<Vec<Option<u32>>>> = found
        .iter()
        .enumerate()
        .map(|(row, gone)| {
            let gone = gone.as_ref()?;
            let kept = span(list, row)?.filter(|at| !gone.contains(at));
            Some(kept.map(|at| u32::try_from(at).ok()).collect())
        })
        .collect();
    pick(list.values(), &rows, call.args[0].data_type())
}

pub(super) fn size(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let array = &call.args[0];
    let length = |row: usize| match (array.as_list_opt::<i32>(), array.as_map_opt()) {
        (Some(list), _) => Some(i64::from(list.value_length(row))),
        (_, Some(map)) => Some(i64::from(map.value_length(row))),
        _ => None,
    };
    if array.as_list_opt::<i32>().is_none() && array.as_map_opt().is_none() {
        return Err(SqlError::semantic("size takes an array or a map"));
    }
    let sizes = (0..call.rows).map(|row| match array.is_null(row) {
        true => None,
        false => length(row),
    });
    Ok(Arc::new(sizes.collect::<Int64Array>()))
}

/// The keys or the values of maps.
pub(super) fn entries(call: &Call<'_>, part: usize) -> Result<ArrayRef, SqlError> {
    let map = map_of(&call.args[0])?;
    let values = map.entries().column(part).clone();
    ListArray::try_new(
        item_field(&call.returns)?,
        map.offsets().clone(),
        values,
        map.nulls().cloned(),
    )
    .map(|list| Arc::new(list) as ArrayRef)
    .map_err(SqlError::internal)
}

/// NULL items are left out, or stand as the text that is given for them.
pub(super) fn join(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let kind = Type::Array(Box::new(Type::String));
    let texts = convert(&call.args[0], &call.fields[0], &kind, &call.way(Bad::Error))?;
    let texts = list(&texts)?;
    each_text(call, |row| {
        if texts.is_null(row) {
            return Ok(None);
        }
        let Some(separator) = at(call, 1, row) else {
            return Ok(None);
        };
        let missing = at(call, 2, row);
        let items = texts.value(row);
        let items = items.as_string::<i32>().iter();
        let items: Vec<&str> = items.filter_map(|item| item.or(missing)).collect();
        Ok(Some(items.join(separator)))
    })
}

/// What `explode` makes rows of: structs with place and item, or with key and value.
pub(super) fn items_kind(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    let parts = match types.first() {
        Some(Type::Array(item)) => vec![
            ("pos".to_owned(), Type::Int),
            ("col".to_owned(), (**item).clone()),
        ],
        Some(Type::Map(key, value)) => vec![
            ("key".to_owned(), (**key).clone()),
            ("value".to_owned(), (**value).clone()),
        ],
        other => return Err(wrong(other, "an array or map")),
    };
    Ok(Type::Array(Box::new(Type::Struct(parts))))
}

/// Where it is asked for, a row without items gets one of NULLs.
pub(super) fn items(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let outer = call.args[1].as_boolean();
    let outer = !outer.is_empty() && outer.value(0);
    let array = &call.args[0];
    let item = item_field(&call.returns)?;
    let DataType::Struct(fields) = item.data_type() else {
        return Err(SqlError::internal("explode makes no structs"));
    };
    let (columns, spans): (Vec<ArrayRef>, Vec<Option<std::ops::Range<usize>>>) =
        if let Some(map) = array.as_map_opt() {
            let offsets = map.value_offsets();
            let at = |row: usize| usize::try_from(offsets[row]).unwrap_or(0);
            let spans = (0..call.rows).map(|row| map.is_valid(row).then(|| at(row)..at(row + 1)));
            (
                vec![map.keys().clone(), map.values().clone()],
                spans.collect(),
            )
        } else {
            let list = list(array)?;
            let spans: Vec<_> = (0..call.rows).map(|row| span(list, row)).collect();
            let mut places = vec![0_i32; list.values().len()];
            for span in spans.iter().flatten() {
                for (place, at) in span.clone().enumerate() {
                    places[at] = i32::try_from(place).unwrap_or(i32::MAX);
                }
            }
            let places: ArrayRef = Arc::new(Int32Array::from(places));
            (vec![places, list.values().clone()], spans)
        };
    let columns = fields
        .iter()
        .zip(columns)
        .map(
            |(field, column)| match column.data_type() == field.data_type() {
                true => Ok(column),
                false => {
                    arrow::compute::cast(&column, field.data_type()).map_err(SqlError::internal)
                }
            },
        )
        .collect::<Result<Vec<_>, _>>()?;
    let length = columns[1].len();
    let structs = StructArray::try_new_with_length(fields.clone(), columns, None, length)
        .map_err(SqlError::internal)?;
    let structs: ArrayRef = Arc::new(structs);
    let rows: Vec<Option<Vec<Option<u32>>>> = spans
        .into_iter()
        .map(|span| {
            let span = span.unwrap_or(0..0);
            if span.is_empty() && outer {
                return Some(vec![None]);
            }
            Some(span.map(|at| u32::try_from(at).ok()).collect())
        })
        .collect();
    if structs.is_empty() {
        // Nothing can be taken from nothing, not even NULL.
        let one = new_null_array(item.data_type(), 1);
        return pick(&one, &rows, &call.returns);
    }
    pick(&structs, &rows, &call.returns)
}
