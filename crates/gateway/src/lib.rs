//! The gateway: serves the built page and stands between it and MaxCompute.
//!
//! It is the only part that holds the access key. It signs for the page (V1), fills the two
//! credential items of a cluster's start plan and keeps the proxy tokens of clusters; all else is
//! passed on as it is, in a stream. It reaches the three upstreams of its configuration and nothing
//! else.

mod assets;
mod config;
mod credentials;
mod failure;
mod framed;
mod guard;
mod leases;
mod log;
mod proxy;
mod record;
mod socket;
mod tokens;
mod upstream;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Uri, header};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use odps::sign::Account;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tower_http::compression::CompressionLayer;

pub use config::{Config, Error as ConfigError};
pub use log::log;

use assets::Assets;
use failure::Failure;
use framed::keys::Keys;
use leases::Leases;
use tokens::Tokens;

/// How long open connections are waited for when the gateway ends.
const FAREWELL: Duration = Duration::from_millis(500);

/// Everything that the handlers share.
pub(crate) struct Gateway {
    config: Config,
    account: Account,
    assets: Assets,
    client: reqwest::Client,
    tokens: Tokens,
    keys: Keys,
    sockets: Arc<Semaphore>,
    leases: Option<Leases>,
}

/// Makes a gateway that serves the page in `dist`.
fn gateway(config: Config, dist: &Path) -> std::io::Result<Arc<Gateway>> {
    let leases = config.leases.as_deref().map(Leases::open).transpose()?;
    Ok(Arc::new(Gateway {
        account: credentials::account(&config),
        assets: Assets::new(dist, &config),
        client: upstream::client(&config).map_err(std::io::Error::other)?,
        tokens: Tokens::default(),
        keys: Keys::default(),
        sockets: Arc::new(Semaphore::new(socket::HELD)),
        leases,
        config,
    }))
}

/// Its routes.
fn router(gateway: Arc<Gateway>) -> Router {
    let at = |path: &str| gateway.config.at(path);
    let pages = Router::new()
        .fallback(page)
        .layer(CompressionLayer::new())
        .layer(map_response(async |response| {
            assets::label_encoding(response)
        }));
    Router::new()
        .route(&at("/-/connection"), get(connection))
        .route(&at("/-/health"), get(health))
        .route(&at("/-/web/{instance}"), post(framed::mint))
        .route(&at("/-/notebook/{instance}"), get(framed::notebook))
        .route(&at("/-/leases"), get(leases::list))
        .route(
            &at("/-/leases/{instance}"),
            get(leases::one).put(leases::set).delete(leases::drop_one),
        )
        .route(&at("/-/leases/{instance}/seen"), post(leases::seen))
        .route(&at("/-/framed/{key}/"), any(framed::page))
        .route(&at("/-/framed/{key}/{*path}"), any(framed::page))
        .route(&at("/odps/{*path}"), any(proxy::odps))
        .route(&at("/tunnel/{*path}"), any(proxy::tunnel))
        .route(&at("/mars/{instance}"), any(proxy::mars))
        .route(&at("/mars/{instance}/"), any(proxy::mars))
        .route(&at("/mars/{instance}/{*path}"), any(proxy::mars))
        .fallback_service(pages.with_state(Arc::clone(&gateway)))
        .layer(from_fn_with_state(Arc::clone(&gateway), admit))
        .layer(map_response(protect))
        .layer(from_fn_with_state(Arc::clone(&gateway), record::record))
        .with_state(gateway)
}

/// Serves on `listener` until `stop` says so; answers that take longer than a moment are cut off.
pub async fn serve(
    listener: TcpListener,
    config: Config,
    dist: &Path,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let gateway = gateway(config, dist)?;
    if let Some(leases) = &gateway.leases {
        leases.begin(&gateway);
    }
    let router = router(Arc::clone(&gateway));
    let (told, mut heard) = watch::channel(false);
    let stopping = async move {
        stop.await;
        // The receiver lives as long as the server below: nobody to tell means that it has ended.
        told.send(true).ok();
    };
    let server = axum::serve(listener, router).with_graceful_shutdown(stopping);
    let late = async move {
        while !*heard.borrow_and_update() {
            if heard.changed().await.is_err() {
                break;
            }
        }
        tokio::time::sleep(FAREWELL).await;
    };
    let outcome = tokio::select! {
        outcome = server => outcome,
        () = late => Ok(()),
    };
    if let Some(leases) = &gateway.leases {
        leases.end();
    }
    outcome
}

/// Who may ask at all, and who may ask with the connection's rights.
async fn admit(
    State(gateway): State<Arc<Gateway>>,
    request: Request,
    next: axum::middleware::Next,
) -> Result<Response, Failure> {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    guard::host(&gateway.config, host)?;
    let path = gateway.config.below_base(request.uri().path());
    guard::origin(request.method(), path.unwrap_or("/"), request.headers())?;
    Ok(next.run(request).await)
}

/// The headers of every answer. What a handler has set stays.
async fn protect(mut response: Response) -> Response {
    let defaults: [(HeaderName, &str); 5] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ),
    ];
    for (name, value) in defaults {
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// What the page may know about the connection: everything but the key.
async fn connection(State(gateway): State<Arc<Gateway>>) -> Response {
    let config = &gateway.config;
    let body = serde_json::json!({
        "name": config.name,
        "project": config.project,
        "odps_endpoint": config.odps_endpoint,
        "tunnel_endpoint": config.tunnel_endpoint,
        "mars_proxy": config.mars_proxy,
        "access_id": config.access_id,
        "local": config.local,
        "credentials": "gateway",
    });
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, body.to_string()).into_response()
}

async fn health() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, r#"{"status":"ok"}"#).into_response()
}

/// A file of the build or, for every other path that is no API, the page.
async fn page(
    State(gateway): State<Arc<Gateway>>,
    uri: Uri,
    request: Request,
) -> Result<Response, Failure> {
    let missing = || Failure::NoSuchPath {
        path: uri.path().to_owned(),
    };
    let path = gateway.config.below_base(uri.path()).ok_or_else(missing)?;
    let of_api = ["/-", "/odps", "/tunnel", "/mars"].iter().any(|api| {
        path.strip_prefix(api)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    if of_api {
        return Err(missing());
    }
    gateway
        .assets
        .answer(&gateway.config, request.method(), path, request.headers())
        .await
}
