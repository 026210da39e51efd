//! DataFusion's errors in MaxCompute's words.

use std::error::Error;

use arrow::error::ArrowError;
use datafusion::common::{DataFusionError, SchemaError};

use crate::error::{Position, SqlError};

/// The error that a user gets for one of the engine.
pub(crate) fn from_engine(error: DataFusionError) -> SqlError {
    if let Some(own) = own(&error) {
        return own;
    }
    let place = error
        .diagnostic()
        .and_then(|diagnostic| diagnostic.span)
        .map(|span| Position {
            line: span.start.line,
            column: span.start.column,
        })
        .filter(|place| place.line > 0);
    said(&error).at(place)
}

/// An error of this crate that went through the engine.
fn own(error: &(dyn Error + 'static)) -> Option<SqlError> {
    if let Some(own) = error.downcast_ref::<SqlError>() {
        return Some(own.clone());
    }
    match error.downcast_ref::<DataFusionError>() {
        Some(DataFusionError::External(inner)) => return own(inner.as_ref()),
        Some(DataFusionError::Shared(inner)) => return own(inner.as_ref()),
        Some(DataFusionError::Context(_, inner) | DataFusionError::Diagnostic(_, inner)) => {
            return own(inner.as_ref());
        }
        Some(DataFusionError::ArrowError(inner, _)) => return own(inner.as_ref()),
        Some(DataFusionError::Collection(all)) => return all.iter().find_map(|one| own(one)),
        _ => {}
    }
    match error.downcast_ref::<ArrowError>() {
        Some(ArrowError::ExternalError(inner)) => own(inner.as_ref()),
        _ => None,
    }
}

fn said(error: &DataFusionError) -> SqlError {
    match error {
        DataFusionError::Diagnostic(_, inner) | DataFusionError::Context(_, inner) => said(inner),
        DataFusionError::Shared(inner) => said(inner),
        DataFusionError::Collection(all) => match all.first() {
            Some(first) => said(first),
            None => SqlError::internal("an error without a word"),
        },
        DataFusionError::SchemaError(problem, _) => SqlError::semantic(schema(problem)),
        DataFusionError::SQL(error, _) => SqlError::parse(error),
        DataFusionError::Plan(text) => match wrong_types(text) {
            Some(function) => SqlError::with_code(
                "ODPS-0130121",
                format!(
                    "Invalid argument type - invalid types of arguments for function {function}"
                ),
            ),
            None => SqlError::semantic(planned(first_line(text))),
        },
        DataFusionError::NotImplemented(text) => {
            SqlError::semantic(format_args!("not supported here: {}", first_line(text)))
        }
        DataFusionError::ResourcesExhausted(text) => SqlError::with_code(
            "ODPS-0123131",
            format!("User exceeded resource limit - {}", first_line(text)),
        ),
        DataFusionError::ArrowError(error, _) => arrow(error),
        DataFusionError::Execution(text) => SqlError::argument(first_line(text)),
        other => SqlError::internal(first_line(&other.strip_backtrace())),
    }
}

/// What follows a column that is neither a key nor aggregated.
pub(super) const NO_KEY: &str = " should appear in GROUP BY key";
/// A filter of another type.
pub(super) const NO_BOOLEAN: &str = "expect a BOOLEAN expression";
pub(super) const AGGREGATE_IN_FILTER: &str = "aggregate functions are not allowed in WHERE";

/// The function that the engine has with other types of arguments only.
fn wrong_types(text: &str) -> Option<&str> {
    let about = [
        "failed to match any signature",
        "No function matches the given name and argument types",
        "user-defined coercion failed",
    ];
    if !about.iter().any(|part| text.contains(part)) {
        return None;
    }
    let (_, rest) = text.split_once("unction '")?;
    rest.split_once('\'').map(|(name, _)| name)
}

/// The planner tells these apart by their sentences alone.
fn planned(text: &str) -> String {
    if let Some((before, _)) = text.split_once("\" must appear in the GROUP BY clause")
        && let Some((_, column)) = before.rsplit_once('"')
    {
        return format!("column reference {column}{NO_KEY}");
    }
    if text.contains("HAVING clause references: ") {
        return format!("the columns of HAVING{NO_KEY}");
    }
    for nested in [
        "Aggregate function calls cannot be nested",
        "Aggregate function calls cannot contain window function calls",
    ] {
        if text.starts_with(nested) {
            return nested.to_owned();
        }
    }
    if text.starts_with("Unary operator 'NOT'") {
        return NO_BOOLEAN.to_owned();
    }
    if text.starts_with("Cannot create filter with non-boolean predicate") {
        return NO_BOOLEAN.to_owned();
    }
    if text.starts_with("Aggregate functions are not allowed in the WHERE clause") {
        return AGGREGATE_IN_FILTER.to_owned();
    }
    text.to_owned()
}

fn arrow(error: &ArrowError) -> SqlError {
    match error {
        ArrowError::DivideByZero => SqlError::argument("division by zero"),
        ArrowError::ArithmeticOverflow(text)
        | ArrowError::CastError(text)
        | ArrowError::InvalidArgumentError(text)
        | ArrowError::ComputeError(text)
        | ArrowError::ParseError(text) => SqlError::argument(first_line(text)),
        other => SqlError::internal(first_line(&other.to_string())),
    }
}

fn schema(problem: &SchemaError) -> String {
    match problem {
        SchemaError::FieldNotFound { field, .. } => {
            format!("column {} cannot be resolved", column(field))
        }
        SchemaError::AmbiguousReference { field } => {
            format!("column reference {} is ambiguous", column(field))
        }
        SchemaError::DuplicateQualifiedField { name, .. }
        | SchemaError::DuplicateUnqualifiedField { name } => {
            format!("column {name} is repeated")
        }
    }
}

/// A column's name with the table as the user knows it.
fn column(column: &datafusion::common::Column) -> String {
    match &column.relation {
        Some(relation) => format!("{}.{}", relation.table(), column.name),
        None => column.name.clone(),
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or(text)
}
