//! A catalogue for tests: definitions in memory, data in a temporary folder.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use odps::tables::PartitionSpec;
use parquet::file::reader::{FileReader, SerializedFileReader};
use sql::{Alter, Catalog, CatalogError, Commit, DataSet, Facts, TableDef, TableName, Write};
use tempfile::TempDir;

type Result<T> = std::result::Result<T, CatalogError>;

#[derive(Default)]
struct Stored {
    def: TableDef,
    data: BTreeMap<Vec<(String, String)>, Vec<PathBuf>>,
}

struct Shared {
    tables: Mutex<BTreeMap<TableName, Stored>>,
    folder: TempDir,
    files: Mutex<u64>,
}

pub(crate) struct Memory(Arc<Shared>);

impl Memory {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Shared {
            tables: Mutex::default(),
            folder: tempfile::tempdir().unwrap(),
            files: Mutex::new(0),
        }))
    }

    fn tables(&self) -> MutexGuard<'_, BTreeMap<TableName, Stored>> {
        self.0.tables.lock().unwrap()
    }

    fn change<T>(&self, name: &TableName, act: impl FnOnce(&mut Stored) -> Result<T>) -> Result<T> {
        match self.tables().get_mut(name) {
            Some(stored) => act(stored),
            None => Err(CatalogError::NoSuchTable(name.clone())),
        }
    }
}

fn rows(path: &PathBuf) -> u64 {
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    reader.metadata().file_metadata().num_rows() as u64
}

impl Catalog for Memory {
    fn project(&self) -> &str {
        "p"
    }

    fn table(&self, name: &TableName) -> Result<Option<TableDef>> {
        Ok(self.tables().get(name).map(|stored| stored.def.clone()))
    }

    fn tables(&self, project: &str, schema: Option<&str>) -> Result<Vec<String>> {
        let here = |name: &&TableName| {
            name.project == project && name.schema.as_deref() == schema.filter(|s| *s != "default")
        };
        let tables = self.tables();
        Ok(tables
            .keys()
            .filter(here)
            .map(|name| name.table.clone())
            .collect())
    }

    fn data(&self, name: &TableName, filter: Option<&PartitionSpec>) -> Result<Vec<DataSet>> {
        self.change(name, |stored| {
            let mut sets = Vec::new();
            for (spec, files) in &stored.data {
                if filter.is_some_and(|filter| !filter.0.iter().all(|part| spec.contains(part))) {
                    continue;
                }
                sets.push(DataSet {
                    spec: PartitionSpec(spec.clone()),
                    rows: files.iter().map(rows).sum(),
                    bytes: files
                        .iter()
                        .map(|path| path.metadata().unwrap().len())
                        .sum(),
                    files: files.clone(),
                    created: 0,
                    modified: 0,
                });
            }
            Ok(sets)
        })
    }

    fn create_table(&self, name: &TableName, def: TableDef) -> Result<()> {
        let mut data = BTreeMap::new();
        if def.partitions.is_empty() {
            data.insert(Vec::new(), Vec::new());
        }
        let facts = Facts {
            owner: "ALIYUN$owner".into(),
            ..Facts::default()
        };
        let def = TableDef { facts, ..def };
        self.tables().insert(name.clone(), Stored { def, data });
        Ok(())
    }

    fn replace_view(&self, name: &TableName, def: TableDef) -> Result<()> {
        self.create_table(name, def)
    }

    fn drop_table(&self, name: &TableName) -> Result<()> {
        self.tables().remove(name);
        Ok(())
    }

    fn rename_table(&self, name: &TableName, to: &str) -> Result<()> {
        let stored = self.tables().remove(name);
        let stored = stored.ok_or_else(|| CatalogError::NoSuchTable(name.clone()))?;
        let to = TableName {
            table: to.to_owned(),
            ..name.clone()
        };
        self.tables().insert(to, stored);
        Ok(())
    }

