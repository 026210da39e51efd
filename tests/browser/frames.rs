//! Decoding in wasm32: the same bytes give the same rows as natively.

use std::sync::Arc;

use arrow::array::{ArrayRef, Decimal128Array, Int64Array, RecordBatch, TimestampNanosecondArray};
use console::frames::desk::Desk;
use console::frames::load::Step;
use console::frames::{Ask, CellKind, Phase, Source, Span, TableSource, Tell};
use odps::tunnel::download::{Session, Status};
use odps::tunnel::rows::Writer;
use odps::tunnel::schema::arrow_schema;
use odps::types::{Column, Type};
use wasm_bindgen_test::wasm_bindgen_test;
use wire::Reply;

const ROWS: u64 = 20_000;

fn columns() -> Vec<Column> {
    vec![
        Column::new("id", Type::Bigint),
        Column::new("amount", Type::Decimal(Some((38, 18)))),
        Column::new("paid_at", Type::Timestamp),
    ]
}

fn body() -> Vec<u8> {
    let schema = arrow_schema(&columns(), None).expect("plain types");
    let mut writer = Writer::new(&schema, 65_536).expect("plain types");
    let mut body = Vec::new();
    for start in (0..ROWS).step_by(4_096) {
        let rows = start..(start + 4_096).min(ROWS);
        let ids: Int64Array = rows.clone().map(|row| i64::MAX - row as i64).collect();
        let amounts =
            Decimal128Array::from_iter_values(rows.clone().map(|row| i128::from(row) - 1))
                .with_precision_and_scale(38, 18)
                .expect("38,18");
        let times: TimestampNanosecondArray = rows
            .map(|row| (row % 2 == 0).then_some(row as i64))
            .collect();
        let arrays: Vec<ArrayRef> = vec![Arc::new(ids), Arc::new(amounts), Arc::new(times)];
        let batch = RecordBatch::try_new(schema.clone(), arrays).expect("same schema");
        body.extend_from_slice(&writer.write(&batch).expect("same schema"));
    }
    body.extend_from_slice(&writer.finish());
    body
}

fn session() -> Session {
    Session {
        id: "s".into(),
        status: Status::Normal,
        record_count: ROWS,
        columns: columns(),
        partition_keys: Vec::new(),
        quota: None,
        owner: None,
    }
}

#[wasm_bindgen_test]
fn a_stream_becomes_exact_text() {
    let mut desk = Desk::default();
    let source = Source::Table(TableSource {
        project: "p".into(),
        table: "t".into(),
        partition: None,
        columns: Vec::new(),
        schema: None,
        start: 0,
    });
    let run = desk
        .ask(Ask::Open {
            frame: 1,
            source,
            limit: None,
        })
        .start
        .expect("reading starts");
    assert!(matches!(desk.step(1, run), Step::Send(..)));
    desk.answered(1, run, Ok(session().into_response()));
    assert!(matches!(desk.step(1, run), Step::Stream(..)));
    assert!(
        body()
            .chunks(1_000)
            .all(|piece| desk.chunk(1, run, piece.to_vec()))
    );
    desk.ended(1, run, None);
    assert!(matches!(desk.step(1, run), Step::Rest));
    assert_eq!(desk.phase(1), Some(&Phase::Complete));

    let ask = Ask::Window {
        frame: 1,
        rows: Span::new(0, 2),
        pinned: 0,
        columns: Span::new(0, 3),
    };
    let Some(Tell::Window { window, .. }) = desk.ask(ask).tells.pop() else {
        panic!("no window")
    };
    let texts: Vec<_> = window.cells.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts[..2], ["9223372036854775807", "-0.000000000000000001"]);
    assert!(texts[2].starts_with("1970-01-01 00:00:00"), "{}", texts[2]);
    assert_eq!(window.cells[5].kind, CellKind::Null);
}

#[wasm_bindgen_test]
fn noise_is_a_fault_and_no_trap() {
    for seed in 0..50_u32 {
        let noise: Vec<u8> = (0..500_u32)
            .map(|at| (at.wrapping_mul(31) ^ seed) as u8)
            .collect();
        let mut desk = Desk::default();
        let source = Source::Table(TableSource {
            project: "p".into(),
            table: "t".into(),
            partition: None,
            columns: Vec::new(),
            schema: None,
            start: 0,
        });
        let run = desk
            .ask(Ask::Open {
                frame: 1,
                source,
                limit: None,
            })
            .start
            .expect("starts");
        assert!(matches!(desk.step(1, run), Step::Send(..)));
        desk.answered(1, run, Ok(session().into_response()));
        assert!(matches!(desk.step(1, run), Step::Stream(..)));
        desk.chunk(1, run, noise);
        desk.ended(1, run, None);
        assert!(
            matches!(desk.phase(1), Some(Phase::Failed(_))),
            "{:?}",
            desk.phase(1)
        );
    }
}
