//! Streams and files in memory: whole, limited, cut off and damaged.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow::ipc::writer::{FileWriter, StreamWriter};

use crate::frames::load::{Load, Step};
use crate::frames::{Fault, MemorySource, Phase, Source};

const BATCH: i64 = 40_000;
const BATCHES: i64 = 3;
const ROWS: u64 = 120_000;

fn batches() -> Vec<RecordBatch> {
    let batch = |which: i64| {
        let rows = which * BATCH..(which + 1) * BATCH;
        let numbers: ArrayRef = Arc::new(Int64Array::from_iter_values(rows.clone()));
        let texts = rows.map(|row| format!("第 {row} 行"));
        let texts: ArrayRef = Arc::new(StringArray::from_iter_values(texts));
        RecordBatch::try_from_iter([("id", numbers), ("名", texts)]).unwrap()
    };
    (0..BATCHES).map(batch).collect()
}

fn stream() -> Vec<u8> {
    let batches = batches();
    let mut writer = StreamWriter::try_new(Vec::new(), &batches[0].schema()).unwrap();
    for batch in &batches {
        writer.write(batch).unwrap();
    }
    writer.into_inner().unwrap()
}

fn file() -> Vec<u8> {
    let batches = batches();
    let mut writer = FileWriter::try_new(Vec::new(), &batches[0].schema()).unwrap();
    for batch in &batches {
        writer.write(batch).unwrap();
    }
    writer.into_inner().unwrap()
}

/// Hands over pieces until the frame rests; tells how many there were before the first row.
fn drive(load: &mut Load, bytes: &[u8]) -> usize {
    let mut before = 0;
    loop {
        match load.step() {
            Step::Piece(range) => {
                let range = range.start as usize..range.end as usize;
                load.chunk(bytes[range].to_vec());
                before += usize::from(load.progress().rows == 0);
            }
            Step::Rest => return before,
            other => panic!("{other:?}"),
        }
    }
}

fn load(bytes: &[u8], limit: Option<u64>) -> Load {
    let size = bytes.len() as u64;
    Load::new(Source::Memory(MemorySource { size }), limit)
}

fn texts(load: &Load, row: u64) -> Vec<String> {
    let window = load.table().unwrap().window(row..row + 1, &[0, 1]);
    let cells = window.rows.into_iter().flatten();
    cells.map(|cell| cell.text).collect()
}

#[test]
fn streams_and_files_are_read_whole() {
    for bytes in [stream(), file()] {
        let mut load = load(&bytes, None);
        let before = drive(&mut load, &bytes);
        assert_eq!(load.progress().phase, Phase::Complete);
        assert_eq!(load.progress().rows, ROWS);
        assert!(before < 4, "rows come early: {before}");
        let kinds = load.head().unwrap().columns.iter();
        let kinds: Vec<_> = kinds
            .map(|column| (&*column.name, column.numeric))
            .collect();
        assert_eq!(kinds, [("id", true), ("名", false)]);
        assert_eq!(texts(&load, ROWS - 1), ["119999", "第 119999 行"]);
    }
}

#[test]
fn a_limit_is_kept_and_lifted() {
    let bytes = stream();
    let mut load = load(&bytes, Some(50_000));
    drive(&mut load, &bytes);
    assert_eq!(load.progress().phase, Phase::Limited);
    assert_eq!(load.progress().rows, 50_000);
    load.more(None);
    drive(&mut load, &bytes);
    assert_eq!(load.progress().phase, Phase::Complete);
    assert_eq!(load.progress().rows, ROWS);
    for row in [49_999, 50_000, 79_999, 80_000] {
        assert_eq!(texts(&load, row), [row.to_string(), format!("第 {row} 行")]);
    }
}

#[test]
fn a_limit_of_every_row_is_no_cut() {
    let bytes = stream();
    let mut load = load(&bytes, Some(ROWS));
    drive(&mut load, &bytes);
    assert_eq!(load.progress().phase, Phase::Complete);
}

#[test]
fn what_is_cut_off_or_damaged_is_told_and_the_rows_before_stay() {
    let bytes = stream();
    let cut = &bytes[..bytes.len() - 100_000];
    let mut short = load(cut, None);
    drive(&mut short, cut);
    assert!(matches!(
        short.progress().phase,
        Phase::Failed(Fault::Truncated { .. })
    ));
    assert_eq!(short.progress().rows, 80_000);
    for bytes in [
        &b"no arrow at all, but some other bytes"[..],
        b"",
        b"ARROW1\0\0",
    ] {
        let mut other = load(bytes, None);
        drive(&mut other, bytes);
        assert!(
            matches!(other.progress().phase, Phase::Failed(_)),
            "{bytes:?}"
        );
    }
}
