//! The recorded bodies of the tunnel hold the rows of `expected_rows.json`.

use std::io::Read;

use arrow::array::{
    Array, AsArray, BooleanArray, Decimal128Array, Float64Array, Int64Array, RecordBatch,
    StringArray, TimestampMillisecondArray,
};
use arrow::datatypes::{Decimal128Type, Float64Type, Int64Type, TimestampMillisecondType};
use odps::date;
use odps::tunnel::download::{self, Rows, Session};
use odps::tunnel::rows::{Reader, RowsError, Writer};
use odps::tunnel::schema::arrow_schema;
use serde_json::{Value, json};
use wire::Call;

use crate::recording::{Recording, json as load_json, load};

fn session(recording: &Recording) -> Session {
    let exchange = recording.seq(3);
    let call = download::Create::from_request(&exchange.request).expect("a session");
    call.from_response(exchange.response.clone())
        .expect("a session")
}

fn rows(recording: &Recording) -> (download::Read, Rows) {
    let exchange = recording.seq(4);
    let call = download::Read::from_request(&exchange.request).expect("a read");
    let rows = call.from_response(exchange.response.clone()).expect("rows");
    (call, rows)
}

fn decode(session: &Session, body: &[u8], step: usize) -> Result<Vec<RecordBatch>, RowsError> {
    let mut reader = Reader::new(arrow_schema(&session.columns, None).expect("a schema"))?;
    let mut batches = Vec::new();
    for piece in body.chunks(step) {
        reader.push(piece, &mut batches)?;
    }
    reader.finish(&mut batches)?;
    Ok(batches)
}

/// A value in the form that the file of expected rows has.
fn cell(column: &dyn Array, row: usize) -> Value {
    if column.is_null(row) {
        return Value::Null;
    }
    let any = column.as_any();
    if any.is::<Int64Array>() {
        let number = column.as_primitive::<Int64Type>().value(row);
        // Beyond what a double holds, the file has texts.
        if number.unsigned_abs() > 1 << 53 {
            number.to_string().into()
        } else {
            number.into()
        }
    } else if any.is::<StringArray>() {
        column.as_string::<i32>().value(row).into()
    } else if any.is::<Float64Array>() {
        column.as_primitive::<Float64Type>().value(row).into()
    } else if any.is::<BooleanArray>() {
        column.as_boolean().value(row).into()
    } else if any.is::<TimestampMillisecondArray>() {
        let at = column.as_primitive::<TimestampMillisecondType>().value(row);
        date::iso8601(u64::try_from(at).expect("after 1970")).into()
    } else {
        assert!(any.is::<Decimal128Array>(), "{:?}", column.data_type());
        column
            .as_primitive::<Decimal128Type>()
            .value_as_string(row)
            .into()
    }
}

fn cells(batches: &[RecordBatch]) -> Value {
    let rows = batches.iter().flat_map(|batch| {
        (0..batch.num_rows()).map(move |row| {
            batch
                .columns()
                .iter()
                .map(|column| cell(column, row))
                .collect::<Value>()
        })
    });
    rows.collect()
}

fn expected() -> Value {
    load_json("expected_rows")["tables"]["vec_table"]["rows"].clone()
}

#[test]
fn the_rows_of_the_recorded_body() {
    let recording = load("tunnel_download_arrow");
    let session = session(&recording);
    let (call, rows) = rows(&recording);
    assert_eq!((call.start, call.count, call.arrow), (0, 4, true));
    assert_eq!((session.record_count, rows.record_count), (4, Some(4)));
    for step in [1, 7, 1000] {
        let batches = decode(&session, &rows.body, step).expect("rows");
        assert_eq!(cells(&batches), expected(), "in pieces of {step}");
    }
}

#[test]
fn the_rows_of_small_chunks_and_packed() {
    let recording = load("tunnel_download_arrow_small_chunks");
    let (call, rows) = rows(&recording);
    assert_eq!(
        (call.start, call.count, rows.content_encoding.as_deref()),
        (1, 2, Some("deflate"))
    );
    let mut body = Vec::new();
    flate2::read::ZlibDecoder::new(&rows.body[..])
        .read_to_end(&mut body)
        .expect("deflate");
    assert_eq!(body[..4], [0, 0, 0, 64]);
    let batches = decode(&session(&recording), &body, 5).expect("rows");
    let expected = expected();
    assert_eq!(cells(&batches), json!([expected[1], expected[2]]));
}

#[test]
fn the_recorded_body_cut_at_every_byte() {
    let recording = load("tunnel_download_arrow");
    let session = session(&recording);
    let (_, rows) = rows(&recording);
    for end in 0..rows.body.len() {
        let error = decode(&session, &rows.body[..end], 1000).expect_err("a cut");
        assert!(
            error.to_string().contains("ends at byte"),
            "cut at {end}: {error}"
        );
    }
}

#[test]
fn rows_written_here_are_the_same_rows() {
    let recording = load("tunnel_download_arrow");
    let session = session(&recording);
    let (_, rows) = rows(&recording);
    let batches = decode(&session, &rows.body, 1000).expect("rows");
    let schema = arrow_schema(&session.columns, None).expect("a schema");
    let mut writer = Writer::new(&schema, 64).expect("a writer");
    let mut body = Vec::new();
    for batch in &batches {
        body.extend_from_slice(&writer.write(batch).expect("written"));
    }
    body.extend_from_slice(&writer.finish());
    assert_eq!(decode(&session, &body, 13), Ok(batches));
}

#[test]
fn a_session_that_starts_is_looked_at_again() {
    let recording = load("tunnel_download_protobuf");
    let reloads: Vec<_> = recording
        .exchanges
        .iter()
        .filter_map(|exchange| {
            let call = download::Reload::from_request(&exchange.request).ok()?;
            Some(
                call.from_response(exchange.response.clone())
                    .expect("a session")
                    .status,
            )
        })
        .collect();
    assert_eq!(
        reloads.last(),
        Some(&download::Status::Normal),
        "{reloads:?}"
    );
}
