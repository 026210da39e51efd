//! What a script answers.

use std::fmt;

use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;
use futures::stream::BoxStream;
use odps::types::Column;

use crate::error::SqlError;

/// What the last statement of a script answers.
#[derive(Debug)]
pub enum Outcome {
    /// Text, as of `SHOW`, `DESC` and `EXPLAIN`; `OK` for definitions, empty for writes.
    Text(String),
    /// The rows of a query. They are computed while they are taken.
    Rows(Rows),
}

/// The rows of a query as they come.
pub struct Rows {
    /// The columns with their MaxCompute types.
    pub columns: Vec<Column>,
    /// The same columns in Arrow: the schema of every batch.
    pub schema: SchemaRef,
    /// The rows. After an error nothing more comes. Dropping it ends the query.
    pub batches: BoxStream<'static, Result<RecordBatch, SqlError>>,
}

impl fmt::Debug for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows")
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}

/// What `SQLCost` answers: a guess from the sizes of what would be read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
    /// Bytes of the tables and partitions that would be read.
    pub input: u64,
    /// How much more than a plain scan the statement does: 1 for a scan.
    pub complexity: f64,
    /// How many functions of users are called.
    pub udf: u64,
}
