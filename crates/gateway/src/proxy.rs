//! The reverse proxy: `/odps`, `/tunnel` and `/mars/<instance>` to the three configured upstreams.
//!
//! Bodies stream in both directions; when the browser goes away, its connection's task is dropped
//! and with it the upstream request. The page's cookies and `Authorization` stay here, the
//! upstream's cookies stay there, and no answer of an upstream may act as a page of the console's
//! origin: the engine's HTML pages are sandboxed, everything else cannot run at all.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::Response;
use http_body_util::{BodyExt, Limited};
use odps::tunnel::unpack::ACCEPT_HEADER;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use wire::Secret;

use crate::Gateway;
use crate::credentials;
use crate::failure::Failure;
use crate::guard;
use crate::socket;
use crate::upstream;

/// RFC 9110 section 7.6.1, and the older `Keep-Alive` and `Proxy-Connection`.
const HOP_BY_HOP: [HeaderName; 9] = [
    header::CONNECTION,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
];

/// What the browser says to the gateway and no upstream needs to know.
const PRIVATE: [HeaderName; 9] = [
    header::HOST,
    header::COOKIE,
    header::AUTHORIZATION,
    header::ORIGIN,
    header::REFERER,
    header::USER_AGENT,
    header::DATE,
    header::FORWARDED,
    header::UPGRADE_INSECURE_REQUESTS,
];

/// What an upstream must not tell the browser in the console's name.
const FOREIGN: [HeaderName; 9] = [
    header::SET_COOKIE,
    header::STRICT_TRANSPORT_SECURITY,
    header::ALT_SVC,
    header::REFRESH,
    header::CONTENT_SECURITY_POLICY,
    header::CONTENT_SECURITY_POLICY_REPORT_ONLY,
    HeaderName::from_static("clear-site-data"),
    HeaderName::from_static("service-worker-allowed"),
    HeaderName::from_static("x-frame-options"),
];

/// Characters that stand for themselves in a query value.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// `/odps/<canonical path>`.
pub(crate) async fn odps(
    State(gateway): State<Arc<Gateway>>,
    request: Request,
) -> Result<Response, Failure> {
    let rest = rest(&gateway, &request, "/odps")?;
    let base = gateway.config.odps_endpoint.clone();
    let request = if credentials::is_plan_upload(
        &gateway.config,
        request.method(),
        rest.path(),
        request.headers(),
    ) {
        with_filled_plan(&gateway, request).await?
    } else {
        request
    };
    let response = send(&gateway, "the ODPS endpoint", &base, rest, request).await?;
    Ok(inert(response))
}

/// `/tunnel/<canonical path>`.
pub(crate) async fn tunnel(
    State(gateway): State<Arc<Gateway>>,
    request: Request,
) -> Result<Response, Failure> {
    let rest = rest(&gateway, &request, "/tunnel")?;
    let base = gateway.config.tunnel_endpoint.clone();
    let request = with_coding(&gateway, request);
    Ok(inert(
        send(&gateway, "the tunnel", &base, rest, request).await?,
    ))
}

/// Asks the tunnel for the coding that the page wishes: the browser's own `Accept-Encoding` is a list,
/// which the tunnel does not read, and no program may change it. A warehouse on this machine is asked
/// for plain rows, since packing them would cost more than it saves.
fn with_coding(gateway: &Gateway, mut request: Request) -> Request {
    let Some(wish) = request.headers_mut().remove(ACCEPT_HEADER) else {
        return request;
    };
    let wish = match gateway.config.local {
        true => HeaderValue::from_static("identity"),
        false => wish,
    };
    request.headers_mut().insert(header::ACCEPT_ENCODING, wish);
    request
}

/// `/mars/<instance>/<path>`: the web server of a cluster, behind its proxy token.
pub(crate) async fn mars(
    State(gateway): State<Arc<Gateway>>,
    request: Request,
) -> Result<Response, Failure> {
    let below = gateway
        .config
        .below_base(request.uri().path())
        .unwrap_or_default()
        .to_owned();
    let instance = below
        .strip_prefix("/mars/")
        .and_then(|path| path.split('/').next())
        .unwrap_or_default();
    let instance = instance_id(instance)?.to_owned();
    let prefix = format!("/mars/{instance}");
    let rest = rest(&gateway, &request, &prefix)?;
    let (_, answer) = ask_engine(&gateway, &instance, rest, request, socket::LIFE).await?;
    Ok(engine(&gateway, &below, &prefix, answer))
}

