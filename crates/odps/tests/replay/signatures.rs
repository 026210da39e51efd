//! Every recorded signature is found genuine and is made again: V1, V4 and that of applications.

use http::header::{AUTHORIZATION, DATE};
use odps::date::parse_rfc1123;
use odps::sign::{self, Account, Refusal, application, v1, v4};
use wire::Secret;

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
    for exchange in [load("bearer_0.9"), load("bearer")]
        .into_iter()
        .flat_map(|recording| recording.exchanges)
    {
        assert_eq!(
            v1::verify(key_of, &exchange.request, None),
            Err(v1::Refusal::NoSignature)
        );
    }
}

#[test]
fn every_recorded_v4_signature() {
    let exchanges = load("signing_v4").exchanges;
    assert_eq!(exchanges.len(), 3);
    for exchange in exchanges {
        let recorded = exchange.request.headers()[AUTHORIZATION].clone();
        let date = exchange.request.headers()[DATE].to_str().expect("a date");
        let at = parse_rfc1123(date).expect("a date");
        let found = sign::verify(key_of, &exchange.request, Some(at));
        assert_eq!(found.as_deref(), Ok("FAKE_ACCESS_ID_0001"));
        // The day in the credential is part of the key, so a day later it is too old.
        let later = sign::verify(key_of, &exchange.request, Some(at + 86_400_000));
        assert!(matches!(later, Err(Refusal::Skewed { .. })), "{later:?}");
        let account = Account {
            access_id: "FAKE_ACCESS_ID_0001".into(),
            access_key: key_of("FAKE_ACCESS_ID_0001").expect("the key"),
        };
        let mut request = exchange.request.clone();
        request.headers_mut().remove(AUTHORIZATION);
        v4::authorize(&account, &mut request, "cn-hangzhou", at);
        assert_eq!(request.headers()[AUTHORIZATION], recorded);
    }
}

#[test]
fn an_application_signs_the_signature() {
    let key = |id: &str| (id == "FAKE_APP_ID").then(|| Secret::new("fake-app-secret"));
    let exchanges = ["signing_app_account_0.9", "signing_app_account"].map(load);
    for exchange in exchanges.iter().flat_map(|recording| &recording.exchanges) {
        let found = application::verify(key, &exchange.request);
        assert_eq!(found, Ok(Some("FAKE_APP_ID".to_owned())));
        let recorded = exchange.request.headers()[application::HEADER].clone();
        let mut request = exchange.request.clone();
        request.headers_mut().remove(application::HEADER);
        assert_eq!(application::verify(key, &request), Ok(None));
        let app = Account {
            access_id: "FAKE_APP_ID".into(),
            access_key: Secret::new("fake-app-secret"),
        };
        application::authorize(&app, &mut request);
        assert_eq!(request.headers()[application::HEADER], recorded);
        let other = |_: &str| Some(Secret::new("other"));
        assert!(matches!(
            application::verify(other, &request),
            Err(Refusal::BadSignature { .. })
        ));
        assert!(matches!(
            application::verify(|_| None, &request),
            Err(Refusal::UnknownAccessId { .. })
        ));
    }
}
