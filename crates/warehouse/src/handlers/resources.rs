//! Resources: files of a project, kept as they came, and tables under the name of a resource.
//! Plans of Cupid tasks are among them. Authority: `resource.py` and `resources.py` of PyODPS 0.9 to
//! 0.13, recorded in `resources_0.9.json`.
//!
//! Name and kind travel in headers. Large files come in parts (`rIsPart`), which are resources of
//! their own until they are merged (`rOpMerge`), and are read in pieces (`rOffset`, `rSize`).

use super::{bad, document, escape, header, internal, owner, query, said};
use crate::app::App;
use crate::catalog::{Place, Put, Refusal, Resource, md5};
use crate::routes::page;
use bytes::Bytes;
use http::header::HeaderValue;
use http::{Method, StatusCode};
use odps::Error;
use odps::date::rfc1123;
use odps::resources::{Content, Created};
use std::collections::HashSet;
use wire::{Reply as _, Request, Response};

/// Items of one page of the list.
const PAGE: usize = 1000;

/// Answers a request to `…/resources[/<name>]`; `name` is decoded.
pub(super) fn answer(
    app: &App,
    place: &Place,
    name: Option<&str>,
    request: &Request,
) -> Result<Response, Error> {
    match (request.method(), name) {
        (&Method::GET, None) => list(app, place, request),
        (&Method::POST, None) => {
            let name = store(app, place, None, request)?;
            Ok(Created::at(&app.endpoint(), &place.project, &name).into_response())
        }
        (&Method::PUT, Some(name)) => {
            store(app, place, Some(name), request)?;
            Ok(page(StatusCode::OK, "text/plain", String::new()))
        }
        (&Method::GET, Some(name)) => get(app, place, name, request),
        (&Method::DELETE, Some(name)) => {
            app.catalog().drop_resource(place, name).map_err(internal)?;
            Ok(page(StatusCode::OK, "text/plain", String::new()))
        }
        _ => Err(Error::OtherCall {
            call: "an operation on resources",
        }),
    }
}

/// The bytes of a resource, if there is one.
pub(super) fn content(app: &App, project: &str, name: &str) -> Result<Option<Bytes>, Error> {
    let place = Place::new(project, None);
    app.catalog()
        .content(&place, name, 0, None)
        .map_err(internal)
}

/// Creates a resource, or replaces the one of this name.
fn store(
    app: &App,
    place: &Place,
    replaced: Option<&str>,
    request: &Request,
) -> Result<String, Error> {
    let needed = |name| header(request, name).ok_or_else(|| bad(&format!("no {name} header")));
    let name = match replaced {
        Some(name) => name.to_owned(),
        None => needed("x-odps-resource-name")?,
    };
    let kind = needed("x-odps-resource-type")?.to_lowercase();
    let resource = Resource {
        name: name.clone(),
        owner: owner(request),
        updator: owner(request),
        comment: header(request, "x-odps-comment"),
        temp: header(request, "x-odps-resource-istemp")
            .is_some_and(|temp| temp.eq_ignore_ascii_case("true")),
        table: header(request, "x-odps-copy-table-source"),
        volume: header(request, "x-odps-copy-file-source"),
        kind,
        ..Resource::default()
    };
    let put = match replaced {
        Some(_) => Put::Replace,
        None => Put::Create,
    };
    let mut pieces = vec![request.body().clone()];
    let mut parts = Vec::new();
    match resource.kind.as_str() {
        "file" | "py" | "jar" | "archive" => {
            if query(request, "rOpMerge").is_some_and(|merge| merge.eq_ignore_ascii_case("true")) {
                (pieces, parts) = merged(app, place, request)?;
            }
        }
        "table" if resource.table.is_none() => {
            return Err(bad("no x-odps-copy-table-source header"));
        }
        "volumefile" | "volumearchive" if resource.volume.is_none() => {
            return Err(bad("no x-odps-copy-file-source header"));
        }
        "table" | "volumefile" | "volumearchive" => pieces.clear(),
        other => return Err(bad(&format!("'{other}' is no kind of resource"))),
    }
    let whole = (!pieces.is_empty()).then_some(pieces.as_slice());
    let stored = app
        .catalog()
        .put_resource(place, resource, whole, put, &parts);
    stored.map_err(internal)?;
    Ok(name)
}

