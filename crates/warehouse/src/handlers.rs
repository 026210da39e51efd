//! One module per resource of the protocol, as in `crates/odps`. A handler takes a checked request
//! with its canonical path and returns the reply or the ODPS error.

pub(crate) mod control;
pub(crate) mod logview;
pub(crate) mod poke;
pub(crate) mod proxy;
pub(crate) mod tunnel;

mod authorization;
mod csv;
mod cupid;
mod functions;
mod head;
pub(crate) mod instances;
mod projects;
mod resources;
mod schemas;
mod security;
mod tables;

use crate::routes::page;
use http::StatusCode;
use odps::Error;
use percent_encoding::percent_decode_str;
use wire::{Request, Response};

/// Turns a refusal or a failure of the warehouse into the document that clients expect.
pub(crate) fn internal(error: crate::Error) -> Error {
    if let crate::Error::Refused(refusal) = &error {
        let (status, code) = refusal.status();
        return Error::status(status, code, refusal.to_string());
    }
    tracing::error!(%error, "internal error");
    if error.is_full() {
        return Error::status(
            StatusCode::INSUFFICIENT_STORAGE,
            "QuotaExceeded",
            "ODPS-0410077: Exceeded quota - the disk of the data folder is full",
        );
    }
    Error::status(
        StatusCode::INTERNAL_SERVER_ERROR,
        "InternalServerError",
        format!("ODPS-0010000: System internal error - {error}"),
    )
}

/// A request that says something that makes no sense.
fn bad(text: &str) -> Error {
    let text = format!("ODPS-0420061: Invalid parameter in HTTP request - {text}");
    Error::status(StatusCode::BAD_REQUEST, "InvalidParameter", text)
}

/// The text of a header; nothing if it is empty.
fn header(request: &Request, name: &str) -> Option<String> {
    let value = request.headers().get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned()).filter(|text| !text.is_empty())
}

/// Text inside an element or a quoted attribute, of XML or HTML.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // A reader turns a bare carriage return into a line feed.
            '\r' => out.push_str("&#13;"),
            // No document may have these, even as references.
            '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {
                out.push('\u{fffd}');
            }
            other => out.push(other),
        }
    }
    out
}

/// The segments of the path, decoded.
pub(crate) fn parts(request: &Request) -> Vec<String> {
    let path = request.uri().path().split('/');
    path.filter(|part| !part.is_empty())
        .map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned())
        .collect()
}

/// The value of a query item; empty if it stands alone.
fn query(request: &Request, name: &str) -> Option<String> {
    let items = request.uri().query().unwrap_or_default().split('&');
    let mut pairs = items.map(|item| item.split_once('=').unwrap_or((item, "")));
    let (_, value) = pairs.rfind(|(key, _)| *key == name)?;
    let spaced = value.replace('+', " ");
    Some(percent_decode_str(&spaced).decode_utf8_lossy().into_owned())
}

/// As [`query`], where the empty value means "not said".
pub(crate) fn said(request: &Request, name: &str) -> Option<String> {
    query(request, name).filter(|value| !value.is_empty())
}

/// A page of a list: the root, the marker of the next page if there is one, the items.
fn document(root: &str, marker: Option<&str>, items: &str) -> Response {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root}><Marker>{}</Marker>\
         <MaxItems>1000</MaxItems>{items}</{root}>",
        escape(marker.unwrap_or_default())
    );
    page(StatusCode::OK, "application/xml", text)
}

/// The body as XML.
fn parsed(request: &Request) -> Result<roxmltree::Document<'_>, Error> {
    let bad = |reason: &dyn std::fmt::Display| malformed(&reason.to_string());
    let text = std::str::from_utf8(request.body()).map_err(|error| bad(&error))?;
    roxmltree::Document::parse(text).map_err(|error| bad(&error))
}

/// The body as XML with this root.
fn rooted<'a>(request: &'a Request, root: &str) -> Result<roxmltree::Document<'a>, Error> {
    let document = parsed(request)?;
    match document.root_element().has_tag_name(root) {
        true => Ok(document),
        false => {
            let text = format!("the root of the document is not {root}");
            Err(malformed(&text))
        }
    }
}

fn malformed(reason: &str) -> Error {
    let text = format!("ODPS-0420061: Invalid parameter in HTTP request - {reason}");
    Error::status(StatusCode::BAD_REQUEST, "MalformedXML", text)
}

/// The texts of all elements of a name below an element.
fn texts(root: roxmltree::Node<'_, '_>, name: &str) -> Vec<String> {
    root.descendants()
        .filter(|node| node.has_tag_name(name))
        .map(|node| {
            let pieces = node.children().filter_map(|child| child.text());
            pieces.collect::<String>().trim().to_owned()
        })
        .collect()
}

/// The name of the account that asks.
fn owner(request: &Request) -> String {
    let caller = request.extensions().get::<crate::auth::Caller>();
    caller.map_or_else(
        || crate::seed::OWNER.to_owned(),
        |caller| caller.owner.clone(),
    )
}
