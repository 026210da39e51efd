//! The gateway's own failures, written like those of ODPS: an XML error document with code, message
//! and request id, so that the page has one way to read an error.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Why the gateway answers for itself instead of passing an upstream's answer on.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("the gateway does not answer under the name {host:?}")]
    ForbiddenHost { host: String },
    #[error("requests from {origin} are not accepted")]
    ForbiddenOrigin { origin: String },
    #[error("there is nothing at {path}")]
    NoSuchPath { path: String },
    #[error("the path cannot be passed on: {reason}")]
    InvalidPath { reason: &'static str },
    #[error("{method} is not possible here")]
    MethodNotAllowed { method: String },
    #[error("the page has not been built: {file} is missing")]
    PageMissing { file: String },
    #[error("the request could not be read: {reason}")]
    InvalidRequest { reason: String },
    #[error("a plan is at most {limit} bytes long")]
    PlanTooLarge { limit: usize },
    #[error("the plan could not be read: {reason}")]
    InvalidPlan { reason: String },
    #[error("the key to the engine's pages is not known or has ended: open them again")]
    KeyEnded,
    #[error("there are {limit} open connections already")]
    TooManyConnections { limit: usize },
    #[error("this gateway runs no leases")]
    LeasesOff,
    #[error("the lease could not be written down: {reason}")]
    LeaseNotKept { reason: String },
    #[error("{reason}")]
    MarsNotReady { reason: String },
    #[error("{service} does not answer: {reason}")]
    UpstreamUnreachable {
        service: &'static str,
        reason: String,
    },
    #[error("{service} did not answer in time")]
    UpstreamTimeout { service: &'static str },
}

impl Failure {
    /// The ODPS code of the error document.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::ForbiddenHost { .. } => "ForbiddenHost",
            Self::ForbiddenOrigin { .. } => "ForbiddenOrigin",
            Self::NoSuchPath { .. } => "NoSuchObject",
            Self::InvalidPath { .. } | Self::InvalidRequest { .. } | Self::InvalidPlan { .. } => {
                "InvalidArgument"
            }
            Self::MethodNotAllowed { .. } => "MethodNotAllowed",
            Self::PageMissing { .. } => "PageMissing",
            Self::PlanTooLarge { .. } => "RequestTooLarge",
            Self::KeyEnded => "KeyEnded",
            Self::TooManyConnections { .. } => "TooManyConnections",
            Self::LeasesOff => "LeasesOff",
            Self::LeaseNotKept { .. } => "LeaseNotKept",
            Self::MarsNotReady { .. } => "MarsNotReady",
            Self::UpstreamUnreachable { .. } => "UpstreamUnreachable",
            Self::UpstreamTimeout { .. } => "UpstreamTimeout",
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::ForbiddenHost { .. } | Self::ForbiddenOrigin { .. } | Self::KeyEnded => {
                StatusCode::FORBIDDEN
            }
            Self::TooManyConnections { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::NoSuchPath { .. } => StatusCode::NOT_FOUND,
            Self::LeasesOff => StatusCode::CONFLICT,
            Self::LeaseNotKept { .. } => StatusCode::INTERNAL_SERVER_ERROR,
            Self::InvalidPath { .. } | Self::InvalidRequest { .. } | Self::InvalidPlan { .. } => {
                StatusCode::BAD_REQUEST
            }
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::PlanTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::PageMissing { .. } | Self::MarsNotReady { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::UpstreamUnreachable { .. } => StatusCode::BAD_GATEWAY,
            Self::UpstreamTimeout { .. } => StatusCode::GATEWAY_TIMEOUT,
        }
    }

    /// Writes the error document.
    pub(crate) fn document(&self, request_id: &str) -> Response {
        let error = odps::Error::Status {
            status: self.status().as_u16(),
            code: self.code().to_owned(),
            message: self.to_string(),
            request_id: Some(request_id.to_owned()),
        };
        let mut response = error.into_response().map(Body::from);
        if matches!(self, Self::MarsNotReady { .. }) {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

/// Carries the failure to `observe`, which knows the request id and writes the document.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status();
        response.extensions_mut().insert(self);
        response
    }
}
