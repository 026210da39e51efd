//! Tables and views: found, made, renamed, emptied, dropped.

use super::commit::parts;
use super::db::{Change, Look as _, PARTS, SCHEMAS, TABLES};
use super::model::{Part, part_key};
use super::{Catalog, Kind, Name, Refusal, Schema, Table};
use crate::{Error, clock};
use odps::tables::PartitionSpec;

/// Letters, digits and `_` of any script, at most 128 bytes: as the service has it for names, with
/// Chinese letters allowed everywhere.
pub(super) fn check_name(name: &str) -> Result<(), Refusal> {
    let good = |c: char| c == '_' || c.is_alphanumeric();
    if name.is_empty() || name.len() > 128 || !name.chars().all(good) {
        return Err(Refusal::BadName(name.to_owned()));
    }
    Ok(())
}

fn absent(name: &Name) -> Refusal {
    Refusal::NoTable(name.to_string())
}

/// Adds a table to the transaction, with its one part if it has no partitions.
pub(super) fn insert(change: &Change, table: &Table) -> Result<Table, Error> {
    let name = table.full_name();
    check_name(&name.table)?;
    super::columns::check(table)?;
    let schema = change.get::<Schema>(SCHEMAS, (&name.project, &name.schema, ""))?;
    if schema.is_none() {
        return Err(Refusal::NoSchema(name.schema).into());
    }
    if change.get::<Table>(TABLES, name.key())?.is_some() {
        return Err(Refusal::TableExists(name.to_string()).into());
    }
    change.put(TABLES, name.key(), table)?;
    if table.kind == Kind::Managed && table.partition_keys.is_empty() {
        let whole = PartitionSpec::default();
        let part = Part::new(&whole, table.created);
        change.put(PARTS, (&table.id, &part_key(&whole), ""), &part)?;
    }
    Ok(table.clone())
}

impl Catalog {
    /// One table or view.
    pub(crate) fn table(&self, name: &Name) -> Result<Option<Table>, Error> {
        self.db.read(|read| read.get(TABLES, name.key()))
    }

    /// Tables and views of a schema, by name, from behind a name on.
    pub(crate) fn tables(
        &self,
        project: &str,
        schema: Option<&str>,
        after: Option<&str>,
    ) -> Result<Vec<Table>, Error> {
        let from = Name::new(project, schema, after.unwrap_or_default());
        let found = self.db.read(|read| {
            read.scan::<Table>(TABLES, from.key(), |key| {
                key.0 == project && key.1 == from.schema
            })
        })?;
        let tables = found.into_iter().map(|(_, table)| table);
        Ok(tables
            .filter(|table| after.is_none() || table.name > from.table)
            .collect())
    }

    /// Makes a table or a view.
    pub(crate) fn create_table(&self, table: &Table) -> Result<(), Error> {
        self.db.write(|change| insert(change, table).map(drop))
    }

    /// Makes many empty tables at once, with these partitions, whatever they are called and whatever
    /// columns they have: what tests want to see is not always what SQL would make.
    pub(crate) fn plant(&self, tables: &[(Table, Vec<PartitionSpec>)]) -> Result<(), Error> {
        self.db.write(|change| {
            for (table, partitions) in tables {
                change.put(TABLES, table.full_name().key(), table)?;
                let whole = [PartitionSpec::default()];
                let specs = match table.partition_keys.is_empty() {
                    true => &whole,
                    false => partitions.as_slice(),
                };
                for spec in specs {
                    let part = Part::new(spec, table.created);
                    change.put(PARTS, (&table.id, &part_key(spec), ""), &part)?;
                }
            }
            Ok(())
        })
    }

    /// Makes a view, in the place of a view of this name.
    pub(crate) fn replace_view(&self, table: &Table) -> Result<(), Error> {
        let name = table.full_name();
        self.db.write(|change| {
            match change.get::<Table>(TABLES, name.key())? {
                Some(old) if old.kind != Kind::View => {
                    return Err(Refusal::NotView(name.to_string()).into());
                }
                Some(_) => change.remove(TABLES, name.key())?,
                None => false,
            };
            insert(change, table).map(drop)
        })
    }

