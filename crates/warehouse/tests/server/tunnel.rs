//! Rows through the tunnel are the rows of the files.

use crate::world::{World, get};
use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::{Float64Type, Int64Type, SchemaRef, TimestampNanosecondType};
use odps::Error;
use odps::tables::PartitionSpec;
use odps::tunnel::download::{Create, Read, Reload, Session, Source, Status};
use odps::tunnel::rows::{Reader, RowsError};
use odps::tunnel::schema::arrow_schema;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::path::{Path, PathBuf};
use wire::Service;

fn partition(day: &str) -> Source {
    let spec = PartitionSpec::read(&format!("dt={day}")).unwrap();
    Source {
        partition: Some(spec),
        ..Source::table("sales")
    }
}

fn rows(source: &Source, session: &Session, start: u64, count: u64) -> Read {
    Read {
        source: source.clone(),
        id: session.id.clone(),
        start,
        count,
        columns: None,
        arrow: true,
    }
}

fn decode(schema: SchemaRef, body: &[u8]) -> Result<Vec<RecordBatch>, RowsError> {
    let mut reader = Reader::new(schema)?;
    let mut batches = Vec::new();
    for piece in body.chunks(10_000) {
        reader.push(piece, &mut batches)?;
    }
    reader.finish(&mut batches)?;
    Ok(batches)
}

impl World {
    async fn session(&self, source: &Source) -> Session {
        let session = self.ask(&Create::of(source.clone())).await.unwrap();
        assert_eq!(session.status, Status::Normal);
        session
    }

    async fn read(&self, session: &Session, call: &Read) -> Result<RecordBatch, RowsError> {
        let schema = arrow_schema(&session.columns, call.columns.as_deref()).unwrap();
        let answer = self.ask(call).await.unwrap();
        assert_eq!(answer.record_count, Some(call.count));
        let batches = decode(schema.clone(), &answer.body)?;
        Ok(arrow::compute::concat_batches(&schema, &batches).unwrap())
    }
}

#[tokio::test]
async fn the_guides_table_has_its_rows() {
    let world = World::open().await;
    let source = Source::table("test_mars");
    let session = world.session(&source).await;
    assert_eq!(session.record_count, 9);
    let head = world
        .read(&session, &rows(&source, &session, 0, 6))
        .await
        .unwrap();
    let column = |at: usize| {
        head.column(at)
            .as_primitive::<Int64Type>()
            .values()
            .to_vec()
    };
    assert_eq!(column(0), [0, 0, 0, 1, 1, 1]);
    assert_eq!(column(1), [0, 1, 2, 0, 1, 2]);
    let reload = Reload {
        source,
        id: session.id.clone(),
    };
    assert_eq!(world.ask(&reload).await.unwrap(), session);
}

/// Every data file of a warehouse.
fn data_files(folder: &Path) -> Vec<PathBuf> {
    let list = |path: &Path| {
        let entries = std::fs::read_dir(path).unwrap();
        entries
            .map(|entry| entry.unwrap().path())
            .collect::<Vec<_>>()
    };
    let tables = list(&folder.join("data"));
    tables.iter().flat_map(|table| list(table)).collect()
}

#[tokio::test]
async fn every_awkward_value_arrives_as_it_is_stored() {
    let world = World::open().await;
    let source = partition("20260101");
    let session = world.session(&source).await;
    assert_eq!(session.partition_keys[0].name, "dt");
    let read = world
        .read(&session, &rows(&source, &session, 0, 12))
        .await
        .unwrap();

    // The file of this partition is the one that begins with the largest order.
    let largest = |batch: &RecordBatch| {
        let ids = batch.column_by_name("order_id");
        ids.is_some_and(|ids| ids.as_primitive::<Int64Type>().value(0) == i64::MAX)
    };
    let stored = data_files(world.folder.path())
        .into_iter()
        .filter_map(|path| {
            let file = File::open(path).unwrap();
            let builder = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
            builder.build().unwrap().next()?.ok()
        })
        .find(largest)
        .unwrap();
    assert_eq!(read.columns(), stored.columns());

    // And the values are the ones that the sample promises.
    let texts = read.column_by_name("customer").unwrap().as_string::<i32>();
    assert_eq!(
        (texts.value(0), texts.value(3), texts.value(4)),
        ("王小明", "", "NULL")
    );
    assert!(texts.iter().nth(5).unwrap().is_none());
    let ids = read
        .column_by_name("order_id")
        .unwrap()
        .as_primitive::<Int64Type>();
    assert_eq!((ids.value(0), ids.value(1)), (i64::MAX, i64::MIN + 1));
    assert!(ids.value(3) > 1 << 53);
    let rates = read
        .column_by_name("rate")
        .unwrap()
        .as_primitive::<Float64Type>();
    assert!(rates.value(1).is_nan() && rates.value(2).is_infinite());
    let paid = read
        .column_by_name("paid_at")
        .unwrap()
        .as_primitive::<TimestampNanosecondType>();
    assert_eq!(paid.value(1) % 1000, 796);
}

