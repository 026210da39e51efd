//! The table tunnel: download sessions and rows, straight from the Parquet files, in Arrow framing or
//! as protobuf records.
//!
//! A session is a snapshot of file names. Rows are read, encoded and sent batch by batch with a
//! bounded queue between disk and client, so a table of any size costs a few batches of memory.
//! Uploads and compression are absent.

mod bend;
mod records;

use super::internal;
use super::tables::one;
use crate::app::App;
use crate::catalog::{Column, DataFile, Name, rows};
use crate::routes::whole;
use crate::scan::Scan;
use crate::{clock, keys, seed};
use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;
use axum::body::Body;
use bend::Bend;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response, StatusCode};
use odps::Error;
use odps::tunnel::download::{Create, Read, Reload, Session, Status};
use odps::tunnel::frame::CHUNK_SIZE;
use odps::tunnel::rows::Writer;
use odps::tunnel::schema::arrow_schema;
use records::Records;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use wire::{Call as _, Reply as _, Request};

/// Sessions that are remembered; the oldest are forgotten first.
const SESSIONS: usize = 2000;

/// Encoded batches that may wait for the client.
const QUEUE: usize = 4;

/// A snapshot of a table or partition.
#[derive(Clone, Debug)]
struct Download {
    project: String,
    table: String,
    columns: Vec<Column>,
    partition_keys: Vec<Column>,
    files: Vec<DataFile>,
}

/// The download sessions. Their ids begin with the time, so the first is the oldest.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<BTreeMap<String, Arc<Download>>>);

impl Sessions {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Download>>> {
        // Every change is complete before anything could panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers a request of the tunnel.
pub(crate) async fn answer(app: &Arc<App>, request: &Request) -> Result<Response<Body>, Error> {
    let project = odps::request::project(request).unwrap_or_default();
    match Create::from_request(request) {
        Ok(call) => return open(app, &project, call).map(|session| whole(session.into_response())),
        Err(Error::OtherCall { .. }) => {}
        Err(error) => return Err(error),
    }
    match Read::from_request(request) {
        Ok(call) => return read(app, &project, call),
        Err(Error::OtherCall { .. }) => {}
        Err(error) => return Err(error),
    }
    match Reload::from_request(request) {
        Ok(call) => {
            let download = find(app, &project, &call.source.table, &call.id)?;
            Ok(whole(describe(call.id, &download).into_response()))
        }
        Err(Error::OtherCall { .. }) if request.uri().path().contains("/instances/") => {
            // This code sends PyODPS to the plain result of the instance.
            Err(refused(
                "InstanceTypeNotSupported",
                "results have no tunnel here",
            ))
        }
        Err(error) => Err(error),
    }
}

fn open(app: &App, project: &str, call: Create) -> Result<Session, Error> {
    let name = Name::new(project, call.source.schema.as_deref(), &call.source.table);
    let table = app
        .catalog()
        .table(&name)
        .map_err(internal)?
        .ok_or_else(|| {
            let text = format!("The specified table name does not exist. ({name})");
            Error::status(StatusCode::NOT_FOUND, "NoSuchTable", text)
        })?;
    let files = match (&call.source.partition, table.partition_keys.is_empty()) {
        (Some(spec), false) => one(app, &table, spec)?.files,
        (None, true) => app.catalog().files(&table).map_err(internal)?,
        (None, false) => {
            return Err(refused(
                "MissingPartitionSpec",
                "the table has partitions: name one",
            ));
        }
        (Some(_), true) => {
            return Err(refused(
                "InvalidPartitionSpec",
                "the table has no partitions",
            ));
        }
    };
    let download = Arc::new(Download {
        project: project.to_owned(),
        table: table.name,
        columns: table.columns,
        partition_keys: table.partition_keys,
        files,
    });
    let id = format!("{}{}", clock::digits(clock::now()), keys::random());
    let mut sessions = app.sessions.lock();
    sessions.insert(id.clone(), download.clone());
    while sessions.len() > SESSIONS {
        sessions.pop_first();
    }
    Ok(describe(id, &download))
}

fn describe(id: String, download: &Download) -> Session {
    let columns = |list: &[Column]| list.iter().map(Column::to_wire).collect();
    Session {
        id,
        status: Status::Normal,
        record_count: rows(&download.files),
        columns: columns(&download.columns),
        partition_keys: columns(&download.partition_keys),
        quota: Some("default".to_owned()),
        owner: Some(seed::OWNER.to_owned()),
    }
}

fn find(app: &App, project: &str, table: &str, id: &str) -> Result<Arc<Download>, Error> {
    let found = app.sessions.lock().get(id).cloned();
    found
        .filter(|one| one.project == project && one.table.eq_ignore_ascii_case(table))
        .ok_or_else(|| {
            let text = "The specified download id does not exist.";
            Error::status(StatusCode::NOT_FOUND, "NoSuchDownload", text)
        })
}

fn read(app: &App, project: &str, call: Read) -> Result<Response<Body>, Error> {
    let download = find(app, project, &call.source.table, &call.id)?;
    let total = rows(&download.files);
    if call
        .start
        .checked_add(call.count)
        .is_none_or(|end| end > total)
    {
        let text = format!("({},{}) is outside of {total} rows", call.start, call.count);
        return Err(refused("InvalidRowRange", &text));
    }
    let columns: Vec<_> = download.columns.iter().map(Column::to_wire).collect();
    let schema = arrow_schema(&columns, call.columns.as_deref())
        .map_err(|error| refused("InvalidColumnSpec", &error.to_string()))?;
    let encoder = if call.arrow {
        Writer::new(&schema, CHUNK_SIZE)
            .map(|writer| Encoder::Arrow(Box::new(writer)))
            .map_err(|error| internal(error.into()))?
    } else {
        Encoder::Records(Records::new(ordinals(&schema, call.columns.as_deref())))
    };
    let scan = Scan::new(
        download.files.clone(),
        call.start,
        call.count,
        schema.clone(),
    );
    let bend = Bend::by(&app.faults);
    let (sender, receiver) = mpsc::channel(QUEUE);
    tokio::task::spawn_blocking(move || pump(scan, encoder, bend, &sender));
    let mut response = Response::new(Body::from_stream(ReceiverStream::new(receiver)));
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    headers.insert("odps-tunnel-record-count", HeaderValue::from(call.count));
    Ok(response)
}

/// The two forms of rows.
enum Encoder {
    Arrow(Box<Writer>),
    Records(Records),
}

impl Encoder {
    fn write(&mut self, batch: &RecordBatch) -> Result<Bytes, crate::Error> {
        match self {
            Self::Arrow(writer) => Ok(writer.write(batch)?),
            Self::Records(records) => records.write(batch),
        }
    }