/// Asks the web server of a cluster; `life` bounds what becomes a WebSocket. Also answers the
/// authority under which the engine was asked, since its pages name it.
pub(crate) async fn ask_engine(
    gateway: &Arc<Gateway>,
    instance: &str,
    path: PathAndQuery,
    request: Request,
    life: Duration,
) -> Result<(Secret, Response), Failure> {
    const SERVICE: &str = "the Mars proxy";
    let is_api_root = path.path() == "/api";
    let token = gateway.tokens.web(gateway, instance).await?;
    let authority = Secret::new(format!("{}.{}", token.expose(), gateway.config.mars_proxy));
    let base = format!("http://{}", authority.expose());
    let answer = match socket::wish(request.headers()) {
        Some(_) => socket::join(gateway, SERVICE, &base, path, request, life).await,
        None => send(gateway, SERVICE, &base, path, request).await,
    };
    let lost = match &answer {
        Ok(response) => is_proxys_own(is_api_root, response),
        Err(failure) => matches!(failure, Failure::UpstreamUnreachable { .. }),
    };
    if lost {
        gateway.tokens.drop_web(instance, &token);
    }
    Ok((authority, answer?))
}

/// Whether a 404 comes from the Mars proxy, which does not know the token any more, and not from the
/// engine: that one answers `/api` with 200 as long as it lives, and never writes XML.
fn is_proxys_own(is_api_root: bool, response: &Response) -> bool {
    let kind = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let is_xml = kind.is_some_and(|kind| kind.starts_with("application/xml"));
    response.status() == StatusCode::NOT_FOUND && (is_api_root || is_xml)
}

/// An instance id becomes part of the manager's request and of our own path: letters and digits.
pub(crate) fn instance_id(id: &str) -> Result<&str, Failure> {
    if !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        Ok(id)
    } else {
        Err(Failure::InvalidPath {
            reason: "an instance id is made of letters and digits",
        })
    }
}

/// Path and query behind a prefix, with `curr_project` added where it is missing.
pub(crate) fn rest(
    gateway: &Gateway,
    request: &Request,
    prefix: &str,
) -> Result<PathAndQuery, Failure> {
    let below = gateway
        .config
        .below_base(request.uri().path())
        .unwrap_or_default();
    let path = below.strip_prefix(prefix).unwrap_or_default();
    let path = if path.is_empty() { "/" } else { path };
    // The URL parser of the client would resolve dot segments and so leave the endpoint's path.
    let decoded = percent_decode_str(path).collect::<Vec<u8>>();
    let dots = |part: &[u8]| matches!(part, b"." | b"..");
    if decoded.split(|byte| matches!(byte, b'/' | b'\\')).any(dots) {
        return Err(Failure::InvalidPath {
            reason: "a segment leads out of it",
        });
    }
    let query = request.uri().query().unwrap_or_default();
    let named = |item: &str| item == "curr_project" || item.starts_with("curr_project=");
    let text = if query.split('&').any(named) {
        format!("{path}?{query}")
    } else {
        let project = utf8_percent_encode(&gateway.config.project, QUERY);
        let joint = if query.is_empty() { "" } else { "&" };
        format!("{path}?{query}{joint}curr_project={project}")
    };
    text.parse().map_err(|_| Failure::InvalidPath {
        reason: "it is no path",
    })
}

