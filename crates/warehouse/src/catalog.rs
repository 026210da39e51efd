//! What there is: projects, schemas, tables, partitions, functions and resources, and which data
//! files belong to the last commit of each.
//!
//! Everything is in one transactional store (`catalog.redb`). Data files have private names and are
//! never changed; a file is part of a table when a transaction of the store says so, so a commit is
//! seen whole or not at all, whenever the process dies. What no transaction knows is removed at the
//! next start.

mod columns;
mod commit;
#[cfg(test)]
mod crash;
mod db;
mod files;
mod functions;
mod model;
mod partitions;
mod projects;
mod refusal;
#[cfg(test)]
mod reshape;
mod resources;
mod sql;
mod tables;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use columns::arrow;
pub(crate) use commit::{Committed, Mode};
pub(crate) use files::DataFile;
pub(crate) use functions::Function;
pub(crate) use model::{Column, Kind, Name, Partition, Project, Schema, Table, part_key, within};
pub use refusal::Refusal;
pub(crate) use resources::{Place, Put, Resource, md5};
pub(crate) use sql::SqlCatalog;
pub(crate) use write::Write;

use crate::Error;
use crate::store::Store;
use db::Db;
use files::Files;
use std::sync::Arc;

/// The schema that every project has.
pub(crate) const DEFAULT_SCHEMA: &str = "default";

/// The catalogue of a data folder.
#[derive(Debug)]
pub(crate) struct Catalog {
    db: Db,
    files: Arc<Files>,
}

impl Catalog {
    /// Opens the catalogue, removes the files of writes that were cut off, and what was temporary.
    pub(crate) fn open(store: &Store) -> Result<Self, Error> {
        let catalog = Self {
            db: Db::open(store.path(&["catalog.redb"]))?,
            files: Files::open(store.path(&["data"]))?,
        };
        catalog.sweep_resources()?;
        let listed = catalog.db.read(|read| {
            let mut listed = commit::listed(read)?;
            listed.extend(resources::listed(read)?);
            Ok(listed)
        })?;
        catalog.files.sweep(&listed)?;
        Ok(catalog)
    }
}

/// Rows of all files.
pub(crate) fn rows(files: &[DataFile]) -> u64 {
    files.iter().map(|file| file.rows).sum()
}

/// Bytes of all files.
pub(crate) fn bytes(files: &[DataFile]) -> u64 {
    files.iter().map(|file| file.bytes).sum()
}
