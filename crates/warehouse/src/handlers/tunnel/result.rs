//! The tunnel of results: the rows that a query has left, read as those of a table are.
//! Recorded: `instance_tunnel_0.9.json`.
//!
//! The calls are those of a table with an instance where the table is named, and so they are read.

use super::{download, refused, try_call};
use crate::app::App;
use crate::catalog::{Name, Table};
use crate::handlers::query;
use crate::results;
use crate::routes::whole;
use axum::body::Body;
use http::{Response, Uri};
use odps::Error;
use odps::tunnel::download::{Create, Read, Reload, Session};
use std::sync::Arc;
use wire::{Reply as _, Request};

/// Rows of a session that is asked for with a limit, as by the service.
const LIMIT: u64 = 10_000;

/// The request with the instance as a table, and the instance; nothing if it is about another thing.
pub(super) fn as_table(request: &Request) -> Option<(String, Request)> {
    let path = request.uri().path();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let ["projects", project, "instances", id] = parts.as_slice() else {
        return None;
    };
    let query = request.uri().query().unwrap_or_default();
    let address = format!("/projects/{project}/tables/{id}?{query}");
    let mut table = request.clone();
    *table.uri_mut() = Uri::try_from(address).ok()?;
    Some(((*id).to_owned(), table))
}

/// Answers a request for the rows of an instance.
pub(super) async fn answer(
    app: &Arc<App>,
    project: &str,
    id: &str,
    request: &Request,
) -> Result<Response<Body>, Error> {
    if try_call::<Create>(request)?.is_some() {
        let limited = query(request, "instance_tunnel_limit_enabled").is_some();
        return open(app, project, id, limited).map(|reply| whole(reply.into_response()));
    }
    if let Some(call) = try_call::<Read>(request)? {
        return download::read(app, project, call, request).await;
    }
    if let Some(call) = try_call::<Reload>(request)? {
        return download::reload(app, project, call).map(|reply| whole(reply.into_response()));
    }
    Err(Error::OtherCall {
        call: "one of the tunnel of results",
    })
}

fn open(app: &App, project: &str, id: &str, limited: bool) -> Result<Session, Error> {
    let instance = app.instances.get(project, id);
    let instance =
        instance.ok_or_else(|| Error::no_such_object("The specified instance does not exist."))?;
    if !instance.terminated() {
        let text = "The instance has not ended: its rows are not all there.";
        return Err(refused("InstanceNotTerminate", text.to_owned()));
    }
    let Some(mut written) = instance.rows.clone() else {
        // This code sends PyODPS to the plain result, which says what came of the instance.
        let text = "The instance has left no rows.";
        return Err(refused("InstanceTypeNotSupported", text.to_owned()));
    };
    if limited {
        written.rows = written.rows.min(LIMIT);
    }
    let file = results::file(&app.store, project, id, &written);
    let name = Name::new(project, None, id);
    let ended = instance.ended.unwrap_or(instance.started);
    let table = Table::new(&name, &instance.owner, written.columns, ended);
    Ok(download::remember(app, table, vec![file]))
}
