//! The second signature, of an application that acts for an account: HMAC-SHA1 over the value of
//! the `Authorization` header, in the header `application-authentication`.
//!
//! Authority: `accounts.py` of PyODPS, recorded in `signing_app_account_0.9.json`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::header::{AUTHORIZATION, HeaderValue};
use sha1::Sha1;
use wire::{Request, Secret};

use super::{Account, Refusal};

/// The header.
pub const HEADER: &str = "application-authentication";

/// Signs a request that an account has signed before.
pub fn authorize(application: &Account, request: &mut Request) {
    let Some(signed) = request.headers().get(AUTHORIZATION) else {
        return;
    };
    let signature = STANDARD.encode(mac(&application.access_key, signed).finalize().into_bytes());
    let text = format!(
        "account_provider:aliyun,signature_method:hmac-sha1,access_id:{},signature:{signature}",
        application.access_id
    );
    if let Ok(mut value) = HeaderValue::from_str(&text) {
        value.set_sensitive(true);
        request.headers_mut().insert(HEADER, value);
    }
}

/// Checks the second signature, if there is one, and returns the application's id.
pub fn verify(
    key_of: impl FnOnce(&str) -> Option<Secret>,
    request: &Request,
) -> Result<Option<String>, Refusal> {
    let Some(header) = request.headers().get(HEADER) else {
        return Ok(None);
    };
    let text = header.to_str().map_err(|_| Refusal::NoSignature)?;
    let item = |name: &str| {
        let mut items = text.split(',').filter_map(|item| item.split_once(':'));
        items
            .find(|(key, _)| key.trim() == name)
            .map(|(_, value)| value)
    };
    let (Some(access_id), Some(signature), Some("hmac-sha1")) = (
        item("access_id"),
        item("signature"),
        item("signature_method"),
    ) else {
        return Err(Refusal::NoSignature);
    };
    let access_id = access_id.to_owned();
    let Some(key) = key_of(&access_id) else {
        return Err(Refusal::UnknownAccessId { access_id });
    };
    let signed = request.headers().get(AUTHORIZATION);
    let genuine = signed.zip(STANDARD.decode(signature).ok());
    match genuine {
        Some((signed, signature)) if mac(&key, signed).verify_slice(&signature).is_ok() => {
            Ok(Some(access_id))
        }
        _ => Err(Refusal::BadSignature { access_id }),
    }
}

fn mac(key: &Secret, signed: &HeaderValue) -> Hmac<Sha1> {
    let mut mac = Hmac::<Sha1>::new_from_slice(key.expose().as_bytes())
        .expect("HMAC takes keys of every length, including none");
    mac.update(signed.as_bytes());
    mac
}
