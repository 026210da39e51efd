//! Projects, tenants and the hosts of the other services.

use super::{internal, query};
use crate::app::App;
use crate::routes::page;
use crate::{catalog, seed};
use http::{Method, StatusCode};
use odps::Error;
use odps::projects::{Get, LogviewHost, LogviewHostText, Project, TunnelHost, TunnelHostText};
use serde_json::json;
use std::sync::Arc;
use wire::{Call, Millis, Reply, Request, Response};

/// When the sample project was made, as the protocol wants a date for every project.
const MADE: Millis = 1_577_836_800_000;

/// `GET /projects/<p>`.
pub(super) fn get(_app: &Arc<App>, project: &str, _call: Get) -> Result<Project, Error> {
    Ok(Project {
        name: project.to_owned(),
        kind: Some("managed".to_owned()),
        comment: Some("Tables of the local MaxCompute".to_owned()),
        owner: Some(seed::OWNER.to_owned()),
        state: Some("AVAILABLE".to_owned()),
        region: Some("local".to_owned()),
        created: Some(MADE),
        modified: Some(MADE),
        properties: vec![("odps.schema.model.enabled".to_owned(), "false".to_owned())],
    })
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
