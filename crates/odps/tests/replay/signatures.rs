//! Every recorded V1 signature is found genuine and is made again.

use http::header::{AUTHORIZATION, DATE};
use odps::sign::{Account, v1};

use crate::recording::{all, key_of, load};

#[test]
fn every_recorded_signature() {
    let mut count = 0;
    for recording in all() {
        for exchange in &recording.exchanges {
            let headers = exchange.request.headers();
            let Some(recorded) = headers
                .get(AUTHORIZATION)
                .and_then(|value| value.to_str().ok())
            else {
                continue;
            };
            // V4 names date and region in its credential.
            if recorded.contains("/aliyun_v4_request:") {
                continue;
            }
            let place = format!("{} seq {}", recording.name, exchange.seq);
            let found = v1::verify(key_of, &exchange.request, None);
            assert_eq!(
                found.as_deref(),
                Ok("FAKE_ACCESS_ID_0001"),
                "{place}:\n{}",
                v1::canonical_string(&exchange.request)
            );
            let access_id = found.expect("checked above");
            let account = Account {
                access_key: key_of(&access_id).expect("the key"),
                access_id,
            };
            let mut request = exchange.request.clone();
            let date = request.headers()[DATE].to_str().expect("a date").to_owned();
            request.headers_mut().remove(AUTHORIZATION);
            v1::authorize(&account, &mut request, &date);
            assert_eq!(request.headers()[AUTHORIZATION], recorded, "{place}");
            count += 1;
        }
    }
    assert!(count > 250, "only {count} signatures were recorded");
}

#[test]
fn a_changed_request_is_refused() {
    let recording = load("create_cluster_0.9");
    let mut request = recording.seq(2).request.clone();
    request
        .headers_mut()
        .insert("x-odps-resource-type", http::HeaderValue::from_static("py"));
    assert!(matches!(
        v1::verify(key_of, &request, None),
        Err(v1::Refusal::BadSignature { .. })
    ));
}

#[test]
fn a_bearer_request_has_no_signature() {
    for exchange in load("bearer_0.9").exchanges {
        assert_eq!(
            v1::verify(key_of, &exchange.request, None),
            Err(v1::Refusal::NoSignature)
        );
    }
}
