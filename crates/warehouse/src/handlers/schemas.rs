//! Schemas: the level between project and table. Authority: `schema.py` and `schemas.py` of PyODPS
//! 0.12 and 0.13. Every project has `default`, which cannot be dropped.

use super::{document, escape, internal, owner, rooted, said, texts};
use crate::app::App;
use crate::catalog::{Refusal, Schema};
use crate::routes::page;
use http::{HeaderValue, Method, StatusCode};
use odps::Error;
use odps::date::rfc1123;
use wire::{Request, Response};

/// Answers a request to `…/schemas[/<name>]`; `name` is decoded.
pub(super) fn answer(
    app: &App,
    project: &str,
    name: Option<&str>,
    request: &Request,
) -> Result<Response, Error> {
    let catalog = app.catalog();
    match (request.method(), name) {
        (&Method::GET, None) => list(app, project, request),
        (&Method::POST, None) => {
            let document = rooted(request, "Schema")?;
            let one = |name| texts(document.root_element(), name).into_iter().next();
            let name = one("Name").unwrap_or_default();
            let words = one("Description").unwrap_or_default();
            let made = catalog.create_schema(project, &name, &owner(request), &words);
            made.map_err(internal)?;
            Ok(page(StatusCode::CREATED, "text/plain", String::new()))
        }
        (&Method::GET, Some(name)) => {
            let found = catalog.schema(project, name).map_err(internal)?;
            // The clients know an absent schema by the code of absent objects.
            let found = found.ok_or_else(|| {
                Error::no_such_object(Refusal::NoSchema(name.to_owned()).to_string())
            })?;
            let text = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}",
                item(&found)
            );
            let mut response = page(StatusCode::OK, "application/xml", text);
            let texts = [
                ("x-odps-owner", found.owner),
                ("x-odps-creation-time", rfc1123(found.created)),
                ("last-modified", rfc1123(found.modified)),
            ];
            for (name, text) in texts {
                if let Ok(value) = HeaderValue::from_bytes(text.as_bytes()) {
                    response.headers_mut().insert(name, value);
                }
            }
            Ok(response)
        }
        (&Method::DELETE, Some(name)) => {
            catalog.drop_schema(project, name).map_err(internal)?;
            Ok(page(StatusCode::OK, "text/plain", String::new()))
        }
        _ => Err(Error::OtherCall {
            call: "an operation on schemas",
        }),
    }
}

fn item(schema: &Schema) -> String {
    format!(
        "<Schema><Name>{}</Name><Owner>{}</Owner><Description>{}</Description>\
         <CreateTime>{}</CreateTime><ModifyTime>{}</ModifyTime><Type>MANAGED</Type></Schema>",
        escape(&schema.name),
        escape(&schema.owner),
        escape(&schema.comment),
        rfc1123(schema.created),
        rfc1123(schema.modified),
    )
}

fn list(app: &App, project: &str, request: &Request) -> Result<Response, Error> {
    let prefix = said(request, "name").unwrap_or_default().to_lowercase();
    let owner = said(request, "owner");
    let all = app.catalog().schemas(project).map_err(internal)?;
    let items: String = all
        .iter()
        .filter(|one| one.name.starts_with(&prefix))
        .filter(|one| owner.as_ref().is_none_or(|owner| one.owner == *owner))
        .map(item)
        .collect();
    Ok(document("Schemas", None, &items))
}
