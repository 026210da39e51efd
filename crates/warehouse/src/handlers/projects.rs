//! Projects, tenants and the hosts of the other services.

use super::{document, escape, internal, owner, query, said};
use crate::app::App;
use crate::catalog::{self, Refusal};
use crate::routes::page;
use http::{Method, StatusCode};
use odps::Error;
use odps::date::rfc1123;
use odps::projects::{Get, LogviewHost, LogviewHostText, Project, TunnelHost, TunnelHostText};
use serde_json::json;
use std::sync::Arc;
use wire::{Call, Millis, Reply, Request, Response};

/// Items of one page of the list.
const PAGE: usize = 1000;

/// When the tenant was made, as the protocol wants a date for it.
const MADE: Millis = 1_577_836_800_000;

/// `GET /projects/<p>`.
pub(super) fn get(app: &Arc<App>, project: &str, _call: Get) -> Result<Project, Error> {
    let found = app.catalog().project(project).map_err(internal)?;
    let found = found.ok_or_else(|| internal(Refusal::NoProject(project.to_owned()).into()))?;
    let schemas = ("odps.schema.model.enabled".to_owned(), "false".to_owned());
    Ok(Project {
        name: found.name,
        kind: Some("managed".to_owned()),
        comment: Some(found.comment),
        owner: Some(found.owner),
        state: Some("AVAILABLE".to_owned()),
        region: Some("local".to_owned()),
        created: Some(found.created),
        modified: Some(found.modified),
        properties: std::iter::once(schemas).chain(found.properties).collect(),
    })
}

/// `GET /projects`: those in which the caller may do something.
fn list(app: &App, request: &Request) -> Result<Response, Error> {
    let caller = owner(request);
    let (prefix, owned) = (said(request, "name"), said(request, "owner"));
    let after = said(request, "marker").unwrap_or_default();
    let most = said(request, "maxitems").map(|text| text.parse::<usize>());
    let most = most.transpose().map_err(|_| {
        let text = "ODPS-0420061: Invalid parameter in HTTP request - maxitems is no number";
        Error::status(StatusCode::BAD_REQUEST, "InvalidParameter", text)
    })?;
    let most = most.unwrap_or(PAGE).clamp(1, PAGE);
    let mut wanted: Vec<_> = app
        .catalog()
        .projects()
        .map_err(internal)?
        .into_iter()
        .filter(|one| one.name > after && app.keys.role(&caller, &one.name).is_some())
        .filter(|one| {
            prefix
                .as_ref()
                .is_none_or(|prefix| one.name.starts_with(prefix.as_str()))
        })
        .filter(|one| owned.as_ref().is_none_or(|owner| one.owner == *owner))
        .take(most + 1)
        .collect();
    let more = wanted.len() > most;
    wanted.truncate(most);
    let marker = wanted.last().filter(|_| more).map(|last| last.name.clone());
    let items: String = wanted
        .iter()
        .map(|one| {
            format!(
                "<Project><Name>{}</Name><Type>managed</Type><Comment>{}</Comment>\
                 <Owner>{}</Owner><CreationTime>{}</CreationTime>\
                 <LastModifiedTime>{}</LastModifiedTime><State>AVAILABLE</State>\
                 <Region>local</Region></Project>",
                escape(&one.name),
                escape(&one.comment),
                escape(&one.owner),
                rfc1123(one.created),
                rfc1123(one.modified),
            )
        })
        .collect();
    Ok(document("Projects", marker.as_deref(), &items))
}

/// `GET /projects/<p>/tunnel?service`: the tunnel is on the same port.
pub(super) fn tunnel_host(
    app: &Arc<App>,
    _project: &str,
    _call: TunnelHost,
) -> Result<TunnelHostText, Error> {
    Ok(TunnelHostText(app.authority()))
}

/// `PUT /projects/<p>/logs`: usage counters of the client, which nobody needs here.
pub(super) fn logs() -> Response {
    page(StatusCode::OK, "text/plain", String::new())
}

/// What is asked of a project and is no resource of `crates/odps`.
pub(super) fn other(app: &App, project: &str, request: &Request) -> Result<Response, Error> {
    let extended = query(request, "extended").is_some();
    let whole = request.uri().path().trim_matches('/').split('/').count() == 2;
    if request.method() == Method::GET && whole && extended {
        return used(app, project);
    }
    Err(Error::OtherCall {
        call: "an operation of the local MaxCompute",
    })
}

/// `GET /projects/<p>?extended`: bytes of all tables.
fn used(app: &App, project: &str) -> Result<Response, Error> {
    let catalog = app.catalog();
    let mut bytes = 0;
    for schema in catalog.schemas(project).map_err(internal)? {
        let tables = catalog.tables(project, Some(&schema.name), None);
        for table in tables.map_err(internal)? {
            bytes += catalog::bytes(&catalog.files(&table).map_err(internal)?);
        }
    }
    let property =
        format!("<Property><Name>usedQuotaPhysicalSize</Name><Value>{bytes}</Value></Property>");
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Project><ExtendedProperties>{property}\
         </ExtendedProperties></Project>"
    );
    Ok(page(StatusCode::OK, "application/xml", document))
}

/// What belongs to no project.
pub(super) fn outside(app: &App, request: &Request) -> Result<Response, Error> {
    if LogviewHost::from_request(request).is_ok() {
        return Ok(LogviewHostText(format!("http://{}", app.authority())).into_response());
    }
    match (request.method(), request.uri().path()) {
        (&Method::GET, "/projects" | "/projects/") => list(app, request),
        (&Method::GET, "/tenants") => {
            let tenant = json!({"Tenant": {
                "Name": "local", "OwnerId": "1", "TenantId": "1", "TenantState": "NORMAL",
                "CreateTime": MADE / 1000, "UpdateTime": MADE / 1000, "TenantMeta": "",
                "Parameters": {"odps.namespace.schema": "false"}
            }});
            Ok(page(StatusCode::OK, "application/json", tenant.to_string()))
        }
        // Neither a job-insight console nor a catalogue service: an empty text says so.
        (&Method::GET, "/webconsole/host" | "/catalogapi") => {
            Ok(page(StatusCode::OK, "text/plain", String::new()))
        }
        _ => Err(Error::OtherCall {
            call: "an operation of the local MaxCompute",
        }),
    }
}
