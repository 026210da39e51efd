//! What goes wrong in a script, as MaxCompute says it: `ODPS-0130131:[1,15] Table not found - …`.
//!
//! Positions are line and column of the submitted text, both from 1, in characters. Source of the
//! codes: MaxCompute's public list of SQL errors.

use std::fmt;

use crate::catalog::CatalogError;

/// A place in the submitted text, both numbers from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: u64,
    /// The column, in characters.
    pub column: u64,
}

/// The end of a script that did not go well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlError {
    /// The code, such as `ODPS-0130131`.
    pub code: &'static str,
    /// Where in the text, if it is about the text.
    pub position: Option<Position>,
    /// The sentence after the code.
    pub message: String,
}

impl std::error::Error for SqlError {}

/// `ODPS-0130131:[1,15] Table not found - table p.t cannot be resolved`
impl fmt::Display for SqlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some(Position { line, column }) => {
                write!(f, "{}:[{line},{column}] {}", self.code, self.message)
            }
            None => write!(f, "{}: {}", self.code, self.message),
        }
    }
}

impl SqlError {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            position: None,
            message: message.into(),
        }
    }

    /// The text is no statement of the dialect.
    pub fn parse(message: impl fmt::Display) -> Self {
        Self::new("ODPS-0130161", format!("Parse exception - {message}"))
    }

    /// The statement makes no sense for the tables that are there.
    pub fn semantic(message: impl fmt::Display) -> Self {
        Self::new(
            "ODPS-0130071",
            format!("Semantic analysis exception - {message}"),
        )
    }

    /// A table that is not there.
    pub fn no_table(name: impl fmt::Display) -> Self {
        Self::new(
            "ODPS-0130131",
            format!("Table not found - table {name} cannot be resolved"),
        )
    }

    /// The account may not do it.
    pub fn denied(message: impl fmt::Display) -> Self {
        Self::new(
            "ODPS-0130013",
            format!("Authorization exception - {message}"),
        )
    }

    /// A call with too few or too many arguments.
    pub fn arguments(function: &str, needs: impl fmt::Display, given: usize) -> Self {
        Self::new(
            "ODPS-0130221",
            format!(
                "Invalid number of arguments - function {function} needs {needs} parameters, \
                 actually have {given}"
            ),
        )
    }

    /// A data definition that cannot be carried out.
    pub fn ddl(message: impl fmt::Display) -> Self {
        Self::new("ODPS-0110061", format!("Failed to run ddltask - {message}"))
    }

    /// A value that a function or a cast does not take, found while running.
    pub fn argument(message: impl fmt::Display) -> Self {
        Self::new("ODPS-0121095", format!("Invalid argument - {message}"))
    }

    /// The script was cancelled.
    pub fn cancelled() -> Self {
        Self::new("ODPS-0120006", "Instance has been cancelled")
    }

    /// Something broke that the user cannot repair.
    pub fn internal(message: impl fmt::Display) -> Self {
        Self::new("ODPS-0010000", format!("System internal error - {message}"))
    }

    /// Another code of the public list.
    pub fn with_code(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, message)
    }

    /// Adds the place, unless there is one.
    #[must_use]
    pub fn at(mut self, position: Option<Position>) -> Self {
        self.position = self.position.or(position);
        self
    }

    /// Whether the script ended because it was told to.
    pub fn is_cancelled(&self) -> bool {
        self.code == "ODPS-0120006"
    }
}

impl From<CatalogError> for SqlError {
    fn from(error: CatalogError) -> Self {
        match error {
            CatalogError::NoSuchTable(name) => Self::no_table(name),
            CatalogError::Denied(message) => Self::denied(message),
            CatalogError::TableExists(_) => {
                Self::with_code("ODPS-0130121", format!("Table already exists - {error}"))
            }
            CatalogError::NoSuchPartition(_) | CatalogError::PartitionExists(_) => Self::ddl(error),
            CatalogError::NoSuchProject(_)
            | CatalogError::NoSuchSchema(_)
            | CatalogError::SchemaExists(_) => Self::ddl(error),
            CatalogError::Invalid(_) | CatalogError::Unsupported(_) => Self::semantic(error),
            CatalogError::Storage(message) => Self::internal(message),
        }
    }
}
