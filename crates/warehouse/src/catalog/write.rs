//! A write: new data files under private names, part of the table at the commit, or never.

use super::commit::{Work, apply};
use super::model::Stored;
use super::{Catalog, Committed, Kind, Mode, Name, Refusal, Table};
use crate::Error;
use odps::tables::PartitionSpec;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

/// Threads that wait for the disk.
const SEALERS: usize = 8;

/// A write that is going on. Dropped without a commit it leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Write {
    catalog: Arc<Catalog>,
    table: Table,
    new: bool,
    files: Vec<(PartitionSpec, String)>,
}

impl Catalog {
    /// Begins a write to a table that is there.
    pub(crate) fn write(self: &Arc<Self>, name: &Name) -> Result<Write, Error> {
        let table = self.table(name)?;
        let table = table.ok_or_else(|| Refusal::NoTable(name.to_string()))?;
        if table.kind == Kind::View {
            return Err(Refusal::IsView(name.to_string()).into());
        }
        Ok(Write {
            catalog: self.clone(),
            table,
            new: false,
            files: Vec::new(),
        })
    }

    /// Begins a write to a table that is made by the same commit.
    pub(crate) fn write_new(self: &Arc<Self>, table: Table) -> Write {
        Write {
            catalog: self.clone(),
            table,
            new: true,
            files: Vec::new(),
        }
    }
}

impl Write {
    /// The table as it was when the write began.
    pub(crate) fn table(&self) -> &Table {
        &self.table
    }

    /// The path of a new Parquet file for a partition (the empty one for a table without partitions).
    /// The caller makes the file and closes it before the commit.
    pub(crate) fn file(&mut self, spec: &PartitionSpec) -> Result<PathBuf, Error> {
        let spec = self.table.spec(spec)?;
        let name = self.catalog.files.name(&self.table.id, "parquet")?;
        let path = self.catalog.files.path(&name);
        self.files.push((spec, name));
        Ok(path)
    }

    /// Makes the files part of the table. Under an `id` that was committed before nothing is done, and
    /// what was said then is said again.
    pub(crate) fn commit(mut self, mode: Mode, id: Option<&str>) -> Result<Committed, Error> {
        let catalog = self.catalog.clone();
        let files = self.sealed()?;
        if !files.is_empty() {
            catalog.files.seal_folder(&self.table.id)?;
        }
        let work = Work {
            table: &self.table,
            new: self.new,
            files,
            mode,
            id,
        };
        let done = catalog.db.write(|change| apply(change, work))?;
        // From here on the files are the table's.
        self.files.clear();
        catalog.files.doom(&done.gone);
        Ok(done.committed)
    }
}

impl Write {
    /// The files with what their footers say, each safe on the disk. A disk takes many at a time.
    fn sealed(&self) -> Result<Vec<(PartitionSpec, Stored)>, Error> {
        let share = self.files.len().div_ceil(SEALERS).max(1);
        thread::scope(|scope| {
            let seal = |chunk: &'_ [(PartitionSpec, String)]| {
                let chunk = chunk.to_vec();
                scope.spawn(move || {
                    let seal = |(spec, name): (PartitionSpec, String)| {
                        let stored = self.catalog.files.seal(&name)?;
                        Ok::<_, Error>((spec, stored))
                    };
                    chunk.into_iter().map(seal).collect::<Result<Vec<_>, _>>()
                })
            };
            let sealers: Vec<_> = self.files.chunks(share).map(seal).collect();
            let mut files = Vec::new();
            for sealer in sealers {
                // A panic of the thread is passed on as it is.
                let sealed = sealer.join();
                files.extend(sealed.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
            }
            Ok(files)
        })
    }
}

impl Drop for Write {
    fn drop(&mut self) {
        self.catalog
            .files
            .doom(self.files.iter().map(|(_, name)| name));
    }
}
