//! What cannot be put together to a table.

use arrow::datatypes::DataType;

/// A batch or a list of columns that does not fit the schema.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Another number of columns than the schema has.
    #[error("{got} columns where the schema has {want}")]
    Columns {
        /// How many there are.
        got: usize,
        /// How many there should be.
        want: usize,
    },
    /// A column of another type than the schema says.
    #[error("column {column} is {got}, not {want}")]
    Type {
        /// The column's name.
        column: String,
        /// Its type.
        got: DataType,
        /// The type of the schema.
        want: DataType,
    },
}
