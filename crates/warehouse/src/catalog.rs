//! Tables and partitions: what `table.json` says and what Parquet files lie beside it.
//!
//! Everything is read from the folder each time: a table that another tool put there is seen.

use crate::{Error, store::Store};
use odps::tables::PartitionSpec;
use odps::types::Type;
use parquet::file::metadata::ParquetMetaDataReader;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::path::PathBuf;
use wire::Millis;

/// A column, or a partition key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// The ODPS type, such as `decimal(38,18)`.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) comment: String,
}

/// A table without its data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) owner: String,
    #[serde(default)]
    pub(crate) comment: String,
    pub(crate) columns: Vec<Column>,
    #[serde(default)]
    pub(crate) partition_keys: Vec<Column>,
    pub(crate) created: Millis,
    pub(crate) modified: Millis,
    /// Days until the data may be dropped; nothing is dropped locally.
    pub(crate) lifecycle: Option<u32>,
}

/// A Parquet file with what its footer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DataFile {
    pub(crate) path: PathBuf,
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
}

/// A partition with its files.
#[derive(Clone, Debug)]
pub(crate) struct Partition {
    pub(crate) spec: PartitionSpec,
    pub(crate) created: Millis,
    pub(crate) files: Vec<DataFile>,
}

/// The folders of a partition below its table's folder.
fn folders(spec: &PartitionSpec) -> Vec<String> {
    spec.0
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect()
}

/// Whether each given key has the given value here. Names of keys are not case-sensitive.
pub(crate) fn within(spec: &PartitionSpec, given: &PartitionSpec) -> bool {
    given.0.iter().all(|(name, value)| {
        spec.0
            .iter()
            .any(|(key, held)| key.eq_ignore_ascii_case(name) && held == value)
    })
}

impl Column {
    /// The column as the protocol knows it.
    pub(crate) fn to_wire(&self) -> odps::types::Column {
        let kind = Type::read(&self.kind);
        odps::types::Column {
            comment: self.comment.clone(),
            ..odps::types::Column::new(self.name.clone(), kind)
        }
    }
}

/// The tables of all projects.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Catalog<'a>(pub(crate) &'a Store);

