//! A session: a catalogue, settings, and scripts that run one statement after the other.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::catalog::Catalog;
use crate::error::SqlError;
use crate::outcome::{Cost, Outcome};
use crate::progress::Progress;

/// What a session may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Bytes that sorts, joins and aggregates may hold at once.
    pub memory: usize,
    /// How many parts of a query run at once.
    pub parallelism: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            memory: 1 << 30,
            parallelism: 2,
        }
    }
}

/// Runs scripts over a catalogue. `SET` in a script holds for that script only.
#[derive(Clone)]
pub struct Session {
    catalog: Arc<dyn Catalog>,
    options: Options,
    settings: BTreeMap<String, String>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("project", &self.catalog.project())
            .field("options", &self.options)
            .field("settings", &self.settings)
            .finish()
    }
}

impl Session {
    /// A session without settings.
    pub fn new(catalog: Arc<dyn Catalog>, options: Options) -> Self {
        Self {
            catalog,
            options,
            settings: BTreeMap::new(),
        }
    }

    /// Sets a flag, such as `odps.sql.allow.fullscan`, as the settings of an instance do.
    #[must_use]
    pub fn with_setting(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.insert(key.into(), value.into());
        self
    }

    /// Runs a script and answers with the outcome of its last statement. Writes and definitions of
    /// the statements before it stay done when a later one fails.
    pub async fn run(
        &self,
        script: &str,
        progress: &Progress,
        cancel: CancellationToken,
    ) -> Result<Outcome, SqlError> {
        let _ = (script, progress, cancel);
        Err(SqlError::internal("the engine is not built in"))
    }

    /// What running the script would read.
    pub async fn cost(&self, script: &str) -> Result<Cost, SqlError> {
        let _ = script;
        Err(SqlError::internal("the engine is not built in"))
    }
}
