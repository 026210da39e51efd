//! What is uploaded is what can be downloaded, after the commit and whole, or not at all.

use crate::world::World;
use arrow::array::{AsArray, Int64Array, RecordBatch};
use arrow::datatypes::Int64Type;
use axum::body::Body;
use bytes::Bytes;
use http::{Response, StatusCode};
use odps::date::rfc1123;
use odps::sign::v1;
use odps::tables::PartitionSpec;
use odps::tunnel::coding::{Coding, Packer};
use odps::tunnel::download::{self, Source};
use odps::tunnel::preview::Preview;
use odps::tunnel::records;
use odps::tunnel::rows::Writer;
use odps::tunnel::schema::arrow_schema;
use odps::tunnel::upload::{Commit, Create, Reload, Session, Status, Write};
use std::io::Write as _;
use std::sync::Arc;
use tower::ServiceExt as _;
use wire::{Call as _, Service};

pub(crate) fn table() -> Source {
    Source::table("test_mars")
}

fn batch(rows: impl Iterator<Item = i64> + Clone) -> RecordBatch {
    let schema = arrow_schema(&columns(), None).unwrap();
    let twice = rows.clone().map(|row| row.wrapping_mul(2));
    let columns: Vec<arrow::array::ArrayRef> = vec![
        Arc::new(Int64Array::from_iter_values(rows)),
        Arc::new(Int64Array::from_iter_values(twice)),
    ];
    RecordBatch::try_new(schema, columns).unwrap()
}

fn columns() -> Vec<odps::types::Column> {
    use odps::types::{Column, Type};
    ["col1", "col2"]
        .map(|name| Column::new(name, Type::Bigint))
        .to_vec()
}

pub(crate) fn as_records(rows: impl Iterator<Item = i64> + Clone) -> Bytes {
    let mut writer = records::Writer::new(columns().into_iter().map(|one| one.kind)).unwrap();
    let rows = writer.write(&batch(rows)).unwrap();
    [rows, writer.finish()].concat().into()
}

fn as_arrow(rows: std::ops::Range<i64>) -> Bytes {
    let batch = batch(rows);
    let mut writer = Writer::new(&batch.schema(), 65_536).unwrap();
    let rows = writer.write(&batch).unwrap();
    [rows, writer.finish()].concat().into()
}

pub(crate) fn block(session: &Session, number: u32, arrow: bool, body: Bytes) -> Write {
    Write {
        target: table(),
        id: session.id.clone(),
        block: number,
        arrow,
        content_encoding: None,
        body,
    }
}

pub(crate) fn commit(session: &Session) -> Commit {
    Commit {
        target: table(),
        id: session.id.clone(),
    }
}

impl World {
    async fn upload(&self) -> Session {
        let session = self.ask(&Create::of(table())).await.unwrap();
        assert_eq!((session.status, session.blocks.len()), (Status::Normal, 0));
        session
    }

    async fn blocks(&self, session: &Session) -> Session {
        let reload = Reload {
            target: table(),
            id: session.id.clone(),
        };
        self.ask(&reload).await.unwrap()
    }

    /// The first column, in order.
    async fn first(&self, source: Source) -> Vec<i64> {
        let session = self.ask(&download::Create::of(source.clone())).await;
        let session = session.unwrap();
        if session.record_count == 0 {
            return Vec::new();
        }
        let call = download::Read {
            source,
            id: session.id,
            start: 0,
            count: session.record_count,
            columns: None,
            arrow: false,
        };
        let body = self.ask(&call).await.unwrap().body;
        let mut reader = records::Reader::new(&body[..], &session.columns).unwrap();
        let mut all = Vec::new();
        while let Some(batch) = reader.next(1000).unwrap() {
            all.extend(batch.column(0).as_primitive::<Int64Type>().values());
        }
        all.sort_unstable();
        all
    }

