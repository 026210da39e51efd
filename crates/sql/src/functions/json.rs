//! JSON in text.

mod raw;

use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, ListArray, StructArray};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::DataType;
use odps::types::Type;

use super::collections::item_field;
use super::scalar::{Call, Function, Gives, Param};
use super::strings::{at, each};
use crate::error::SqlError;
use raw::Raw;

use Param::Text;

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("get_json_object", &[Text, Text], Gives::Text, get).aliases(&["json_extract"]),
    Function::new("$json_tuple", &[Text, Text], Gives::By(tuple_kind), tuple).many(),
    Function::new("json_parse", &[Text], Gives::By(json), parse),
    Function::new("json_format", &[Text], Gives::Text, |c| {
        each(c, |row| Ok(at(c, 0, row).map(str::to_owned)))
    }),
    Function::new("json_valid", &[Text], Gives::Bool, |c| {
        let valid = (0..c.rows)
            .map(|row| Some(serde_json::from_str::<serde::de::IgnoredAny>(at(c, 0, row)?).is_ok()));
        Ok(Arc::new(valid.collect::<BooleanArray>()))
    }),
];

fn json(_: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    Ok(Type::Json)
}

fn parse(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        let Some(text) = at(call, 0, row) else {
            return Ok(None);
        };
        match Raw::read(text) {
            Ok(value) => Ok(Some(value.to_string())),
            Err(error) => Err(SqlError::argument(format_args!(
                "in function json_parse, {error}"
            ))),
        }
    })
}

/// NULL where the text is no JSON or there is nothing at the path.
fn get(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        let Some((text, path)) = at(call, 0, row).zip(at(call, 1, row)) else {
            return Ok(None);
        };
        let path = path.trim().strip_prefix('$');
        Ok(path.and_then(|path| walk(Raw::read(text).ok()?, path)))
    })
}

/// A list of one struct for each text: what stands under each name or path.
fn tuple(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let item = item_field(&call.returns)?;
    let DataType::Struct(fields) = item.data_type() else {
        return Err(SqlError::internal("json_tuple gives no structs"));
    };
    let mut columns: Vec<ArrayRef> = Vec::with_capacity(fields.len());
    for arg in 1..call.args.len() {
        columns.push(each(call, |row| {
            let both = at(call, 0, row).zip(at(call, arg, row));
            Ok(both.and_then(|(text, name)| {
                let value = Raw::read(text).ok()?;
                match value.member(name) {
                    Some(value) => value.shown(),
                    None => walk(value, &format!(".{name}")),
                }
            }))
        })?);
    }
    let rows = StructArray::try_new(fields.clone(), columns, None).map_err(SqlError::internal)?;
    let offsets = OffsetBuffer::from_lengths(std::iter::repeat_n(1, call.rows));
    ListArray::try_new(item.clone(), offsets, Arc::new(rows), None)
        .map(|list| Arc::new(list) as ArrayRef)
        .map_err(SqlError::internal)
}

fn tuple_kind(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    let columns = (0..types.len().saturating_sub(1)).map(|at| (format!("c{at}"), Type::String));
    Ok(Type::Array(Box::new(Type::Struct(columns.collect()))))
}

/// `.a.b[0].*['c d']`
fn walk(root: Raw<'_>, path: &str) -> Option<String> {
    let mut rest = path;
    let mut values = vec![root];
    let mut many = false;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('[') {
            let (inside, after) = after.split_once(']')?;
            rest = after;
            if inside == "*" {
                many = true;
                values = values.into_iter().flat_map(inner).collect();
                continue;
            }
            let name = inside.trim_matches(['\'', '"']);
            values = match inside.trim().parse::<usize>() {
                Ok(index) => values
                    .into_iter()
                    .filter_map(|value| value.items()?.get(index).copied())
                    .collect(),
                Err(_) => fields(values, name),
            };
            continue;
        }
        let after = rest.strip_prefix('.')?;
        let end = after.find(['.', '[']).unwrap_or(after.len());
        let (name, after) = after.split_at(end);
        rest = after;
        values = fields(values, name);
    }
    if !many {
        return values.into_iter().next()?.shown();
    }
    let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
    (!texts.is_empty()).then(|| format!("[{}]", texts.join(",")))
}

/// The members of that name.
fn fields<'a>(values: Vec<Raw<'a>>, name: &str) -> Vec<Raw<'a>> {
    let members = values.into_iter().filter_map(|value| value.member(name));
    members.collect()
}

/// What a list or object holds.
fn inner(value: Raw<'_>) -> Vec<Raw<'_>> {
    let members = || {
        let members = value.members()?.into_iter();
        Some(members.map(|(_, value)| value).collect())
    };
    value.items().or_else(members).unwrap_or_default()
}
