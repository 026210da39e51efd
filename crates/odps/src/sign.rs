//! Who asks: key pairs and the signatures made with them.

use http::header::AUTHORIZATION;
use wire::{Millis, Request, Secret};

pub mod application;
mod refusal;
pub mod v1;
pub mod v4;

pub use refusal::{MAX_SKEW, Refusal};

/// The header of a temporary key pair's token. It is not part of the signed text.
pub const STS_TOKEN: &str = "authorization-sts-token";

/// An Alibaba Cloud key pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The public half, sent with every request.
    pub access_id: String,
    /// The private half, never sent except inside the plan that starts a cluster.
    pub access_key: Secret,
}

/// Checks a signature of either version, as the form of its credential tells. Returns the access id.
pub fn verify(
    key_of: impl FnOnce(&str) -> Option<Secret>,
    request: &Request,
    now: Option<Millis>,
) -> Result<String, Refusal> {
    let header = request.headers().get(AUTHORIZATION);
    match header.and_then(|header| v4::Credential::read(header.to_str().ok()?)) {
        Some(_) => v4::verify(key_of, request, now),
        None => v1::verify(key_of, request, now),
    }
}
