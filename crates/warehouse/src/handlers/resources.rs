//! Resources: files of a project, kept as they came. Plans of Cupid tasks are among them.

use super::{escape, internal};
use crate::app::App;
use crate::routes::page;
use crate::store::Store;
use crate::{clock, seed};
use bytes::Bytes;
use http::{Method, StatusCode};
use odps::Error;
use odps::date::rfc1123;
use odps::resources::{Content, Create, Created, Delete, Deleted, Get};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use wire::{Call as _, Millis, Request, Response};

/// `meta.json`.
#[derive(Debug, Serialize, Deserialize)]
struct Meta {
    kind: String,
    owner: String,
    comment: Option<String>,
    temp: bool,
    created: Millis,
    modified: Millis,
    size: u64,
}

/// Stores a new resource. One of the same name stays.
pub(super) fn create(app: &Arc<App>, project: &str, call: Create) -> Result<Created, Error> {
    if meta(app, project, &call.name)?.is_some() {
        return Err(Error::status(
            StatusCode::CONFLICT,
            "ObjectAlreadyExists",
            format!(
                "ODPS-0420131: Object already exists - resource '{}'",
                call.name
            ),
        ));
    }
    let name = call.name.clone();
    put(app, project, call)?;
    Ok(Created::at(&app.endpoint(), project, &name))
}

pub(super) fn get(app: &Arc<App>, project: &str, call: Get) -> Result<Content, Error> {
    let meta = meta(app, project, &call.name)?.ok_or_else(|| absent(&call.name))?;
    let body = if call.meta {
        Bytes::new()
    } else {
        content(app, project, &call.name)?.ok_or_else(|| absent(&call.name))?
    };
    Ok(Content {
        name: Some(call.name),
        kind: Some(meta.kind),
        owner: Some(meta.owner),
        comment: meta.comment,
        created: Some(meta.created),
        modified: Some(meta.modified),
        size: Some(meta.size),
        body,
    })
}

pub(super) fn delete(app: &Arc<App>, project: &str, call: Delete) -> Result<Deleted, Error> {
    let parts = ["projects", project, "resources", &call.name];
    match app.store.remove_folder(&parts).map_err(internal)? {
        true => Ok(Deleted),
        false => Err(absent(&call.name)),
    }
}

/// The operations that `crates/odps` has no call for: the list, and the replacement by `PUT`.
pub(super) fn other(
    app: &Arc<App>,
    project: &str,
    request: &Request,
) -> Option<Result<Response, Error>> {
    let path = request.uri().path().trim_matches('/');
    let parts: Vec<&str> = path.split('/').collect();
    match (request.method(), parts.as_slice()) {
        (&Method::GET, ["projects", _, "resources"]) => Some(list(app, project)),
        (&Method::PUT, ["projects", _, "resources", _]) => Some(replace(app, project, request)),
        _ => None,
    }
}

/// `PUT …/resources/<name>`: name and kind travel in the headers as at the creation.
fn replace(app: &Arc<App>, project: &str, request: &Request) -> Result<Response, Error> {
    let mut creation = request.clone();
    *creation.method_mut() = Method::POST;
    *creation.uri_mut() = http::Uri::try_from(format!("/projects/{project}/resources"))
        .map_err(|error| internal(crate::Error::Address(error)))?;
    put(app, project, Create::from_request(&creation)?)?;
    Ok(page(StatusCode::OK, "text/plain", String::new()))
}

/// `GET …/resources`: everything on one page.
fn list(app: &App, project: &str) -> Result<Response, Error> {
    let mut items = String::new();
    for name in app
        .store
        .names(&["projects", project, "resources"])
        .map_err(internal)?
    {
        let Some(meta) = meta(app, project, &name)? else {
            continue;
        };
        items.push_str(&format!(
            "<Resource><Name>{}</Name><Owner>{}</Owner><Comment>{}</Comment>\
             <ResourceType>{}</ResourceType><CreationTime>{}</CreationTime>\
             <LastModifiedTime>{}</LastModifiedTime><ResourceSize>{}</ResourceSize></Resource>",
            escape(&name),
            escape(&meta.owner),
            escape(meta.comment.as_deref().unwrap_or_default()),
            escape(&meta.kind),
            rfc1123(meta.created),
            rfc1123(meta.modified),
            meta.size,
        ));
    }
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Resources><Marker></Marker>\
         <MaxItems>1000</MaxItems>{items}</Resources>"
    );
    Ok(page(StatusCode::OK, "application/xml", document))
}

/// Removes the temporary resources of earlier runs: nobody else does.
pub(crate) fn sweep(store: &Store) -> Result<(), crate::Error> {
    for project in store.names(&["projects"])? {
        for name in store.names(&["projects", &project, "resources"])? {
            let folder = ["projects", project.as_str(), "resources", name.as_str()];
            let [a, b, c, d] = folder;
            if store
                .read_json::<Meta>(&[a, b, c, d, "meta.json"])?
                .is_none_or(|meta| meta.temp)
            {
                store.remove_folder(&folder)?;
            }
        }
    }
    Ok(())
}

/// The bytes of a resource, if there is one.
pub(super) fn content(app: &App, project: &str, name: &str) -> Result<Option<Bytes>, Error> {
    let parts = ["projects", project, "resources", name, "content"];
    Ok(app.store.read(&parts).map_err(internal)?.map(Bytes::from))
}

fn meta(app: &App, project: &str, name: &str) -> Result<Option<Meta>, Error> {
    app.store
        .read_json(&["projects", project, "resources", name, "meta.json"])
        .map_err(internal)
}

fn put(app: &App, project: &str, call: Create) -> Result<(), Error> {
    let now = clock::now();
    let created = meta(app, project, &call.name)?.map_or(now, |meta| meta.created);
    let folder = ["projects", project, "resources", call.name.as_str()];
    let [a, b, c, d] = folder;
    app.store
        .write(&[a, b, c, d, "content"], &call.content)
        .map_err(internal)?;
    // The description comes last: a resource is there when it is.
    let meta = Meta {
        kind: call.kind,
        owner: seed::OWNER.to_owned(),
        comment: call.comment,
        temp: call.temp,
        created,
        modified: now,
        size: u64::try_from(call.content.len()).unwrap_or(u64::MAX),
    };
    app.store
        .write_json(&[a, b, c, d, "meta.json"], &meta)
        .map_err(internal)
}

fn absent(name: &str) -> Error {
    Error::no_such_object(format!("Resource not found - '{name}'"))
}
