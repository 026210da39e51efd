//! The local account: one access key pair, drawn at the first start.

use crate::{Error, store::Store};
use odps::sign::Account;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::Secret;

const FILE: &[&str] = &["keys.json"];

/// What `keys.json` holds. The store writes it with mode 0600.
#[derive(Serialize, Deserialize)]
struct Stored {
    access_id: String,
    access_key: String,
}

/// The local account.
#[derive(Debug)]
pub(crate) struct Keys(pub(crate) Account);

impl Keys {
    /// Reads the keys, or draws them at the first start.
    pub(crate) fn open(store: &Store) -> Result<Self, Error> {
        let stored = match store.read_json(FILE)? {
            Some(stored) => stored,
            None => {
                let drawn = Stored {
                    access_id: format!("LOCAL{}", &random()[..16].to_uppercase()),
                    access_key: random(),
                };
                store.write_json(FILE, &drawn)?;
                drawn
            }
        };
        let access_key = Secret::new(stored.access_key);
        Ok(Self(Account {
            access_id: stored.access_id,
            access_key,
        }))
    }
}

impl Keys {
    /// The key of an access id, if it is the local account's.
    pub(crate) fn key_of(&self, access_id: &str) -> Option<Secret> {
        (access_id == self.0.access_id).then(|| self.0.access_key.clone())
    }
}

/// 32 random hexadecimal digits: a key, or a token that is a valid DNS label.
pub(crate) fn random() -> String {
    Uuid::new_v4().simple().to_string()
}

#[cfg(test)]
mod tests {
    use super::Keys;
    use crate::store::Store;

    #[test]
    fn keys_survive_and_are_private() {
        let folder = tempfile::tempdir().unwrap();
        let first = Keys::open(&Store::open(folder.path()).unwrap()).unwrap();
        let again = Keys::open(&Store::open(folder.path()).unwrap()).unwrap();
        assert_eq!(first.0, again.0);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.path().join("keys.json"))
                .unwrap()
                .permissions();
            assert_eq!(mode.mode() & 0o777, 0o600);
        }
        assert!(!format!("{first:?}").contains(first.0.access_key.expose()));
    }
}
