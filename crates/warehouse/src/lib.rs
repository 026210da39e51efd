//! A local MaxCompute: ODPS REST, table tunnel and Cupid over HTTP, tables in Parquet files, and real
//! Mars processes behind a proxy that routes by Host header.
//!
//! It knows clients, not the console. What it does otherwise than the real service is listed in
//! `DIFFERENCES.md`.

mod app;
mod auth;
mod catalog;
mod clock;
mod clusters;
mod engine;
mod error;
mod faults;
mod handlers;
mod host;
mod instances;
mod jobs;
mod keys;
mod record;
mod results;
mod routes;
mod scan;
mod seed;
mod store;

pub use catalog::Refusal;
pub use error::Error;

use app::App;
use axum::serve::ListenerExt as _;
use serde::Serialize;
use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;

/// How a warehouse is run.
#[derive(Clone, Debug)]
pub struct Config {
    /// The data folder; made if it is missing.
    pub data: PathBuf,
    /// The Python of the engine's environment. Empty or missing: clusters fail, all else works.
    pub engine_python: PathBuf,
    /// The launcher script of the engine.
    pub launcher: PathBuf,
    /// The file of further accounts and projects, if there is one.
    pub accounts: Option<PathBuf>,
    /// Whether failures may be asked for below `/-/faults`.
    pub faults: bool,
    /// Whether every request is kept for `GET /-/exchanges`.
    pub record: bool,
}

/// What a client needs to know; printed as one line of JSON when the warehouse is ready.
#[derive(Serialize)]
pub struct Ready {
    /// The control plane.
    pub odps_endpoint: String,
    /// The table tunnel.
    pub tunnel_endpoint: String,
    /// The sample project.
    pub project: String,
    /// The local account.
    pub access_id: String,
    /// Its key: this line goes to whoever started the warehouse and to nobody else.
    pub access_key: String,
    /// The domain of the Cupid proxy.
    pub mars_proxy: String,
}

/// An opened data folder with everything that runs on it.
#[derive(Clone, Debug)]
pub struct Warehouse(Arc<App>);

/// A warehouse with a port.
#[derive(Debug)]
pub struct Listening {
    warehouse: Warehouse,
    listener: TcpListener,
    address: SocketAddr,
}

impl Warehouse {
    /// Opens the data folder; the first start makes the sample project.
    pub async fn open(config: Config) -> Result<Self, Error> {
        let app = tokio::task::spawn_blocking(move || App::open(config)).await??;
        Ok(Self(Arc::new(app)))
    }

    /// Everything it serves, for a server or for tests without sockets.
    pub fn router(&self) -> axum::Router {
        routes::router(self.0.clone())
    }

    /// Takes a port of the loopback interface; 0 is any free one.
    pub async fn listen(self, port: u16) -> Result<Listening, Error> {
        self.listen_at((Ipv4Addr::LOCALHOST, port).into()).await
    }

    /// Takes a port of any interface. Nothing here is made to be reached from a network: whoever
    /// calls this has been told so.
    pub async fn listen_at(self, address: SocketAddr) -> Result<Listening, Error> {
        let failed = |source| Error::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        self.0.address.get_or_init(|| address);
        Ok(Listening {
            warehouse: self,
            listener,
            address,
        })
    }

    /// What clients need to know when it listens at `address`.
    pub fn ready(&self, address: SocketAddr) -> Ready {
        Ready {
            odps_endpoint: format!("http://{address}/api"),
            tunnel_endpoint: format!("http://{address}"),
            project: seed::PROJECT.to_owned(),
            access_id: self.0.keys.local.access_id.clone(),
            access_key: self.0.keys.local.access_key.expose().to_owned(),
            mars_proxy: format!("localhost:{}", address.port()),
        }
    }

    /// Stops every query and every cluster; returns when their processes are gone.
    pub async fn close(&self) {
        self.0.jobs.close();
        self.0.clusters.close().await;
    }
}

impl Listening {
    /// What clients need to know.
    pub fn ready(&self) -> Ready {
        self.warehouse.ready(self.address)
    }

    /// Serves until `end` is done, then stops every cluster.
    pub async fn serve(self, end: impl Future<Output = ()>) -> Result<(), Error> {
        // Head and body leave in two writes; the second must not wait for an acknowledgement.
        let listener = self.listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::warn!(%error, "a connection keeps its delays");
            }
        });
        let server = axum::serve(listener, self.warehouse.router());
        let served = tokio::select! {
            served = server.into_future() => served,
            // Open connections are cut: a client that waits for rows must not hold up the end.
            () = end => Ok(()),
        };
        self.warehouse.close().await;
        served.map_err(|source| Error::Listen {
            address: self.address,
            source,
        })
    }
}
