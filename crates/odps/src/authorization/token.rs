//! The text of a bearer token: made and checked by the local warehouse, its expiry read by anyone.
//!
//! All that clients know of the real text is that it is base64 of fields with commas between them
//! and that the third one is the expiry in epoch seconds (PyODPS 0.13 reads it). So is this one:
//! `mars-console,<access id>,<expiry>,<base64 of the policy>,<base64 of HMAC-SHA256>`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use wire::{Millis, Secret};

use crate::sign::Account;

/// What a genuine token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// In whose name.
    pub access_id: String,
    /// Until when.
    pub expires_at: Millis,
    /// What it allows.
    pub policy: Value,
}

/// Makes a token for a policy.
pub fn issue(account: &Account, policy: &Value, expires_at: Millis) -> Secret {
    let policy = STANDARD.encode(policy.to_string());
    let fields = format!(
        "mars-console,{},{},{policy}",
        account.access_id,
        expires_at / 1000
    );
    let signature = STANDARD.encode(mac(&account.access_key, &fields).finalize().into_bytes());
    Secret::new(STANDARD.encode(format!("{fields},{signature}")))
}

/// Checks a token made by [`issue`]: by the key of its access id, and by its expiry.
pub fn verify(
    key_of: impl FnOnce(&str) -> Option<Secret>,
    token: &str,
    now: Millis,
) -> Option<Claims> {
    genuine(key_of, token).filter(|claims| now < claims.expires_at)
}

/// What a token made by [`issue`] says, which may be too old; nothing if it is no such token.
pub fn genuine(key_of: impl FnOnce(&str) -> Option<Secret>, token: &str) -> Option<Claims> {
    let text = String::from_utf8(STANDARD.decode(token.trim()).ok()?).ok()?;
    let (fields, signature) = text.rsplit_once(',')?;
    let mut parts = fields.splitn(4, ',');
    let (_, access_id, expiry, policy) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let key = key_of(access_id)?;
    mac(&key, fields)
        .verify_slice(&STANDARD.decode(signature).ok()?)
        .ok()?;
    let expires_at = expiry.parse::<u64>().ok()?.checked_mul(1000)?;
    let policy = serde_json::from_slice(&STANDARD.decode(policy).ok()?).ok()?;
    Some(Claims {
        access_id: access_id.to_owned(),
        expires_at,
        policy,
    })
}

/// When a token ends, if its text says so. Nothing is checked: for showing, not for trusting.
pub fn expires_at(token: &Secret) -> Option<Millis> {
    let bytes = STANDARD.decode(token.expose().trim()).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let seconds: u64 = text.split(',').nth(2)?.trim().parse().ok()?;
    seconds.checked_mul(1000)
}

fn mac(key: &Secret, text: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose().as_bytes())
        .expect("HMAC takes keys of every length, including none");
    mac.update(text.as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account() -> Account {
        Account {
            access_id: "ID".into(),
            access_key: Secret::new("KEY"),
        }
    }

    fn key_of(id: &str) -> Option<Secret> {
        (id == "ID").then(|| Secret::new("KEY"))
    }

    #[test]
    fn a_token_is_good_until_it_ends() {
        let policy = serde_json::json!({"Version": "1"});
        let token = issue(&account(), &policy, 10_000);
        assert_eq!(expires_at(&token), Some(10_000));
        let claims = verify(key_of, token.expose(), 9_999).expect("a good token");
        assert_eq!(
            claims,
            Claims {
                access_id: "ID".into(),
                expires_at: 10_000,
                policy
            }
        );
        assert_eq!(verify(key_of, token.expose(), 10_000), None);
        assert_eq!(
            verify(|_| Some(Secret::new("OTHER")), token.expose(), 0),
            None
        );
        assert_eq!(verify(|_| None, token.expose(), 0), None);
    }

    #[test]
    fn a_changed_token_is_refused() {
        let token = issue(&account(), &serde_json::json!({}), 10_000);
        let text =
            String::from_utf8(STANDARD.decode(token.expose()).expect("base64")).expect("text");
        let forged = STANDARD.encode(text.replace(",10,", ",99,"));
        assert_eq!(verify(key_of, &forged, 0), None);
    }

    #[test]
    fn the_expiry_of_a_recorded_token() {
        let token = Secret::new("U1RVQi1CRUFSRVItVE9LRU4sMSwxNzY5ODE3NjAwLHN0dWI=");
        assert_eq!(expires_at(&token), Some(1_769_817_600_000));
        assert_eq!(expires_at(&Secret::new("not base64")), None);
    }
}
