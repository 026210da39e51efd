//! Every recorded payload decodes to exactly what the library itself decodes it to.

#![expect(
    clippy::unwrap_used,
    reason = "a recording that cannot be read is a failed test"
)]

#[path = "support/expected.rs"]
mod expected;

use expected::render;
use mars::v04::serialized::{Value, decode};
use std::fs;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/payloads")
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .filter_map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            name.strip_suffix(".bin").map(str::to_owned)
        })
        .collect();
    names.sort();
    names
}

fn payload(name: &str) -> Vec<u8> {
    fs::read(folder().join(format!("{name}.bin"))).unwrap()
}

#[test]
fn all_of_them_equal_the_recorded_values() {
    let names = names();
    assert_eq!(names.len(), 82);
    let mut wrong = Vec::new();
    for name in names {
        let text = fs::read_to_string(folder().join(format!("{name}.json"))).unwrap();
        let recorded: serde_json::Value = serde_json::from_str(&text).unwrap();
        match decode(&payload(&name)) {
            Ok(value) => {
                let got = render(&value);
                if let Err(difference) = expected::compare(&recorded["expected"], &got, "") {
                    wrong.push(format!("{name}: {difference}"));
                }
            }
            Err(error) => wrong.push(format!("{name}: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_long_integer_keeps_every_digit() {
    let value = decode(&payload("scalar_bigint")).unwrap();
    assert_eq!(value, Value::BigInt("10000000000000000000000000".into()));
}

/// Files longer than this are cut at a sample of places; the others at every byte.
const SHORT: usize = 9_000;

#[test]
fn cut_anywhere_they_are_refused_and_never_panic() {
    for name in names() {
        let whole = payload(&name);
        let step = if whole.len() <= SHORT { 1 } else { 97 };
        // Without its end mark alone an LZ4 frame still holds everything.
        let marked = if name.ends_with("lz4") { 4 } else { 0 };
        for end in (0..whole.len() - marked).step_by(step) {
            assert!(decode(&whole[..end]).is_err(), "{name} cut at {end}");
        }
    }
}