    /// The nine rows that were there, and what came.
    async fn added(&self) -> Vec<i64> {
        let all = self.first(table()).await;
        assert_eq!(all[..9], [0, 0, 0, 1, 1, 1, 2, 2, 2]);
        all[9..].to_vec()
    }
}

#[tokio::test]
async fn blocks_of_both_forms_become_rows_at_the_commit() {
    let world = World::open().await;
    let session = world.upload().await;
    for call in [
        block(&session, 3, false, as_records(10..12)),
        block(&session, 7, true, as_arrow(20..23)),
        // Again: in the place of the first.
        block(&session, 3, false, as_records(12..14)),
        // A client that has no rows.
        block(&session, 9, true, Bytes::from_static(&[0; 4])),
    ] {
        world.ask(&call).await.unwrap();
    }
    assert_eq!(world.blocks(&session).await.blocks, [3, 7, 9]);
    assert_eq!(world.added().await, [] as [i64; 0]);
    for _ in 0..2 {
        let closed = world.ask(&commit(&session)).await.unwrap();
        assert_eq!(
            (closed.status, closed.blocks),
            (Status::Closed, vec![3, 7, 9])
        );
        assert_eq!(world.added().await, [12, 13, 20, 21, 22]);
    }
    let late = world
        .ask(&block(&session, 4, false, as_records(0..1)))
        .await;
    assert_eq!(late.unwrap_err().code(), "StatusConflict");
}

#[tokio::test]
async fn every_coding_is_taken_and_given() {
    let world = World::open().await;
    let session = world.upload().await;
    for (number, coding) in (0..).zip(Coding::ALL) {
        let mut packer = Packer::new(Some(coding), Vec::new()).unwrap();
        let from = 100 + i64::from(number);
        packer.write_all(&as_records(from..from + 1)).unwrap();
        let call = Write {
            content_encoding: Some(coding.name().to_owned()),
            ..block(&session, number, false, packer.finish().unwrap().into())
        };
        world.ask(&call).await.unwrap();
    }
    world.ask(&commit(&session)).await.unwrap();
    assert_eq!(world.added().await, [100, 101, 102, 103, 104]);

    let session = world.ask(&download::Create::of(table())).await.unwrap();
    let call = download::Read {
        source: table(),
        id: session.id.clone(),
        start: 9,
        count: 5,
        columns: None,
        arrow: false,
    };
    let plain = world.ask(&call).await.unwrap();
    assert_eq!(plain.content_encoding, None);
    for coding in Coding::ALL {
        let mut request = call.to_request(&world.target);
        let name = http::HeaderValue::from_static(coding.name());
        request.headers_mut().insert("accept-encoding", name);
        let answer = call.from_response(world.send(&Service::Tunnel, request).await);
        let answer = answer.unwrap();
        assert_eq!(answer.content_encoding.as_deref(), Some(coding.name()));
        let mut body = Vec::new();
        let mut unpacker =
            odps::tunnel::coding::Unpacker::new(Some(coding), &answer.body[..]).unwrap();
        std::io::Read::read_to_end(&mut unpacker, &mut body).unwrap();
        assert_eq!(body, plain.body, "{coding:?}");
    }
}

#[tokio::test]
async fn blocks_and_commits_outlive_the_process() {
    let world = World::open().await;
    let session = world.upload().await;
    world
        .ask(&block(&session, 0, false, as_records(30..31)))
        .await
        .unwrap();
    let world = World::on(world.leave()).await;
    assert_eq!(world.blocks(&session).await.blocks, [0]);
    assert_eq!(world.added().await, [] as [i64; 0]);
    world.ask(&commit(&session)).await.unwrap();
    let world = World::on(world.leave()).await;
    assert_eq!(
        world.ask(&commit(&session)).await.unwrap().status,
        Status::Closed
    );
    assert_eq!(world.added().await, [30]);
}

