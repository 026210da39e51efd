//! Payloads that broke on the way: cut at every byte with the announced length made to fit, bits
//! turned over, and pickles that name what they should not. A typed error or a value that says what
//! it is not, never a panic, never a table that is another one than what was sent.

#![expect(
    clippy::unwrap_used,
    reason = "a recording that cannot be read is a failed test"
)]

use mars::v04::result::to_table;
use mars::v04::serialized::{Value, decode, decode_pickle};
use proptest::prelude::*;
use std::fs;
use std::path::PathBuf;

/// The header: version, compression, length of the body, form.
const HEADER: usize = 12;

/// Every recorded payload with its name, of both releases.
fn payloads() -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for folder in ["payloads", "later"] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("tests/data")
            .join(folder);
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "bin") {
                let name = path.file_stem().unwrap().to_string_lossy().into_owned();
                all.push((name, fs::read(path).unwrap()));
            }
        }
    }
    all.sort();
    all
}

/// Where to cut: everywhere near the ends, and at places without a rhythm between.
fn places(length: usize) -> impl Iterator<Item = usize> {
    (0..length).filter(move |at| {
        length < 9_000 || *at < 2_000 || at + 2_000 > length || at % 89 == 0 || at % 1024 == 0
    })
}

#[test]
fn every_payload_cut_anywhere_is_an_error() {
    let payloads = payloads();
    assert!(payloads.len() >= 90, "{}", payloads.len());
    for (name, whole) in payloads {
        // Without its end mark alone an LZ4 frame still holds everything.
        let marked = if name.ends_with("lz4") { 4 } else { 0 };
        for end in places(whole.len() - marked) {
            assert!(decode(&whole[..end]).is_err(), "{name} cut at {end}");
        }
    }
}

#[test]
fn a_cut_body_whose_length_fits_is_an_error_or_the_whole_value() {
    for (name, whole) in payloads() {
        let value = decode(&whole).unwrap();
        for end in places(whole.len()).filter(|end| *end > HEADER) {
            let mut cut = whole[..end].to_vec();
            let length = (end - HEADER) as u64;
            cut[2..10].copy_from_slice(&length.to_le_bytes());
            // NaN is not equal to itself; its text is.
            if let Ok(other) = decode(&cut) {
                assert_eq!(
                    format!("{other:?}"),
                    format!("{value:?}"),
                    "{name} cut at {end}"
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1500,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn bits_turned_over_never_panic(
        which: prop::sample::Index,
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0_u32..8), 1..12),
    ) {
        let payloads = PAYLOADS.get_or_init(payloads);
        let mut bytes = which.get(payloads).1.clone();
        for (at, bit) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        if let Ok(value) = decode(&bytes)
            && let Ok(result) = to_table(value)
        {
            let rows = result.table.rows();
            let columns: Vec<usize> = (0..result.table.columns().len().min(20)).collect();
            let last = result.table.window(rows.saturating_sub(5)..rows, &columns);
            prop_assert_eq!(last.rows.len() as u64, rows.min(5));
        }
    }
}

static PAYLOADS: std::sync::OnceLock<Vec<(String, Vec<u8>)>> = std::sync::OnceLock::new();

/// `module.name(argument)` in four spellings of pickle.
fn calls(module: &str, name: &str) -> Vec<Vec<u8>> {
    let global = format!("c{module}\n{name}\n");
    let text = |text: &str| {
        let mut bytes = vec![0x8c, text.len() as u8];
        bytes.extend(text.as_bytes());
        bytes
    };
    let argument = text("touch it");
    let stacked = [text(module), text(name), vec![0x93]].concat();
    let made = [&b"\x80\x04"[..], &stacked].concat();
    vec![
        [b"\x80\x02", global.as_bytes(), &argument, b"\x85R."].concat(),
        [&made[..], &argument, b"\x85R."].concat(),
        [&made[..], b")\x81}", &text("x"), b"K\x01sb."].concat(),
        [
            b"\x80\x02(",
            argument.as_slice(),
            format!("i{module}\n{name}\n.").as_bytes(),
        ]
        .concat(),
    ]
}

#[test]
fn a_pickle_that_calls_anything_else_is_named_and_not_run() {
    let globals = [
        ("os", "system"),
        ("posix", "system"),
        ("builtins", "eval"),
        ("builtins", "getattr"),
        ("subprocess", "Popen"),
        ("numpy", "load"),
        ("pandas", "read_pickle"),
        ("datetime", "system"),
        ("decimal", "Context"),
        ("collections", "namedtuple"),
    ];
    for (module, name) in globals {
        for pickle in calls(module, name) {
            match decode_pickle(&pickle) {
                Ok(Value::Opaque(named)) => {
                    assert_eq!(&*named, format!("{module}.{name}"));
                    let shown = to_table(Value::Opaque(named.clone())).unwrap();
                    let columns: Vec<usize> = (0..shown.table.columns().len()).collect();
                    let row = shown.table.window(0..1, &columns).rows.remove(0);
                    assert!(
                        row.iter().any(|cell| cell.text.contains(&*named)),
                        "{named}"
                    );
                }
                Ok(other) => panic!("{module}.{name} made {other:?}"),
                Err(_) => {}
            }
        }
    }
    // At least the usual two spellings are read and named.
    let named = calls("os", "system")
        .iter()
        .filter(|p| decode_pickle(p).is_ok())
        .count();
    assert!(named >= 2, "{named}");
}

#[test]
fn a_pickle_cut_anywhere_is_an_error() {
    for pickle in calls("collections", "OrderedDict") {
        for end in 0..pickle.len() {
            assert!(
                decode_pickle(&pickle[..end]).is_err(),
                "{end} of {pickle:?}"
            );
        }
    }
}
