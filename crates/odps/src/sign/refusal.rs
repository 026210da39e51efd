//! Why a request is refused, in the words and codes of the service.

use http::StatusCode;
use http::header::DATE;
use wire::{Millis, Request};

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
    /// A token is not the one of the temporary key pair, or a bearer token was not signed here.
    #[error("the token is not genuine")]
    BadToken,
    /// The token of a temporary key pair, or a bearer token, is too old.
    #[error("the token has expired")]
    Expired,
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
            Refusal::BadToken => (
                StatusCode::UNAUTHORIZED,
                "Unauthorized",
                "ODPS-0410051:Invalid credentials - the token is not genuine".to_owned(),
            ),
            // PyODPS reads its token anew when it meets this code.
            Refusal::Expired => (
                StatusCode::UNAUTHORIZED,
                "AuthenticationRequestExpired",
                "ODPS-0410051:Invalid credentials - the token has expired".to_owned(),
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

/// Checks that the `Date` of a request is near `now`.
pub(super) fn fresh(request: &Request, now: Millis) -> Result<(), Refusal> {
    let date = request.headers().get(DATE);
    let date = date
        .and_then(|date| date.to_str().ok())
        .and_then(date::parse_rfc1123);
    if date.is_none_or(|date| date.abs_diff(now) > MAX_SKEW) {
        return Err(Refusal::Skewed { date, now });
    }
    Ok(())
}
