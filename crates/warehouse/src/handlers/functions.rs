//! Functions: registered, listed, changed, removed. Authority: `function.py` and `functions.py` of
//! PyODPS, which name them `…/registration/functions`.

use super::{bad, document, escape, header, internal, owner, query, rooted, said, texts};
use crate::app::App;
use crate::catalog::{Function, Place, Refusal};
use crate::routes::page;
use http::{Method, StatusCode};
use odps::Error;
use odps::date::rfc1123;
use wire::{Request, Response};

/// Items of one page of the list.
const PAGE: usize = 1000;

/// Answers a request to `…/functions[/<name>]`; `name` is decoded.
pub(super) fn answer(
    app: &App,
    place: &Place,
    name: Option<&str>,
    request: &Request,
) -> Result<Response, Error> {
    let catalog = app.catalog();
    let done = || page(StatusCode::OK, "text/plain", String::new());
    match (request.method(), name) {
        (&Method::GET, None) => list(app, place, request),
        (&Method::POST, None) => {
            let told = read(request)?;
            let name = told.name.clone();
            catalog.create_function(place, told).map_err(internal)?;
            let mut response = page(StatusCode::CREATED, "text/plain", String::new());
            let location = format!(
                "{}/projects/{}/registration/functions/{name}",
                app.endpoint(),
                place.project
            );
            if let Ok(location) = http::HeaderValue::from_bytes(location.as_bytes()) {
                response
                    .headers_mut()
                    .insert(http::header::LOCATION, location);
            }
            Ok(response)
        }
        (&Method::GET, Some(name)) => {
            let found = catalog.function(place, name).map_err(internal)?;
            let found =
                found.ok_or_else(|| internal(Refusal::NoFunction(name.to_owned()).into()))?;
            let text = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}",
                item(&found)
            );
            Ok(page(StatusCode::OK, "application/xml", text))
        }
        (&Method::PUT, Some(name)) => {
            let changed = if query(request, "updateowner").is_some() {
                let owner = header(request, "x-odps-owner");
                let owner = owner.ok_or_else(|| bad("no x-odps-owner header"))?;
                catalog.update_function(place, name, |function| function.owner = owner)
            } else {
                let told = read(request)?;
                catalog.update_function(place, name, |function| {
                    function.class_type = told.class_type;
                    function.resources = told.resources;
                })
            };
            changed.map_err(internal)?;
            Ok(done())
        }
        (&Method::DELETE, Some(name)) => {
            catalog.drop_function(place, name).map_err(internal)?;
            Ok(done())
        }
        _ => Err(Error::OtherCall {
            call: "an operation on functions",
        }),
    }
}

/// A function as a client describes it.
fn read(request: &Request) -> Result<Function, Error> {
    let document = rooted(request, "Function")?;
    let root = document.root_element();
    let one = |name| texts(root, name).into_iter().next();
    Ok(Function {
        name: one("Alias").unwrap_or_default(),
        owner: one("Owner")
            .filter(|owner| !owner.is_empty())
            .unwrap_or_else(|| owner(request)),
        created: 0,
        class_type: one("ClassType").unwrap_or_default(),
        resources: texts(root, "ResourceName"),
    })
}

fn item(function: &Function) -> String {
    let resources: String = function
        .resources
        .iter()
        .map(|name| format!("<ResourceName>{}</ResourceName>", escape(name)))
        .collect();
    format!(
        "<Function><Alias>{}</Alias><Owner>{}</Owner><CreationTime>{}</CreationTime>\
         <ClassType>{}</ClassType><Resources>{resources}</Resources></Function>",
        escape(&function.name),
        escape(&function.owner),
        rfc1123(function.created),
        escape(&function.class_type),
    )
}

fn list(app: &App, place: &Place, request: &Request) -> Result<Response, Error> {
    let prefix = said(request, "name").unwrap_or_default().to_lowercase();
    let owner = said(request, "owner");
    let after = said(request, "marker").unwrap_or_default();
    let all = app.catalog().functions(place, &after).map_err(internal)?;
    let mut wanted: Vec<Function> = all
        .into_iter()
        .filter(|one| one.name.to_lowercase().starts_with(&prefix))
        .filter(|one| owner.as_ref().is_none_or(|owner| one.owner == *owner))
        .take(PAGE + 1)
        .collect();
    let more = wanted.len() > PAGE;
    wanted.truncate(PAGE);
    let marker = wanted.last().filter(|_| more).map(|last| last.name.clone());
    let items: String = wanted.iter().map(item).collect();
    Ok(document("Functions", marker.as_deref(), &items))
}
