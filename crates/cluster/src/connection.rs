//! What a launch must know about the place it launches into.

use serde::{Deserialize, Serialize};
use wire::Target;

/// The facts of a connection that go into a plan or an address. No secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// The project.
    pub project: String,
    /// The control plane as the cluster itself must reach it (`http://…/api`).
    pub endpoint: String,
    /// The domain of the Cupid proxy, unless the spec names another.
    pub proxy_endpoint: String,
    /// The answer to `GET /logview/host`; empty for the default.
    pub logview_host: String,
}

impl Connection {
    /// What every call of this connection shares.
    pub fn target(&self) -> Target {
        Target {
            project: self.project.clone(),
        }
    }
}
