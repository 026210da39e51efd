//! What columns a table can have, and how their values are kept.

use super::{Column, Refusal, Table};
use crate::Error;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use odps::tunnel::schema::arrow_type;
use odps::types::Type;
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

/// The Arrow schema in which rows of these columns are kept.
pub(crate) fn arrow(columns: &[Column]) -> Result<SchemaRef, Error> {
    let field = |column: &Column| {
        let kind = match Type::read(&column.kind) {
            // Texts that Arrow has no type for.
            Type::Json => DataType::Utf8,
            Type::IntervalYearMonth => DataType::Int64,
            kind => arrow_type(&kind).map_err(|error| Refusal::BadColumns(error.to_string()))?,
        };
        Ok(Field::new(&column.name, kind, true))
    };
    let fields: Result<Vec<Field>, Error> = columns.iter().map(field).collect();
    Ok(Arc::new(Schema::new(fields?)))
}