impl Catalog<'_> {
    /// Whether there is such a project.
    pub(crate) fn has_project(&self, project: &str) -> bool {
        self.0.path(&["projects", project, "tables"]).is_dir()
    }

    /// The names of the tables, sorted.
    pub(crate) fn tables(&self, project: &str) -> Result<Vec<String>, Error> {
        self.0.names(&["projects", project, "tables"])
    }

    /// One table; names are not case-sensitive.
    pub(crate) fn table(&self, project: &str, name: &str) -> Result<Option<Table>, Error> {
        self.0.read_json(&[
            "projects",
            project,
            "tables",
            &name.to_lowercase(),
            "table.json",
        ])
    }

    /// Writes the table's description. Its data should be there before, its partitions may follow.
    pub(crate) fn put_table(&self, project: &str, table: &Table) -> Result<(), Error> {
        self.0.write_json(
            &["projects", project, "tables", &table.name, "table.json"],
            table,
        )
    }

    /// Writes one file of data through `fill`.
    pub(crate) fn put_data(
        &self,
        project: &str,
        table: &str,
        spec: &PartitionSpec,
        name: &str,
        fill: impl FnOnce(&mut File) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let folders = folders(spec);
        let mut parts = vec!["projects", project, "tables", table];
        parts.extend(folders.iter().map(String::as_str));
        parts.push(name);
        self.0.write_with(&parts, fill)
    }

    /// All partitions of a partitioned table, sorted.
    pub(crate) fn partitions(&self, project: &str, table: &Table) -> Result<Vec<Partition>, Error> {
        let mut specs = vec![PartitionSpec::default()];
        for key in &table.partition_keys {
            let mut deeper = Vec::new();
            for spec in specs {
                let folders = folders(&spec);
                let mut parts = vec!["projects", project, "tables", table.name.as_str()];
                parts.extend(folders.iter().map(String::as_str));
                for name in self.0.names(&parts)? {
                    if let Some((found, value)) = name.split_once('=')
                        && found == key.name
                    {
                        let mut pairs = spec.0.clone();
                        pairs.push((found.to_owned(), value.to_owned()));
                        deeper.push(PartitionSpec(pairs));
                    }
                }
            }
            specs = deeper;
        }
        specs
            .into_iter()
            .map(|spec| self.partition_at(project, table, spec))
            .collect()
    }

    /// One partition; every key must be given.
    pub(crate) fn partition(
        &self,
        project: &str,
        table: &Table,
        given: &PartitionSpec,
    ) -> Result<Option<Partition>, Error> {
        let mut pairs = Vec::new();
        for key in &table.partition_keys {
            match given
                .0
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case(&key.name))
            {
                Some((_, value)) => pairs.push((key.name.clone(), value.clone())),
                None => return Ok(None),
            }
        }
        if pairs.is_empty() || pairs.len() != given.0.len() {
            return Ok(None);
        }
        let spec = PartitionSpec(pairs);
        if !self.folder(project, table, &spec).is_dir() {
            return Ok(None);
        }
        self.partition_at(project, table, spec).map(Some)
    }

    /// The files of a table without partitions.
    pub(crate) fn files(&self, project: &str, table: &Table) -> Result<Vec<DataFile>, Error> {
        files(&self.folder(project, table, &PartitionSpec::default()))
    }

    /// The files of a table in all its partitions.
    pub(crate) fn all_files(&self, project: &str, table: &Table) -> Result<Vec<DataFile>, Error> {
        if table.partition_keys.is_empty() {
            return self.files(project, table);
        }
        let partitions = self.partitions(project, table)?;
        Ok(partitions
            .into_iter()
            .flat_map(|partition| partition.files)
            .collect())
    }

    fn partition_at(
        &self,
        project: &str,
        table: &Table,
        spec: PartitionSpec,
    ) -> Result<Partition, Error> {
        let folder = self.folder(project, table, &spec);
        let created = fs::metadata(&folder)
            .and_then(|meta| meta.modified())
            .ok()
            .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
            .and_then(|since| u64::try_from(since.as_millis()).ok())
            .unwrap_or(table.created);
        Ok(Partition {
            files: files(&folder)?,
            spec,
            created,
        })
    }

    fn folder(&self, project: &str, table: &Table, spec: &PartitionSpec) -> PathBuf {
        let folders = folders(spec);
        let mut parts = vec!["projects", project, "tables", table.name.as_str()];
        parts.extend(folders.iter().map(String::as_str));
        self.0.path(&parts)
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

fn files(folder: &std::path::Path) -> Result<Vec<DataFile>, Error> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::file(folder))? {
        let path = entry.map_err(Error::file(folder))?.path();
        let draft = path
            .file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if !draft
            && path
                .extension()
                .is_some_and(|extension| extension == "parquet")
        {
            paths.push(path);
        }
    }
    paths.sort();
    paths.into_iter().map(footer).collect()
}

fn footer(path: PathBuf) -> Result<DataFile, Error> {
    let file = File::open(&path).map_err(Error::file(&path))?;
    let bytes = file.metadata().map_err(Error::file(&path))?.len();
    let mut reader = ParquetMetaDataReader::new();
    let footer = reader.try_parse(&file).and_then(|()| reader.finish());
    let rows = footer
        .map_err(Error::parquet(&path))?
        .file_metadata()
        .num_rows();
    Ok(DataFile {
        path,
        rows: u64::try_from(rows).unwrap_or(0),
        bytes,
    })
}

#[cfg(test)]
mod tests {
    use super::within;
    use odps::tables::PartitionSpec;

    #[test]
    fn a_prefix_covers_its_partitions() {
        let spec = PartitionSpec::read("dt=20260101,region=华东").unwrap();
        let given = |text| PartitionSpec::read(text).unwrap();
        assert!(within(&spec, &given("DT='20260101'")));
        assert!(within(&spec, &given("region='华东'")));
        assert!(!within(&spec, &given("dt=20260102")));
        assert!(!within(&spec, &given("hh=01")));
    }
}
