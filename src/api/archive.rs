//! Kept Logviews: what the service said of an instance that has ended, without credentials, so that
//! its panel opens after the service has forgotten it. In IndexedDB, packed, the oldest given up when
//! there are too many; or in a file.

use std::cell::RefCell;
use std::collections::BTreeSet;

use odps::instances::{Instance, Status};
use wire::{Millis, Target};

use super::answers::Answers;
use super::store::{self, Kind, StoreError};
use super::{Problem, spawn};

mod cap;
mod document;
mod pack;
mod whole;

pub use cap::Cap;
pub use document::{Archive, Damage};

/// How large a file is that is still opened.
pub const MOST: u32 = 100 << 20;

/// A kept Logview, as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The instance.
    pub instance: String,
    /// Its project.
    pub project: String,
    /// When it was kept.
    pub at: Millis,
    /// How many bytes it takes.
    pub size: u64,
}

thread_local! {
    /// What this visit has kept, or is keeping.
    static SEEN: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
    /// The file that was opened last.
    static OPENED: RefCell<Option<Archive>> = const { RefCell::new(None) };
}

/// Keeps an instance that the service says has ended. Does nothing with answers that were kept.
pub fn note(answers: &Answers, instance: &Instance, id: &str) {
    if let Answers::Service(target) = answers
        && instance.status == Status::Terminated
    {
        keep(target, id);
    }
}

/// Keeps an instance that has ended, once.
pub fn keep(target: &Target, id: &str) {
    let (target, id) = (target.clone(), id.to_owned());
    let key = key(&target.project, &id);
    if SEEN.with_borrow_mut(|seen| seen.insert(key.clone())) {
        spawn(async move {
            let known = store::list(Kind::Logview).await;
            // Without storage nothing is asked of the service either.
            let Ok(known) = known else { return };
            if known.iter().any(|kept| kept.key == key) {
                return;
            }
            match whole::read(&target, &id).await {
                // A browser that has no room keeps nothing; the panel is shown all the same.
                Ok(archive) => drop(put(&archive).await),
                // It is tried again when it is next seen to have ended.
                Err(_) => {
                    SEEN.with_borrow_mut(|seen| seen.remove(&key));
                }
            }
        });
    }
}

/// The Logview of an instance: the kept one, else what the service says now.
pub async fn of(target: &Target, id: &str) -> Result<Archive, Problem> {
    match find(Some(&target.project), id).await {
        Some(archive) => Ok(archive),
        None => whole::read(target, id).await,
    }
}

/// A kept Logview of an instance: of this project, else of any.
pub async fn find(project: Option<&str>, id: &str) -> Option<Archive> {
    let list = list().await.ok()?;
    let mut of_this = list.iter().filter(|entry| entry.instance == id);
    let best = of_this
        .clone()
        .find(|entry| Some(entry.project.as_str()) == project)
        .or_else(|| of_this.next())?;
    let key = key(&best.project, id);
    let packed = store::get(Kind::Logview, &key).await.ok()??;
    Archive::read(&pack::unpack(&packed).await?).ok()
}

/// What is kept, newest first.
pub async fn list() -> Result<Vec<Entry>, StoreError> {
    let list = store::list(Kind::Logview).await?;
    Ok(list
        .into_iter()
        .filter_map(|kept| {
            let (project, instance) = kept.key.split_once('/')?;
            Some(Entry {
                instance: instance.to_owned(),
                project: project.to_owned(),
                at: kept.at,
                size: kept.size,
            })
        })
        .collect())
}

/// Forgets one.
pub async fn remove(entry: &Entry) -> Result<(), StoreError> {
    store::remove(Kind::Logview, &key(&entry.project, &entry.instance)).await
}

/// Forgets all.
pub async fn clear() -> Result<(), StoreError> {
    store::clear(Kind::Logview).await
}

/// Changes how much is kept, and gives up what is over it.
pub async fn set_cap(cap: Cap) -> Result<(), StoreError> {
    cap.write();
    store::trim(Kind::Logview, cap.bytes()).await.map(drop)
}

/// Takes a file that the reader chose as the one to show.
pub fn open(file: &[u8]) -> Result<(), Damage> {
    let archive = Archive::read(file)?;
    OPENED.set(Some(archive));
    Ok(())
}

/// The file that is to be shown.
pub fn opened() -> Option<Archive> {
    OPENED.with_borrow(Clone::clone)
}

async fn put(archive: &Archive) -> Result<(), StoreError> {
    let packed = pack::pack(archive.write().as_bytes()).await;
    let cap = Cap::read().bytes();
    // One that is larger than all of the room would push out every other.
    if packed.len() as u64 > cap {
        return Ok(());
    }
    let key = key(&archive.project, &archive.instance);
    store::put(Kind::Logview, &key, &archive.instance, &packed).await?;
    store::trim(Kind::Logview, cap).await.map(drop)
}

fn key(project: &str, id: &str) -> String {
    format!("{project}/{id}")
}
