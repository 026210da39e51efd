//! The engine's own web pages in a frame of the console, and the way to its notebook.
//!
//! The pages are programs of others. They run under this host's name, so they are sandboxed without
//! an origin: they read no storage, and what they send comes from the origin `null`, which the guard
//! refuses everywhere. Such a page still has to read its own parts (scripts, tables that refresh, the
//! WebSocket of a chart), and a browser gives it nothing that would prove who it is. Accepting `null`
//! below `/mars/` would let every sandboxed page of the web in, and let the engine's pages submit
//! jobs. So the proof is in the path: the console, by a request of its own origin, is given a key
//! (`POST /-/web/<instance>`), and below `/-/framed/<key>/` lies that one engine, for reading only:
//! GET, HEAD and the WebSockets of Bokeh, never the engine's API, for hours and not for ever. Who
//! guesses no key of 122 random bits gets nothing, whatever its origin; no address of another site
//! learns it, since no referrer is sent.
//!
//! The notebook is another matter: it writes, keeps cookies and runs what is typed. Below this host
//! it would be the console; without an origin it does not work. So it is opened by its own address,
//! which the proxy's token makes, and only for who may use the connection.

pub(crate) mod keys;
mod rewrite;

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt as _, Limited};

use crate::Gateway;
use crate::failure::Failure;
use crate::proxy;
use crate::socket;
use keys::Opened;
use rewrite::Place;

const FOLDER: &str = "/-/framed/";

/// Bokeh's loader names a dozen files.
const LOADER_LIMIT: usize = 1 << 20;

/// `POST /-/web/<instance>`: a key to the instance's pages; the guard has checked who asks.
pub(crate) async fn mint(
    State(gateway): State<Arc<Gateway>>,
    Path(instance): Path<String>,
) -> Result<Response, Failure> {
    let instance = proxy::instance_id(&instance)?;
    let key = gateway.keys.mint(instance, Instant::now());
    let path = format!("{FOLDER}{key}/");
    let body = serde_json::json!({ "path": path.trim_start_matches('/') });
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, body.to_string()).into_response())
}

/// `GET /-/notebook/<instance>`: leads to the notebook's own address.
pub(crate) async fn notebook(
    State(gateway): State<Arc<Gateway>>,
    Path(instance): Path<String>,
) -> Result<Response, Failure> {
    let instance = proxy::instance_id(&instance)?;
    let token = gateway.tokens.notebook(&gateway, instance).await?;
    let address = format!("http://{}.{}/", token.expose(), gateway.config.mars_proxy);
    let mut address = HeaderValue::from_str(&address).map_err(|_| Failure::InvalidPath {
        reason: "it makes no address",
    })?;
    address.set_sensitive(true);
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(header::LOCATION, address);
    Ok(proxy::without_store(response))
}

/// `/-/framed/<key>/<path>`: a page of the engine, or a part of one.
pub(crate) async fn page(State(gateway): State<Arc<Gateway>>, request: Request) -> Response {
    let answer = match *request.method() {
        Method::OPTIONS => Ok(StatusCode::NO_CONTENT.into_response()),
        _ => read(&gateway, request).await,
    };
    let mut response = answer.unwrap_or_else(IntoResponse::into_response);
    confine(&gateway, response.headers_mut());
    proxy::without_store(response)
}

async fn read(gateway: &Arc<Gateway>, request: Request) -> Result<Response, Failure> {
    let below = gateway.config.below_base(request.uri().path());
    let below = below.unwrap_or_default().to_owned();
    let missing = || Failure::NoSuchPath {
        path: FOLDER.to_owned(),
    };
    let (key, _) = below
        .strip_prefix(FOLDER)
        .and_then(|path| path.split_once('/'))
        .ok_or_else(missing)?;
    let Opened { instance, left } = gateway
        .keys
        .open(key, Instant::now())
        .ok_or(Failure::KeyEnded)?;
    let folder = format!("{FOLDER}{key}");
    let path = proxy::rest(gateway, &request, &folder)?;
    may_read(&request, path.path())?;
    let prefix = gateway.config.at(&folder);
    let path = for_loader(&prefix, path)?;
    let is_loader = rewrite::is_loader(path.path());
    let (authority, mut answer) = proxy::ask_engine(
        gateway,
        &instance,
        path,
        plain(request),
        left.min(socket::LIFE),
    )
    .await?;
    if answer.status().is_redirection() {
        proxy::relocate(gateway, &folder, answer.headers_mut());
    }
    let place = Place {
        authority: authority.expose().to_owned(),
        prefix,
    };
    if is_loader {
        return with_loader(&place, answer).await;
    }
    Ok(match is_html(answer.headers()) {
        true => unsized_body(answer).map(|body| rewrite::html(place, body)),
        false => answer,
    })
}

