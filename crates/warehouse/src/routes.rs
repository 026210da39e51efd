//! Where a request goes: by its Host to a cluster's web server, else by its path to the control plane
//! (`/api`), the tunnel (`/projects`), the log viewer or the poke routes (`/-`).
//!
//! Every answer carries `x-odps-request-id`; every request is one line of the log. Queries are not
//! logged, because the log viewer's carries a token.

use crate::app::App;
use crate::handlers::{control, instances, internal, logview, poke, proxy, tunnel};
use crate::record::Exchange;
use crate::{auth, keys};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE, HOST};
use http::{HeaderValue, Method, Request, Response, StatusCode, Uri};
use odps::Error;
use odps::error::REQUEST_ID;
use std::sync::Arc;
use std::time::Instant;
use wire::Secret;

/// The largest body: PyODPS cuts a resource into parts above 64 MiB.
const BODY_MAX: usize = 256 << 20;

/// Every route is matched here, because ODPS tells its operations apart by query items.
pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new().fallback(answer).with_state(app)
}

/// What a request is for.
enum Kind {
    Odps,
    Tunnel,
    /// A host below the proxy domain, with its token.
    Mars(Secret),
    Poke,
    Logview,
    Nothing,
}

impl Kind {
    fn of(request: &Request<Body>) -> Self {
        // HTTP/1.1 has the host in a header; the URI has one only when a proxy was asked.
        let host = request
            .headers()
            .get(HOST)
            .and_then(|host| host.to_str().ok());
        if let Some(token) = host.or(request.uri().host()).and_then(token_of) {
            return Self::Mars(Secret::new(token));
        }
        match request.uri().path() {
            path if path == "/api" || path.starts_with("/api/") => Self::Odps,
            path if path.starts_with("/projects/") => Self::Tunnel,
            path if path.starts_with("/-/") => Self::Poke,
            path if path.starts_with("/logview/") => Self::Logview,
            _ => Self::Nothing,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Odps => "odps",
            Self::Tunnel => "tunnel",
            Self::Mars(_) => "mars-web",
            Self::Poke => "poke",
            Self::Logview => "logview",
            Self::Nothing => "none",
        }
    }

    fn recorded(&self) -> bool {
        matches!(self, Self::Odps | Self::Tunnel | Self::Mars(_))
    }
}

/// The label in front of `.localhost`, in lower case.
fn token_of(host: &str) -> Option<String> {
    let name = host
        .split_once(':')
        .map_or(host, |(name, _)| name)
        .to_ascii_lowercase();
    let label = name.trim_end_matches('.').strip_suffix(".localhost")?;
    Some(label.to_owned())
}

async fn answer(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let began = Instant::now();
    let id = keys::random()[..24].to_uppercase();
    let kind = Kind::of(&request);
    let name = kind.name();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let mut response = if method == Method::OPTIONS && !matches!(kind, Kind::Mars(_)) {
        options()
    } else {
        dispatch(&app, kind, request, &id).await
    };
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().entry(REQUEST_ID).or_insert(id);
    }
    let status = response.status().as_u16();
    let ms = began.elapsed().as_millis();
    tracing::info!(request_id = id, service = name, %method, path, status, ms, "request");
    response
}

/// Reads the body, lets the request be answered, and keeps a record of both if that is wished.
async fn dispatch(app: &Arc<App>, kind: Kind, request: Request<Body>, id: &str) -> Response<Body> {
    let record = app.record.as_ref().filter(|_| kind.recorded());
    if let (Kind::Mars(token), None) = (&kind, record) {
        // Nobody reads along: the body may stream.
        return mars(app, token, request, id).await;
    }
    if matches!(kind, Kind::Tunnel) && tunnel::streams(&request) {
        return block(app, request, id).await;
    }
    let (parts, body) = request.into_parts();
    let body = match to_bytes(body, BODY_MAX).await {
        Ok(body) => body,
        Err(error) => {
            let text = format!("ODPS-0420061: Invalid request body - {error}");
            let error = Error::status(StatusCode::PAYLOAD_TOO_LARGE, "InvalidParameter", text);
            return whole(error.with_request_id(id).into_response());
        }
    };
    let request = Request::from_parts(parts, body);
    let exchange = record.map(|record| (record, Exchange::of(kind.name(), &request)));
    let response = route(app, kind, request, id).await;
    if let Some((record, exchange)) = exchange {
        record.keep(exchange, response.status());
    }
    response
}