    fn alter_table(&self, name: &TableName, change: Alter) -> Result<()> {
        self.change(name, |stored| {
            match change {
                Alter::AddColumns(columns) => stored.def.columns.extend(columns),
                Alter::Comment(comment) => stored.def.comment = comment,
                Alter::Lifecycle(days) => stored.def.lifecycle = days,
                Alter::ColumnComment(name, comment) => {
                    let column = stored.def.columns.iter_mut().find(|c| c.name == name);
                    column.unwrap().comment = comment;
                }
                Alter::Touch => {}
                _ => return Err(CatalogError::Unsupported("this change")),
            }
            Ok(())
        })
    }

    fn truncate(&self, name: &TableName, partitions: &[PartitionSpec]) -> Result<()> {
        self.change(name, |stored| {
            for (spec, files) in &mut stored.data {
                if partitions.is_empty() || partitions.iter().any(|one| &one.0 == spec) {
                    files.clear();
                }
            }
            Ok(())
        })
    }

    fn add_partitions(
        &self,
        name: &TableName,
        specs: &[PartitionSpec],
        if_not_exists: bool,
    ) -> Result<()> {
        self.change(name, |stored| {
            for spec in specs {
                if stored.data.contains_key(&spec.0) && !if_not_exists {
                    return Err(CatalogError::PartitionExists(spec.clone()));
                }
                stored.data.entry(spec.0.clone()).or_default();
            }
            Ok(())
        })
    }

    fn drop_partitions(
        &self,
        name: &TableName,
        specs: &[PartitionSpec],
        if_exists: bool,
    ) -> Result<()> {
        self.change(name, |stored| {
            for spec in specs {
                if stored.data.remove(&spec.0).is_none() && !if_exists {
                    return Err(CatalogError::NoSuchPartition(spec.clone()));
                }
            }
            Ok(())
        })
    }

    fn merge_partitions(
        &self,
        name: &TableName,
        from: &[PartitionSpec],
        into: &PartitionSpec,
    ) -> Result<()> {
        self.change(name, |stored| {
            let mut files = Vec::new();
            for spec in from {
                match stored.data.remove(&spec.0) {
                    Some(more) => files.extend(more),
                    None => return Err(CatalogError::NoSuchPartition(spec.clone())),
                }
            }
            stored.data.insert(into.0.clone(), files);
            Ok(())
        })
    }

    fn write(&self, name: &TableName) -> Result<Box<dyn Write>> {
        Ok(Box::new(Pending {
            shared: self.0.clone(),
            name: name.clone(),
            files: Vec::new(),
        }))
    }
}

struct Pending {
    shared: Arc<Shared>,
    name: TableName,
    files: Vec<(PartitionSpec, PathBuf)>,
}

impl Write for Pending {
    fn file(&mut self, spec: &PartitionSpec) -> Result<PathBuf> {
        let mut number = self.shared.files.lock().unwrap();
        *number += 1;
        let path = self
            .shared
            .folder
            .path()
            .join(format!("部分 {number}%.parquet"));
        self.files.push((spec.clone(), path.clone()));
        Ok(path)
    }

    fn commit(self: Box<Self>, commit: Commit) -> Result<u64> {
        let mut tables = self.shared.tables.lock().unwrap();
        let stored = tables.get_mut(&self.name);
        let stored = stored.ok_or_else(|| CatalogError::NoSuchTable(self.name.clone()))?;
        if let Some(shape) = commit.shape {
            stored.def.columns = shape.columns;
            stored.def.defaults = shape.defaults;
        }
        for spec in commit.partitions {
            let files = stored.data.entry(spec.0).or_default();
            if commit.overwrite {
                files.clear();
            }
        }
        let mut count = 0;
        for (spec, path) in self.files {
            count += rows(&path);
            stored.data.entry(spec.0).or_default().push(path);
        }
        Ok(count)
    }
}