/// Reading only; and nothing below a key is ever a program of the console's own origin.
fn may_read(request: &Request, path: &str) -> Result<(), Failure> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Failure::MethodNotAllowed {
            method: request.method().to_string(),
        });
    }
    let first = path.trim_start_matches('/').split('/').next();
    let first = first.unwrap_or_default();
    let decoded = percent_encoding::percent_decode_str(first).decode_utf8_lossy();
    let is_socket = socket::wish(request.headers()).is_some();
    if decoded.trim_start_matches(['/', '\\']).starts_with("api")
        || (is_socket && !path.ends_with("/ws"))
    {
        return Err(Failure::NoSuchPath {
            path: path.to_owned(),
        });
    }
    let text = |name| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let own = text("sec-fetch-site") == Some("same-origin");
    let kind = text("sec-fetch-dest").unwrap_or_default();
    if own && !matches!(kind, "" | "empty" | "iframe" | "document" | "websocket") {
        return Err(Failure::ForbiddenOrigin {
            origin: format!("this origin, as a {kind},"),
        });
    }
    Ok(())
}

/// What is to be rewritten must not be packed.
fn plain(mut request: Request) -> Request {
    let identity = HeaderValue::from_static("identity");
    request
        .headers_mut()
        .insert(header::ACCEPT_ENCODING, identity);
    request
}

fn for_loader(prefix: &str, path: PathAndQuery) -> Result<PathAndQuery, Failure> {
    if !rewrite::is_loader(path.path()) {
        return Ok(path);
    }
    let query = rewrite::loader_query(prefix, path.query().unwrap_or_default());
    let text = format!("{}?{query}", path.path());
    text.parse().map_err(|_| Failure::InvalidPath {
        reason: "it is no path",
    })
}

async fn with_loader(place: &Place, answer: Response) -> Result<Response, Failure> {
    let (parts, body) = unsized_body(answer).into_parts();
    let body = Limited::new(body, LOADER_LIMIT).collect().await;
    let body = body.map_err(|error| Failure::UpstreamUnreachable {
        service: "the Mars proxy",
        reason: error.to_string(),
    })?;
    let script = String::from_utf8_lossy(&body.to_bytes()).into_owned();
    let script = rewrite::loader(&place.prefix, &script);
    Ok(Response::from_parts(parts, Body::from(script)))
}

fn is_html(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.trim_start()
        .to_ascii_lowercase()
        .starts_with("text/html")
}

/// The length and the digest were those of what the engine wrote.
fn unsized_body(mut response: Response) -> Response {
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response.headers_mut().remove(header::ETAG);
    response
}

/// What everything below a key says about itself.
fn confine(gateway: &Gateway, headers: &mut HeaderMap) {
    let ancestors = match gateway.config.frame_ancestors.as_slice() {
        [] => String::new(),
        list => format!(" {}", list.join(" ")),
    };
    let policy = format!(
        "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox; default-src 'none'; \
         script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'self'{ancestors}"
    );
    let policy =
        HeaderValue::from_str(&policy).expect("origins were checked to be ASCII by Config::parse");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    let said: [(HeaderName, &'static str); 6] = [
        // Its parts are asked for by an origin that is none.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "null"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "x-requested-with"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
        // A sandboxed page that asks for more than this is not shown in a window of its own.
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "unsafe-none",
        ),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in said {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
