//! Views through the desk: what is filtered and sorted is what the windows show, also while rows
//! come.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, RecordBatch};
use frame::{Compare, Condition, Key, Test};
use odps::tunnel::download::{Session, Status};
use odps::tunnel::rows::Writer;
use odps::tunnel::schema::arrow_schema;
use odps::types::{Column, Type};
use wire::Reply as _;

use super::{Desk, Run};
use crate::frames::load::Step;
use crate::frames::{Answer, Ask, Question, Source, Span, TableSource, Tell, View, Window};

const ROWS: i64 = 10_000;

fn columns() -> Vec<Column> {
    vec![
        Column::new("id", Type::Bigint),
        Column::new("rest", Type::Bigint),
    ]
}

/// Ids beyond 2^53 downwards, and the rest of the row by seven.
fn body() -> Vec<u8> {
    let schema = arrow_schema(&columns(), None).unwrap();
    let mut writer = Writer::new(&schema, 65_536).unwrap();
    let mut body = Vec::new();
    for start in (0..ROWS).step_by(1_000) {
        let ids: Int64Array = (start..start + 1_000).map(|row| i64::MAX - row).collect();
        let rest: Int64Array = (start..start + 1_000).map(|row| row % 7).collect();
        let arrays: Vec<ArrayRef> = vec![Arc::new(ids), Arc::new(rest)];
        let batch = RecordBatch::try_new(schema.clone(), arrays).unwrap();
        body.extend_from_slice(&writer.write(&batch).unwrap());
    }
    body.extend_from_slice(&writer.finish());
    body
}

/// A desk whose frame 1 waits for its stream.
fn desk() -> (Desk, Run) {
    let mut desk = Desk::default();
    let source = Source::Table(TableSource {
        project: "p".into(),
        table: "t".into(),
        partition: None,
        columns: Vec::new(),
        schema: None,
        start: 0,
    });
    let open = Ask::Open {
        frame: 1,
        source,
        limit: None,
    };
    let run = desk.ask(open).start.unwrap();
    assert!(matches!(desk.step(1, run), Step::Send(..)));
    let session = Session {
        id: "s".into(),
        status: Status::Normal,
        record_count: ROWS.unsigned_abs(),
        columns: columns(),
        partition_keys: Vec::new(),
        quota: None,
        owner: None,
    };
    desk.answered(1, run, Ok(session.into_response()));
    assert!(matches!(desk.step(1, run), Step::Stream(..)));
    (desk, run)
}

fn read(desk: &mut Desk, run: Run) {
    for piece in body().chunks(9_000) {
        assert!(desk.chunk(1, run, piece.to_vec()));
        desk.news(1);
    }
    desk.ended(1, run, None);
    assert!(matches!(desk.step(1, run), Step::Rest));
    desk.news(1);
    while desk.has_chores() {
        desk.chore();
    }
}

fn at_least(value: &str) -> Condition {
    Condition {
        column: 0,
        test: Test::Compare {
            op: Compare::Ge,
            value: value.into(),
        },
    }
}

fn arrange(desk: &mut Desk, epoch: u32, view: View) -> Vec<Tell> {
    let frame = 1;
    desk.ask(Ask::Arrange { frame, epoch, view }).tells
}

fn window(desk: &mut Desk) -> Window {
    let ask = Ask::Window {
        frame: 1,
        rows: Span::new(0, 3),
        pinned: 0,
        columns: Span::new(0, 2),
    };
    match desk.ask(ask).tells.pop() {
        Some(Tell::Window { window, .. }) => window,
        other => panic!("{other:?}"),
    }
}

fn texts(window: &Window) -> Vec<&str> {
    window.cells.iter().map(|cell| cell.text.as_str()).collect()
}

#[test]
fn a_view_that_is_asked_for_after_the_rows() {
    let (mut desk, run) = desk();
    read(&mut desk, run);
    assert_eq!(window(&mut desk).total, ROWS.unsigned_abs());
    let view = View {
        columns: Some(vec![1, 0]),
        conditions: vec![at_least("9223372036854775803")],
        keys: vec![Key {
            column: 0,
            descending: false,
            nulls_first: false,
        }],
    };
    let told = arrange(&mut desk, 7, view);
    assert!(matches!(
        &told[..],
        [
            Tell::Arranged { epoch: 7, refusal: None, .. },
            Tell::Window { window, .. },
            Tell::Progress { progress, .. },
        ] if (window.epoch, progress.epoch, progress.shown) == (7, 7, 5)
    ));
    let window = window(&mut desk);
    assert_eq!((window.epoch, window.total), (7, 5));
    let wanted = [
        "4",
        "9223372036854775803",
        "3",
        "9223372036854775804",
        "2",
        "9223372036854775805",
    ];
    assert_eq!(texts(&window), wanted);
}

#[test]
fn a_view_that_is_asked_for_before_the_rows() {
    let (mut desk, run) = desk();
    window(&mut desk);
    let conditions = vec![at_least("9223372036854775803")];
    let view = View {
        conditions,
        ..View::default()
    };
    arrange(&mut desk, 1, view);
    read(&mut desk, run);
    let window = window(&mut desk);
    assert_eq!((window.epoch, window.total), (1, 5));
    assert_eq!(texts(&window)[0], "9223372036854775807");
}

#[test]
fn a_condition_that_cannot_be_read_leaves_the_view_as_it_is() {
    let (mut desk, run) = desk();
    read(&mut desk, run);
    let conditions = vec![at_least("1,5")];
    let view = View {
        conditions,
        ..View::default()
    };
    let told = arrange(&mut desk, 2, view);
    assert!(
        matches!(
            &told[0],
            Tell::Arranged {
                epoch: 2,
                refusal: Some(_),
                ..
            }
        ),
        "{told:?}"
    );
    let window = window(&mut desk);
    assert_eq!((window.epoch, window.total), (0, ROWS.unsigned_abs()));
}

#[test]
fn what_takes_long_is_done_bit_by_bit() {
    let (mut desk, run) = desk();
    read(&mut desk, run);
    let ask = |ticket, question| Ask::Question {
        frame: 1,
        ticket,
        question,
    };
    desk.ask(ask(5, Question::Profile { column: 0 }));
    let count = Question::Count {
        text: "9223372036854775807".into(),
        case: false,
    };
    desk.ask(ask(6, count));
    let mut answers = Vec::new();
    while desk.has_chores() {
        answers.extend(desk.chore());
    }
    let profile = answers.iter().find_map(|told| match told {
        Tell::Answer {
            ticket: 5,
            answer: Answer::Profile(profile),
            ..
        } => Some(profile),
        _ => None,
    });
    let profile = profile.unwrap();
    assert_eq!((profile.rows, profile.nulls), (ROWS.unsigned_abs(), 0));
    assert_eq!(profile.max.as_deref(), Some("9223372036854775807"));
    let counted = Answer::Counted {
        cells: 1,
        rows: ROWS.unsigned_abs(),
        done: true,
    };
    assert!(
        answers.iter().any(
            |told| matches!(told, Tell::Answer { ticket: 6, answer, .. } if *answer == counted)
        )
    );
}
