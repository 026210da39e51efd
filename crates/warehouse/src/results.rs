//! Rows of finished queries: one Parquet file beside the instance, written as the rows come and
//! visible when all are there.

use crate::catalog::{Column, DataFile};
use crate::store::Store;
use crate::{Error, keys};
use futures::StreamExt as _;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use serde::{Deserialize, Serialize};
use sql::{Rows, SqlError};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// What the file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Written {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
}

/// Where the rows of an instance are.
pub(crate) fn path(store: &Store, project: &str, id: &str) -> PathBuf {
    store.path(&["projects", project, "results", &format!("{id}.parquet")])
}

/// The file as the readers of tables take it.
pub(crate) fn file(store: &Store, project: &str, id: &str, written: &Written) -> DataFile {
    DataFile::loose(path(store, project, id), written.rows)
}

/// Takes the rows of a query. A draft of one that does not end well is removed.
pub(crate) async fn write(path: &Path, rows: Rows) -> Result<Written, SqlError> {
    let draft = Draft(path.with_file_name(format!(".draft-{}", keys::random())));
    let columns = rows.columns.iter().map(Column::from).collect();
    let rows = fill(&draft.0, rows).await?;
    let bytes = fs::metadata(&draft.0).map_err(failed)?.len();
    fs::rename(&draft.0, path).map_err(failed)?;
    Ok(Written {
        columns,
        rows,
        bytes,
    })
}

async fn fill(draft: &Path, mut rows: Rows) -> Result<u64, SqlError> {
    if let Some(folder) = draft.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let file = File::create(draft).map_err(failed)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .build();
    let mut writer =
        ArrowWriter::try_new(file, rows.schema.clone(), Some(properties)).map_err(failed)?;
    let mut count = 0;
    while let Some(batch) = rows.batches.next().await {
        let batch = batch?;
        count += batch.num_rows() as u64;
        writer.write(&batch).map_err(failed)?;
    }
    let file = writer.into_inner().map_err(failed)?;
    file.sync_data().map_err(failed)?;
    Ok(count)
}

fn failed(error: impl std::fmt::Display) -> SqlError {
    SqlError::internal(format!("the result cannot be kept: {error}"))
}

/// A file that goes unless it is renamed.
struct Draft(PathBuf);

impl Drop for Draft {
    fn drop(&mut self) {
        // After the rename there is nothing to remove.
        drop(fs::remove_file(&self.0));
    }
}

/// Removes drafts of queries that were cut off, and rows whose instance does not know them.
pub(crate) fn sweep(store: &Store, known: impl Fn(&str, &str) -> bool) -> Result<(), Error> {
    for project in store.names(&["projects"])? {
        let folder = store.path(&["projects", &project, "results"]);
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let kept = name
                .strip_suffix(".parquet")
                .is_some_and(|id| known(&project, id));
            if !kept {
                fs::remove_file(entry.path()).map_err(Error::file(entry.path()))?;
            }
        }
    }
    Ok(())
}
