//! The end of a write: the one transaction that makes its files part of the table.

use super::db::{COMMITS, Change, Look as _, PARTS, Read, TABLES};
use super::model::{Part, Stored, part_key};
use super::{Catalog, Refusal, Table};
use crate::{Error, clock};
use odps::tables::PartitionSpec;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use wire::Millis;

/// How long the ids of commits are remembered.
const REMEMBERED: Millis = 7 * 24 * 3600 * 1000;

/// What becomes of the rows that were there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// They stay.
    Append,
    /// They stay; these partitions are there afterwards, with new rows or without.
    AppendTo(Vec<PartitionSpec>),
    /// They go in these partitions, and in those that were written.
    OverwritePartitions(Vec<PartitionSpec>),
}

/// A commit that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Committed {
    /// The id of the table.
    pub(crate) table: String,
    /// Rows that were written.
    pub(crate) rows: u64,
    pub(crate) at: Millis,
}

/// What a commit works with.
pub(super) struct Work<'a> {
    pub(super) table: &'a Table,
    /// Whether the table is made by this commit.
    pub(super) new: bool,
    pub(super) files: Vec<(PartitionSpec, Stored)>,
    pub(super) mode: Mode,
    pub(super) id: Option<&'a str>,
}

/// What a commit did.
pub(super) struct Done {
    pub(super) committed: Committed,
    /// Files that belong to nothing any more.
    pub(super) gone: Vec<String>,
}

/// Every file that the catalogue lists.
pub(super) fn listed(read: &Read) -> Result<HashSet<String>, Error> {
    let parts = read.scan::<Part>(PARTS, ("", "", ""), |_| true)?;
    let files = parts.into_iter().flat_map(|(_, part)| part.files);
    Ok(files.map(|file| file.name).collect())
}

impl Catalog {
    /// The commit that was made under an id of a client.
    pub(crate) fn committed(&self, id: &str) -> Result<Option<Committed>, Error> {
        self.db.read(|read| read.get(COMMITS, (id, "", "")))
    }
}

/// Does the work in the transaction.
pub(super) fn apply(change: &Change, work: Work<'_>) -> Result<Done, Error> {
    let mut gone = Vec::new();
    if let Some(id) = work.id
        && let Some(committed) = change.get::<Committed>(COMMITS, (id, "", ""))?
    {
        // Said twice, done once: the files of the second time are nobody's.
        gone.extend(work.files.into_iter().map(|(_, file)| file.name));
        return Ok(Done { committed, gone });
    }
    let now = clock::now();
    let name = work.table.full_name();
    let mut table = match change.get::<Table>(TABLES, name.key())? {
        Some(_) if work.new => return Err(Refusal::TableExists(name.to_string()).into()),
        Some(found) if found.id == work.table.id => found,
        // Another of this name is another table.
        Some(_) | None if !work.new => return Err(Refusal::NoTable(name.to_string()).into()),
        _ => super::tables::insert(change, work.table)?,
    };
    table.modified = now;
    change.put(TABLES, name.key(), &table)?;

    let keeps = matches!(work.mode, Mode::Append | Mode::AppendTo(_));
    let rows = work.files.iter().map(|(_, file)| file.rows).sum();
    let mut written: BTreeMap<String, (PartitionSpec, Vec<Stored>)> = BTreeMap::new();
    let named: Vec<PartitionSpec> = match &work.mode {
        Mode::Append => Vec::new(),
        Mode::AppendTo(specs) | Mode::OverwritePartitions(specs) => specs
            .iter()
            .map(|spec| table.spec(spec))
            .collect::<Result<_, _>>()?,
    };
    for spec in named {
        written.insert(part_key(&spec), (spec, Vec::new()));
    }
    for (spec, file) in work.files {
        let spec = table.spec(&spec)?;
        let entry = written.entry(part_key(&spec));
        entry.or_insert_with(|| (spec, Vec::new())).1.push(file);
    }
    for (key, (spec, files)) in written {
        let key = (table.id.as_str(), key.as_str(), "");
        let mut part = change
            .get::<Part>(PARTS, key)?
            .unwrap_or_else(|| Part::new(&spec, now));
        if !keeps {
            gone.extend(part.files.drain(..).map(|file| file.name));
        }
        for file in files {
            // A file without rows says nothing.
            if file.rows == 0 {
                gone.push(file.name);
            } else {
                part.files.push(file);
            }
        }
        part.modified = now;
        change.put(PARTS, key, &part)?;
    }
    let committed = Committed {
        table: table.id,
        rows,
        at: now,
    };
    if let Some(id) = work.id {
        let old = change.scan::<Committed>(COMMITS, ("", "", ""), |_| true)?;
        for ([id, ..], commit) in old {
            if commit.at + REMEMBERED < now {
                change.remove(COMMITS, (&id, "", ""))?;
            }
        }
        change.put(COMMITS, (id, "", ""), &committed)?;
    }
    Ok(Done { committed, gone })
}

/// All parts of a table, in the order of their values.
pub(super) fn parts(look: &impl super::db::Look, table: &Table) -> Result<Vec<Part>, Error> {
    let id = table.id.as_str();
    let found = look.scan::<Part>(PARTS, (id, "", ""), |key| key.0 == id)?;
    Ok(found.into_iter().map(|(_, part)| part).collect())
}
