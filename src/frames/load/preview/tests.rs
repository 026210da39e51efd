//! A preview is read against answers made of `odps` and Arrow themselves.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, RecordBatch};
use arrow::ipc::writer::StreamWriter;
use odps::tables::{Schema, Table};
use odps::tunnel::preview::Preview;
use odps::types::{Column, Type};
use wire::{Call, Reply, Response, Service};

use crate::frames::load::{Load, Step};
use crate::frames::{Fault, Phase, Source, TableSource};

fn source() -> TableSource {
    TableSource {
        project: "p".into(),
        table: "v".into(),
        partition: None,
        columns: Vec::new(),
        schema: None,
        start: 0,
    }
}

fn facts(record_num: Option<u64>, view: bool) -> Response {
    let schema = Schema {
        columns: vec![Column::new("id", Type::Bigint)],
        record_num,
        is_virtual_view: view,
        ..Schema::default()
    };
    let table = Table {
        name: "v".into(),
        schema,
        ..Table::default()
    };
    table.into_response()
}

fn body(rows: std::ops::Range<i64>) -> Response {
    let ids: ArrayRef = Arc::new(rows.collect::<Int64Array>());
    let batch = RecordBatch::try_from_iter([("id", ids)]).expect("one column");
    let mut body = Vec::new();
    let mut writer = StreamWriter::try_new(&mut body, &batch.schema()).expect("a schema");
    writer.write(&batch).expect("the same schema");
    writer.finish().expect("memory");
    drop(writer);
    Response::new(body.into())
}

fn refusal(code: &str) -> Response {
    odps::Error::status(http::StatusCode::FORBIDDEN, code, "You have no privilege").into_response()
}

/// Drives a load against a source of `exist` rows; answers what `other` does instead where it says.
fn drive(
    load: &mut Load,
    exist: u64,
    other: impl Fn(&wire::Request) -> Option<Response>,
) -> Vec<u64> {
    let mut limits = Vec::new();
    for _ in 0..20 {
        let (service, request) = match load.step() {
            Step::Send(service, request) => (service, request),
            Step::Rest => return limits,
            step => panic!("{step:?}"),
        };
        let answer = match (other(&request), Preview::from_request(&request)) {
            (Some(answer), _) => answer,
            (None, Ok(call)) => {
                assert_eq!(service, Service::Tunnel);
                let limit = call.limit.expect("a limit").min(exist);
                limits.push(call.limit.expect("a limit"));
                body(0..limit as i64)
            }
            (None, Err(_)) => {
                assert_eq!(service, Service::Odps);
                facts(Some(exist), false)
            }
        };
        load.answered(Ok(answer));
    }
    panic!("reading does not end: {:?}", load.progress());
}

#[test]
fn the_first_rows_and_more_of_them() {
    let mut load = Load::new(Source::Preview(source()), Some(6));
    assert_eq!(drive(&mut load, 50_000, |_| None), [7]);
    assert_eq!(
        (load.progress().rows, load.progress().phase.clone()),
        (6, Phase::Limited)
    );
    let head = load.head().expect("a head");
    assert_eq!(
        (head.exist, head.columns[0].kind.as_str()),
        (Some(50_000), "bigint")
    );
    load.more(None);
    assert_eq!(drive(&mut load, 50_000, |_| None), [10_000]);
    assert_eq!(
        (load.progress().rows, load.progress().phase.clone()),
        (10_000, Phase::Limited)
    );
    let mut load = Load::new(Source::Preview(source()), Some(100));
    drive(&mut load, 100, |_| None);
    assert_eq!(
        (load.progress().rows, load.progress().phase.clone()),
        (100, Phase::Complete)
    );
}

#[test]
fn no_body_is_no_rows_and_no_facts_are_no_harm() {
    let empty = |request: &wire::Request| {
        Preview::from_request(request)
            .ok()
            .map(|_| Response::new(Default::default()))
    };
    let mut load = Load::new(Source::Preview(source()), Some(6));
    drive(&mut load, 0, empty);
    assert_eq!(load.progress().phase, Phase::Complete);
    assert_eq!(load.head().map(|head| head.columns.len()), Some(1));
    let silent = |request: &wire::Request| {
        Preview::from_request(request)
            .is_err()
            .then(|| refusal("NoPermission"))
    };
    let mut load = Load::new(Source::Preview(source()), Some(6));
    drive(&mut load, 3, silent);
    assert_eq!(load.progress().phase, Phase::Complete);
    assert_eq!(
        load.head().map(|head| head.columns[0].kind.clone()),
        Some("int64".into())
    );
}

#[test]
fn a_refused_download_is_looked_at_instead() {
    let protected = |request: &wire::Request| {
        let query = request.uri().query().unwrap_or_default();
        query.contains("downloads").then(|| refusal("NoPermission"))
    };
    let mut load = Load::new(Source::Table(source()), Some(6));
    drive(&mut load, 9, protected);
    assert_eq!(
        (load.progress().rows, load.progress().phase.clone()),
        (6, Phase::Limited)
    );
    let preview = load
        .head()
        .and_then(|head| head.preview.clone())
        .expect("a preview");
    assert!(
        preview
            .refused
            .is_some_and(|said| said.starts_with("NoPermission: "))
    );
    // Rows further on cannot be looked at.
    let window = TableSource {
        start: 5,
        ..source()
    };
    let mut load = Load::new(Source::Table(window), Some(6));
    drive(&mut load, 9, protected);
    assert!(matches!(
        load.progress().phase,
        Phase::Failed(Fault::Refused { .. })
    ));
    // Where that is refused too, the first rule is told.
    let mut load = Load::new(Source::Table(source()), Some(6));
    drive(&mut load, 9, |request| {
        Some(refusal(match protected(request) {
            Some(_) => "NoPermission",
            None => "Other",
        }))
    });
    let said = load.progress().phase.clone();
    assert!(matches!(said, Phase::Failed(Fault::Refused { code, .. }) if code == "NoPermission"));
}
