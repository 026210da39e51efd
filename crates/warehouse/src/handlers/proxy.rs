//! `http://<token>.localhost:<port>/…`: the Cupid proxy. Streams a request to the web server of the
//! cluster that the token opens, and its answer back.
//!
//! The token is the credential: a signature is neither asked for nor passed on.

use crate::app::App;
use crate::clusters::App as Target;
use crate::faults::Fault;
use crate::routes::{page, whole};
use axum::body::Body;
use http::header::{
    AUTHORIZATION, CONNECTION, HeaderName, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE, TRAILER,
    TRANSFER_ENCODING, UPGRADE,
};
use http::{HeaderMap, Request, Response, StatusCode, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
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

/// The notebook is registered because clients wait for it; there is none.
const NOTEBOOK: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
<title>Notebook</title>\n<h1>No notebook here</h1>\n\
<p>The local MaxCompute runs the Mars engine without a notebook server. \
The cluster itself is complete.</p>\n\
<p lang=\"zh\">本地 MaxCompute 只运行 Mars 引擎，不带 Notebook 服务；集群本身是完整的。</p>\n</html>\n";

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
    if door.app == Target::Notebook {
        return Ok(whole(page(
            StatusCode::OK,
            "text/html; charset=utf-8",
            NOTEBOOK.to_owned(),
        )));
    }
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let address = format!("http://127.0.0.1:{}{path}", door.port);
    *request.uri_mut() = Uri::try_from(address).map_err(|error| unreachable(&error.to_string()))?;
    strip(request.headers_mut());
    request.headers_mut().remove(AUTHORIZATION);
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
    strip(response.headers_mut());
    Ok(response.map(Body::new))
}

fn strip(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
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
