//! Writing and checking responses.

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use wire::Response;

use crate::xml::Element;
use crate::{Error, date};

/// Passes a success on; a status of 400 and above becomes the error that it carries.
pub(crate) fn check(response: Response) -> Result<Response, Error> {
    if response.status().as_u16() >= 400 {
        Err(Error::from_response(&response))
    } else {
        Ok(response)
    }
}

pub(crate) fn xml(document: &Element) -> Response {
    with_body("application/xml", document.to_compact())
}

pub(crate) fn json(value: &serde_json::Value) -> Response {
    with_body("application/json", crate::json::python(value))
}

pub(crate) fn text(text: impl Into<Bytes>) -> Response {
    with_body("text/plain", text)
}

pub(crate) fn with_body(kind: &'static str, body: impl Into<Bytes>) -> Response {
    let mut response = Response::new(body.into());
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

pub(crate) fn empty(status: StatusCode) -> Response {
    let mut response = text(Bytes::new());
    *response.status_mut() = status;
    response
}

/// A header as text; bytes that are not text are read as UTF-8 with replacements.
pub(crate) fn header(response: &Response, name: &str) -> Option<String> {
    let value = response.headers().get(name)?;
    let text = String::from_utf8_lossy(value.as_bytes()).trim().to_owned();
    Some(text).filter(|text| !text.is_empty())
}

/// Sets a header; what cannot stand in one is left out of the value.
pub(crate) fn set(response: &mut Response, name: &'static str, value: &str) {
    let clean: Vec<u8> = value
        .bytes()
        .filter(|&b| b == b'\t' || (b >= 32 && b != 127))
        .collect();
    if let Ok(value) = HeaderValue::from_bytes(&clean) {
        response
            .headers_mut()
            .insert(HeaderName::from_static(name), value);
    }
}

/// A time header (RFC 1123), empty when the time is not known: PyODPS wants the header itself.
pub(crate) fn set_time(response: &mut Response, name: &'static str, at: Option<wire::Millis>) {
    set(response, name, &at.map(date::rfc1123).unwrap_or_default());
}

pub(crate) fn time(response: &Response, name: &str) -> Option<wire::Millis> {
    date::parse_rfc1123(&header(response, name)?)
}
