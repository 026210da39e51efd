//! JSON in text.

use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray};
use odps::types::Type;
use serde_json::Value;

use super::scalar::{Call, Function, Gives, Param};
use super::strings::{at, each};
use crate::error::SqlError;

use Param::Text;

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("get_json_object", &[Text, Text], Gives::Text, get).aliases(&["json_extract"]),
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
        match serde_json::from_str::<Value>(text) {
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
        let Ok(value) = serde_json::from_str::<Value>(text) else {
            return Ok(None);
        };
        Ok(walk(value, path).and_then(shown))
    })
}

/// `$.a.b[0].*['c d']`
fn walk(root: Value, path: &str) -> Option<Value> {
    let mut rest = path.trim().strip_prefix('$')?;
    let mut values = vec![root];
    let mut many = false;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('[') {
            let (inside, after) = after.split_once(']')?;
            rest = after;
            if inside == "*" {
                many = true;
                values = values.into_iter().flat_map(items).collect();
                continue;
            }
            let name = inside.trim_matches(['\'', '"']);
            values = match inside.trim().parse::<usize>() {
                Ok(index) => values
                    .into_iter()
                    .filter_map(|mut value| value.get_mut(index).map(Value::take))
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
    match many {
        true if values.is_empty() => None,
        true => Some(Value::Array(values)),
        false => values.into_iter().next(),
    }
}

/// The fields of objects; of lists, those of all their items.
fn fields(values: Vec<Value>, name: &str) -> Vec<Value> {
    let field = |mut value: Value| value.get_mut(name).map(Value::take);
    values.into_iter().filter_map(field).collect()
}

fn items(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        Value::Object(fields) => fields.into_iter().map(|(_, value)| value).collect(),
        _ => Vec::new(),
    }
}

fn shown(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}
