//! The audit log: a line of JSON for everything that was done about a lease, appended and flushed.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use cluster::lease::Entry;

/// How far back the log is read for one cluster.
const TAIL: u64 = 1 << 20;
/// How many lines of one cluster are told.
const MOST: usize = 100;

#[derive(Debug)]
pub(super) struct Audit {
    path: PathBuf,
    file: Mutex<File>,
}

impl Audit {
    pub(super) fn open(folder: &Path) -> std::io::Result<Self> {
        let path = folder.join("audit.jsonl");
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .read(true)
            .open(&path)?;
        // A line that a crash has cut off must not swallow the next one.
        if file.seek(SeekFrom::End(0))? > 0 {
            file.seek(SeekFrom::End(-1))?;
            let mut last = [0];
            file.read_exact(&mut last)?;
            if last != *b"\n" {
                file.write_all(b"\n")?;
            }
        }
        Ok(Self {
            path,
            file: Mutex::new(file),
        })
    }

    pub(super) fn append(&self, entry: &Entry) -> std::io::Result<()> {
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(&line)?;
        file.sync_data()
    }

    /// The newest lines of an instance, oldest first. What cannot be read is left out.
    pub(super) fn of(&self, instance: &str) -> Vec<Entry> {
        let Ok(bytes) = self.tail() else {
            return Vec::new();
        };
        let lines = bytes.split(|byte| *byte == b'\n');
        let entries = lines.filter_map(|line| serde_json::from_slice::<Entry>(line).ok());
        let mut of_it: Vec<Entry> = entries.filter(|e| e.instance == instance).collect();
        of_it.drain(..of_it.len().saturating_sub(MOST));
        of_it
    }

    fn tail(&self) -> std::io::Result<Vec<u8>> {
        let mut file = File::open(&self.path)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
        let mut bytes = Vec::new();
        file.take(TAIL).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use cluster::lease::{Entry, Rule, What};

    use super::Audit;

    fn entry(instance: &str, at: u64) -> Entry {
        Entry {
            at,
            instance: instance.into(),
            project: "p".into(),
            by: "b".into(),
            rule: Rule::Idle { minutes: 3 },
            what: What::Made,
            why: None,
            detail: None,
        }
    }

    #[test]
    fn a_line_that_was_cut_off_harms_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let audit = Audit::open(folder.path()).unwrap();
        audit.append(&entry("1g", 1)).unwrap();
        audit.append(&entry("2g", 2)).unwrap();
        drop(audit);
        let path = folder.path().join("audit.jsonl");
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() - 9]).unwrap();
        let audit = Audit::open(folder.path()).unwrap();
        audit.append(&entry("1g", 3)).unwrap();
        let times: Vec<u64> = audit.of("1g").iter().map(|entry| entry.at).collect();
        assert_eq!(times, [1, 3]);
        assert!(audit.of("2g").is_empty());
    }
}
