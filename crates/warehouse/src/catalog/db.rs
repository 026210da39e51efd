//! The transactional store under the catalogue: maps from three texts to JSON in one redb file.
//!
//! After a failed write (a full disk) redb refuses everything until it is opened anew; that is done
//! here, so that the process need not end.

use crate::Error;
use redb::{Database, ReadableDatabase as _, ReadableTable, TableDefinition};
use serde::{Serialize, de::DeserializeOwned};
use std::path::PathBuf;
use std::sync::{PoisonError, RwLock};

/// A key: from the general to the special, empty where it ends earlier.
pub(super) type Key<'a> = (&'a str, &'a str, &'a str);

/// A map of the store.
pub(super) type Map = TableDefinition<'static, Key<'static>, &'static [u8]>;

/// project → [`super::Project`]
pub(super) const PROJECTS: Map = TableDefinition::new("projects");
/// project, schema → [`super::Schema`]
pub(super) const SCHEMAS: Map = TableDefinition::new("schemas");
/// project, schema, table → [`super::Table`]
pub(super) const TABLES: Map = TableDefinition::new("tables");
/// id of the table, partition → its files; a table without partitions has the empty partition
pub(super) const PARTS: Map = TableDefinition::new("parts");
/// id that a client gave to a commit → [`super::Committed`]
pub(super) const COMMITS: Map = TableDefinition::new("commits");

/// project, schema, resource → [`super::Resource`]
pub(super) const RESOURCES: Map = TableDefinition::new("resources");
/// project, schema, function in lower case → [`super::Function`]
pub(super) const FUNCTIONS: Map = TableDefinition::new("functions");

const ALL: [Map; 7] = [
    PROJECTS, SCHEMAS, TABLES, PARTS, COMMITS, RESOURCES, FUNCTIONS,
];

/// The store.
#[derive(Debug)]
pub(super) struct Db {
    path: PathBuf,
    open: RwLock<Option<Database>>,
}

/// A read transaction: the state after one commit.
pub(super) struct Read(redb::ReadTransaction);

/// A write transaction. There is one at a time.
pub(super) struct Change(redb::WriteTransaction);

/// What both transactions can do.
pub(super) trait Look {
    /// The value under a key.
    fn get<T: DeserializeOwned>(&self, map: Map, key: Key<'_>) -> Result<Option<T>, Error>;

    /// Keys and values, in the order of the keys, from a key on while `wanted` holds.
    fn scan<T: DeserializeOwned>(
        &self,
        map: Map,
        from: Key<'_>,
        wanted: impl Fn(Key<'_>) -> bool,
    ) -> Result<Vec<([String; 3], T)>, Error>;
}

impl Db {
    pub(super) fn open(path: PathBuf) -> Result<Self, Error> {
        let database = create(&path)?;
        Ok(Self {
            path,
            open: RwLock::new(Some(database)),
        })
    }

    /// Reads from one state.
    pub(super) fn read<T>(&self, look: impl FnOnce(&Read) -> Result<T, Error>) -> Result<T, Error> {
        self.with(|database| look(&Read(database.begin_read().map_err(failed)?)))
    }

    /// Changes the state: all of it if `change` succeeds, else nothing.
    pub(super) fn write<T>(
        &self,
        change: impl FnOnce(&Change) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.with(|database| {
            let transaction = Change(database.begin_write().map_err(failed)?);
            match change(&transaction) {
                Ok(done) => {
                    transaction.0.commit().map_err(failed)?;
                    Ok(done)
                }
                Err(error) => {
                    // The first error is the one to tell; dropping ends the transaction as well.
                    drop(transaction.0.abort());
                    Err(error)
                }
            }
        })
    }

    fn with<T>(&self, work: impl FnOnce(&Database) -> Result<T, Error>) -> Result<T, Error> {
        let mut work = Some(work);
        let result = loop {
            {
                let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
                if let (Some(database), Some(work)) = (open.as_ref(), work.take()) {
                    break work(database);
                }
            }
            let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
            if open.is_none() {
                *open = Some(create(&self.path)?);
            }
        };
        if let Err(Error::Database(error)) = &result
            && matches!(error.as_ref(), redb::Error::Io(_) | redb::Error::PreviousIo)
        {
            tracing::error!(%error, "the catalogue is opened anew");
            let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
            // Two databases on one file must not be: the old one goes first.
            *open = None;
        }
        result
    }
}

fn create(path: &PathBuf) -> Result<Database, Error> {
    let database = Database::create(path).map_err(failed)?;
    let transaction = database.begin_write().map_err(failed)?;
    for map in ALL {
        transaction.open_table(map).map_err(failed)?;
    }
    transaction.commit().map_err(failed)?;
    Ok(database)
}

fn failed(error: impl Into<redb::Error>) -> Error {
    Error::Database(Box::new(error.into()))
}

fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(bytes).map_err(Error::Entry)
}

type Table<'a> = &'a dyn ReadableTableOf;

/// `ReadableTable` with the types of our maps.
trait ReadableTableOf {
    fn one(&self, key: Key<'_>) -> Result<Option<Vec<u8>>, Error>;
    fn from(&self, key: Key<'_>, wanted: &dyn Fn(Key<'_>) -> bool) -> Result<Vec<Entry>, Error>;
}

type Entry = ([String; 3], Vec<u8>);

impl<T: ReadableTable<Key<'static>, &'static [u8]>> ReadableTableOf for T {
    fn one(&self, key: Key<'_>) -> Result<Option<Vec<u8>>, Error> {
        let found = self.get(key).map_err(failed)?;
        Ok(found.map(|value| value.value().to_vec()))
    }