#[tokio::test]
async fn a_commit_that_was_made_is_not_made_again_after_a_crash() {
    let world = World::open().await;
    let session = world.upload().await;
    world
        .ask(&block(&session, 0, false, as_records(40..41)))
        .await
        .unwrap();
    // What lies in the folder before the commit is what a process leaves that dies right after the
    // catalogue has taken it.
    let folder = world.folder.path().join("uploads").join(&session.id);
    let kept: Vec<_> = ["session.json", "0.parquet"]
        .map(|name| (name, std::fs::read(folder.join(name)).unwrap()))
        .to_vec();
    world.ask(&commit(&session)).await.unwrap();
    let left = world.leave();
    for (name, bytes) in kept {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    let world = World::on(left).await;
    assert_eq!(world.blocks(&session).await.status, Status::Closed);
    world.ask(&commit(&session)).await.unwrap();
    assert_eq!(world.added().await, [40]);
}

#[tokio::test]
async fn an_old_session_is_expired() {
    let world = World::open().await;
    let session = world.upload().await;
    let file = format!("uploads/{}/session.json", session.id);
    let left = world.leave();
    let file = left.path().join(file);
    let mut purpose: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let created = purpose["created"].as_u64().unwrap();
    purpose["created"] = (created - 25 * 3600 * 1000).into();
    std::fs::write(&file, purpose.to_string()).unwrap();
    let world = World::on(left).await;
    assert_eq!(world.blocks(&session).await.status, Status::Expired);
    let late = world
        .ask(&block(&session, 0, false, as_records(0..1)))
        .await;
    assert_eq!(late.unwrap_err().code(), "StatusConflict");
    let late = world.ask(&commit(&session)).await;
    assert_eq!(late.unwrap_err().code(), "StatusConflict");
}

#[tokio::test]
async fn rows_take_the_place_of_others_if_that_is_asked() {
    let world = World::open().await;
    let session = world
        .ask(&Create {
            overwrite: true,
            ..Create::of(table())
        })
        .await
        .unwrap();
    world
        .ask(&block(&session, 0, true, as_arrow(50..52)))
        .await
        .unwrap();
    assert_eq!(world.first(table()).await.len(), 9);
    world.ask(&commit(&session)).await.unwrap();
    assert_eq!(world.first(table()).await, [50, 51]);
}

#[tokio::test]
async fn a_partition_must_be_there_or_asked_for() {
    let world = World::open().await;
    let target = Source {
        partition: Some(PartitionSpec::read("dt=20990101").unwrap()),
        ..Source::table("sales")
    };
    let code = async |call: Create| world.ask(&call).await.unwrap_err().code().to_owned();
    assert_eq!(code(Create::of(target.clone())).await, "NoSuchPartition");
    assert_eq!(
        code(Create::of(Source::table("sales"))).await,
        "MissingPartitionSpec"
    );
    assert_eq!(
        code(Create::of(Source::table("missing"))).await,
        "NoSuchTable"
    );
    let wrong = Source {
        partition: target.partition.clone(),
        ..table()
    };
    assert_eq!(code(Create::of(wrong)).await, "InvalidPartitionSpec");
    let asked = Create {
        create_partition: true,
        ..Create::of(target.clone())
    };
    world.ask(&asked).await.unwrap();
    assert_eq!(world.first(target).await, [] as [i64; 0]);
}

#[tokio::test]
async fn what_is_wrong_with_a_block_is_told_and_nothing_is_kept() {
    let world = World::open().await;
    let session = world.upload().await;
    let flipped = |bytes: Bytes, at: usize| {
        let mut bytes = bytes.to_vec();
        bytes[at] ^= 1;
        Bytes::from(bytes)
    };
    let (records, arrow) = (as_records(0..100), as_arrow(0..100));
    for (in_arrow, body, code) in [
        (false, Bytes::new(), "IncompleteBody"),
        (true, Bytes::new(), "IncompleteBody"),
        (false, records.slice(..records.len() - 1), "IncompleteBody"),
        (true, arrow.slice(..arrow.len() - 1), "IncompleteBody"),
        (false, flipped(records.clone(), 1), "CorruptedDataStream"),
        (
            true,
            flipped(arrow.clone(), arrow.len() - 1),
            "CorruptedDataStream",
        ),
        (
            false,
            Bytes::from_static(b"not a record"),
            "MalformedDataStream",
        ),
        (true, Bytes::from_static(&[0xff; 64]), "MalformedDataStream"),
    ] {
        let call = block(&session, 0, in_arrow, body.clone());
        let error = world.ask(&call).await.unwrap_err();
        assert_eq!(error.code(), code, "{error} {body:?}");
    }
    for (coding, code) in [
        ("zstd", "MalformedDataStream"),
        ("rot13", "InvalidArgument"),
    ] {
        let call = Write {
            content_encoding: Some(coding.to_owned()),
            ..block(&session, 0, false, records.clone())
        };
        assert_eq!(world.ask(&call).await.unwrap_err().code(), code);
    }
    let nobody = Session {
        id: "nobody".to_owned(),
        ..session.clone()
    };
    let unknown = world.ask(&block(&nobody, 0, false, records)).await;
    assert_eq!(unknown.unwrap_err().code(), "NoSuchUpload");
    let unknown = world.ask(&commit(&nobody)).await;
    assert_eq!(unknown.unwrap_err().code(), "NoSuchUpload");
    assert_eq!(world.blocks(&session).await.blocks, [] as [u32; 0]);
    let folder = world.folder.path().join("uploads").join(&session.id);
    let names = std::fs::read_dir(folder).unwrap();
    let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["session.json"]);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_no_block() {
    let world = World::open().await;
    let session = world.upload().await;
    let call = block(&session, 0, false, Bytes::new());
    let mut request = call.to_request(&world.target);
    v1::authorize(&world.account, &mut request, &rfc1123(crate::world::now()));
    let pieces = [
        Ok(as_records(0..9)),
        Err(std::io::Error::other("the connection is gone")),
    ];
    let body = Body::from_stream(tokio_stream::iter(pieces));
    let answer: Response<Body> = world
        .warehouse
        .router()
        .oneshot(request.map(|_| body))
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert_eq!(world.blocks(&session).await.blocks, [] as [u32; 0]);
}

#[tokio::test]
async fn two_hundred_clients_at_once() {
    let world = Arc::new(World::open().await);
    let clients = (0..200_i64).map(|client| {
        let world = world.clone();
        tokio::spawn(async move {
            let session = world.upload().await;
            let from = 1000 + client;
            let call = block(
                &session,
                0,
                client % 2 == 0,
                match client % 2 {
                    0 => as_arrow(from..from + 1),
                    _ => as_records(from..from + 1),
                },
            );
            world.ask(&call).await.unwrap();
            world.ask(&commit(&session)).await.unwrap();
            assert!(world.added().await.contains(&from));
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
    assert!(world.added().await.into_iter().eq(1000..1200));
}

#[tokio::test]
async fn a_preview_is_a_plain_arrow_stream() {
    let world = World::open().await;
    let preview = Preview {
        source: Source {
            partition: Some(PartitionSpec::read("dt=20260101").unwrap()),
            ..Source::table("sales")
        },
        limit: Some(2),
        columns: Some(vec!["order_id".into(), "paid_at".into()]),
    };
    let body = world.ask(&preview).await.unwrap().body;
    let mut reader = arrow::ipc::reader::StreamReader::try_new(&body[..], None).unwrap();
    let batch = reader.next().unwrap().unwrap();
    assert!(reader.next().is_none());
    assert_eq!(batch.num_rows(), 2);
    let ids = batch.column(0).as_primitive::<Int64Type>().values();
    assert_eq!(ids[..], [i64::MAX, i64::MIN + 1]);
    let paid = batch.column(1).as_struct();
    assert_eq!(paid.column_names(), ["sec", "nano"]);
}
