//! The payload of a fetch as rows and facts.

use frame::Table;
use mars::v04::result::{Facts, ResultKind, to_table_from};
use mars::v04::serialized;

use crate::frames::{Column, Fault, Head, ValueFacts};

/// Reads a payload whose first row is row `first_row` of the whole. `shape` is the shape of the
/// whole result, which a page does not know; `exist` counts the rows of the whole.
pub(super) fn read(
    bytes: &[u8],
    first_row: u64,
    shape: &[u64],
    exist: u64,
) -> Result<(Table, Head), Fault> {
    let value = serialized::decode(bytes).map_err(|error| Fault::Corrupt {
        detail: chain(&error),
    })?;
    let result = to_table_from(value, first_row).map_err(|error| Fault::Malformed {
        detail: chain(&error),
    })?;
    let head = head(&result.table, &result.facts, shape, exist);
    Ok((result.table, head))
}

fn head(table: &Table, facts: &Facts, shape: &[u64], exist: u64) -> Head {
    let types = table
        .schema()
        .fields()
        .iter()
        .map(|field| field.data_type());
    let columns = table
        .columns()
        .iter()
        .zip(types)
        .map(|(column, kind)| Column {
            name: column.name.clone(),
            kind: column.badge.clone(),
            numeric: kind.is_numeric(),
            index: column.index,
        });
    Head {
        columns: columns.collect(),
        exist: Some(exist),
        value: Some(ValueFacts {
            kind: kind_word(facts.kind).to_owned(),
            shape: shape.to_vec(),
            dtype: facts.dtype.clone(),
            hidden_columns: facts.hidden_columns,
        }),
        ..Head::default()
    }
}

/// The engine's word for a kind.
fn kind_word(kind: ResultKind) -> &'static str {
    match kind {
        ResultKind::Scalar => "scalar",
        ResultKind::Tensor => "tensor",
        ResultKind::DataFrame => "DataFrame",
        ResultKind::Series => "Series",
        ResultKind::Index => "Index",
        ResultKind::Categorical => "Categorical",
        ResultKind::Python => "object",
    }
}

/// An error with what caused it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}