    /// Drops a table or a view with its data.
    pub(crate) fn drop_table(&self, name: &Name, kind: Kind) -> Result<(), Error> {
        let gone = self.db.write(|change| {
            let table = change.get::<Table>(TABLES, name.key())?;
            let table = table.ok_or_else(|| absent(name))?;
            match (table.kind, kind) {
                (Kind::View, Kind::Managed) => return Err(Refusal::IsView(name.to_string()).into()),
                (Kind::Managed, Kind::View) => {
                    return Err(Refusal::NotView(name.to_string()).into());
                }
                _ => {}
            }
            change.remove(TABLES, name.key())?;
            let mut gone = Vec::new();
            for part in parts(change, &table)? {
                let key = part_key(&PartitionSpec(part.spec));
                change.remove(PARTS, (&table.id, &key, ""))?;
                gone.extend(part.files.into_iter().map(|file| file.name));
            }
            Ok(gone)
        })?;
        self.files.doom(&gone);
        Ok(())
    }

    /// Gives a table another name in its schema.
    pub(crate) fn rename_table(&self, name: &Name, to: &str) -> Result<(), Error> {
        let to = Name {
            table: to.to_lowercase(),
            ..name.clone()
        };
        check_name(&to.table)?;
        self.db.write(|change| {
            let table = change.get::<Table>(TABLES, name.key())?;
            let mut table = table.ok_or_else(|| absent(name))?;
            if change.get::<Table>(TABLES, to.key())?.is_some() {
                return Err(Refusal::TableExists(to.to_string()).into());
            }
            change.remove(TABLES, name.key())?;
            table.name = to.table.clone();
            table.described = clock::now();
            change.put(TABLES, to.key(), &table)
        })
    }

    /// Removes the rows of a table, or of the partitions that have the given values, all or none.
    pub(crate) fn truncate(&self, name: &Name, given: &[PartitionSpec]) -> Result<(), Error> {
        let gone = self.db.write(|change| {
            let table = change.get::<Table>(TABLES, name.key())?;
            let mut table = table.ok_or_else(|| absent(name))?;
            if table.kind == Kind::View {
                return Err(Refusal::IsView(name.to_string()).into());
            }
            let now = clock::now();
            let mut gone = Vec::new();
            let mut missed: Vec<&PartitionSpec> = given.iter().collect();
            for mut part in parts(change, &table)? {
                let spec = PartitionSpec(part.spec.clone());
                if !given.is_empty() && !given.iter().any(|given| super::within(&spec, given)) {
                    continue;
                }
                missed.retain(|given| !super::within(&spec, given));
                gone.extend(part.files.drain(..).map(|file| file.name));
                part.modified = now;
                change.put(PARTS, (&table.id, &part_key(&spec), ""), &part)?;
            }
            if let Some(missed) = missed.first() {
                return Err(Refusal::NoPartition((*missed).clone()).into());
            }
            table.modified = now;
            change.put(TABLES, name.key(), &table)?;
            Ok(gone)
        })?;
        self.files.doom(&gone);
        Ok(())
    }

    /// Changes what is said about a table: comment, lifecycle, owner, properties, columns.
    pub(crate) fn alter_table(
        &self,
        name: &Name,
        alter: impl FnOnce(&mut Table) -> Result<(), Refusal>,
    ) -> Result<(), Error> {
        self.db.write(|change| {
            let table = change.get::<Table>(TABLES, name.key())?;
            let mut table = table.ok_or_else(|| absent(name))?;
            alter(&mut table)?;
            super::columns::check(&table)?;
            table.described = clock::now();
            change.put(TABLES, name.key(), &table)
        })
    }
}