#[tokio::test]
async fn a_million_rows_stream_and_any_window_of_them() {
    let world = World::open().await;
    let source = Source::table("lineitem_1m");
    let session = world.session(&source).await;
    assert_eq!(session.record_count, 1_000_000);
    let key = |row: i64| row / 4 * 8 + row % 4 + 1;
    for start in [0, 131_070, 499_998, 999_990] {
        let call = rows(&source, &session, start, 10);
        let read = world.read(&session, &call).await.unwrap();
        let keys = read.column(0).as_primitive::<Int64Type>().values().to_vec();
        let expected: Vec<i64> = (0..10).map(|at| key(start as i64 + at)).collect();
        assert_eq!(keys, expected);
    }
    let mut call = rows(&source, &session, 0, 1_000_000);
    call.columns = Some(vec!["L_SHIPMODE".into(), "l_orderkey".into()]);
    let read = world.read(&session, &call).await.unwrap();
    assert_eq!(read.num_rows(), 1_000_000);
    // Columns keep the order of the table.
    assert_eq!(read.schema().field(0).name(), "l_orderkey");
    assert_eq!(
        read.column(0).as_primitive::<Int64Type>().value(999_999),
        key(999_999)
    );
}

#[tokio::test]
async fn records_come_in_the_order_that_was_asked_for() {
    let world = World::open().await;
    let source = Source::table("test_mars");
    let session = world.session(&source).await;
    let columns = Some(vec!["col2".into(), "col1".into()]);
    let call = Read {
        columns,
        arrow: false,
        ..rows(&source, &session, 5, 1)
    };
    let answer = world.ask(&call).await.unwrap();
    // Field 1 is col2 (2), field 2 is col1 (1), zig-zag; then the end of the record.
    assert!(
        answer.body.starts_with(b"\x08\x04\x10\x02\x80\xc0\xff\x7f"),
        "{:?}",
        answer.body
    );
    // And the count of the stream: one.
    assert!(
        answer
            .body
            .windows(5)
            .any(|part| part == b"\xf0\xff\xff\x7f\x02")
    );
}

#[tokio::test]
async fn a_stream_can_arrive_damaged() {
    let world = World::open().await;
    let source = Source::table("lineitem_1m");
    let session = world.session(&source).await;
    let call = rows(&source, &session, 0, 5000);
    for (fault, body) in [
        ("tunnel-truncated", ""),
        ("tunnel-truncated", r#"{"after": 100000}"#),
        ("tunnel-corrupt", ""),
        ("tunnel-corrupt", r#"{"at": 70000}"#),
    ] {
        world.poke("PUT", &format!("/-/faults/{fault}"), body).await;
        let damaged = world.read(&session, &call).await;
        assert!(
            matches!(damaged, Err(RowsError::Frame(_))),
            "{fault} {body}: {damaged:?}"
        );
        world.poke("DELETE", "/-/faults", "").await;
    }
    assert_eq!(world.read(&session, &call).await.unwrap().num_rows(), 5000);
}

#[tokio::test]
async fn what_cannot_be_read_is_told_in_json() {
    let world = World::open().await;
    let code = async |source: Source| world.ask(&Create::of(source)).await.unwrap_err();
    assert_eq!(code(Source::table("missing")).await.code(), "NoSuchTable");
    assert_eq!(
        code(Source::table("sales")).await.code(),
        "MissingPartitionSpec"
    );
    assert_eq!(code(partition("20990101")).await.code(), "NoSuchPartition");

    let source = Source::table("test_mars");
    let session = world.session(&source).await;
    let good = rows(&source, &session, 0, 1);
    let refusals = [
        (
            Read {
                count: 10,
                ..good.clone()
            },
            "InvalidRowRange",
        ),
        (
            Read {
                start: u64::MAX,
                ..good.clone()
            },
            "InvalidRowRange",
        ),
        (
            Read {
                columns: Some(vec!["col9".into()]),
                ..good.clone()
            },
            "InvalidColumnSpec",
        ),
        (
            Read {
                id: "nope".into(),
                ..good.clone()
            },
            "NoSuchDownload",
        ),
        (
            Read {
                source: Source::table("lineitem_1m"),
                ..good.clone()
            },
            "NoSuchDownload",
        ),
    ];
    for (call, code) in refusals {
        assert_eq!(world.ask(&call).await.unwrap_err().code(), code, "{call:?}");
    }
    let mut request = get("/projects/mars_console_sample/instances/2026g1?downloads=");
    *request.method_mut() = http::Method::POST;
    let answer = world.send(&Service::Tunnel, request).await;
    assert_eq!(answer.headers()["content-type"], "application/json");
    assert_eq!(Error::from_response(&answer).code(), "NoSuchObject");
}
