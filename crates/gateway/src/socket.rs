//! WebSockets of the engine: a connection that is upgraded is carried both ways, byte by byte.
//!
//! The gateway reads no frame: both ends speak RFC 6455 with each other, and either one's closing
//! frame is just bytes here. What the gateway bounds is how many there are, how long one is silent
//! and how long it lives. The headers of the handshake (`Sec-WebSocket-*`) are the only `Sec-*` ones
//! that are passed on.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::Response;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, split};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::Gateway;
use crate::credentials;
use crate::failure::Failure;
use crate::proxy;
use crate::upstream;

/// How long a connection lives at most.
pub(crate) const LIFE: Duration = Duration::from_secs(12 * 3600);

/// How many there are at once.
pub(crate) const HELD: usize = 256;

/// How long neither side may say anything: Bokeh's server pings every 37 seconds.
const SILENCE: Duration = Duration::from_secs(300);

const HANDSHAKE: &str = "sec-websocket-";

/// Whether a request asks to become a WebSocket.
pub(crate) fn wish(headers: &HeaderMap) -> Option<()> {
    let upgrade = headers.get(header::UPGRADE)?.to_str().ok()?;
    upgrade.eq_ignore_ascii_case("websocket").then_some(())
}

/// Passes the handshake on; if the upstream agrees, joins the two connections.
pub(crate) async fn join(
    gateway: &Gateway,
    service: &'static str,
    base: &str,
    path: PathAndQuery,
    mut request: Request,
    life: Duration,
) -> Result<Response, Failure> {
    if request.method() != Method::GET {
        let method = request.method().to_string();
        return Err(Failure::MethodNotAllowed { method });
    }
    let permit = Arc::clone(&gateway.sockets).try_acquire_owned();
    let permit = permit.map_err(|_| Failure::TooManyConnections { limit: HELD })?;
    let url = reqwest::Url::parse(&format!("{base}{path}")).map_err(|_| Failure::InvalidPath {
        reason: "it makes no address",
    })?;
    let ours = hyper::upgrade::on(&mut request);
    let headers = handshake(request.headers());
    let headers = credentials::sign(&gateway.account, &Method::GET, &Uri::from(path), headers);
    let answer = gateway.client.get(url).headers(headers).send().await;
    let answer = answer.map_err(|error| upstream::failure(service, error))?;
    let response = agreed(answer.status(), answer.headers());
    if answer.status() == StatusCode::SWITCHING_PROTOCOLS {
        tokio::spawn(async move {
            let (Ok(ours), Ok(theirs)) = tokio::join!(ours, answer.upgrade()) else {
                return;
            };
            carry(TokioIo::new(ours), theirs, life).await;
            drop(permit);
        });
    }
    Ok(response)
}

fn handshake(headers: &HeaderMap) -> HeaderMap {
    let mut outgoing = proxy::outgoing(headers);
    outgoing.extend(of_handshake(headers));
    upgraded(&mut outgoing);
    outgoing
}

fn agreed(status: StatusCode, headers: &HeaderMap) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    if status == StatusCode::SWITCHING_PROTOCOLS {
        response.headers_mut().extend(of_handshake(headers));
        upgraded(response.headers_mut());
    }
    response
}

fn of_handshake(headers: &HeaderMap) -> HeaderMap {
    headers
        .iter()
        .filter(|(name, _)| name.as_str().starts_with(HANDSHAKE))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

fn upgraded(headers: &mut HeaderMap) {
    headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
}

/// Carries bytes both ways until both sides have ended, one breaks, or time is up.
async fn carry(
    ours: impl AsyncRead + AsyncWrite,
    theirs: impl AsyncRead + AsyncWrite,
    life: Duration,
) {
    let (from_us, to_us) = split(ours);
    let (from_them, to_them) = split(theirs);
    let (heard, hears) = watch::channel(Instant::now());
    let both = async {
        tokio::try_join!(
            copy(from_us, to_them, &heard),
            copy(from_them, to_us, &heard)
        )
    };
    tokio::select! {
        outcome = both => if let Err(error) = outcome {
            tracing::debug!(%error, "a WebSocket was cut");
        },
        () = silent(hears) => tracing::debug!("a WebSocket was silent for too long"),
        () = tokio::time::sleep(life) => tracing::debug!("a WebSocket reached the end of its life"),
    }
}

async fn copy(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    heard: &watch::Sender<Instant>,
) -> std::io::Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let count = from.read(&mut buffer).await?;
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else {
            return to.shutdown().await;
        };
        heard.send_replace(Instant::now());
        to.write_all(bytes).await?;
    }
}

async fn silent(hears: watch::Receiver<Instant>) {
    loop {
        let until = *hears.borrow() + SILENCE;
        if until <= Instant::now() {
            return;
        }
        tokio::time::sleep_until(until).await;
    }
}
