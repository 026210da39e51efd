//! The data folder: whole files that are replaced atomically, under names that cannot leave it.
//!
//! ```text
//! DATA/keys.json                                    access id and key, token secret; mode 0600
//! DATA/projects/<p>/tables/<t>/table.json           schema and times
//! DATA/projects/<p>/tables/<t>/[pt=…/]part-*.parquet
//! DATA/projects/<p>/resources/<name>/{meta.json,content}
//! DATA/projects/<p>/instances/<id>.json
//! DATA/clusters/<id>/                               work folder and logs of an engine
//! ```

use crate::Error;
use serde::{Serialize, de::DeserializeOwned};
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// The data folder. It belongs to one process at a time.
#[derive(Debug)]
pub(crate) struct Store {
    root: PathBuf,
    next: AtomicU64,
    /// Held until the process ends; the system lets go of it however that happens.
    _lock: File,
}

impl Store {
    /// Makes the folder if it is missing and takes its lock.
    pub(crate) fn open(root: &Path) -> Result<Self, Error> {
        fs::create_dir_all(root).map_err(Error::file(root))?;
        let root = root.canonicalize().map_err(Error::file(root))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&root, fs::Permissions::from_mode(0o700))
                .map_err(Error::file(&root))?;
        }
        let path = root.join("lock");
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(Error::file(&path))?;
        lock.try_lock().map_err(|error| match error {
            fs::TryLockError::WouldBlock => Error::Locked { path: root.clone() },
            fs::TryLockError::Error(source) => Error::File { path, source },
        })?;
        Ok(Self {
            root,
            next: AtomicU64::new(0),
            _lock: lock,
        })
    }

    /// The path of a file or folder whose name parts come from outside.
    pub(crate) fn path(&self, parts: &[&str]) -> PathBuf {
        parts
            .iter()
            .fold(self.root.clone(), |path, part| path.join(encode(part)))
    }

    /// The whole file, or nothing if there is none.
    pub(crate) fn read(&self, parts: &[&str]) -> Result<Option<Vec<u8>>, Error> {
        let path = self.path(parts);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if absent(&error) => Ok(None),
            Err(source) => Err(Error::File { path, source }),
        }
    }

    /// The whole file as JSON, or nothing if there is none.
    pub(crate) fn read_json<T: DeserializeOwned>(
        &self,
        parts: &[&str],
    ) -> Result<Option<T>, Error> {
        let Some(bytes) = self.read(parts)? else {
            return Ok(None);
        };
        serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|source| Error::Json {
                path: self.path(parts),
                source,
            })
    }

    /// Replaces the file: whoever reads it sees the old or the new bytes, also after a crash.
    pub(crate) fn write(&self, parts: &[&str], bytes: &[u8]) -> Result<(), Error> {
        self.write_with(parts, |file| {
            file.write_all(bytes).map_err(Error::file(self.path(parts)))
        })
    }

    /// Replaces the file with what `fill` writes.
    pub(crate) fn write_with(
        &self,
        parts: &[&str],
        fill: impl FnOnce(&mut File) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let path = self.path(parts);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(Error::file(folder))?;
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let draft = path.with_file_name(format!(".draft-{}-{number}", std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&draft).map_err(Error::file(&draft))?;
        let filled = fill(&mut file)
            .and_then(|()| file.sync_data().map_err(Error::file(&draft)))
            .and_then(|()| fs::rename(&draft, &path).map_err(Error::file(&path)));
        if filled.is_err() {
            // The first error is the one to tell; a draft that stays behind is not read by anyone.
            drop(fs::remove_file(&draft));
        }
        filled
    }

    /// Replaces the file with JSON.
    pub(crate) fn write_json<T: Serialize>(&self, parts: &[&str], value: &T) -> Result<(), Error> {
        let bytes = serde_json::to_vec_pretty(value).map_err(|source| Error::Json {
            path: self.path(parts),
            source,
        })?;
        self.write(parts, &bytes)
    }

    /// Removes a folder with all that is in it; says whether it was there.
    pub(crate) fn remove_folder(&self, parts: &[&str]) -> Result<bool, Error> {
        let path = self.path(parts);
        match fs::remove_dir_all(&path) {
            Ok(()) => Ok(true),
            Err(error) if absent(&error) => Ok(false),
            Err(source) => Err(Error::File { path, source }),
        }
    }

    /// The names in a folder, decoded and sorted; none if there is no such folder.
    pub(crate) fn names(&self, parts: &[&str]) -> Result<Vec<String>, Error> {
        let path = self.path(parts);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if absent(&error) => return Ok(Vec::new()),
            Err(source) => return Err(Error::File { path, source }),
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(Error::file(&path))?.file_name();
            // Drafts and foreign files begin with a dot; an encoded name never does.
            if let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) {
                names.push(decode(name));
            }
        }
        names.sort();
        Ok(names)
    }
}

fn absent(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// A file name for any text: what could mean something to a file system becomes `%XX`.
pub(crate) fn encode(name: &str) -> String {
    if name.is_empty() {
        // An empty part would name the parent folder itself.
        return "%".to_owned();
    }
    let mut out = String::with_capacity(name.len());
    for (at, byte) in name.bytes().enumerate() {
        match byte {
            b'.' if at == 0 => out.push_str("%2E"),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'-' | b'=' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The text behind a file name.
pub(crate) fn decode(name: &str) -> String {
    let bytes = name.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = name
            .get(at + 1..at + 3)
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        match (byte, code) {
            (b'%', Some(code)) => {
                out.push(code);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Store, decode, encode};

    #[test]
    fn no_name_leaves_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        for name in [
            "",
            "..",
            "../..",
            "/etc",
            "a/../../b",
            ".",
            "销售",
            "%2E%2E",
        ] {
            let path = store.path(&["projects", name]);
            assert_eq!(
                path.parent(),
                Some(store.path(&["projects"]).as_path()),
                "{name}"
            );
            if !name.is_empty() {
                assert_eq!(decode(&encode(name)), name);
            }
        }
    }

    #[test]
    fn a_failed_write_keeps_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.write(&["a"], b"old").unwrap();
        let refused = store.write_with(&["a"], |_| {
            Err(crate::Error::Locked {
                path: folder.path().to_owned(),
            })
        });
        assert!(refused.is_err());
        assert_eq!(store.read(&["a"]).unwrap().as_deref(), Some(&b"old"[..]));
        assert_eq!(store.names(&[]).unwrap(), ["a", "lock"]);
    }

    #[test]
    fn a_folder_has_one_owner() {
        let folder = tempfile::tempdir().unwrap();
        let first = Store::open(folder.path()).unwrap();
        let second = Store::open(folder.path()).unwrap_err();
        assert!(
            second.to_string().ends_with("is in use by another process"),
            "{second}"
        );
        drop(first);
        Store::open(folder.path()).unwrap();
    }
}
