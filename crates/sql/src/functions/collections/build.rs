//! Making arrays, maps and structs.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, Int64Array, ListArray, MapArray, MapBuilder, StringBuilder, StructArray,
    new_null_array,
};
use arrow::buffer::OffsetBuffer;
use arrow::compute::interleave;
use arrow::datatypes::DataType;
use odps::types::Type;

use super::super::scalar::Call;
use super::super::strings::{at, number};
use super::item_field;
use crate::convert::{Bad, convert, is_text};
use crate::error::SqlError;
use crate::types::storage_type;

/// Items that one sequence may have.
const LONGEST: i64 = 1_000_000;

pub(super) fn bigints(_: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    Ok(Type::Array(Box::new(Type::Bigint)))
}

pub(super) fn text_map(_: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    Ok(Type::Map(Box::new(Type::String), Box::new(Type::String)))
}

/// The one type of several values.
pub(super) fn common<'a>(types: impl Iterator<Item = &'a Type>) -> Type {
    let whole = |kind: &Type| {
        matches!(
            kind,
            Type::Tinyint | Type::Smallint | Type::Int | Type::Bigint
        )
    };
    let number =
        |kind: &Type| whole(kind) || matches!(kind, Type::Float | Type::Double | Type::Decimal(_));
    let kinds = types.filter(|kind| **kind != Type::Void);
    let all = kinds.cloned().reduce(|a, b| match (&a, &b) {
        (x, y) if x == y => a,
        (x, y) if whole(x) && whole(y) => Type::Bigint,
        (Type::Decimal(_), y) if whole(y) => a,
        (x, Type::Decimal(_)) if whole(x) => b,
        (x, y) if number(x) && number(y) => Type::Double,
        (x, y) if is_text(x) || is_text(y) => Type::String,
        _ => a,
    });
    all.unwrap_or(Type::String)
}

pub(super) fn array_kind(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    Ok(Type::Array(Box::new(common(types.iter()))))
}

pub(super) fn map_kind(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    if types.len() % 2 == 1 {
        return Err(SqlError::semantic("map takes keys and values in pairs"));
    }
    Ok(Type::Map(
        Box::new(common(types.iter().step_by(2))),
        Box::new(common(types.iter().skip(1).step_by(2))),
    ))
}

pub(super) fn struct_kind(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    let parts = types.iter().enumerate();
    Ok(Type::Struct(
        parts
            .map(|(at, kind)| (format!("col{}", at + 1), shown(kind)))
            .collect(),
    ))
}

fn shown(kind: &Type) -> Type {
    match kind {
        Type::Void => Type::String,
        other => other.clone(),
    }
}

pub(super) fn named_kind(types: &[Type], names: &[Option<String>]) -> Result<Type, SqlError> {
    if types.len() % 2 == 1 {
        return Err(SqlError::semantic(
            "named_struct takes names and values in pairs",
        ));
    }
    let mut parts = Vec::new();
    for (name, kind) in names.iter().step_by(2).zip(types.iter().skip(1).step_by(2)) {
        match name {
            Some(name) => parts.push((name.clone(), shown(kind))),
            None => {
                return Err(SqlError::semantic(
                    "the names of named_struct are constants",
                ));
            }
        }
    }
    Ok(Type::Struct(parts))
}

/// Arguments that are columns, row by row after each other.
fn woven(
    call: &Call<'_>,
    args: impl Iterator<Item = usize>,
    kind: &Type,
) -> Result<ArrayRef, SqlError> {
    let mut columns = Vec::new();
    for arg in args {
        let way = call.way(Bad::Error);
        columns.push(convert(&call.args[arg], &call.fields[arg], kind, &way)?);
    }
    if columns.is_empty() || call.rows == 0 {
        return Ok(new_null_array(&storage_type(kind)?, 0));
    }
    let refs: Vec<&dyn Array> = columns.iter().map(AsRef::as_ref).collect();
    let places: Vec<(usize, usize)> = (0..call.rows)
        .flat_map(|row| (0..refs.len()).map(move |column| (column, row)))
        .collect();
    interleave(&refs, &places).map_err(SqlError::internal)
}

pub(super) fn array(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let Type::Array(item) = &call.kind else {
        return Err(SqlError::internal("array gives no array"));
    };
    let values = woven(call, 0..call.args.len(), item)?;
    let offsets = OffsetBuffer::from_lengths(std::iter::repeat_n(call.args.len(), call.rows));
    ListArray::try_new(item_field(&call.returns)?, offsets, values, None)
        .map(|list| Arc::new(list) as ArrayRef)
        .map_err(SqlError::internal)
}

