//! Quirks and refusals. The recorded signatures: `tests/replay`.

use super::*;
use crate::Error;

fn account() -> Account {
    Account {
        access_id: "ID".into(),
        access_key: Secret::new("KEY"),
    }
}

fn request(address: &str) -> Request {
    let mut request = Request::default();
    *request.uri_mut() = address.parse().expect("a valid address");
    request
}

fn key_of(id: &str) -> Option<Secret> {
    (id == "ID").then(|| Secret::new("KEY"))
}

const DATE_TEXT: &str = "Sun, 22 Nov 2026 14:53:50 GMT";
const DATE_MILLIS: Millis = 1_795_359_230_000;

#[test]
fn the_quirks_of_the_canonical_string() {
    let mut request =
        request("/projects/p/t%20x;y?b=&name=%E4%B8%AD+a%2Bb%26c%3D1&x-odps-q=v&a&a=2");
    request
        .headers_mut()
        .insert("x-odps-zeta", HeaderValue::from_static("Z"));
    request
        .headers_mut()
        .insert("content-type", HeaderValue::from_static("text/plain"));
    request
        .headers_mut()
        .insert("user-agent", HeaderValue::from_static("not signed"));
    assert_eq!(
        canonical_string(&request),
        "GET\n\ntext/plain\n\nx-odps-q:v\nx-odps-zeta:Z\n/projects/p/t x?a=2&b&c=1&name=中 a b&x-odps-q=v"
    );
}

#[test]
fn signed_and_verified() {
    let mut request = request("/projects/p?curr_project=p");
    authorize(&account(), &mut request, DATE_TEXT);
    assert_eq!(
        verify(key_of, &request, Some(DATE_MILLIS)),
        Ok("ID".to_owned())
    );
    assert_eq!(verify(key_of, &request, None), Ok("ID".to_owned()));
}

#[test]
fn every_refusal() {
    let mut signed = request("/projects/p?curr_project=p");
    assert_eq!(verify(key_of, &signed, None), Err(Refusal::NoSignature));
    authorize(&account(), &mut signed, DATE_TEXT);
    assert!(matches!(
        verify(|_| None, &signed, None),
        Err(Refusal::UnknownAccessId { .. })
    ));
    assert!(matches!(
        verify(|_| Some(Secret::new("OTHER")), &signed, None),
        Err(Refusal::BadSignature { .. })
    ));
    for now in [DATE_MILLIS + MAX_SKEW + 1, DATE_MILLIS - MAX_SKEW - 1] {
        assert!(matches!(
            verify(key_of, &signed, Some(now)),
            Err(Refusal::Skewed { .. })
        ));
    }
    let mut other = signed.clone();
    *other.uri_mut() = "/projects/q?curr_project=p"
        .parse()
        .expect("a valid address");
    assert!(matches!(
        verify(key_of, &other, None),
        Err(Refusal::BadSignature { .. })
    ));
    for text in ["ODPS", "ODPS ID", "Basic ID:x", ""] {
        signed
            .headers_mut()
            .insert(AUTHORIZATION, HeaderValue::from_static(text));
        assert_eq!(
            verify(key_of, &signed, None),
            Err(Refusal::NoSignature),
            "{text}"
        );
    }
    signed
        .headers_mut()
        .insert(AUTHORIZATION, HeaderValue::from_static("ODPS ID:%%%"));
    assert!(matches!(
        verify(key_of, &signed, None),
        Err(Refusal::BadSignature { .. })
    ));
}

#[test]
fn the_words_of_the_service() {
    let error = Error::from(Refusal::Skewed {
        date: Some(DATE_MILLIS),
        now: 0,
    });
    assert_eq!(
        error.to_string(),
        "RequestTimeTooSkewed: max_interval_date:900000,expire_date:2026-11-22T15:08:50.000Z,\
         now_date:1970-01-01T00:00:00.000Z"
    );
    assert_eq!(Error::from(Refusal::NoSignature).code(), "Unauthorized");
}
