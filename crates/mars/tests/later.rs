//! What Mars 0.4.7 answers to the same calls: the console speaks the whole 0.4 generation.

#![expect(
    clippy::unwrap_used,
    reason = "a recording that cannot be read is a failed test"
)]

use mars::v04::result::{ResultKind, to_table};
use mars::v04::serialized::{Value, decode};
use mars::v04::session::{SessionCreate, SessionCreated};
use std::fs;
use std::path::PathBuf;
use wire::Call;

fn value(name: &str) -> Value {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/later");
    decode(&fs::read(folder.join(format!("{name}.bin"))).unwrap()).unwrap()
}

#[test]
fn a_session_tells_what_both_sides_understand() {
    let body = r#"{"session_id": "f7d532d0b31181521164ecf748402ac5", "arrow_compatible": true, "pickle_protocol": 4}"#;
    let response = http::Response::new(bytes::Bytes::from(body));
    let created = SessionCreate::new("i").from_response(response).unwrap();
    let wanted = SessionCreated {
        session_id: "f7d532d0b31181521164ecf748402ac5".into(),
        arrow_compatible: Some(true),
        pickle_protocol: Some(4),
    };
    assert_eq!(created, wanted);
}

#[test]
fn arrays_are_the_same_in_both_serialisations() {
    for name in ["randn", "text"] {
        assert_eq!(
            value(&format!("{name}_arrow")),
            value(&format!("{name}_pickle")),
            "{name}"
        );
    }
}

#[test]
fn frames_and_series_come_in_arrow() {
    let described = to_table(value("describe_arrow")).unwrap();
    assert_eq!(described.facts.kind, ResultKind::DataFrame);
    assert_eq!(described.table.cell(0, 0, 99).unwrap().text, "count");
    assert_eq!(described.table.cell(1, 1, 99).unwrap().text, "2.5");
    let series = to_table(value("ser_head_arrow")).unwrap();
    assert_eq!(
        (series.facts.kind, series.facts.shape),
        (ResultKind::Series, vec![2])
    );
}

#[test]
fn a_pickled_frame_is_named_and_not_guessed() {
    // pandas' own pickles hold the inside of one pandas release: ask for Arrow.
    let name = "pandas.core.frame.DataFrame";
    assert_eq!(value("describe_pickle"), Value::Opaque(name.into()));
}
