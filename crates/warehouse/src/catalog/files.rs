//! The data files. A name is given once and the file is never changed; one that the catalogue no
//! longer lists is removed when its last reader is done.

use super::model::Stored;
use crate::Error;
use parquet::file::metadata::ParquetMetaDataReader;
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A Parquet file with what its footer says. It stays on disk as long as this value lives.
#[derive(Clone, Debug)]
pub(crate) struct DataFile {
    pub(crate) path: PathBuf,
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
    _held: Option<Arc<Held>>,
}

impl DataFile {
    /// A file that no catalogue watches.
    pub(crate) fn loose(path: PathBuf, rows: u64) -> Self {
        Self {
            path,
            rows,
            bytes: 0,
            _held: None,
        }
    }
}

/// A reader's claim on a file.
#[derive(Debug)]
struct Held {
    files: Arc<Files>,
    name: String,
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut live = self.files.lock();
        if let Some(state) = live.get_mut(&self.name) {
            state.readers -= 1;
            if state.readers == 0 {
                let doomed = state.doomed;
                live.remove(&self.name);
                if doomed {
                    self.files.remove(&self.name);
                }
            }
        }
    }
}

#[derive(Debug, Default)]
struct State {
    readers: usize,
    doomed: bool,
}

/// The folder of the data files.
#[derive(Debug)]
pub(super) struct Files {
    root: PathBuf,
    live: Mutex<HashMap<String, State>>,
}

/// Gives out files while nothing is removed.
pub(super) struct Giver<'a> {
    files: &'a Arc<Files>,
    live: MutexGuard<'a, HashMap<String, State>>,
}

impl Giver<'_> {
    /// The file of an entry that was read after this giver was taken. What was given may be dropped
    /// only after the giver.
    pub(super) fn give(&mut self, stored: &Stored) -> DataFile {
        self.live.entry(stored.name.clone()).or_default().readers += 1;
        DataFile {
            path: self.files.path(&stored.name),
            rows: stored.rows,
            bytes: stored.bytes,
            _held: Some(Arc::new(Held {
                files: self.files.clone(),
                name: stored.name.clone(),
            })),
        }
    }
}

impl Files {
    pub(super) fn open(root: PathBuf) -> Result<Arc<Self>, Error> {
        fs::create_dir_all(&root).map_err(Error::file(&root))?;
        Ok(Arc::new(Self {
            root,
            live: Mutex::default(),
        }))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, State>> {
        // Every change is complete before anything could panic.
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Removes every file that is not listed.
    pub(super) fn sweep(&self, listed: &HashSet<String>) -> Result<(), Error> {
        let mut removed = 0_u64;
        for folder in entries(&self.root)? {
            let mut left = 0_u64;
            for path in entries(&folder)? {
                let name = path.strip_prefix(&self.root).ok().and_then(Path::to_str);
                if name.is_some_and(|name| listed.contains(name)) {
                    left += 1;
                } else {
                    fs::remove_file(&path).map_err(Error::file(&path))?;
                    removed += 1;
                }
            }
            if left == 0 {
                fs::remove_dir(&folder).map_err(Error::file(&folder))?;
            }
        }
        if removed > 0 {
            tracing::info!(removed, "files of writes that were cut off are removed");
        }
        Ok(())
    }

    /// The name of a new file in a folder that now exists.
    pub(super) fn name(&self, folder: &str, extension: &str) -> Result<String, Error> {
        let path = self.root.join(folder);
        fs::create_dir_all(&path).map_err(Error::file(&path))?;
        Ok(format!("{folder}/{}.{extension}", crate::keys::random()))
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    pub(super) fn giver<'a>(self: &'a Arc<Self>) -> Giver<'a> {
        Giver {
            files: self,
            live: self.lock(),
        }
    }

    /// Removes files that the catalogue has ceased to list, at once or after their last reader.
    pub(super) fn doom<'a>(&self, names: impl IntoIterator<Item = &'a String>) {
        let mut live = self.lock();
        for name in names {
            match live.get_mut(name) {
                Some(state) => state.doomed = true,
                None => self.remove(name),
            }
        }
    }

    /// What stays behind is removed at the next start, so a failure costs disk only.
    fn remove(&self, name: &str) {
        let path = self.path(name);
        if let Err(error) = fs::remove_file(&path)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, name, "a data file stays behind");
        }
    }

    /// Reads the footer of a finished file and makes it last.
    pub(super) fn seal(&self, name: &str) -> Result<Stored, Error> {
        let path = self.path(name);
        let file = File::open(&path).map_err(Error::file(&path))?;
        let bytes = file.metadata().map_err(Error::file(&path))?.len();
        let mut reader = ParquetMetaDataReader::new();
        let footer = reader.try_parse(&file).and_then(|()| reader.finish());
        let rows = footer
            .map_err(Error::parquet(&path))?
            .file_metadata()
            .num_rows();
        file.sync_data().map_err(Error::file(&path))?;
        Ok(Stored {
            name: name.to_owned(),
            rows: u64::try_from(rows).unwrap_or(0),
            bytes,
        })
    }

    /// Makes the names of a folder's files last.
    pub(super) fn seal_folder(&self, folder: &str) -> Result<(), Error> {
        for path in [self.root.join(folder), self.root.clone()] {
            File::open(&path)
                .and_then(|folder| folder.sync_all())
                .map_err(Error::file(&path))?;
        }
        Ok(())
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let list = fs::read_dir(folder).map_err(Error::file(folder))?;
    list.map(|entry| Ok(entry.map_err(Error::file(folder))?.path()))
        .collect()
}