async fn with_filled_plan(gateway: &Gateway, request: Request) -> Result<Request, Failure> {
    let (mut parts, body) = request.into_parts();
    let limit = credentials::PLAN_LIMIT;
    let body = Limited::new(body, limit).collect().await.map_err(|error| {
        if error.is::<http_body_util::LengthLimitError>() {
            Failure::PlanTooLarge { limit }
        } else {
            Failure::InvalidRequest {
                reason: error.to_string(),
            }
        }
    })?;
    let body = credentials::fill(&gateway.account, body.to_bytes())?;
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// Signs and sends; the answer's body is still on its way when this returns.
async fn send(
    gateway: &Gateway,
    service: &'static str,
    base: &str,
    path: PathAndQuery,
    request: Request,
) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let url = reqwest::Url::parse(&format!("{base}{path}")).map_err(|_| Failure::InvalidPath {
        reason: "it makes no address",
    })?;
    let headers = outgoing(&parts.headers);
    let headers = credentials::sign(&gateway.account, &parts.method, &Uri::from(path), headers);
    let mut outgoing = gateway
        .client
        .request(parts.method.clone(), url)
        .headers(headers);
    if !body.is_end_stream() {
        outgoing = outgoing.body(reqwest::Body::wrap_stream(body.into_data_stream()));
    } else if !matches!(parts.method, Method::GET | Method::HEAD) {
        outgoing = outgoing.body(reqwest::Body::from(Vec::new()));
    }
    let answer = outgoing
        .send()
        .await
        .map_err(|error| upstream::failure(service, error))?;
    let (mut parts, body) = http::Response::from(answer).into_parts();
    incoming(&mut parts.headers);
    let span = tracing::Span::current();
    let body = body.map_err(move |error| {
        // The status has been sent already: the browser sees the connection break.
        span.in_scope(|| {
            tracing::warn!(
                reason = upstream::reason(&error),
                "the answer of {service} broke off"
            );
        });
        error.without_url()
    });
    Ok(Response::from_parts(parts, Body::new(body)))
}

/// Takes off what an upstream must not tell the browser.
pub(crate) fn incoming(headers: &mut HeaderMap) {
    strip(headers, &HOP_BY_HOP);
    strip(headers, &FOREIGN);
    strip_prefixed(headers, "access-control-");
}

/// What an upstream is told of the browser's headers.
pub(crate) fn outgoing(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    strip(&mut headers, &HOP_BY_HOP);
    strip(&mut headers, &PRIVATE);
    strip_prefixed(&mut headers, "sec-");
    strip_prefixed(&mut headers, "x-forwarded-");
    strip_prefixed(&mut headers, "x-mars-");
    headers
}

fn strip(headers: &mut HeaderMap, names: &[HeaderName]) {
    // `Connection` may name further headers of this hop.
    let named: Vec<String> = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(',').map(|name| name.trim().to_owned()))
        .collect();
    for name in named {
        headers.remove(name.as_str());
    }
    for name in names {
        headers.remove(name);
    }
}

fn strip_prefixed(headers: &mut HeaderMap, prefix: &str) {
    let names: Vec<HeaderName> = headers
        .keys()
        .filter(|name| name.as_str().starts_with(prefix))
        .cloned()
        .collect();
    for name in names {
        headers.remove(name);
    }
}

/// An answer that is data: it runs nothing even when it is opened as a page.
fn inert(mut response: Response) -> Response {
    let policy = HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    without_store(response)
}

pub(crate) fn without_store(mut response: Response) -> Response {
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The engine's pages get an opaque origin: their scripts run, but not as the console.
fn engine(gateway: &Gateway, below: &str, prefix: &str, mut response: Response) -> Response {
    if response.status().is_redirection() {
        relocate(gateway, prefix, response.headers_mut());
    }
    // The Mars API says `text/html` for plain values too, hence the path decides.
    if guard::is_engine_api(below) {
        return inert(response);
    }
    let ancestors = match gateway.config.frame_ancestors.as_slice() {
        [] => String::new(),
        list => format!(" {}", list.join(" ")),
    };
    let policy = format!(
        "sandbox allow-scripts allow-forms allow-popups; default-src 'self' data: blob:; \
         script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; \
         frame-ancestors 'self'{ancestors}"
    );
    let policy =
        HeaderValue::from_str(&policy).expect("origins were checked to be ASCII by Config::parse");
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    // Its static files are asked for by that opaque origin.
    let shared = HeaderValue::from_static("cross-origin");
    response
        .headers_mut()
        .insert("cross-origin-resource-policy", shared);
    without_store(response)
}

/// A redirect of the engine stays below its own prefix and does not show the token's host name.
pub(crate) fn relocate(gateway: &Gateway, prefix: &str, headers: &mut HeaderMap) {
    let Some(location) = headers.remove(header::LOCATION) else {
        return;
    };
    let Ok(text) = location.to_str() else { return };
    let path = match text.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |start| &rest[start..]),
        None if text.starts_with('/') => text,
        // Relative to the page that was asked for: still below the prefix.
        None => {
            headers.insert(header::LOCATION, location);
            return;
        }
    };
    let target = gateway
        .config
        .at(&format!("{prefix}/{}", path.trim_start_matches('/')));
    if let Ok(value) = HeaderValue::from_str(&target) {
        headers.insert(header::LOCATION, value);
    }
}
