//! A file for each lease: written beside, flushed, renamed, so that a crash leaves the old or the new.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use cluster::lease::{Due, Lease, Sight};
use serde::{Deserialize, Serialize};
use wire::Millis;

/// How far a lease is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Phase {
    /// Not due.
    #[default]
    Watching,
    /// Due by one reading; the next has to agree.
    Decided(Due),
    /// The cluster was asked to end.
    Asked(Due),
}

/// What is kept of a lease.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) lease: Lease,
    pub(super) sight: Sight,
    #[serde(default)]
    pub(super) phase: Phase,
    /// How many stops in a row have not worked.
    #[serde(default)]
    pub(super) failed: u32,
    /// Nothing is tried before this.
    #[serde(default)]
    pub(super) again_at: Option<Millis>,
}

impl Kept {
    pub(super) fn new(lease: Lease, sight: Sight) -> Self {
        Self {
            lease,
            sight,
            phase: Phase::Watching,
            failed: 0,
            again_at: None,
        }
    }
}

/// The folder.
#[derive(Debug)]
pub(super) struct Store {
    folder: PathBuf,
    /// Held for as long as the gateway lives; the system lets it go however that ends.
    _lock: File,
}

impl Store {
    pub(super) fn open(folder: &Path) -> std::io::Result<Self> {
        fs::create_dir_all(folder)?;
        let lock = File::create(folder.join("lock"))?;
        lock.try_lock().map_err(|error| {
            let text = format!("{} belongs to another gateway: {error}", folder.display());
            std::io::Error::other(text)
        })?;
        Ok(Self {
            folder: folder.to_owned(),
            _lock: lock,
        })
    }

    /// Every lease; a file that cannot be read stays where it is and is told.
    pub(super) fn read_all(&self) -> std::io::Result<Vec<Kept>> {
        let mut all = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.extension().is_none_or(|end| end != "json") {
                continue;
            }
            let text = fs::read_to_string(&path)?;
            match serde_json::from_str::<Kept>(&text) {
                Ok(kept) if path == self.path(&kept.lease.instance) => all.push(kept),
                Ok(_) => tracing::error!(file = %path.display(), "a lease under another's name"),
                Err(error) => {
                    tracing::error!(file = %path.display(), %error, "a lease cannot be read");
                }
            }
        }
        Ok(all)
    }

    pub(super) fn write(&self, kept: &Kept) -> std::io::Result<()> {
        let path = self.path(&kept.lease.instance);
        let beside = path.with_extension("new");
        let mut file = File::create(&beside)?;
        file.write_all(&serde_json::to_vec(kept)?)?;
        file.sync_all()?;
        fs::rename(&beside, &path)?;
        self.settle()
    }

    pub(super) fn remove(&self, instance: &str) -> std::io::Result<()> {
        match fs::remove_file(self.path(instance)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => self.settle(),
        }
    }

    /// The names in the folder are on the disk too.
    #[cfg(unix)]
    fn settle(&self) -> std::io::Result<()> {
        File::open(&self.folder)?.sync_all()
    }

    #[cfg(not(unix))]
    fn settle(&self) -> std::io::Result<()> {
        Ok(())
    }

    /// Instance ids were checked to be letters, digits and `_`.
    fn path(&self, instance: &str) -> PathBuf {
        self.folder.join(format!("{instance}.json"))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use cluster::lease::{Due, Lease, Rule, Sight};

    use super::{Kept, Phase, Store};

    fn kept(instance: &str) -> Kept {
        let lease = Lease {
            instance: instance.into(),
            project: "p".into(),
            rule: Rule::Idle { minutes: 3 },
            not_before: None,
            made_at: 1,
            by: "b".into(),
        };
        Kept::new(lease, Sight::default())
    }

    #[test]
    fn what_was_written_is_there_after_a_restart_and_noise_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut one = kept("1g");
        store.write(&one).unwrap();
        one.phase = Phase::Asked(Due::Idle);
        store.write(&one).unwrap();
        store.write(&kept("2g")).unwrap();
        store.remove("2g").unwrap();
        store.remove("2g").unwrap();
        // A write that was cut off, a broken file, and one under another's name.
        fs::write(folder.path().join("1g.new"), "{").unwrap();
        fs::write(folder.path().join("3g.json"), "{").unwrap();
        fs::copy(folder.path().join("1g.json"), folder.path().join("4g.json")).unwrap();
        assert!(Store::open(folder.path()).is_err(), "it has an owner");
        drop(store);
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.read_all().unwrap(), [one]);
        assert!(folder.path().join("3g.json").exists(), "nothing is lost");
    }
}