    fn finish(self) -> Bytes {
        match self {
            Self::Arrow(writer) => writer.finish(),
            Self::Records(records) => records.finish(),
        }
    }
}

/// The places of the columns of a record. Arrow rows keep the order of the table, records that of
/// the request.
fn ordinals(schema: &SchemaRef, selected: Option<&[String]>) -> Vec<usize> {
    let place = |name: &String| {
        schema
            .fields()
            .iter()
            .position(|field| field.name().eq_ignore_ascii_case(name))
    };
    match selected {
        Some(names) => names.iter().filter_map(place).collect(),
        None => (0..schema.fields().len()).collect(),
    }
}

type Sender = mpsc::Sender<Result<Bytes, crate::Error>>;

/// Reads, encodes and sends until the end or until nobody listens. An error cuts the stream, whose
/// missing checksum tells the client.
fn pump(scan: Scan, mut encoder: Encoder, mut bend: Bend, sender: &Sender) {
    for batch in scan {
        let encoded = batch.and_then(|batch| encoder.write(&batch));
        let sent = match encoded {
            Ok(bytes) => send(sender, bend.pass(bytes)),
            Err(error) => {
                tracing::error!(%error, "the rows cannot be read");
                drop(sender.blocking_send(Err(error)));
                return;
            }
        };
        if !sent {
            return;
        }
    }
    send(sender, bend.pass(encoder.finish()));
}

/// Whether somebody listens.
fn send(sender: &Sender, bytes: Bytes) -> bool {
    bytes.is_empty() || sender.blocking_send(Ok(bytes)).is_ok()
}

fn refused(code: &str, text: &str) -> Error {
    Error::status(StatusCode::BAD_REQUEST, code, text)
}
