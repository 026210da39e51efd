//! What columns a table can have, and how their values are kept.

use super::{Column, Refusal, Table};
use crate::Error;
use arrow::datatypes::{Field, Schema, SchemaRef};
use odps::types::Type;
use sql::storage_type;
use std::collections::HashSet;
use std::sync::Arc;

/// The most columns of a table.
const MOST: usize = 1200;

/// The most partition keys of a table.
const MOST_KEYS: usize = 6;

/// Refuses columns that no table can have.
pub(super) fn check(table: &Table) -> Result<(), Refusal> {
    let bad = |text: String| Err(Refusal::BadColumns(text));
    if table.columns.is_empty() {
        return bad("a table has at least one column".to_owned());
    }
    if table.columns.len() > MOST || table.partition_keys.len() > MOST_KEYS {
        return bad(format!(
            "a table has at most {MOST} columns and {MOST_KEYS} partition keys"
        ));
    }
    let mut seen = HashSet::new();
    for column in table.columns.iter().chain(&table.partition_keys) {
        let name = &column.name;
        if name.is_empty() || name.len() > 128 || name.chars().any(char::is_control) {
            return bad(format!("{name:?} is no name of a column"));
        }
        if !seen.insert(name.to_lowercase()) {
            return bad(format!("column {name} is there twice"));
        }
    }
    Ok(())
}

/// The Arrow schema in which rows of these columns are kept: the types are those of SQL.
pub(crate) fn arrow(columns: &[Column]) -> Result<SchemaRef, Error> {
    let field = |column: &Column| {
        let kind = storage_type(&Type::read(&column.kind));
        let kind = kind.map_err(|error| Refusal::BadColumns(error.to_string()))?;
        Ok(Field::new(&column.name, kind, true))
    };
    let fields: Result<Vec<Field>, Error> = columns.iter().map(field).collect();
    Ok(Arc::new(Schema::new(fields?)))
}

/// The type as columns have it: a plain `decimal` is `decimal(38,18)`, as in the type system of
/// MaxCompute 2.0, so that files, SQL and tunnel mean the same by it.
pub(super) fn definite(kind: Type) -> Type {
    let inner = |kind: Box<Type>| Box::new(definite(*kind));
    match kind {
        Type::Decimal(None) => Type::Decimal(Some((38, 18))),
        Type::Array(item) => Type::Array(inner(item)),
        Type::Map(key, value) => Type::Map(inner(key), inner(value)),
        Type::Struct(parts) => {
            let parts = parts.into_iter();
            Type::Struct(parts.map(|(name, kind)| (name, definite(kind))).collect())
        }
        other => other,
    }
}
