//! One log line for each request, and the error document of a failure.
//!
//! A line holds method, path, status, time and the two request ids. Queries, headers and bodies are
//! never logged: they may hold tokens and keys.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use odps::error::REQUEST_ID;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::Gateway;
use crate::failure::Failure;

/// Runs a request inside a span with its id, then logs how it ended.
pub(crate) async fn record(
    State(_): State<Arc<Gateway>>,
    request: Request,
    next: Next,
) -> Response {
    let id = Uuid::new_v4().simple().to_string().to_uppercase();
    let span = tracing::info_span!(
        "request",
        id,
        method = %request.method(),
        path = request.uri().path(),
    );
    let begun = Instant::now();
    async {
        let mut response = next.run(request).await;
        let failure = response.extensions_mut().remove::<Failure>();
        let upstream_id = response
            .headers()
            .get(REQUEST_ID)
            .and_then(|id| id.to_str().ok());
        let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let status = response.status().as_u16();
        match &failure {
            None => tracing::info!(status, ms, upstream_id, "answered"),
            Some(failure) => {
                tracing::warn!(status, ms, code = failure.code(), reason = %failure, "refused");
            }
        }
        if let Some(failure) = failure {
            response = with_headers_of(&response, failure.document(&id));
        }
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().entry(REQUEST_ID).or_insert(id);
        }
        response
    }
    .instrument(span)
    .await
}

/// The document keeps the security headers that the inner layers have set.
fn with_headers_of(response: &Response, mut document: Response) -> Response {
    let of_its_body = [
        header::CONTENT_LENGTH,
        header::CONTENT_TYPE,
        header::CONTENT_ENCODING,
    ];
    for (name, value) in response
        .headers()
        .iter()
        .filter(|(name, _)| !of_its_body.contains(name))
    {
        document.headers_mut().entry(name).or_insert(value.clone());
    }
    document
}
