//! No input makes the decoder panic, run on, or allocate out of proportion.

#![expect(
    clippy::unwrap_used,
    reason = "a recording that cannot be read is a failed test"
)]

use mars::v04::result::to_table;
use mars::v04::serialized::{Value, decode, decode_pickle};
use proptest::prelude::*;
use std::fs;
use std::path::PathBuf;

fn payloads() -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/payloads");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "bin"))
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Decodes, and goes on to a table where that is possible.
fn try_all(bytes: &[u8]) {
    if let Ok(value) = decode(bytes)
        && let Ok(result) = to_table(value)
    {
        let rows = result.table.rows().min(20);
        let columns: Vec<usize> = (0..result.table.columns().len().min(20)).collect();
        assert!(result.table.window(0..rows, &columns).rows.len() as u64 == rows);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn changed_bytes(which: prop::sample::Index, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let payloads = payloads();
        let mut bytes = which.get(&payloads).clone();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        try_all(&bytes);
    }

    #[test]
    fn changed_words(which: prop::sample::Index, at: prop::sample::Index, word: u32) {
        let payloads = payloads();
        let mut bytes = which.get(&payloads).clone();
        let at = at.index(bytes.len() - 4);
        bytes[at..at + 4].copy_from_slice(&word.to_le_bytes());
        try_all(&bytes);
    }

    #[test]
    fn cut_and_lengthened(which: prop::sample::Index, at: prop::sample::Index, tail in prop::collection::vec(any::<u8>(), 0..80)) {
        let payloads = payloads();
        let mut bytes = which.get(&payloads).clone();
        bytes.truncate(at.index(bytes.len()));
        bytes.extend(tail);
        // The announced length is made to fit, so that the body is looked at.
        if bytes.len() > 12 && bytes[10] == 0 {
            let length = (bytes.len() - 12) as u64;
            bytes[2..10].copy_from_slice(&length.to_le_bytes());
        }
        try_all(&bytes);
    }

    #[test]
    fn random_pickles(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let first = decode_pickle(&bytes);
        prop_assert_eq!(format!("{first:?}"), format!("{:?}", decode_pickle(&bytes)));
    }

    #[test]
    fn random_opcodes(ops in prop::collection::vec(prop::sample::select(b"(.)N]}a0125esutlbRK\x00\x85\x86\x87\x88\x94h\x01C\x02\x8c\x01x\x93\x81\x90\x8f".to_vec()), 0..300)) {
        // Whatever comes out, it comes out.
        let first = decode_pickle(&ops);
        prop_assert_eq!(format!("{first:?}"), format!("{:?}", decode_pickle(&ops)));
    }
}

#[test]
fn shared_lists_do_not_explode() {
    // [x, x] of [x, x] of … sixty levels deep: two bytes a level, 2^60 values.
    let mut bomb = b"\x80\x04]\x94".to_vec();
    for level in 0..60u8 {
        bomb.extend([b']', 0x94, b'h', level, b'a', b'h', level, b'a']);
    }
    bomb.push(b'.');
    assert!(decode_pickle(&bomb).is_err());
}

#[test]
fn a_long_column_of_nothing_is_in_proportion() {
    // As Python pickles it: batches of a thousand.
    let mut column = b"\x80\x04]\x94".to_vec();
    for _ in 0..500 {
        column.push(b'(');
        column.extend([b'N'; 1000]);
        column.push(b'e');
    }
    column.push(b'.');
    match decode_pickle(&column) {
        Ok(Value::List(items)) => assert_eq!(items.len(), 500_000),
        other => panic!("{:?}", other.err()),
    }
}

#[test]
fn a_list_inside_itself_is_refused() {
    assert!(decode_pickle(b"\x80\x04]\x94h\x00a.").is_err());
}

#[test]
fn deep_nesting_is_refused_without_overflowing_the_stack() {
    let mut deep = b"\x80\x04".to_vec();
    deep.extend(std::iter::repeat_n(b']', 100_000));
    deep.extend(std::iter::repeat_n(b'a', 99_999));
    deep.push(b'.');
    assert!(decode_pickle(&deep).is_err());
}