    fn from(&self, key: Key<'_>, wanted: &dyn Fn(Key<'_>) -> bool) -> Result<Vec<Entry>, Error> {
        let mut entries = Vec::new();
        for entry in self.range::<Key<'_>>(key..).map_err(failed)? {
            let (key, value) = entry.map_err(failed)?;
            let (a, b, c) = key.value();
            if !wanted((a, b, c)) {
                break;
            }
            entries.push(([a, b, c].map(str::to_owned), value.value().to_vec()));
        }
        Ok(entries)
    }
}

fn get<T: DeserializeOwned>(table: Table<'_>, key: Key<'_>) -> Result<Option<T>, Error> {
    table.one(key)?.map(|bytes| decode(&bytes)).transpose()
}

fn scan<T: DeserializeOwned>(
    table: Table<'_>,
    from: Key<'_>,
    wanted: &dyn Fn(Key<'_>) -> bool,
) -> Result<Vec<([String; 3], T)>, Error> {
    let entries = table.from(from, wanted)?.into_iter();
    entries
        .map(|(key, bytes)| Ok((key, decode(&bytes)?)))
        .collect()
}

impl Look for Read {
    fn get<T: DeserializeOwned>(&self, map: Map, key: Key<'_>) -> Result<Option<T>, Error> {
        get(&self.0.open_table(map).map_err(failed)?, key)
    }

    fn scan<T: DeserializeOwned>(
        &self,
        map: Map,
        from: Key<'_>,
        wanted: impl Fn(Key<'_>) -> bool,
    ) -> Result<Vec<([String; 3], T)>, Error> {
        scan(&self.0.open_table(map).map_err(failed)?, from, &wanted)
    }
}

impl Look for Change {
    fn get<T: DeserializeOwned>(&self, map: Map, key: Key<'_>) -> Result<Option<T>, Error> {
        get(&self.0.open_table(map).map_err(failed)?, key)
    }

    fn scan<T: DeserializeOwned>(
        &self,
        map: Map,
        from: Key<'_>,
        wanted: impl Fn(Key<'_>) -> bool,
    ) -> Result<Vec<([String; 3], T)>, Error> {
        scan(&self.0.open_table(map).map_err(failed)?, from, &wanted)
    }
}

impl Change {
    /// Sets the value under a key.
    pub(super) fn put<T: Serialize>(&self, map: Map, key: Key<'_>, value: &T) -> Result<(), Error> {
        let bytes = serde_json::to_vec(value).map_err(Error::Entry)?;
        let mut table = self.0.open_table(map).map_err(failed)?;
        table.insert(key, bytes.as_slice()).map_err(failed)?;
        Ok(())
    }

    /// Removes a key; says whether it was there.
    pub(super) fn remove(&self, map: Map, key: Key<'_>) -> Result<bool, Error> {
        let mut table = self.0.open_table(map).map_err(failed)?;
        let found = table.remove(key).map_err(failed)?.is_some();
        Ok(found)
    }
}