pub(super) fn map(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let (Type::Map(key, value), DataType::Map(entries, _)) = (&call.kind, &call.returns) else {
        return Err(SqlError::internal("map gives no map"));
    };
    let DataType::Struct(fields) = entries.data_type() else {
        return Err(SqlError::internal("map gives no map"));
    };
    let keys = woven(call, (0..call.args.len()).step_by(2), key)?;
    if keys.null_count() > 0 {
        return Err(SqlError::argument("in function map, a key is NULL"));
    }
    let values = woven(call, (1..call.args.len()).step_by(2), value)?;
    let inner = StructArray::try_new(fields.clone(), vec![keys, values], None)
        .map_err(SqlError::internal)?;
    let offsets = OffsetBuffer::from_lengths(std::iter::repeat_n(call.args.len() / 2, call.rows));
    MapArray::try_new(entries.clone(), offsets, inner, None, false)
        .map(|map| Arc::new(map) as ArrayRef)
        .map_err(SqlError::internal)
}

fn parts(call: &Call<'_>, args: impl Iterator<Item = usize>) -> Result<ArrayRef, SqlError> {
    let (Type::Struct(kinds), DataType::Struct(fields)) = (&call.kind, &call.returns) else {
        return Err(SqlError::internal("struct gives no struct"));
    };
    let mut columns = Vec::new();
    for (arg, (_, kind)) in args.zip(kinds) {
        let way = call.way(Bad::Error);
        columns.push(convert(&call.args[arg], &call.fields[arg], kind, &way)?);
    }
    StructArray::try_new(fields.clone(), columns, None)
        .map(|made| Arc::new(made) as ArrayRef)
        .map_err(SqlError::internal)
}

pub(super) fn record(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    parts(call, 0..call.args.len())
}

pub(super) fn named(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    parts(call, (1..call.args.len()).step_by(2))
}

/// `a:1,b:2` with the two separators, which are `,` and `:` if they are not given.
pub(super) fn str_to_map(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let mut maps = MapBuilder::new(
        Some(arrow::array::MapFieldNames {
            entry: "entries".to_owned(),
            key: "key".to_owned(),
            value: "value".to_owned(),
        }),
        StringBuilder::new(),
        StringBuilder::new(),
    );
    for row in 0..call.rows {
        let pairs = if call.args.len() > 1 {
            at(call, 1, row)
        } else {
            Some(",")
        };
        let inner = if call.args.len() > 2 {
            at(call, 2, row)
        } else {
            Some(":")
        };
        let all = at(call, 0, row).zip(pairs).zip(inner);
        if let Some(((text, pairs), inner)) = all {
            for pair in text.split(pairs).filter(|pair| !pair.is_empty()) {
                let (key, value) = match pair.split_once(inner) {
                    Some((key, value)) => (key, Some(value)),
                    None => (pair, None),
                };
                maps.keys().append_value(key);
                maps.values().append_option(value);
            }
        }
        maps.append(all.is_some()).map_err(SqlError::internal)?;
    }
    Ok(Arc::new(maps.finish()))
}

pub(super) fn sequence(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let mut lists = arrow::array::ListBuilder::new(Int64Array::builder(0));
    for row in 0..call.rows {
        let Some((from, to)) = number(call, 0, row).zip(number(call, 1, row)) else {
            lists.append_null();
            continue;
        };
        let step = match call.args.len() {
            2 if from <= to => Some(1),
            2 => Some(-1),
            _ => number(call, 2, row),
        };
        let Some(step) = step else {
            lists.append_null();
            continue;
        };
        let count = match to.checked_sub(from).zip(Some(step)) {
            Some((distance, step)) if step != 0 => distance / step,
            _ => {
                return Err(SqlError::argument(
                    "in function sequence, the step must not be 0",
                ));
            }
        };
        if count > LONGEST {
            return Err(SqlError::argument(
                "in function sequence, the result is too long",
            ));
        }
        for at in 0..=count {
            lists.values().append_value(from + at * step);
        }
        lists.append(true);
    }
    Ok(Arc::new(lists.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_type() {
        let of = |types: &[Type]| common(types.iter());
        assert_eq!(of(&[Type::Int, Type::Void, Type::Bigint]), Type::Bigint);
        assert_eq!(of(&[Type::Int, Type::Double]), Type::Double);
        assert_eq!(of(&[Type::Int, Type::String]), Type::String);
        assert_eq!(of(&[]), Type::String);
    }
}
