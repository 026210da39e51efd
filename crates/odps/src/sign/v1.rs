//! Signature V1: `Authorization: ODPS <access id>:<base64(HMAC-SHA1(key, canonical string))>`.
//!
//! Authority: `accounts.py` of PyODPS 0.9.0.1; every `Authorization` header in `tests/data` is
//! computed again in `tests/signatures.rs`. The quirks are deliberate: the whole address is
//! percent-decoded *before* it is split into query items, and the split then turns `+` into a
//! space. So a `%26` in a value cuts it in two and a `%2B` is signed as a space, on both sides.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::StatusCode;
use http::header::{AUTHORIZATION, DATE, HeaderValue};
use percent_encoding::percent_decode_str;
use sha1::Sha1;
use wire::{Millis, Request, Secret};

use super::Account;
use crate::{Error, date};

/// How far the `Date` of a request may be from the server's clock. The real limit is not known to
/// clients; fifteen minutes is what Alibaba Cloud documents for its other services.
pub const MAX_SKEW: Millis = 15 * 60 * 1000;

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// There is no `Authorization` header, or it is none of V1.
    #[error("the authorization header is invalid or missing")]
    NoSignature,
    /// The header names an access id that is not known.
    #[error("the access id {access_id} is not known")]
    UnknownAccessId {
        /// The id as sent.
        access_id: String,
    },
    /// The signature was made with another key or over another request.
    #[error("the signature does not match")]
    BadSignature {
        /// The id as sent.
        access_id: String,
    },
    /// The `Date` is missing, unreadable, or too far from the server's clock.
    #[error("the date of the request is too far from the clock of the server")]
    Skewed {
        /// The date as sent, if it can be read.
        date: Option<Millis>,
        /// The clock of the server.
        now: Millis,
    },
}

impl From<Refusal> for Error {
    /// Words and codes of the real service (its API error reference and reports of its users).
    fn from(refusal: Refusal) -> Self {
        let (status, code, message) = match refusal {
            Refusal::NoSignature => (
                StatusCode::UNAUTHORIZED,
                "Unauthorized",
                "The request authorization header is invalid or missing.".to_owned(),
            ),
            Refusal::UnknownAccessId { .. } => (
                StatusCode::UNAUTHORIZED,
                "InvalidParameter",
                "ODPS-0410051:Invalid credentials - accessKeyId not found".to_owned(),
            ),
            Refusal::BadSignature { .. } => (
                StatusCode::UNAUTHORIZED,
                "InvalidAuthorization",
                "ODPS-0410042:Invalid signature value - User signature does not match".to_owned(),
            ),
            // PyODPS takes this message apart: three items, exactly these names.
            Refusal::Skewed { date, now } => (
                StatusCode::BAD_REQUEST,
                "RequestTimeTooSkewed",
                format!(
                    "max_interval_date:{MAX_SKEW},expire_date:{},now_date:{}",
                    date::iso8601(date.unwrap_or_default().saturating_add(MAX_SKEW)),
                    date::iso8601(now)
                ),
            ),
        };
        Self::status(status, code, message)
    }
}

/// Sets `Date` and `Authorization`. Everything else that is signed must be in place already.
///
/// A `date` that cannot stand in a header leaves the request without one, and so unsigned in time.
pub fn authorize(account: &Account, request: &mut Request, date: &str) {
    match HeaderValue::from_str(date) {
        Ok(date) => request.headers_mut().insert(DATE, date),
        Err(_) => request.headers_mut().remove(DATE),
    };
    let signature = STANDARD.encode(
        mac(&account.access_key, &canonical_string(request))
            .finalize()
            .into_bytes(),
    );
    let text = format!("ODPS {}:{signature}", account.access_id);
    match HeaderValue::from_str(&text) {
        Ok(mut value) => {
            value.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, value)
        }
        // An access id with a line break in it belongs to no account: unsigned is what it is.
        Err(_) => request.headers_mut().remove(AUTHORIZATION),
    };
}

