//! Death at any moment: a process that commits without pause is killed, and what it leaves is read.
//! And a disk that is full.

use super::tests::{add, files_on_disk, name, open, replacing, spec, table, values};
use super::{Mode, rows};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Tells the test below that it is the process that is to be killed.
const FOLDER: &str = "WAREHOUSE_TEST_COMMITS";

/// The first and the last rows of a commit, and how many commits make a table.
fn commits(folder: &Path) -> ! {
    let (_store, catalog) = open(folder);
    let mut number = values(&catalog).first().copied().unwrap_or(0);
    loop {
        number += 1;
        let mut write = catalog.write(&name()).unwrap();
        for part in ["dt=1", "dt=2", "dt=3"] {
            add(&mut write, part, &[number, number]);
        }
        write
            .commit(replacing(&catalog), Some(&number.to_string()))
            .unwrap();
        // What was said to be done must be there after the death.
        let mut out = std::io::stdout();
        writeln!(out, "\ncommitted {number}").unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn a_killed_process_leaves_whole_commits_only() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        commits(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    {
        let (_store, catalog) = open(folder.path());
        catalog.create_table(&table(&["dt"])).unwrap();
    }
    let mut said = 0_i64;
    for round in 0..20_u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "--nocapture"])
            .arg("catalog::crash::a_killed_process_leaves_whole_commits_only")
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let told = |line: std::io::Result<String>| {
            let line = line.ok()?;
            line.strip_prefix("committed ")?.parse::<i64>().ok()
        };
        // It has begun; from here on the moment of its death is any.
        let begun = lines.by_ref().find_map(told).expect("a commit");
        said = said.max(begun);
        std::thread::sleep(Duration::from_micros(round * 7_919 % 60_000));
        child.kill().unwrap();
        child.wait().unwrap();
        said = said.max(lines.filter_map(told).max().unwrap_or(0));

        let (_store, catalog) = open(folder.path());
        let found = values(&catalog);
        let number = found.first().copied().unwrap_or(0);
        assert!(number >= said, "{number} is there, {said} was said");
        assert_eq!(found, [number; 6], "round {round}");
        assert!(catalog.committed(&number.to_string()).unwrap().is_some());
        assert_eq!(files_on_disk(folder.path()), 3, "round {round}");
    }
    assert!(said >= 20, "{said} commits only");
}

/// A small disk of its own, where the system lets the test have one.
struct Disk(tempfile::TempDir);

impl Disk {
    fn mount(megabytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        mounted
            .is_ok_and(|status| status.success())
            .then_some(Self(folder))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // A disk that stays mounted is gone with the machine.
        drop(Command::new("umount").arg("-l").arg(self.0.path()).status());
    }
}

#[test]
fn a_full_disk_loses_nothing_and_is_left_by_a_drop() {
    let Some(disk) = Disk::mount(24) else {
        // Only root may mount; the release stage runs as root.
        return;
    };
    let folder = disk.0.path();
    let (_store, catalog) = open(folder);
    catalog.create_table(&table(&[])).unwrap();
    let mut first = catalog.write(&name()).unwrap();
    add(&mut first, "", &[1, 2, 3]);
    first.commit(Mode::Append, None).unwrap();

    let big = vec![0_u8; 1 << 20];
    let mut filler = 0;
    while std::fs::write(folder.join(format!("filler-{filler}")), &big).is_ok() {
        filler += 1;
    }
    // Every write fails with the reason, and what was committed can be read all the time.
    let mut refused = 0;
    for round in 0..200_i64 {
        let mut write = catalog.write(&name()).unwrap();
        let path = write.file(&spec("")).unwrap();
        let done = std::fs::write(&path, vec![0_u8; 1 << 16])
            .map_err(crate::Error::file(&path))
            .and_then(|()| catalog.create_schema("p", &format!("s{round}"), "o", ""));
        drop(write);
        if let Err(error) = done {
            assert!(error.is_full(), "{error}");
            refused += 1;
        }
        assert_eq!(values(&catalog), [1, 2, 3]);
    }
    assert!(refused > 0, "the disk was never full");
    for number in 0..=filler {
        // The last one may be missing.
        drop(std::fs::remove_file(
            folder.join(format!("filler-{number}")),
        ));
    }
    let mut more = catalog.write(&name()).unwrap();
    add(&mut more, "", &[4]);
    more.commit(Mode::Append, None).unwrap();
    let table = catalog.table(&name()).unwrap().unwrap();
    assert_eq!(rows(&catalog.files(&table).unwrap()), 4);
}
