//! Download sessions: a session is a snapshot of data files, which stay as long as it is remembered.

use super::stream::{Encoder, send};
use super::{Sessions, place, refused};
use crate::app::App;
use crate::catalog::{Column, DataFile, Table, rows};
use crate::faults::{Fault, Faults};
use crate::handlers::internal;
use crate::routes::whole;
use crate::scan::Scan;
use crate::{clock, keys};
use axum::body::Body;
use http::header::{ACCEPT_ENCODING, RETRY_AFTER};
use http::{HeaderValue, Response, StatusCode};
use odps::Error;
use odps::tunnel::coding::Coding;
use odps::tunnel::download::{Create, Read, Reload, Session, Status};
use odps::tunnel::schema::{arrow_schema, record_schema};
use std::sync::Arc;
use wire::Request;

/// Sessions that are remembered; the oldest are forgotten first.
const SESSIONS: usize = 2000;

/// A snapshot of a table or partition.
#[derive(Clone, Debug)]
pub(super) struct Download {
    table: Table,
    files: Vec<DataFile>,
}

/// Opens a session.
pub(super) fn open(app: &App, project: &str, call: &Create) -> Result<Session, Error> {
    let (table, spec) = place(app, project, &call.source)?;
    if app.faults.has(Fault::TunnelForbidden) {
        let text = format!(
            "ODPS-0420095: Access Denied - Authorization Failed [4031], the project '{project}' is \
             protected: data may not be downloaded from table '{}'.",
            table.name
        );
        return Err(Error::status(StatusCode::FORBIDDEN, "NoPermission", text));
    }
    let partition = app.catalog().partition(&table, &spec).map_err(internal)?;
    let files = match partition {
        Some(partition) => partition.files,
        // A table without partitions that nothing was written to.
        None if spec.0.is_empty() => Vec::new(),
        None => return Err(odps::tables::GetPartition::absent()),
    };
    Ok(remember(app, table, files))
}

/// A session for these rows.
pub(super) fn remember(app: &App, table: Table, files: Vec<DataFile>) -> Session {
    let download = Arc::new(Download { table, files });
    let id = format!("{}{}", clock::digits(clock::now()), keys::random());
    let mut sessions = app.sessions.downloads();
    sessions.insert(id.clone(), download.clone());
    while sessions.len() > SESSIONS {
        sessions.pop_first();
    }
    describe(id, &download)
}

/// Looks at a session again.
pub(super) fn reload(app: &App, project: &str, call: Reload) -> Result<Session, Error> {
    let download = find(&app.sessions, project, &call.source.table, &call.id)?;
    Ok(describe(call.id, &download))
}

fn describe(id: String, download: &Download) -> Session {
    let columns = |list: &[Column]| list.iter().map(Column::to_wire).collect();
    Session {
        id,
        status: Status::Normal,
        record_count: rows(&download.files),
        columns: columns(&download.table.columns),
        partition_keys: columns(&download.table.partition_keys),
        quota: Some("default".to_owned()),
        owner: Some(download.table.owner.clone()),
    }
}

fn find(sessions: &Sessions, project: &str, table: &str, id: &str) -> Result<Arc<Download>, Error> {
    let found = sessions.downloads().get(id).cloned();
    found
        .filter(|one| one.table.project == project && one.table.name.eq_ignore_ascii_case(table))
        .ok_or_else(|| {
            let text = "The specified download id does not exist.";
            Error::status(StatusCode::NOT_FOUND, "NoSuchDownload", text)
        })
}

/// Sends a range of rows.
pub(super) async fn read(
    app: &App,
    project: &str,
    call: Read,
    request: &Request,
) -> Result<Response<Body>, Error> {
    if let Some(busy) = busy(&app.faults) {
        return busy;
    }
    if app.faults.strikes(Fault::TunnelExpired) {
        app.sessions.downloads().remove(&call.id);
    }
    let download = find(&app.sessions, project, &call.source.table, &call.id)?;
    let total = rows(&download.files);
    if call
        .start
        .checked_add(call.count)
        .is_none_or(|end| end > total)
    {
        let text = format!("({},{}) is outside of {total} rows", call.start, call.count);
        return Err(refused("InvalidRowRange", text));
    }
    let columns: Vec<_> = download.table.columns.iter().map(Column::to_wire).collect();
    let columns_refused = |error: Error| refused("InvalidColumnSpec", error.to_string());
    let selected = call.columns.as_deref();
    let (schema, encoder) = if call.arrow {
        let mut columns = columns;
        if app.faults.has(Fault::TunnelOtherColumns) {
            columns.pop();
        }
        let schema = arrow_schema(&columns, selected).map_err(columns_refused)?;
        let encoder = match app.faults.number(Fault::TunnelBadText, "row", 0) {
            Some(row) => Encoder::wounded(&schema, row),
            None => Encoder::arrow(&schema),
        };
        (schema, encoder)
    } else {
        // Records have their columns in the order in which they were asked for.
        let columns = in_order(columns, selected)?;
        let schema = record_schema(&columns, None).map_err(columns_refused)?;
        let encoder = Encoder::records(columns.into_iter().map(|column| column.kind));
        (schema, encoder)
    };
    let scan = Scan::new(download.files.clone(), call.start, call.count, schema);
    let mut response = send(app, scan, encoder.map_err(internal)?, coding(request)).await;
    let count = HeaderValue::from(call.count);
    response
        .headers_mut()
        .insert("odps-tunnel-record-count", count);
    Ok(response)
}

/// The refusal of a tunnel that has no turn left.
fn busy(faults: &Faults) -> Option<Result<Response<Body>, Error>> {
    if !faults.strikes(Fault::TunnelBusy) {
        return None;
    }
    let status = faults.number(Fault::TunnelBusy, "status", 429)?;
    let status = u16::try_from(status).ok().map(StatusCode::from_u16);
    let status = status.and_then(Result::ok)?;
    let error = Error::status(status, "SlotExceeded", "Your slot quota is exceeded.");
    let mut response = whole(error.into_json_response());
    let after = faults.number(Fault::TunnelBusy, "after", 0);
    if let Some(after) = after.filter(|after| *after > 0) {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(after));
    }
    Some(Ok(response))
}

/// The coding that the client asks for.
pub(super) fn coding(request: &Request) -> Option<Coding> {
    let asked = request.headers().get(ACCEPT_ENCODING)?.to_str().ok()?;
    Coding::asked(asked)
}

/// The columns that were asked for, in that order.
fn in_order(
    columns: Vec<odps::types::Column>,
    selected: Option<&[String]>,
) -> Result<Vec<odps::types::Column>, Error> {
    let Some(names) = selected else {
        return Ok(columns);
    };
    let column = |name: &String| {
        let mut all = columns.iter();
        let found = all.find(|column| column.name.eq_ignore_ascii_case(name));
        found
            .cloned()
            .ok_or_else(|| refused("InvalidColumnSpec", format!("there is no column {name}")))
    };
    names.iter().map(column).collect()
}
