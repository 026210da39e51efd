//! Signature V4: `Authorization: ODPS <access id>/<yyyymmdd>/<region>/odps/<prefix>_request:<signature>`.
//!
//! Authority: `accounts.py` of PyODPS 0.12 and 0.13; the headers of `signing_v4.json` are computed
//! again in `tests/replay/signatures.rs`. The text is that of V1. The key is a chain of HMAC-SHA256 from
//! `<prefix><secret>` over day, region, `odps` and `<prefix>_request`; the signature itself is
//! HMAC-SHA1. The prefix is an option of the client (`signature_prefix`).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::header::{AUTHORIZATION, DATE, HeaderValue};
use sha1::Sha1;
use sha2::Sha256;
use wire::{Millis, Request, Secret};

use super::{Account, Refusal, refusal, v1};
use crate::date;

/// The prefix that clients use unless told otherwise.
pub const PREFIX: &str = "aliyun_v4";

/// What a key is derived for, and whose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credential<'a> {
    /// The public half of the key pair.
    pub access_id: &'a str,
    /// The UTC day, `yyyymmdd`.
    pub day: &'a str,
    /// The region that the client believes the service to be in.
    pub region: &'a str,
    /// The first word of the chain.
    pub prefix: &'a str,
    signature: &'a str,
}

impl<'a> Credential<'a> {
    /// Takes the header apart; nothing if it is not of this version.
    pub fn read(header: &'a str) -> Option<Self> {
        let (credential, signature) = header.strip_prefix("ODPS ")?.trim().split_once(':')?;
        let mut parts = credential.split('/');
        let (access_id, day, region) = (parts.next()?, parts.next()?, parts.next()?);
        let (service, end) = (parts.next()?, parts.next()?);
        let prefix = end.strip_suffix("_request")?;
        let whole = service == "odps"
            && parts.next().is_none()
            && day.len() == 8
            && day.bytes().all(|byte| byte.is_ascii_digit());
        whole.then_some(Self {
            access_id,
            day,
            region,
            prefix,
            signature,
        })
    }
}

/// Sets `Date` and `Authorization` at the moment `now`. Everything else that is signed must be in
/// place already.
pub fn authorize(account: &Account, request: &mut Request, region: &str, now: Millis) {
    // RFC 1123 and digits are plain ASCII, so only an odd region or access id can fail: the request
    // then goes unsigned, which is what it is.
    if let Ok(date) = HeaderValue::from_str(&date::rfc1123(now)) {
        request.headers_mut().insert(DATE, date);
    }
    let day = date::day(now);
    let signature = STANDARD.encode(
        mac(&account.access_key, PREFIX, &day, region, request)
            .finalize()
            .into_bytes(),
    );
    let id = &account.access_id;
    let text = format!("ODPS {id}/{day}/{region}/odps/{PREFIX}_request:{signature}");
    match HeaderValue::from_str(&text) {
        Ok(mut value) => {
            value.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, value)
        }
        Err(_) => request.headers_mut().remove(AUTHORIZATION),
    };
}

/// Checks the signature and, when `now` is given, the age of a request and of its key. Returns the
/// access id.
pub fn verify(
    key_of: impl FnOnce(&str) -> Option<Secret>,
    request: &Request,
    now: Option<Millis>,
) -> Result<String, Refusal> {
    let header = request.headers().get(AUTHORIZATION);
    let credential = header
        .and_then(|header| Credential::read(header.to_str().ok()?))
        .ok_or(Refusal::NoSignature)?;
    let access_id = credential.access_id.to_owned();
    let Some(key) = key_of(&access_id) else {
        return Err(Refusal::UnknownAccessId { access_id });
    };
    let Credential {
        day,
        region,
        prefix,
        signature,
        ..
    } = credential;
    let genuine = STANDARD.decode(signature).is_ok_and(|signature| {
        mac(&key, prefix, day, region, request)
            .verify_slice(&signature)
            .is_ok()
    });
    if !genuine {
        return Err(Refusal::BadSignature { access_id });
    }
    if let Some(now) = now {
        refusal::fresh(request, now)?;
        // The day is the client's; around midnight it may be the one before or after.
        let near = [
            now.saturating_sub(refusal::MAX_SKEW),
            now + refusal::MAX_SKEW,
        ];
        if !near.into_iter().any(|moment| date::day(moment) == day) {
            return Err(Refusal::BadSignature { access_id });
        }
    }
    Ok(access_id)
}

fn mac(key: &Secret, prefix: &str, day: &str, region: &str, request: &Request) -> Hmac<Sha1> {
    let start = Secret::new(format!("{prefix}{}", key.expose()));
    let end = format!("{prefix}_request");
    let derived = [day, region, "odps", &end].into_iter().fold(
        start.expose().as_bytes().to_vec(),
        |key, word| {
            let mut mac = Hmac::<Sha256>::new_from_slice(&key)
                .expect("HMAC takes keys of every length, including none");
            mac.update(word.as_bytes());
            mac.finalize().into_bytes().to_vec()
        },
    );
    let mut mac = Hmac::<Sha1>::new_from_slice(&derived)
        .expect("HMAC takes keys of every length, including none");
    mac.update(v1::canonical_string(request).as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-22 14:53:50 UTC.
    const NOW: Millis = 1_795_359_230_000;

    fn signed() -> Request {
        let mut request = Request::default();
        *request.uri_mut() = "/projects/p/tables?expectmarker=true"
            .parse()
            .expect("an address");
        let account = Account {
            access_id: "ID".into(),
            access_key: Secret::new("KEY"),
        };
        authorize(&account, &mut request, "cn-beijing", NOW);
        request
    }

    fn key_of(id: &str) -> Option<Secret> {
        (id == "ID").then(|| Secret::new("KEY"))
    }

    #[test]
    fn a_signature_is_good_for_its_key_and_day() {
        let request = signed();
        assert_eq!(verify(key_of, &request, Some(NOW)).as_deref(), Ok("ID"));
        assert!(matches!(
            verify(|_| Some(Secret::new("OTHER")), &request, Some(NOW)),
            Err(Refusal::BadSignature { .. })
        ));
        assert!(matches!(
            verify(|_| None, &request, Some(NOW)),
            Err(Refusal::UnknownAccessId { .. })
        ));
        assert!(matches!(
            verify(key_of, &request, Some(NOW + 3_600_000)),
            Err(Refusal::Skewed { .. })
        ));
    }

    #[test]
    fn the_region_is_part_of_the_key() {
        let mut request = signed();
        let header = request.headers()[AUTHORIZATION].to_str().expect("text");
        let moved = header.replace("cn-beijing", "cn-hangzhou");
        let moved = HeaderValue::from_str(&moved).expect("a header");
        request.headers_mut().insert(AUTHORIZATION, moved);
        assert!(matches!(
            verify(key_of, &request, Some(NOW)),
            Err(Refusal::BadSignature { .. })
        ));
    }

    #[test]
    fn what_is_no_credential() {
        for header in [
            "ODPS ID:c2ln",
            "ODPS ID/2026/r/odps/aliyun_v4_request:c2ln",
            "ODPS ID/20261122/r/ecs/aliyun_v4_request:c2ln",
            "ODPS ID/20261122/r/odps/aliyun_v4:c2ln",
            "ODPS ID/20261122/r/odps/aliyun_v4_request/x:c2ln",
            "",
        ] {
            assert_eq!(Credential::read(header), None, "{header}");
        }
    }
}
