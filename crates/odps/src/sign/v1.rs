//! Signature V1: `Authorization: ODPS <access id>:<base64(HMAC-SHA1(key, canonical string))>`.
//!
//! Authority: `accounts.py` of PyODPS 0.9.0.1; every `Authorization` header in `tests/data` is
//! computed again in `tests/signatures.rs`. The quirks are deliberate: the whole address is
//! percent-decoded *before* it is split into query items, and the split then turns `+` into a
//! space. So a `%26` in a value cuts it in two and a `%2B` is signed as a space, on both sides.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::header::{AUTHORIZATION, DATE, HeaderValue};
use percent_encoding::percent_decode_str;
use sha1::Sha1;
use wire::{Millis, Request, Secret};

pub use super::refusal::{MAX_SKEW, Refusal};
use super::{Account, refusal};

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
        refusal::fresh(request, now)?;
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
