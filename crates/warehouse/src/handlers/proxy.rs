//! `http://<token>.localhost:<port>/…`: the Cupid proxy. Streams a request to the web server of the
//! cluster that the token opens, and its answer back.
//!
//! The token is the credential: a signature is neither asked for nor passed on. A connection that
//! becomes a WebSocket is passed on both ways; the kernels of the notebook speak on one.

use crate::app::App;
use crate::clusters::App as Target;
use crate::faults::Fault;
use axum::body::Body;
use http::header::{
    AUTHORIZATION, CONNECTION, HeaderName, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE, TRAILER,
    TRANSFER_ENCODING, UPGRADE,
};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Uri};
use hyper::upgrade::OnUpgrade;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioIo};
use odps::Error;
use wire::Secret;

/// Headers that concern one connection only (RFC 9110, 7.6.1).
const HOP: [HeaderName; 7] = [
    CONNECTION,
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// The client side of the proxy. Connections are not kept: Tornado closes idle ones at will.
#[derive(Clone, Debug)]
pub(crate) struct Proxy(Client<HttpConnector, Body>);

impl Default for Proxy {
    fn default() -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new())
            .pool_max_idle_per_host(0)
            .build(connector);
        Self(client)
    }
}

/// Passes a request on.
pub(crate) async fn answer(
    app: &App,
    token: &Secret,
    mut request: Request<Body>,
) -> Result<Response<Body>, Error> {
    let door = app.clusters.door(token.expose()).ok_or_else(|| {
        Error::no_such_object("the proxy token is not known, has expired, or its cluster has ended")
    })?;
    if app.faults.has(Fault::MarsUnreachable) {
        return Err(unreachable("connection refused (asked for by a fault)"));
    }
    let (port, key) = match door.app {
        Target::Web => (door.port, None),
        Target::Notebook => {
            let found = app.clusters.notebook(&door.cluster).await;
            let (port, key) = found.map_err(|why| unreachable(&format!("notebook: {why}")))?;
            (port, Some(key))
        }
    };
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let address = format!("http://127.0.0.1:{port}{path}");
    *request.uri_mut() = Uri::try_from(address).map_err(|error| unreachable(&error.to_string()))?;
    let wish = upgrade(request.headers());
    let ours = wish.as_ref().map(|_| hyper::upgrade::on(&mut request));
    pass_on(request.headers_mut(), wish.as_ref());
    request.headers_mut().remove(AUTHORIZATION);
    if let Some(key) = key {
        let value = HeaderValue::from_str(&format!("token {}", key.expose()));
        let mut value = value.map_err(|error| unreachable(&error.to_string()))?;
        value.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, value);
    }
    let mut response = app.proxy.0.request(request).await.map_err(|error| {
        let reason = std::error::Error::source(&error)
            .map_or(error.to_string(), |source| format!("{error}: {source}"));
        tracing::warn!(
            cluster = door.cluster,
            reason,
            "the web server cannot be reached"
        );
        unreachable(&reason)
    })?;
    let granted = upgrade(response.headers());
    if let (StatusCode::SWITCHING_PROTOCOLS, Some(ours)) = (response.status(), ours) {
        let theirs = hyper::upgrade::on(&mut response);
        tokio::spawn(join(ours, theirs));
    }
    pass_on(response.headers_mut(), granted.as_ref());
    Ok(response.map(Body::new))
}

/// Carries bytes both ways until one side ends.
async fn join(ours: OnUpgrade, theirs: OnUpgrade) {
    let (Ok(ours), Ok(theirs)) = tokio::join!(ours, theirs) else {
        return;
    };
    let (mut ours, mut theirs) = (TokioIo::new(ours), TokioIo::new(theirs));
    if let Err(error) = tokio::io::copy_bidirectional(&mut ours, &mut theirs).await {
        tracing::debug!(%error, "a connection through the proxy was cut");
    }
}

/// What a connection is to become.
fn upgrade(headers: &HeaderMap) -> Option<HeaderValue> {
    headers
        .get(UPGRADE)
        .filter(|_| named(headers, CONNECTION).any(|name| name == UPGRADE))
        .cloned()
}

/// Takes off what concerns this connection only, but for its upgrade.
fn pass_on(headers: &mut HeaderMap, upgrade: Option<&HeaderValue>) {
    strip(headers);
    if let Some(upgrade) = upgrade {
        headers.insert(UPGRADE, upgrade.clone());
        headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
    }
}

/// The header names that a header lists.
fn named(headers: &HeaderMap, list: HeaderName) -> impl Iterator<Item = HeaderName> {
    headers
        .get_all(list)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
}

fn strip(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = named(headers, CONNECTION).collect();
    for name in HOP.iter().chain(&named) {
        headers.remove(name);
    }
    headers.remove("keep-alive");
}

fn unreachable(reason: &str) -> Error {
    Error::status(
        StatusCode::BAD_GATEWAY,
        "UpstreamUnreachable",
        format!("the web server of the cluster cannot be reached: {reason}"),
    )
}
