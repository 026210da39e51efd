//! The upload sessions, kept in the data folder so that they outlive the process:
//!
//! ```text
//! uploads/<id>/session.json       what the session is for, and its blocks once it is committed
//! uploads/<id>/<block>.parquet    the rows of a block, whole
//! uploads/<id>/.<random>          a block that is being written
//! ```
//!
//! Blocks are linked into the table by the commit and removed after it: a process that dies in between
//! finds them again, and the catalogue knows by the session's id whether the commit was made.

use crate::catalog::Catalog;
use crate::store::Store;
use crate::{Error, clock, keys};
use odps::tunnel::upload::Status;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use wire::Millis;

/// How long blocks can be written and committed, as by the service.
const OPEN: Millis = 24 * 3600 * 1000;

/// How long a session is remembered.
const REMEMBERED: Millis = 2 * OPEN;

const FOLDER: &str = "uploads";

/// What a session is for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Purpose {
    pub(super) project: String,
    pub(super) schema: String,
    pub(super) table: String,
    /// The id of the table: another of the same name is another table.
    pub(super) table_id: String,
    /// The keys and values of the partition.
    pub(super) spec: Vec<(String, String)>,
    pub(super) overwrite: bool,
    pub(super) created: Millis,
    /// The blocks that were committed; nothing before.
    pub(super) committed: Option<BTreeSet<u32>>,
}

/// A session.
#[derive(Debug)]
pub(crate) struct Upload {
    pub(super) id: String,
    pub(super) purpose: Purpose,
    folder: PathBuf,
    written: BTreeSet<u32>,
}

impl Upload {
    /// Where it is now.
    pub(super) fn status(&self) -> Status {
        if self.purpose.committed.is_some() {
            Status::Closed
        } else if self.purpose.created + OPEN < clock::now() {
            Status::Expired
        } else {
            Status::Normal
        }
    }

    /// The numbers of its blocks.
    pub(super) fn blocks(&self) -> &BTreeSet<u32> {
        self.purpose.committed.as_ref().unwrap_or(&self.written)
    }

    /// Where a block that is being written may lie.
    pub(super) fn draft(&self) -> PathBuf {
        self.folder.join(format!(".{}", keys::random()))
    }

    /// The file of a block.
    pub(super) fn file(&self, block: u32) -> PathBuf {
        self.folder.join(format!("{block}.parquet"))
    }

    /// Takes a draft as a block, in the place of an earlier one.
    pub(super) fn keep(&mut self, block: u32, draft: &Path) -> Result<(), Error> {
        fs::rename(draft, self.file(block)).map_err(Error::file(draft))?;
        self.written.insert(block);
        Ok(())
    }
}

/// All sessions. Each has a lock of its own, which is held while its blocks become part of a table.
#[derive(Debug)]
pub(crate) struct Uploads {
    store: Arc<Store>,
    all: Mutex<BTreeMap<String, Arc<Mutex<Upload>>>>,
}

impl Uploads {
    /// Finds the sessions that an earlier process left.
    pub(crate) fn open(store: &Arc<Store>, catalog: &Catalog) -> Result<Self, Error> {
        let uploads = Self {
            store: store.clone(),
            all: Mutex::default(),
        };
        for id in store.names(&[FOLDER])? {
            let purpose = store.read_json::<Purpose>(&[FOLDER, &id, "session.json"])?;
            // The process died before the session was opened.
            let Some(mut purpose) = purpose else {
                store.remove_folder(&[FOLDER, &id])?;
                continue;
            };
            let folder = store.path(&[FOLDER, &id]);
            let written = blocks(&folder)?;
            if purpose.committed.is_none() && catalog.committed(&id)?.is_some() {
                purpose.committed = Some(written.clone());
            }
            let upload = Upload {
                id: id.clone(),
                purpose,
                folder,
                written,
            };
            uploads.lock().insert(id, Arc::new(Mutex::new(upload)));
        }
        uploads.sweep()?;
        Ok(uploads)
    }

    /// Opens a session.
    pub(super) fn create(&self, purpose: Purpose) -> Result<Arc<Mutex<Upload>>, Error> {
        self.sweep()?;
        let id = format!("{}{}", clock::digits(clock::now()), keys::random());
        self.store
            .write_json(&[FOLDER, &id, "session.json"], &purpose)?;
        let upload = Arc::new(Mutex::new(Upload {
            folder: self.store.path(&[FOLDER, &id]),
            id: id.clone(),
            purpose,
            written: BTreeSet::new(),
        }));
        self.lock().insert(id, upload.clone());
        Ok(upload)
    }

    /// A session.
    pub(super) fn find(&self, id: &str) -> Option<Arc<Mutex<Upload>>> {
        self.lock().get(id).cloned()
    }

    /// Says that the commit was made, and lets go of the blocks.
    pub(super) fn close(&self, upload: &mut Upload) -> Result<(), Error> {
        upload.purpose.committed = Some(std::mem::take(&mut upload.written));
        self.store
            .write_json(&[FOLDER, &upload.id, "session.json"], &upload.purpose)?;
        for block in upload.blocks() {
            let file = upload.file(*block);
            // What stays behind goes with the session.
            if let Err(error) = fs::remove_file(&file) {
                tracing::warn!(%error, path = %file.display(), "a block stays behind");
            }
        }
        Ok(())
    }

    /// Forgets what is too old.
    fn sweep(&self) -> Result<(), Error> {
        let now = clock::now();
        let old = |upload: &Arc<Mutex<Upload>>| locked(upload).purpose.created + REMEMBERED < now;
        let gone: Vec<String> = {
            let all = self.lock();
            let old = all.iter().filter(|(_, upload)| old(upload));
            old.map(|(id, _)| id.clone()).collect()
        };
        for id in gone {
            self.lock().remove(&id);
            self.store.remove_folder(&[FOLDER, &id])?;
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Mutex<Upload>>>> {
        // Every change is complete before anything could panic.
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The session itself.
pub(super) fn locked(upload: &Mutex<Upload>) -> MutexGuard<'_, Upload> {
    // A panic leaves it as it was or with one more block.
    upload.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The blocks that lie in a folder. Drafts of a process that died are removed.
fn blocks(folder: &Path) -> Result<BTreeSet<u32>, Error> {
    let mut blocks = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(Error::file(folder))? {
        let path = entry.map_err(Error::file(folder))?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.unwrap_or_default();
        if let Some(number) = name.strip_suffix(".parquet") {
            blocks.extend(number.parse::<u32>());
        } else if name.starts_with('.') {
            fs::remove_file(&path).map_err(Error::file(&path))?;
        }
    }
    Ok(blocks)
}