/// Rows that are written stream into their file. Their bytes are not recorded.
async fn block(app: &Arc<App>, request: Request<Body>, id: &str) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let head = Request::from_parts(parts, Bytes::new());
    let exchange = app.record.as_ref();
    let exchange = exchange.map(|record| (record, Exchange::of(Kind::Tunnel.name(), &head)));
    let response = match checked(app, head, "") {
        Ok(head) => tunnel::block(app, &head, body).await,
        Err(error) => Err(error),
    }
    .unwrap_or_else(|error| whole(error.with_request_id(id).into_json_response()));
    if let Some((record, exchange)) = exchange {
        record.keep(exchange, response.status());
    }
    response
}

async fn route(app: &Arc<App>, kind: Kind, request: wire::Request, id: &str) -> Response<Body> {
    let xml = |error: Error| whole(error.with_request_id(id).into_response());
    match kind {
        Kind::Mars(token) => mars(app, &token, request.map(Body::from), id).await,
        Kind::Odps => odps(app, request).await.map_or_else(xml, whole),
        Kind::Tunnel => match checked(app, request, "") {
            Ok(request) => tunnel::answer(app, &request).await,
            Err(error) => Err(error),
        }
        .unwrap_or_else(|error| whole(error.with_request_id(id).into_json_response())),
        Kind::Poke => whole(poke::answer(app, &request)),
        Kind::Logview => whole(logview::answer(app, &request)),
        Kind::Nothing => xml(Error::no_such_object(
            "ODPS-0420021: nothing is served here; the control plane is below /api",
        )),
    }
}

async fn mars(app: &App, token: &Secret, request: Request<Body>, id: &str) -> Response<Body> {
    let answer = proxy::answer(app, token, request).await;
    answer.unwrap_or_else(|error| whole(error.with_request_id(id).into_response()))
}

/// The control plane reads and writes files, so it answers on a thread where that may take time.
async fn odps(app: &Arc<App>, request: wire::Request) -> Result<wire::Response, Error> {
    let request = checked(app, request, "/api")?;
    instances::hold(app, &request).await;
    let app = app.clone();
    let answer = tokio::task::spawn_blocking(move || control::answer(&app, &request)).await;
    answer.unwrap_or_else(|error| Err(internal(crate::Error::Thread(error))))
}

/// The request as the protocol crates know it, if it is signed: with the path below the endpoint,
/// which is also what the signature covers. HEAD is answered as GET; the server drops the body.
fn checked(app: &App, mut request: wire::Request, prefix: &str) -> Result<wire::Request, Error> {
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let path = path.strip_prefix(prefix).unwrap_or(path);
    // `/api?x` names the root.
    let slash = if path.starts_with('/') { "" } else { "/" };
    *request.uri_mut() = Uri::try_from(format!("{slash}{path}")).map_err(|error| {
        let text = format!("ODPS-0420061: Invalid parameter in HTTP request - {error}");
        Error::status(StatusCode::BAD_REQUEST, "InvalidParameter", text)
    })?;
    let caller = auth::check(app, &request)?;
    request.extensions_mut().insert(caller);
    if request.method() == Method::HEAD {
        *request.method_mut() = Method::GET;
    }
    Ok(request)
}

/// A complete response as one that may stream.
pub(crate) fn whole(response: wire::Response) -> Response<Body> {
    response.map(Body::from)
}

/// A small page or text of our own.
pub(crate) fn page(status: StatusCode, kind: &'static str, body: String) -> wire::Response {
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

fn options() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let verbs = HeaderValue::from_static("GET, HEAD, POST, PUT, DELETE, OPTIONS");
    response.headers_mut().insert(ALLOW, verbs);
    response
}

#[cfg(test)]
mod tests {
    use super::token_of;

    #[test]
    fn a_token_is_the_label_before_localhost() {
        assert_eq!(token_of("AbC9.localhost:8000").as_deref(), Some("abc9"));
        assert_eq!(token_of("abc.LOCALHOST.").as_deref(), Some("abc"));
        assert_eq!(token_of("localhost:8000"), None);
        assert_eq!(token_of("127.0.0.1:8000"), None);
        assert_eq!(token_of("abc.localhost.example.com"), None);
    }
}
