//! A warehouse on a folder of its own, and the ways of asking it.

use axum::body::{Body, to_bytes};
use bytes::Bytes;
use odps::date::rfc1123;
use odps::sign::{Account, v1};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tempfile::TempDir;
use tower::ServiceExt as _;
use warehouse::{Config, Warehouse};
use wire::{Call, Millis, Request, Response, Secret, Service, Target};

/// A warehouse and the account that it trusts.
pub(crate) struct World {
    pub(crate) warehouse: Warehouse,
    pub(crate) account: Account,
    pub(crate) target: Target,
    pub(crate) folder: TempDir,
}

impl World {
    /// A fresh one, with requests recorded and the test's launcher as its engine.
    pub(crate) async fn open() -> Self {
        Self::on(TempDir::new().unwrap()).await
    }

    /// One on a folder that another has left.
    pub(crate) async fn on(folder: TempDir) -> Self {
        let warehouse = Warehouse::open(config(folder.path())).await.unwrap();
        let ready = warehouse.ready(([127, 0, 0, 1], 1).into());
        let account = Account {
            access_id: ready.access_id,
            access_key: Secret::new(ready.access_key),
        };
        Self {
            warehouse,
            account,
            target: Target {
                project: ready.project,
            },
            folder,
        }
    }

    /// Ends it and keeps the folder.
    pub(crate) fn leave(self) -> TempDir {
        self.folder
    }

    /// Signs a request with its canonical path and sends it.
    pub(crate) async fn send(&self, service: &Service, mut request: Request) -> Response {
        v1::authorize(&self.account, &mut request, &rfc1123(now()));
        self.raw(addressed(service, request)).await
    }

    /// Sends a request as it is.
    pub(crate) async fn raw(&self, request: Request) -> Response {
        let answer = self
            .warehouse
            .router()
            .oneshot(request.map(Body::from))
            .await
            .unwrap();
        let (parts, body) = answer.into_parts();
        Response::from_parts(parts, to_bytes(body, usize::MAX).await.unwrap())
    }

    /// Makes a call of the protocol.
    pub(crate) async fn ask<C: Call<Error = odps::Error>>(
        &self,
        call: &C,
    ) -> Result<C::Reply, C::Error> {
        call.from_response(
            self.send(&call.service(), call.to_request(&self.target))
                .await,
        )
    }

    /// A poke.
    pub(crate) async fn poke(&self, method: &str, path: &str, body: &'static str) -> Response {
        let request = http::Request::builder()
            .method(method)
            .uri(path)
            .body(Bytes::from_static(body.as_bytes()))
            .unwrap();
        self.raw(request).await
    }
}

/// How the tests run a warehouse.
pub(crate) fn config(folder: &Path) -> Config {
    Config {
        data: folder.to_owned(),
        engine_python: PathBuf::from("python3"),
        launcher: launcher(),
        record: true,
        accounts: None,
        faults: true,
    }
}

/// The launcher of the tests.
pub(crate) fn launcher() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/launcher.py")
}

/// The present moment.
pub(crate) fn now() -> Millis {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_millis() as Millis
}

/// The request as it reaches the listener: the control plane is below `/api`.
pub(crate) fn addressed(service: &Service, mut request: Request) -> Request {
    if *service == Service::Odps {
        let path = format!("/api{}", request.uri());
        *request.uri_mut() = path.parse().unwrap();
    }
    request
}

/// A GET without anything else.
pub(crate) fn get(path: &str) -> Request {
    http::Request::get(path).body(Bytes::new()).unwrap()
}

/// Waits until something is there, at most twenty seconds.
pub(crate) async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..1000 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{what} did not happen in 20 seconds");
}
