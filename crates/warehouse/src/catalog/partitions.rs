//! Partitions and the files that hold the rows of the last commit.

use super::commit::parts;
use super::db::{Look as _, PARTS, TABLES};
use super::model::{Part, part_key};
use super::{Catalog, DataFile, Name, Partition, Refusal, Table, within};
use crate::{Error, clock};
use odps::tables::PartitionSpec;

impl Catalog {
    /// All partitions of a partitioned table, sorted; of any other table its one part.
    pub(crate) fn partitions(&self, table: &Table) -> Result<Vec<Partition>, Error> {
        let mut giver = self.files.giver();
        let parts = self.db.read(|read| parts(read, table))?;
        Ok(parts
            .into_iter()
            .map(|part| give(&mut giver, part))
            .collect())
    }

    /// One partition; every key must be given.
    pub(crate) fn partition(
        &self,
        table: &Table,
        given: &PartitionSpec,
    ) -> Result<Option<Partition>, Error> {
        let Ok(spec) = table.spec(given) else {
            return Ok(None);
        };
        let mut giver = self.files.giver();
        let key = part_key(&spec);
        let part = self
            .db
            .read(|read| read.get::<Part>(PARTS, (&table.id, &key, "")))?;
        Ok(part.map(|part| give(&mut giver, part)))
    }

    /// The files of a table in all its partitions.
    pub(crate) fn files(&self, table: &Table) -> Result<Vec<DataFile>, Error> {
        let partitions = self.partitions(table)?;
        Ok(partitions
            .into_iter()
            .flat_map(|partition| partition.files)
            .collect())
    }

    /// Adds partitions, all of them or none.
    pub(crate) fn add_partitions(
        &self,
        name: &Name,
        specs: &[PartitionSpec],
        if_not_exists: bool,
    ) -> Result<(), Error> {
        self.db.write(|change| {
            let table = change.get::<Table>(TABLES, name.key())?;
            let mut table = table.ok_or_else(|| Refusal::NoTable(name.to_string()))?;
            let now = clock::now();
            for given in specs {
                let spec = table.spec(given)?;
                if spec.0.is_empty() {
                    return Err(Refusal::BadPartition {
                        table: name.to_string(),
                        spec: given.to_string(),
                    }
                    .into());
                }
                let key = part_key(&spec);
                let key = (table.id.as_str(), key.as_str(), "");
                if change.get::<Part>(PARTS, key)?.is_none() {
                    change.put(PARTS, key, &Part::new(&spec, now))?;
                } else if !if_not_exists {
                    return Err(Refusal::PartitionExists {
                        table: name.to_string(),
                        spec,
                    }
                    .into());
                }
            }
            table.described = now;
            change.put(TABLES, name.key(), &table)
        })
    }

    /// Drops the partitions that have the given values, all or none; for each given prefix there must
    /// be one unless `if_exists`.
    pub(crate) fn drop_partitions(
        &self,
        name: &Name,
        given: &[PartitionSpec],
        if_exists: bool,
    ) -> Result<(), Error> {
        let gone = self.db.write(|change| {
            let table = change.get::<Table>(TABLES, name.key())?;
            let mut table = table.ok_or_else(|| Refusal::NoTable(name.to_string()))?;
            let mut gone = Vec::new();
            let mut missed: Vec<&PartitionSpec> = given.iter().collect();
            for part in parts(change, &table)? {
                let spec = PartitionSpec(part.spec);
                if spec.0.is_empty() || !given.iter().any(|given| within(&spec, given)) {
                    continue;
                }
                missed.retain(|given| !within(&spec, given));
                change.remove(PARTS, (&table.id, &part_key(&spec), ""))?;
                gone.extend(part.files.into_iter().map(|file| file.name));
            }
            if let Some(missed) = missed.first().filter(|_| !if_exists) {
                return Err(Refusal::NoPartition((*missed).clone()).into());
            }
            table.described = clock::now();
            change.put(TABLES, name.key(), &table)?;
            Ok(gone)
        })?;
        self.files.doom(&gone);
        Ok(())
    }

    /// Puts the rows of partitions together into one. What that one had goes, unless it is one of them.
    pub(crate) fn merge_partitions(
        &self,
        name: &Name,
        from: &[PartitionSpec],
        into: &PartitionSpec,
    ) -> Result<(), Error> {
        let gone = self.db.write(|change| {
            let table = change.get::<Table>(TABLES, name.key())?;
            let mut table = table.ok_or_else(|| Refusal::NoTable(name.to_string()))?;
            let now = clock::now();
            let target = table.spec(into)?;
            if target.0.is_empty() {
                return Err(Refusal::BadPartition {
                    table: name.to_string(),
                    spec: into.to_string(),
                }
                .into());
            }
            let mut files = Vec::new();
            let mut kept = false;
            for given in from {
                let spec = table.spec(given)?;
                let key = part_key(&spec);
                let key = (table.id.as_str(), key.as_str(), "");
                let Some(part) = change.get::<Part>(PARTS, key)? else {
                    return Err(Refusal::NoPartition(spec).into());
                };
                kept |= spec == target;
                files.extend(part.files);
                change.remove(PARTS, key)?;
            }
            let key = part_key(&target);
            let key = (table.id.as_str(), key.as_str(), "");
            let before = change.get::<Part>(PARTS, key)?;
            let gone: Vec<String> = match &before {
                Some(part) if !kept => part.files.iter().map(|file| file.name.clone()).collect(),
                _ => Vec::new(),
            };
            let mut part = before.unwrap_or_else(|| Part::new(&target, now));
            part.files = files;
            part.modified = now;
            change.put(PARTS, key, &part)?;
            table.described = now;
            table.modified = now;
            change.put(TABLES, name.key(), &table)?;
            Ok(gone)
        })?;
        self.files.doom(&gone);
        Ok(())
    }
}

fn give(giver: &mut super::files::Giver<'_>, part: Part) -> Partition {
    Partition {
        spec: PartitionSpec(part.spec),
        created: part.created,
        modified: part.modified,
        files: part.files.iter().map(|file| giver.give(file)).collect(),
    }
}
