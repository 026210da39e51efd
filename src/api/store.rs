//! Documents that this browser keeps in IndexedDB: kept Logviews, flights of clusters. Whoever puts
//! one in has removed secrets from it.
//!
//! Two object stores of one database: what each document is (small, listed), and its bytes.

use idb::builder::{DatabaseBuilder, ObjectStoreBuilder};
use idb::{Database, TransactionMode};
use js_sys::Uint8Array;
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use wire::Millis;

use crate::state::clock::now;

const NAME: &str = "mars-console";
const VERSION: u32 = 1;
const FACTS: &str = "facts";
const BYTES: &str = "bytes";

/// What sort of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// What an instance's Logview showed at its end.
    Logview,
    /// What was read of a cluster over time.
    Flight,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Logview => "logview",
            Self::Flight => "flight",
        }
    }
}

/// A kept document, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Under what it is found; unique within its kind.
    pub key: String,
    /// What is shown of it in a list.
    pub title: String,
    /// When it was put in.
    pub at: Millis,
    /// How many bytes it has.
    pub size: u64,
}

/// Why the browser keeps nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No IndexedDB: a private window, or a setting of the browser.
    #[error("this browser has no storage for documents here")]
    Absent,
    /// The browser's quota is used up.
    #[error("the browser's storage is full")]
    Full,
    /// Anything else, in the browser's words.
    #[error("{0}")]
    Other(String),
}

impl From<idb::Error> for StoreError {
    fn from(error: idb::Error) -> Self {
        let words = error.to_string();
        match words.contains("QuotaExceeded") {
            true => Self::Full,
            false => Self::Other(words),
        }
    }
}

/// Keeps a document; one of the same key is replaced.
pub async fn put(kind: Kind, key: &str, title: &str, bytes: &[u8]) -> Result<(), StoreError> {
    let kept = Kept {
        key: key.to_owned(),
        title: title.to_owned(),
        at: now(),
        size: bytes.len() as u64,
    };
    let database = open().await?;
    let place = place(kind, key);
    let transaction = database.transaction(&[FACTS, BYTES], TransactionMode::ReadWrite)?;
    let facts = transaction.object_store(FACTS)?;
    facts.put(&written(kind, &kept).into(), Some(&place))?;
    let values = transaction.object_store(BYTES)?;
    values.put(&Uint8Array::from(bytes), Some(&place))?;
    settle(transaction, database).await
}

/// The bytes of a document.
pub async fn get(kind: Kind, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let database = open().await?;
    let transaction = database.transaction(&[BYTES], TransactionMode::ReadOnly)?;
    let found = transaction
        .object_store(BYTES)?
        .get(place(kind, key))?
        .await?;
    database.close();
    Ok(found
        .and_then(|value| value.dyn_into::<Uint8Array>().ok())
        .map(|bytes| bytes.to_vec()))
}

/// What is kept of a kind, newest first.
pub async fn list(kind: Kind) -> Result<Vec<Kept>, StoreError> {
    let database = open().await?;
    let transaction = database.transaction(&[FACTS], TransactionMode::ReadOnly)?;
    let rows = transaction
        .object_store(FACTS)?
        .get_all(None, None)?
        .await?;
    database.close();
    let mut list: Vec<Kept> = rows
        .iter()
        .filter_map(|row| read(kind, &row.as_string()?))
        .collect();
    list.sort_by_key(|kept| std::cmp::Reverse(kept.at));
    Ok(list)
}

/// Forgets a document.
pub async fn remove(kind: Kind, key: &str) -> Result<(), StoreError> {
    let database = open().await?;
    let transaction = database.transaction(&[FACTS, BYTES], TransactionMode::ReadWrite)?;
    for store in [FACTS, BYTES] {
        transaction.object_store(store)?.delete(place(kind, key))?;
    }
    settle(transaction, database).await
}

/// Forgets every document of a kind.
pub async fn clear(kind: Kind) -> Result<(), StoreError> {
    for kept in list(kind).await? {
        remove(kind, &kept.key).await?;
    }
    Ok(())
}

/// Forgets the oldest documents of a kind until the rest fits into `cap` bytes; tells which ones.
pub async fn trim(kind: Kind, cap: u64) -> Result<Vec<Kept>, StoreError> {
    let over = beyond(list(kind).await?, cap);
    for kept in &over {
        remove(kind, &kept.key).await?;
    }
    Ok(over)
}

/// Those of a list, newest first, that no longer fit.
fn beyond(list: Vec<Kept>, cap: u64) -> Vec<Kept> {
    let mut sum = 0_u64;
    list.into_iter()
        .skip_while(|kept| {
            sum = sum.saturating_add(kept.size);
            sum <= cap
        })
        .collect()
}

async fn open() -> Result<Database, StoreError> {
    let opened = DatabaseBuilder::new(NAME)
        .version(VERSION)
        .add_object_store(ObjectStoreBuilder::new(FACTS))
        .add_object_store(ObjectStoreBuilder::new(BYTES))
        .build()
        .await;
    opened.map_err(|error| match error {
        idb::Error::IndexedDbNotFound(_) => StoreError::Absent,
        error => error.into(),
    })
}

/// Waits until the transaction is on the disk, or says why it is not.
async fn settle(transaction: idb::Transaction, database: Database) -> Result<(), StoreError> {
    let outcome = transaction.await;
    database.close();
    match outcome? {
        idb::TransactionResult::Committed => Ok(()),
        idb::TransactionResult::Aborted => Err(StoreError::Full),
    }
}

fn place(kind: Kind, key: &str) -> JsValue {
    format!("{}/{key}", kind.as_str()).into()
}

fn written(kind: Kind, kept: &Kept) -> String {
    let Kept {
        key,
        title,
        at,
        size,
    } = kept;
    json!({ "kind": kind.as_str(), "key": key, "title": title, "at": at, "size": size }).to_string()
}

/// What another version wrote and cannot be read is not listed.
fn read(kind: Kind, text: &str) -> Option<Kept> {
    let value: Value = serde_json::from_str(text).ok()?;
    if value.get("kind")?.as_str()? != kind.as_str() {
        return None;
    }
    Some(Kept {
        key: value.get("key")?.as_str()?.to_owned(),
        title: value.get("title")?.as_str()?.to_owned(),
        at: value.get("at")?.as_u64()?,
        size: value.get("size")?.as_u64()?,
    })
}

#[cfg(test)]
mod tests {
    use super::{Kept, Kind, beyond, read, written};

    fn kept(key: &str, size: u64) -> Kept {
        Kept {
            key: key.to_owned(),
            title: "t".to_owned(),
            at: 1,
            size,
        }
    }

    #[test]
    fn what_is_written_reads_back_for_its_kind() {
        let one = kept("20261122g1", 7);
        let text = written(Kind::Flight, &one);
        assert_eq!(read(Kind::Flight, &text), Some(one));
        assert_eq!(read(Kind::Logview, &text), None);
        assert_eq!(read(Kind::Flight, "noise"), None);
    }

    #[test]
    fn the_newest_stay() {
        let list = vec![kept("c", 5), kept("b", 4), kept("a", 1)];
        let keys = |cap| -> Vec<String> {
            beyond(list.clone(), cap)
                .into_iter()
                .map(|kept| kept.key)
                .collect()
        };
        assert!(keys(10).is_empty());
        assert_eq!(keys(9), ["a"]);
        assert_eq!(keys(4), ["c", "b", "a"]);
    }
}
