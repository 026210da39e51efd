//! The recorded record streams of three clients, in both directions, and their uploads in Arrow.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Decimal128Type, Float64Type, Int64Type, TimestampMillisecondType};
use bytes::Bytes;
use odps::tunnel::records::{Reader, Writer};
use odps::tunnel::schema::arrow_schema;
use odps::tunnel::upload::{Create, Session, Write};
use odps::tunnel::{download, rows};
use odps::types::Column;
use std::io::Read as _;
use wire::Call;

use crate::recording::{Recording, load};

/// The session and the block of an upload.
fn upload(recording: &Recording) -> (Session, Write) {
    let find = recording.exchanges.iter();
    let session = find.clone().find_map(|exchange| {
        let call = Create::from_request(&exchange.request).ok()?;
        Some(
            call.from_response(exchange.response.clone())
                .expect("a session"),
        )
    });
    let block = find
        .clone()
        .find_map(|exchange| Write::from_request(&exchange.request).ok());
    (session.expect("a session"), block.expect("a block"))
}

fn inflated(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    flate2::read::ZlibDecoder::new(body)
        .read_to_end(&mut out)
        .expect("deflate");
    out
}

fn records(columns: &[Column], body: &[u8]) -> RecordBatch {
    let mut reader = Reader::new(body, columns).expect("types");
    let batch = reader.next(100).expect("records").expect("some");
    assert!(reader.next(100).expect("the end").is_none());
    batch
}

/// What the writer makes of a batch.
fn written(columns: &[Column], batch: &RecordBatch) -> Bytes {
    let mut writer = Writer::new(columns.iter().map(|column| column.kind.clone())).expect("types");
    [writer.write(batch).expect("written"), writer.finish()]
        .concat()
        .into()
}

/// Checksums as unsigned numbers of at most five bytes: later clients write them sign-extended.
fn same_but_for_checksums(ours: &[u8], theirs: &[u8]) {
    let unsigned = |bytes: &[u8]| {
        let mut out = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            let long = bytes[at..].starts_with(&[0xff, 0xff, 0xff, 0xff, 0xff, 0x01])
                || bytes[at..].starts_with(&[0xff, 0xff, 0xff, 0xff, 0x01]);
            // The fifth byte of a sign-extended number has the upper bits set.
            if long && out.last().is_some_and(|byte| *byte >= 0xf8) {
                let last = out.pop().unwrap_or(0);
                out.push(last & 0x0f);
                at += bytes[at..]
                    .iter()
                    .position(|byte| *byte == 1)
                    .map_or(0, |n| n + 1);
            } else {
                out.push(bytes[at]);
                at += 1;
            }
        }
        out
    };
    assert_eq!(unsigned(ours), unsigned(theirs));
}

#[test]
fn uploads_of_two_generations() {
    for name in ["tunnel_upload_protobuf_0.9", "tunnel_upload_protobuf"] {
        let (session, block) = upload(&load(name));
        assert_eq!((block.block, block.arrow), (0, false), "{name}");
        let batch = records(&session.columns, &block.body);
        let ids = batch.column(0).as_primitive::<Int64Type>();
        assert_eq!(ids.values().to_vec(), [1, 2, -3], "{name}");
        let names: Vec<_> = batch.column(1).as_string::<i32>().iter().collect();
        assert_eq!(names, [Some("alpha"), None, Some("中")], "{name}");
        same_but_for_checksums(&written(&session.columns, &batch), &block.body);
    }
}

#[test]
fn an_upload_of_six_types_packed() {
    let (session, block) = upload(&load("tunnel_upload_protobuf_all_types"));
    assert_eq!(block.block, 7);
    assert_eq!(block.content_encoding.as_deref(), Some("deflate"));
    let body = inflated(&block.body);
    let batch = records(&session.columns, &body);
    assert_eq!(batch.num_rows(), 1);
    assert_eq!(batch.column(0).as_primitive::<Int64Type>().value(0), 1);
    assert_eq!(batch.column(1).as_string::<i32>().value(0), "alpha");
    assert_eq!(batch.column(2).as_primitive::<Float64Type>().value(0), 1.5);
    assert!(batch.column(3).as_boolean().value(0));
    let at = batch.column(4).as_primitive::<TimestampMillisecondType>();
    assert_eq!(at.value(0), 1_577_934_245_678);
    let price = batch.column(5).as_primitive::<Decimal128Type>();
    assert_eq!(price.value_as_string(0), "12.34");
    same_but_for_checksums(&written(&session.columns, &batch), &body);
}

#[test]
fn a_download_and_a_selection_of_it() {
    let recording = load("tunnel_download_protobuf");
    let create = download::Create::from_request(&recording.seq(4).request).expect("a session");
    let reload = download::Reload::from_request(&recording.seq(5).request).expect("a session");
    assert!(create.asynchronous);
    let session = reload
        .from_response(recording.seq(5).response.clone())
        .expect("a session");
    let body = |seq: u64| recording.seq(seq).response.body().clone();
    let batch = records(&session.columns, &body(6));
    let ids = batch.column(0).as_primitive::<Int64Type>();
    assert_eq!(ids.values().to_vec(), [1, 2, 3, -9_007_199_254_740_993]);
    assert_eq!(batch.column(5).null_count(), 1);
    same_but_for_checksums(&written(&session.columns, &batch), &body(6));
    // Columns `id` and `score` of rows 1 and 2.
    let selected = [session.columns[0].clone(), session.columns[2].clone()];
    let part = records(&selected, &inflated(&body(7)));
    assert_eq!(
        part,
        batch.project(&[0, 2]).expect("two columns").slice(1, 2)
    );
}

#[test]
fn uploads_in_arrow() {
    for (name, count) in [
        ("tunnel_upload_arrow", 3),
        ("tunnel_upload_arrow_buffered", 8500),
    ] {
        let (session, block) = upload(&load(name));
        assert!(block.arrow, "{name}");
        let schema = arrow_schema(&session.columns, None).expect("a schema");
        let mut reader = rows::Reader::new(schema.clone()).expect("a reader");
        let mut batches = Vec::new();
        for piece in block.body.chunks(999) {
            reader.push(piece, &mut batches).expect("rows");
        }
        reader.finish(&mut batches).expect("the end");
        let batch = arrow::compute::concat_batches(&schema, &batches).expect("one batch");
        assert_eq!(batch.num_rows(), count, "{name}");
        let ids = batch.column(0).as_primitive::<Int64Type>().values();
        let names = batch.column(1).as_string::<i32>();
        if count == 3 {
            assert_eq!(ids.to_vec(), [1, 2, -3]);
            assert_eq!(
                (names.value(0), names.is_null(1), names.value(2)),
                ("alpha", true, "中")
            );
        } else {
            assert!(ids.iter().copied().eq(0..8500));
            assert_eq!(names.null_count(), 8500);
        }
    }
}

#[test]
fn a_client_without_rows_writes_four_zeros() {
    let (session, _) = upload(&load("tunnel_upload_arrow"));
    let schema = arrow_schema(&session.columns, None).expect("a schema");
    let mut reader = rows::Reader::new(schema.clone()).expect("a reader");
    let mut batches = Vec::new();
    for _ in 0..4 {
        reader.push(&[0], &mut batches).expect("a zero");
    }
    reader.finish(&mut batches).expect("the end");
    assert!(batches.is_empty());
    let mut reader = rows::Reader::new(schema).expect("a reader");
    assert!(reader.push(&[0; 5], &mut batches).is_err());
}
