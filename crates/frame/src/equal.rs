//! The text of the query that a view equals: in MaxCompute SQL and in pandas.

use crate::{Condition, FilterError, Key, Table};

/// What is shown of a table.
#[derive(Clone, Debug, Default)]
pub struct Query<'a> {
    /// The name, in up to three parts (`project.schema.table`); for pandas the variable.
    pub name: &'a [&'a str],
    /// Partition columns and values (`ds`, `20261122`).
    pub partition: &'a [(&'a str, &'a str)],
    /// The columns shown, in order; none means all.
    pub columns: &'a [usize],
    /// The conditions.
    pub conditions: &'a [Condition],
    /// The order.
    pub keys: &'a [Key],
    /// How many rows at most.
    pub limit: Option<u64>,
}

/// The MaxCompute SQL that gives what is shown.
pub fn equal_sql(table: &Table, query: &Query<'_>) -> Result<String, FilterError> {
    let _ = (table, query);
    Ok(String::new())
}

/// The pandas expression that gives what is shown.
pub fn equal_pandas(table: &Table, query: &Query<'_>) -> Result<String, FilterError> {
    let _ = (table, query);
    Ok(String::new())
}