/// Checks the signature and, when `now` is given, the age of a request. Returns the access id.
///
/// `key_of` gives the key of an access id. The comparison takes the same time wherever the first
/// difference is.
pub fn verify(
    key_of: impl FnOnce(&str) -> Option<Secret>,
    request: &Request,
    now: Option<Millis>,
) -> Result<String, Refusal> {
    let header = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let (access_id, signature) = header
        .and_then(|header| header.strip_prefix("ODPS "))
        .and_then(|pair| pair.trim().split_once(':'))
        .ok_or(Refusal::NoSignature)?;
    let access_id = access_id.to_owned();
    let Some(key) = key_of(&access_id) else {
        return Err(Refusal::UnknownAccessId { access_id });
    };
    let genuine = STANDARD.decode(signature).is_ok_and(|signature| {
        mac(&key, &canonical_string(request))
            .verify_slice(&signature)
            .is_ok()
    });
    if !genuine {
        return Err(Refusal::BadSignature { access_id });
    }
    if let Some(now) = now {
        let date = request
            .headers()
            .get(DATE)
            .and_then(|date| date.to_str().ok());
        let date = date.and_then(date::parse_rfc1123);
        if date.is_none_or(|date| date.abs_diff(now) > MAX_SKEW) {
            return Err(Refusal::Skewed { date, now });
        }
    }
    Ok(access_id)
}

fn mac(key: &Secret, text: &str) -> Hmac<Sha1> {
    let mut mac = Hmac::<Sha1>::new_from_slice(key.expose().as_bytes())
        .expect("HMAC takes keys of every length, including none");
    mac.update(text.as_bytes());
    mac
}

/// The text that is signed.
pub fn canonical_string(request: &Request) -> String {
    let address = request
        .uri()
        .path_and_query()
        .map_or("/", |address| address.as_str());
    let decoded = percent_decode_str(address).decode_utf8_lossy();
    let (path, query) = decoded.split_once('?').unwrap_or((&decoded, ""));
    let items = query_items(query);
    // Python's `urlparse` takes "parameters" off the last segment, and they are never signed.
    let last = path.rfind('/').unwrap_or(0);
    let path = path[last..].find(';').map_or(path, |at| &path[..last + at]);

    let mut signed = vec![
        ("content-md5".to_owned(), String::new()),
        ("content-type".to_owned(), String::new()),
    ];
    signed.push(("date".to_owned(), String::new()));
    let headers = request.headers().iter().map(|(name, value)| {
        (
            name.as_str().to_owned(),
            String::from_utf8_lossy(value.as_bytes()).into_owned(),
        )
    });
    let parameters = items
        .iter()
        .filter(|(name, _)| name.starts_with("x-odps-"))
        .cloned();
    for (name, value) in headers.chain(parameters) {
        match signed.iter_mut().find(|(known, _)| *known == name) {
            Some(known) => known.1 = value,
            None if name.starts_with("x-odps-") => signed.push((name, value)),
            None => {}
        }
    }
    signed.sort();

    let mut text = format!("{}\n", request.method());
    for (name, value) in signed {
        if name.starts_with("x-odps-") {
            text.push_str(&name);
            text.push(':');
        }
        text.push_str(&value);
        text.push('\n');
    }
    text.push_str(path);
    for (at, (name, value)) in items.iter().enumerate() {
        text.push(if at == 0 { '?' } else { '&' });
        text.push_str(name);
        if !value.is_empty() {
            text.push('=');
            text.push_str(value);
        }
    }
    text
}

/// The query items by name, as Python's `parse_qsl` cuts the decoded text. Of equal names the last
/// one stays (0.12 and later; 0.9 refuses to send them).
fn query_items(query: &str) -> Vec<(String, String)> {
    let mut items: Vec<(String, String)> = Vec::new();
    // The decoded text is decoded once more, a quirk of `parse_qsl` on text that is plain already.
    let decode = |text: &str| {
        percent_decode_str(&text.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    for item in query.split('&').filter(|item| !item.is_empty()) {
        let (name, value) = item.split_once('=').unwrap_or((item, ""));
        let (name, value) = (decode(name), decode(value));
        match items.iter_mut().find(|(known, _)| *known == name) {
            Some(known) => known.1 = value,
            None => items.push((name, value)),
        }
    }
    items.sort();
    items
}

#[cfg(test)]
mod tests;
