//! One gateway, one upstream that records what it is asked, and a client that is no browser.

use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use gateway::Config;
use odps::sign::v1;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use wire::Secret;

pub(crate) const PROJECT: &str = "sample_project";
pub(crate) const ACCESS_ID: &str = "FAKE_ACCESS_ID_0001";
pub(crate) const ACCESS_KEY: &str = "fake-access-key-for-tests";

/// A request as the upstream got it.
#[derive(Clone, Debug)]
pub(crate) struct Got {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Got {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub(crate) fn host(&self) -> &str {
        self.header("host").unwrap_or_default()
    }

    pub(crate) fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// Whether the V1 signature is right for the path behind `prefix`.
    pub(crate) fn is_signed(&self, prefix: &str) -> bool {
        let canonical = self.uri.to_string();
        let canonical = canonical.strip_prefix(prefix).unwrap();
        let mut request = wire::Request::new(self.body.clone());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = canonical.parse().unwrap();
        *request.headers_mut() = self.headers.clone();
        let key = |id: &str| (id == ACCESS_ID).then(|| Secret::new(ACCESS_KEY));
        v1::verify(key, &request, None).is_ok()
    }
}

type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;
type Answer = Arc<dyn Fn(Got) -> Answering + Send + Sync>;

#[derive(Clone)]
struct Shared {
    answer: Answer,
    got: Arc<Mutex<Vec<Got>>>,
}

/// The upstream: every request is kept, then answered as the test says.
pub(crate) struct Upstream {
    pub(crate) port: u16,
    got: Arc<Mutex<Vec<Got>>>,
}

impl Upstream {
    /// Answers whole requests.
    pub(crate) async fn start<F, Fut>(answer: F) -> Self
    where
        F: Fn(Got) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Response> + Send + 'static,
    {
        let got = Arc::new(Mutex::new(Vec::new()));
        let answer: Answer = Arc::new(move |got| Box::pin(answer(got)));
        let shared = Shared {
            answer,
            got: Arc::clone(&got),
        };
        let router = Router::new().fallback(keep).with_state(shared);
        Self {
            port: listen(router).await,
            got,
        }
    }

    /// Answers `200` and nothing else.
    pub(crate) async fn plain() -> Self {
        Self::start(async |_| "fine".into_response()).await
    }

    pub(crate) fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }

    pub(crate) fn last(&self) -> Got {
        self.got().pop().expect("the upstream was asked nothing")
    }
}

/// Serves a router on a free port for the rest of the test.
pub(crate) async fn listen(router: Router) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, router).await });
    port
}

async fn keep(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, 1 << 24).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let got = Got {
        method: parts.method,
        uri: parts.uri,
        headers: parts.headers,
        body,
    };
    shared.got.lock().unwrap().push(got.clone());
    (shared.answer)(got).await
}

/// A gateway on a port of its own.
pub(crate) struct World {
    pub(crate) port: u16,
    pub(crate) client: reqwest::Client,
    dist: TempDir,
    _stop: oneshot::Sender<()>,
}

impl World {
    pub(crate) async fn new(upstream: u16) -> Self {
        Self::with(upstream, json!({})).await
    }

    /// A gateway whose configuration differs by `change`.
    pub(crate) async fn with(upstream: u16, change: Value) -> Self {
        let mut config = json!({
            "name": "test",
            "odps_endpoint": format!("http://127.0.0.1:{upstream}/api"),
            "tunnel_endpoint": format!("http://127.0.0.1:{upstream}"),
            "project": PROJECT,
            "access_id": ACCESS_ID,
            "access_key": ACCESS_KEY,
            "mars_proxy": format!("localhost:{upstream}"),
            "local": true,
        });
        for (field, value) in change.as_object().unwrap() {
            config[field] = value.clone();
        }
        let config = Config::parse(&config.to_string()).unwrap();
        let dist = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (stop, stopped) = oneshot::channel::<()>();
        let folder = dist.path().to_owned();
        tokio::spawn(async move {
            let stopped = async {
                stopped.await.ok();
            };
            gateway::serve(listener, config, &folder, stopped).await
        });
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            port,
            client,
            dist,
            _stop: stop,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.get(self.url(path))
    }

    pub(crate) fn post(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.post(self.url(path))
    }

    /// Puts a file into the built page.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        let path: &Path = self.dist.path();
        std::fs::write(path.join(name), content).unwrap();
    }
}

/// A header of an answer.
pub(crate) fn header_of<'a>(response: &'a reqwest::Response, name: &str) -> &'a str {
    response
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// An answer of the given type.
pub(crate) fn typed(kind: &'static str, body: impl Into<Body>) -> Response {
    ([(header::CONTENT_TYPE, kind)], body.into()).into_response()
}

/// Asserts that an answer is an ODPS error document of the gateway.
pub(crate) async fn assert_document(
    response: reqwest::Response,
    status: u16,
    code: &str,
) -> String {
    assert_eq!(response.status(), status);
    assert_eq!(header_of(&response, "content-type"), "application/xml");
    let id = header_of(&response, "x-odps-request-id").to_owned();
    assert_eq!(id.len(), 32, "{id}");
    let text = response.text().await.unwrap();
    let bytes = Bytes::from(text.clone());
    let document = http::Response::builder()
        .status(status)
        .body(bytes)
        .unwrap();
    let error = odps::Error::from_response(&document);
    assert_eq!(error.code(), code, "{text}");
    assert_eq!(error.request_id(), Some(id.as_str()), "{text}");
    text
}
