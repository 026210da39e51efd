//! What every handler works with.

use crate::catalog::Catalog;
use crate::clusters::Clusters;
use crate::faults::Faults;
use crate::handlers::proxy::Proxy;
use crate::handlers::tunnel::{Sessions, Uploads};
use crate::host::Machine;
use crate::instances::Instances;
use crate::jobs::Jobs;
use crate::keys::Keys;
use crate::record::Record;
use crate::store::Store;
use crate::{Config, Error, seed};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// The state of a warehouse. One per data folder.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) store: Arc<Store>,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) instances: Instances,
    pub(crate) jobs: Jobs,
    pub(crate) clusters: Clusters,
    pub(crate) faults: Arc<Faults>,
    /// Whether faults may be asked for.
    pub(crate) pokes: bool,
    pub(crate) record: Option<Record>,
    pub(crate) sessions: Sessions,
    pub(crate) uploads: Uploads,
    pub(crate) proxy: Proxy,
    pub(crate) machine: Machine,
    pub(crate) python: PathBuf,
    pub(crate) launcher: PathBuf,
    /// Where clients reach this warehouse; known once it listens.
    pub(crate) address: OnceLock<SocketAddr>,
}

impl App {
    /// Opens the data folder, seeds it at the first start, and ends what was cut off.
    pub(crate) fn open(config: Config) -> Result<Self, Error> {
        let store = Arc::new(Store::open(&config.data)?);
        let keys = Arc::new(Keys::open(&store, config.accounts.as_deref())?);
        let catalog = Arc::new(Catalog::open(&store)?);
        seed::run(&catalog)?;
        for project in keys.projects() {
            let owner = project.owners.first().map_or(seed::OWNER, String::as_str);
            // The sample project stays the local account's, whoever else is a member.
            if project.name != seed::PROJECT {
                catalog.ensure_project(&project.name, owner, &project.comment)?;
            }
        }
        let instances = Instances::open(store.clone())?;
        let faults = Arc::new(Faults::default());
        Ok(Self {
            jobs: Jobs::new(instances.clone())?,
            clusters: Clusters::new(instances.clone(), faults.clone()),
            keys,
            instances,
            faults,
            pokes: config.faults,
            record: config.record.then(Record::default),
            sessions: Sessions::default(),
            uploads: Uploads::open(&store, &catalog)?,
            proxy: Proxy::default(),
            machine: Machine::detect(),
            python: config.engine_python,
            launcher: config.launcher,
            address: OnceLock::new(),
            catalog,
            store,
        })
    }

    /// The tables of all projects.
    pub(crate) fn catalog(&self) -> &Arc<Catalog> {
        &self.catalog
    }

    /// Whether there is such a project. One that cannot be looked up counts as there: the request
    /// that needs it says why it cannot.
    pub(crate) fn has_project(&self, name: &str) -> bool {
        self.catalog.has_project(name).unwrap_or(true)
    }

    /// `127.0.0.1:<port>`.
    pub(crate) fn authority(&self) -> String {
        self.address
            .get()
            .map_or_else(|| "127.0.0.1".to_owned(), SocketAddr::to_string)
    }

    /// The address of the control plane for clients.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}/api", self.authority())
    }
}