/// The contents of the parts that a merge names, proven by their length and sum.
fn merged(app: &App, place: &Place, request: &Request) -> Result<(Vec<Bytes>, Vec<String>), Error> {
    let text = std::str::from_utf8(request.body()).map_err(|error| bad(&error.to_string()))?;
    let (sum, names) = text
        .split_once('|')
        .ok_or_else(|| bad("no '|' in the body of a merge"))?;
    let parts: Vec<String> = names.split(',').map(str::to_owned).collect();
    let mut seen = HashSet::new();
    if let Some(twice) = parts.iter().find(|part| !seen.insert(part.as_str())) {
        return Err(bad(&format!("part '{twice}' is named twice")));
    }
    let mut pieces = Vec::new();
    for part in &parts {
        let piece = app.catalog().content(place, part, 0, None);
        let piece = piece.map_err(internal)?;
        pieces.push(piece.ok_or_else(|| internal(Refusal::NoResource(part.clone()).into()))?);
    }
    let total: usize = pieces.iter().map(Bytes::len).sum();
    let told = header(request, "x-odps-resource-merge-total-bytes");
    if told.is_some_and(|told| told.parse() != Ok(total)) {
        return Err(bad(&format!(
            "the parts have {total} bytes, not as many as was said"
        )));
    }
    if !sum.eq_ignore_ascii_case(&md5(&pieces)) {
        return Err(bad("the parts do not have the MD5 that was said"));
    }
    Ok((pieces, parts))
}

fn get(app: &App, place: &Place, name: &str, request: &Request) -> Result<Response, Error> {
    let found = app.catalog().resource(place, name).map_err(internal)?;
    let found = found.ok_or_else(|| internal(Refusal::NoResource(name.to_owned()).into()))?;
    let number = |name: &str| {
        let text = query(request, name).filter(|text| !text.is_empty());
        let number = text.map(|text| text.parse::<u64>());
        number
            .transpose()
            .map_err(|_| bad(&format!("{name} is no number")))
    };
    let (offset, size) = (number("rOffset")?.unwrap_or(0), number("rSize")?);
    let body = match query(request, "meta") {
        Some(_) => Bytes::new(),
        None => {
            let content = app.catalog().content(place, name, offset, size);
            content.map_err(internal)?.unwrap_or_default()
        }
    };
    let read = u64::try_from(body.len()).unwrap_or(u64::MAX);
    let remaining = size.is_some() && offset.saturating_add(read) < found.size;
    let mut response = Content {
        name: Some(found.name),
        kind: Some(found.kind),
        owner: Some(found.owner),
        comment: found.comment,
        created: Some(found.created),
        modified: Some(found.modified),
        size: Some(found.size),
        body,
    }
    .into_response();
    let texts = [
        ("x-odps-updator", Some(found.updator)),
        (
            "x-odps-resource-istemp",
            found.temp.then(|| "true".to_owned()),
        ),
        ("content-md5", Some(found.md5).filter(|sum| !sum.is_empty())),
        ("x-odps-copy-table-source", found.table),
        ("x-odps-copy-file-source", found.volume),
        (
            "x-odps-resource-has-remaining",
            size.map(|_| remaining.to_string()),
        ),
    ];
    for (name, text) in texts {
        let value = text.map(|text| HeaderValue::from_bytes(text.as_bytes()));
        if let Some(Ok(value)) = value {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

fn list(app: &App, place: &Place, request: &Request) -> Result<Response, Error> {
    let (prefix, owner) = (said(request, "name"), said(request, "owner"));
    let after = said(request, "marker").unwrap_or_default();
    let all = app.catalog().resources(place, &after).map_err(internal)?;
    let mut wanted: Vec<Resource> = all
        .into_iter()
        .filter(|one| {
            prefix
                .as_ref()
                .is_none_or(|prefix| one.name.starts_with(prefix.as_str()))
        })
        .filter(|one| owner.as_ref().is_none_or(|owner| one.owner == *owner))
        .take(PAGE + 1)
        .collect();
    let more = wanted.len() > PAGE;
    wanted.truncate(PAGE);
    let marker = wanted.last().filter(|_| more).map(|last| last.name.clone());
    let mut items = String::new();
    for one in wanted {
        let table = one.table.map_or_else(String::new, |table| {
            format!("<TableName>{}</TableName>", escape(&table))
        });
        items.push_str(&format!(
            "<Resource><Name>{}</Name><Owner>{}</Owner><Comment>{}</Comment>\
             <ResourceType>{}</ResourceType><CreationTime>{}</CreationTime>\
             <LastModifiedTime>{}</LastModifiedTime><LastUpdator>{}</LastUpdator>\
             <ResourceSize>{}</ResourceSize>{table}</Resource>",
            escape(&one.name),
            escape(&one.owner),
            escape(one.comment.as_deref().unwrap_or_default()),
            escape(&one.kind),
            rfc1123(one.created),
            rfc1123(one.modified),
            escape(&one.updator),
            one.size,
        ));
    }
    Ok(document("Resources", marker.as_deref(), &items))
}
