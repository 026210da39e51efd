//! What the catalogue refuses, with the ODPS status and code for each.

use http::StatusCode;
use odps::tables::PartitionSpec;

/// What the catalogue refuses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// There is no such project.
    #[error("ODPS-0420111: Project not found - '{0}'.")]
    NoProject(String),
    /// There is no such schema.
    #[error("ODPS-0422155: Schema not found - '{0}'.")]
    NoSchema(String),
    /// The schema is there already.
    #[error("ODPS-0420131: Object already exists - schema '{0}'")]
    SchemaExists(String),
    /// The schema holds something, or it is the one that every project has.
    #[error("ODPS-0420061: Invalid parameter in HTTP request - schema '{0}' cannot be dropped")]
    SchemaInUse(String),
    /// There is no such table.
    #[error("ODPS-0130131:[0,0] Table not found - table {0} cannot be resolved")]
    NoTable(String),
    /// A table or view of this name is there already.
    #[error("ODPS-0130161:[0,0] Table or view already exists - table {0} is already defined")]
    TableExists(String),
    /// It is a view, and the operation is for tables.
    #[error("ODPS-0130071:[0,0] Semantic analysis exception - {0} is a view")]
    IsView(String),
    /// It is a table, and the operation is for views.
    #[error("ODPS-0130071:[0,0] Semantic analysis exception - {0} is not a view")]
    NotView(String),
    /// There is no such partition.
    #[error("The specified partition does not exist.")]
    NoPartition(PartitionSpec),
    /// The partition is there already.
    #[error("ODPS-0110061: Failed to run ddltask - partition {spec} of {table} already exists")]
    PartitionExists {
        /// The table.
        table: String,
        /// The partition.
        spec: PartitionSpec,
    },
    /// The text names no partition of this table.
    #[error("ODPS-0130141:[0,0] Illegal partition spec - '{spec}' is no partition of {table}")]
    BadPartition {
        /// The table.
        table: String,
        /// What was given.
        spec: String,
    },
    /// There is no such resource.
    #[error("ODPS-0420111: Resource not found - '{0}'")]
    NoResource(String),
    /// The resource is there already.
    #[error("ODPS-0420131: Object already exists - resource '{0}'")]
    ResourceExists(String),
    /// There is no such function.
    #[error("ODPS-0420111: Function not found - '{0}'")]
    NoFunction(String),
    /// The function is there already.
    #[error("ODPS-0420131: Object already exists - function '{0}'")]
    FunctionExists(String),
    /// A name that no object can have.
    #[error("ODPS-0420061: Invalid parameter in HTTP request - '{0}' is not a valid name")]
    BadName(String),
    /// Somebody else wrote in the meantime.
    #[error(
        "ODPS-0110061: Failed to run ddltask - {0} was changed by another statement, try again"
    )]
    Changed(String),
    /// Columns that no table can have.
    #[error("ODPS-0130071:[0,0] Semantic analysis exception - {0}")]
    BadColumns(String),
}

impl Refusal {
    /// The HTTP status and the code of the error document.
    pub(crate) fn status(&self) -> (StatusCode, &'static str) {
        match self {
            // Clients before 0.12 know no class of its own for it.
            Self::NoProject(_) => (StatusCode::NOT_FOUND, "NoSuchObject"),
            Self::NoSchema(_) => (StatusCode::NOT_FOUND, "NoSuchSchema"),
            Self::NoTable(_) | Self::NoResource(_) | Self::NoFunction(_) => {
                (StatusCode::NOT_FOUND, "NoSuchObject")
            }
            Self::NoPartition(_) => (StatusCode::NOT_FOUND, "NoSuchPartition"),
            Self::ResourceExists(_)
            | Self::FunctionExists(_)
            | Self::SchemaExists(_)
            | Self::TableExists(_)
            | Self::PartitionExists { .. } => (StatusCode::CONFLICT, "ObjectAlreadyExists"),
            Self::SchemaInUse(_)
            | Self::Changed(_)
            | Self::IsView(_)
            | Self::NotView(_)
            | Self::BadName(_)
            | Self::BadColumns(_) => (StatusCode::BAD_REQUEST, "InvalidParameter"),
            Self::BadPartition { .. } => (StatusCode::BAD_REQUEST, "InvalidPartitionSpec"),
        }
    }
}
