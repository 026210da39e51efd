//! The program dies, or its disk is full, while rows are written: all of them are there afterwards or
//! none, and nothing is left over.

use crate::program::{Program, exchange};
use crate::uploads::{as_records, block, commit, table};
use odps::Error;
use odps::tunnel::download;
use odps::tunnel::upload::{Create, Reload, Session, Status};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

/// How long after the commit was sent the program is killed, in microseconds.
const MOMENTS: [u64; 10] = [
    0, 500, 1_500, 3_000, 5_000, 8_000, 12_000, 18_000, 30_000, 60_000,
];

/// Blocks of one upload, and the rows of each.
const BLOCKS: u32 = 4;
const ROWS: i64 = 500;

fn rows(program: &Program) -> u64 {
    let session = program.ask(&download::Create::of(table())).unwrap();
    session.record_count
}

/// Files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        match entry.file_type().unwrap().is_dir() {
            true => all.extend(files(&entry.path())),
            false => all.push(entry.path()),
        }
    }
    all
}

fn upload(program: &Program) -> Result<Session, Error> {
    let session = program.ask(&Create::of(table()))?;
    for number in 0..BLOCKS {
        program.ask(&block(&session, number, false, as_records(0..ROWS)))?;
    }
    Ok(session)
}

#[test]
fn a_kill_during_a_commit_leaves_all_rows_or_none() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let mut outcomes = [0, 0];
    for moment in MOMENTS {
        let mut program = Program::start(folder.path());
        let before = (rows(&program), files(&data).len());
        let added = u64::try_from(ROWS).unwrap() * u64::from(BLOCKS);
        let session = upload(&program).unwrap();
        let (host, request) = (
            program.host().to_owned(),
            program.written(&commit(&session)),
        );
        // The answer may come or not.
        let sent = std::thread::spawn(move || exchange(&host, &request).map(drop));
        std::thread::sleep(Duration::from_micros(moment));
        program.child.kill().unwrap();
        program.child.wait().unwrap();
        drop(sent.join().unwrap());

        let program = Program::start(folder.path());
        let after = rows(&program);
        assert!(
            after == before.0 || after == before.0 + added,
            "{} rows became {after} at {moment}",
            before.0
        );
        outcomes[usize::from(after != before.0)] += 1;
        let reload = Reload {
            target: table(),
            id: session.id.clone(),
        };
        program.ask(&reload).unwrap();
        let done = program.ask(&commit(&session)).unwrap();
        assert_eq!(done.status, Status::Closed);
        assert_eq!(rows(&program), before.0 + added);
        // One file for each block, and no other, now and after the next start.
        assert_eq!(files(&data).len(), before.1 + BLOCKS as usize);
    }
    assert!(
        outcomes[0] > 0,
        "no kill came before a commit: {outcomes:?}"
    );
    // Blocks of a session that died between its commit and its end go with the session, and nothing
    // else is left.
    let of_session = |path: &PathBuf| path.parent().unwrap().join("session.json").is_file();
    let left = files(&folder.path().join("uploads"));
    assert!(left.iter().all(of_session), "{left:?}");
}

/// A command that runs what follows on a small disk in the place of a folder, in a namespace of its
/// own: the disk goes with the process.
fn on_a_small_disk(folder: &Path, size: &str) -> Command {
    let mut command = Command::new("unshare");
    let script = "mount -t tmpfs -o size=$2 tmpfs \"$1\" && shift 2 && exec \"$@\"";
    command
        .args(["--map-root-user", "--mount", "sh", "-c", script, "sh"])
        .arg(folder)
        .arg(size);
    command
}

#[test]
fn a_full_disk_is_told_and_nothing_is_lost() {
    let folder = TempDir::new().unwrap();
    let mut probe = on_a_small_disk(folder.path(), "1m");
    let probed = probe.arg("true").output();
    if !probed.as_ref().is_ok_and(|output| output.status.success()) {
        // Neither root nor namespaces: there is no small disk to be had.
        println!("skipped: no tmpfs can be mounted here: {probed:?}");
        return;
    }
    let mut command = on_a_small_disk(folder.path(), "72m");
    command.arg(env!("CARGO_BIN_EXE_warehouse"));
    let program = Program::by(command, folder.path());
    let before = rows(&program);
    let kept = upload(&program).unwrap();
    // Random rows, so that they do not pack.
    let noise = || {
        as_records((0..400_000).map(|row: i64| row.wrapping_mul(0x9e37_79b9_7f4a_7c15_u64 as i64)))
    };
    let large = program.ask(&Create::of(table())).unwrap();
    let mut refused = None;
    for number in 0..20 {
        if let Err(error) = program.ask(&block(&large, number, false, noise())) {
            refused = Some(error);
            break;
        }
    }
    let refused = refused.expect("the disk is not full after twenty blocks");
    assert_eq!(refused.code(), "QuotaExceeded", "{refused}");
    assert!(refused.request_id().is_some());
    // What was there is still read, and what was written before can be committed once there is room.
    assert_eq!(rows(&program), before);
    let reload = Reload {
        target: table(),
        id: kept.id.clone(),
    };
    assert_eq!(program.ask(&reload).unwrap().blocks.len(), BLOCKS as usize);
    match program.ask(&commit(&kept)) {
        Ok(done) => {
            assert_eq!(done.status, Status::Closed);
            let added = u64::try_from(ROWS).unwrap() * u64::from(BLOCKS);
            assert_eq!(rows(&program), before + added);
        }
        Err(error) => {
            assert_eq!(error.code(), "QuotaExceeded", "{error}");
            assert_eq!(rows(&program), before);
        }
    }
    assert!(program.ask(&odps::projects::Get).is_ok());
}
