//! MaxCompute SQL on DataFusion: the dialect, the types, the functions and the statements, with the
//! error codes and positions that MaxCompute has.
//!
//! The library knows no HTTP and keeps no files of its own. What tables exist and where their data
//! lies is said by a [`Catalog`]; a [`Session`] runs scripts over it.

mod catalog;
mod convert;
mod dialect;
mod error;
mod functions;
mod outcome;
mod plan;
mod progress;
mod rewrite;
mod run;
mod script;
mod session;
mod statement;
mod types;

pub use catalog::{
    Alter, Catalog, CatalogError, Commit, DataSet, Facts, Shape, TableDef, TableName, Write,
};
pub use error::{Position, SqlError};
pub use outcome::{Cost, Outcome, Rows};
pub use progress::{Progress, Stage};
pub use session::{Options, Session};
pub use types::{storage_schema, storage_type};

/// Ends a running script from outside.
pub use tokio_util::sync::CancellationToken;
