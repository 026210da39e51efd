//! Turns a decoded value into a table, with what is known of the whole.
//!
//! Index columns come first and are marked. A tensor gets its positions as index; from three axes
//! on, all but the last axis are index columns. Columns beyond [`COLUMN_LIMIT`] are counted, not
//! converted.

mod column;
mod pandas;
mod plain;
mod repr;
mod tensor;

use super::serialized::Value;
use arrow::array::ArrayRef;
use arrow::datatypes::{Field, Schema};
use arrow::error::ArrowError;
use arrow::record_batch::{RecordBatch, RecordBatchOptions};
use frame::{Column, Table};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The most columns of a result that are converted.
pub const COLUMN_LIMIT: usize = 4096;
/// The most rows of an index without values of its own (a range) that are written out.
const RANGE_LIMIT: usize = 8 << 20;

/// A result as a table.
#[derive(Clone, Debug)]
pub struct ResultTable {
    /// The values.
    pub table: Table,
    /// What is known of the whole.
    pub facts: Facts,
}

/// What a result is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Its kind.
    pub kind: ResultKind,
    /// The lengths of its axes, as they were fetched; empty for a scalar.
    pub shape: Vec<u64>,
    /// The type of its elements, where there is one for all.
    pub dtype: Option<String>,
    /// The name of a series or index.
    pub name: Option<String>,
    /// How many of the table's columns are index columns.
    pub index_columns: usize,
    /// How many columns were left out.
    pub hidden_columns: u64,
}

/// The kinds of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultKind {
    /// A single value.
    Scalar,
    /// An array of one axis or more.
    Tensor,
    /// A pandas frame.
    DataFrame,
    /// A pandas series.
    Series,
    /// A pandas index.
    Index,
    /// A pandas categorical.
    Categorical,
    /// Another Python value.
    Python,
}

/// A value that cannot be shown as a table.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// More rows than are written out at once.
    #[error("the result has {rows} rows; at most {limit} are shown at once")]
    TooLong {
        /// How many there are.
        rows: u64,
        /// The most that is written out.
        limit: u64,
    },
    /// The parts of the value do not fit together.
    #[error("the result does not fit together: {detail}")]
    Inconsistent {
        /// What does not fit.
        detail: &'static str,
    },
    /// Arrow refused the columns.
    #[error("the result cannot be put into columns")]
    Arrow(#[from] ArrowError),
    /// The table refused the batch.
    #[error("the result cannot be put into a table")]
    Table(#[from] frame::Error),
}

/// Converts a whole result, or its first page.
pub fn to_table(value: Value) -> Result<ResultTable, Error> {
    to_table_from(value, 0)
}

/// Converts a page whose first row is row `first_row` of the whole: the positions of a tensor are
/// counted from there. Frames and series bring their own labels.
pub fn to_table_from(value: Value, first_row: u64) -> Result<ResultTable, Error> {
    match value {
        Value::Array(array) => tensor::convert(&array, first_row),
        Value::Frame(frame) => pandas::frame(&frame),
        Value::Series(series) => pandas::series(&series),
        Value::Index(index) => pandas::index(&index),
        Value::Categorical(labels) => pandas::categorical(&labels),
        other => plain::convert(&other),
    }
}

/// Columns on their way into a table.
#[derive(Default)]
struct Columns {
    fields: Vec<Field>,
    arrays: Vec<ArrayRef>,
    columns: Vec<Column>,
}

impl Columns {
    fn push(&mut self, name: String, badge: String, index: bool, array: ArrayRef) {
        self.fields
            .push(Field::new(&name, array.data_type().clone(), true));
        self.arrays.push(array);
        self.columns.push(Column {
            name,
            badge,
            index,
            interval: false,
        });
    }

    /// Makes the table; `rows` counts when there is no column at all.
    fn finish(self, rows: usize, mut facts: Facts) -> Result<ResultTable, Error> {
        facts.index_columns = self.columns.iter().filter(|column| column.index).count();
        let schema = Arc::new(Schema::new(self.fields));
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let batch = RecordBatch::try_new_with_options(schema.clone(), self.arrays, &options)?;
        let mut table = Table::with_columns(schema, self.columns)?;
        table.append(batch)?;
        Ok(ResultTable { table, facts })
    }
}

fn facts(kind: ResultKind, shape: &[usize]) -> Facts {
    Facts {
        kind,
        shape: shape.iter().map(|&length| length as u64).collect(),
        dtype: None,
        name: None,
        index_columns: 0,
        hidden_columns: 0,
    }
}
