//! The table tunnel: download and upload sessions and the preview, straight from and into Parquet files,
//! as framed Arrow streams or protobuf records, packed as the client asks.
//!
//! Rows stream in both directions: neither a body nor an answer is ever held as a whole.

mod bend;
mod block;
mod body;
mod download;
mod preview;
mod result;
mod stream;
mod upload;
mod uploads;
mod wound;

use super::internal;
use crate::app::App;
use crate::catalog::{Kind, Name, Table};
use crate::routes::whole;
use axum::body::Body;
use download::Download;
use http::{Response, StatusCode};
use odps::Error;
use odps::tables::PartitionSpec;
use odps::tunnel::download::Source;
use odps::tunnel::preview::Preview;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use wire::{Call, Reply as _, Request};

pub(crate) use uploads::Uploads;

/// Streams that are served at once, each by a thread; further ones wait. The rest of the threads is
/// for requests that are quick.
const STREAMS: usize = 256;

/// The download sessions, and the turns of streams. Ids of sessions begin with the time, so the first
/// is the oldest.
#[derive(Debug)]
pub(crate) struct Sessions {
    downloads: Mutex<BTreeMap<String, Arc<Download>>>,
    streams: Arc<Semaphore>,
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            downloads: Mutex::default(),
            streams: Arc::new(Semaphore::new(STREAMS)),
        }
    }
}

impl Sessions {
    fn downloads(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Download>>> {
        // Every change is complete before anything could panic.
        self.downloads
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until another stream may be served; the turn ends with the value.
    async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        // The semaphore is never closed.
        self.streams.clone().acquire_owned().await.ok()
    }
}

/// Whether the body of a request is a stream of rows, which [`block`] reads as it comes.
pub(crate) fn streams(request: &http::Request<Body>) -> bool {
    request.method() == http::Method::PUT
}

/// Answers a request whose body is read as it comes. `head` has no body.
pub(crate) async fn block(
    app: &Arc<App>,
    head: &Request,
    body: Body,
) -> Result<Response<Body>, Error> {
    let project = odps::request::project(head).unwrap_or_default();
    let call = odps::tunnel::upload::Write::from_request(head)?;
    let written = upload::write(app, &project, call, body).await?;
    Ok(whole(written.into_response()))
}

/// Answers a request of the tunnel.
pub(crate) async fn answer(app: &Arc<App>, request: &Request) -> Result<Response<Body>, Error> {
    use odps::tunnel::{download as down, upload as up};
    let project = odps::request::project(request).unwrap_or_default();
    if let Some((id, request)) = result::as_table(request) {
        return result::answer(app, &project, &id, &request).await;
    }
    if let Some(call) = try_call::<down::Create>(request)? {
        return download::open(app, &project, &call).map(|reply| whole(reply.into_response()));
    }
    if let Some(call) = try_call::<down::Read>(request)? {
        return download::read(app, &project, call, request).await;
    }
    if let Some(call) = try_call::<Preview>(request)? {
        return preview::preview(app, &project, call).await;
    }
    if let Some(call) = try_call::<up::Create>(request)? {
        let reply = blocking(app, move |app| upload::open(app, &project, &call)).await?;
        return Ok(whole(reply.into_response()));
    }
    if let Some(call) = try_call::<up::Commit>(request)? {
        let reply = blocking(app, move |app| upload::commit(app, &project, &call)).await?;
        return Ok(whole(reply.into_response()));
    }
    if let Some(call) = try_call::<up::Reload>(request)? {
        return upload::reload(app, &project, &call).map(|reply| whole(reply.into_response()));
    }
    if let Some(call) = try_call::<down::Reload>(request)? {
        return download::reload(app, &project, call).map(|reply| whole(reply.into_response()));
    }
    Err(Error::OtherCall {
        call: "one of the tunnel",
    })
}

/// The call, if the request is one of this kind.
fn try_call<C: Call<Error = Error>>(request: &Request) -> Result<Option<C>, Error> {
    match C::from_request(request) {
        Ok(call) => Ok(Some(call)),
        Err(Error::OtherCall { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Does what may wait for the disk on a thread where it may.
async fn blocking<T: Send + 'static>(
    app: &Arc<App>,
    work: impl FnOnce(&Arc<App>) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let app = app.clone();
    let done = tokio::task::spawn_blocking(move || work(&app)).await;
    done.unwrap_or_else(|error| Err(internal(crate::Error::Thread(error))))
}

/// The table that is named.
fn table_of(app: &App, project: &str, source: &Source) -> Result<Table, Error> {
    let name = Name::new(project, source.schema.as_deref(), &source.table);
    let table = app.catalog().table(&name).map_err(internal)?;
    let table = table.ok_or_else(|| {
        let text = format!("The specified table name does not exist. ({name})");
        Error::status(StatusCode::NOT_FOUND, "NoSuchTable", text)
    })?;
    stored(&table)?;
    Ok(table)
}

/// A view has no rows of its own to give or take.
pub(super) fn stored(table: &Table) -> Result<(), Error> {
    match table.kind {
        Kind::Managed => Ok(()),
        Kind::View => {
            let text =
                "The specified table type is not supported: VIRTUAL_VIEW. Read a view by SQL.";
            Err(refused("NotSupportedTableType", text.to_owned()))
        }
    }
}

/// The table and the whole partition that are named; the empty one for a table without partitions.
fn place(app: &App, project: &str, source: &Source) -> Result<(Table, PartitionSpec), Error> {
    let table = table_of(app, project, source)?;
    let spec = match (&source.partition, table.partition_keys.is_empty()) {
        (Some(spec), false) => table
            .spec(spec)
            .map_err(|refusal| internal(refusal.into()))?,
        (None, true) => PartitionSpec::default(),
        (None, false) => {
            let text = "the table has partitions: name one";
            return Err(refused("MissingPartitionSpec", text.to_owned()));
        }
        (Some(_), true) => {
            let text = "the table has no partitions";
            return Err(refused("InvalidPartitionSpec", text.to_owned()));
        }
    };
    Ok((table, spec))
}

fn refused(code: &str, text: String) -> Error {
    Error::status(StatusCode::BAD_REQUEST, code, text)
}
