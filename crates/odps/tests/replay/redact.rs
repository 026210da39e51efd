//! No credential of a recording survives redaction, wherever and however it is packed; what holds
//! none stays byte for byte.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use odps::redact;

use crate::recording::{Exchange, all, load};

/// Every credential that the recordings hold.
const SECRETS: [&str; 5] = [
    "FAKE_ACCESS_ID_0001",
    "fake-secret-key-for-vectors-0001",
    "stub-bearer-token-value",
    "stub-sts-token",
    "tokenmars",
];

/// Address, headers and bodies of an exchange with the service, as text.
fn texts(exchange: &Exchange) -> Vec<String> {
    let (request, response) = (&exchange.request, &exchange.response);
    let headers = request.headers().iter().chain(response.headers());
    let headers =
        headers.filter_map(|(name, value)| Some(format!("{name}: {}", value.to_str().ok()?)));
    let body = |body: &Bytes| match std::str::from_utf8(body) {
        Ok(text) => text.to_owned(),
        Err(_) => STANDARD.encode(body),
    };
    let packed = |body: &Bytes| STANDARD.encode(body);
    let (asked, said) = (request.body(), response.body());
    let bodies = [body(asked), packed(asked), body(said), packed(said)];
    [request.uri().to_string()]
        .into_iter()
        .chain(headers)
        .chain(bodies)
        .collect()
}

/// A credential in a text, or in what is packed in it.
fn found(text: &str) -> Option<&'static str> {
    let packed = text
        .split(|c: char| !(c.is_ascii_alphanumeric() || "+/=".contains(c)))
        .filter(|word| word.len() >= 16)
        .filter_map(|word| STANDARD.decode(word).ok())
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let all = [text.to_owned()].into_iter().chain(packed);
    all.flat_map(|text| {
        SECRETS
            .into_iter()
            .filter(move |secret| text.contains(secret))
    })
    .next()
}

#[test]
fn no_credential_survives() {
    let mut held = 0;
    for recording in all() {
        for exchange in recording.exchanges.iter().filter(|e| e.service == "odps") {
            for text in texts(exchange) {
                held += usize::from(found(&text).is_some());
                let clean = redact::text(&text);
                let place = (&recording.name, exchange.seq);
                assert_eq!(found(&clean), None, "{place:?}: {clean}");
                assert_eq!(redact::text(&clean), clean, "{place:?}");
            }
        }
    }
    assert!(held > 100, "only {held} texts held a credential");
}

#[test]
fn answers_about_a_query_stay_as_they_are() {
    for name in [
        "sql_instance_0.9",
        "sql_instance_failed_0.9",
        "instance_progress_0.9",
    ] {
        let recording = load(name);
        for exchange in recording.exchanges.iter().filter(|e| e.service == "odps") {
            if let Ok(body) = std::str::from_utf8(exchange.response.body()) {
                assert_eq!(redact::text(body), body, "{name} {}", exchange.seq);
            }
        }
    }
}
