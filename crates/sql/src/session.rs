//! A session: a catalogue, settings, and scripts that run one statement after the other.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use futures::StreamExt;
use tokio_util::sync::CancellationToken;

use crate::catalog::Catalog;
use crate::error::SqlError;
use crate::outcome::{Cost, Outcome};
use crate::progress::Progress;
use crate::run::Runner;
use crate::script;
use crate::statement::{Statement, Variables};

/// What a session may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Bytes that sorts, joins and aggregates may hold at once.
    pub memory: usize,
    /// How many parts of a query run at once.
    pub parallelism: usize,
    /// The time zone of the project, in which times are read and written as text.
    pub zone: String,
    /// Whether definitions and writes are refused.
    pub read_only: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            memory: 1 << 30,
            parallelism: 2,
            zone: "Asia/Shanghai".to_owned(),
            read_only: false,
        }
    }
}

/// The flags of a session by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    flags: BTreeMap<String, String>,
    zone: String,
}

impl Settings {
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.flags.get(key).map(String::as_str)
    }

    /// Whether a flag is set to true.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.get(key)
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The time zone of this session.
    pub(crate) fn zone(&self) -> &str {
        self.get("odps.sql.timezone").unwrap_or(&self.zone)
    }

    fn set(&mut self, key: String, value: String) -> Result<(), SqlError> {
        if key == "odps.sql.timezone" && value.parse::<chrono_tz::Tz>().is_err() {
            return Err(SqlError::semantic(format_args!(
                "invalid time zone {value}"
            )));
        }
        self.flags.insert(key, value);
        Ok(())
    }
}

/// Runs scripts over a catalogue. `SET` in a script holds for that script only.
#[derive(Clone)]
pub struct Session {
    catalog: Arc<dyn Catalog>,
    options: Options,
    flags: BTreeMap<String, String>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("project", &self.catalog.project())
            .field("options", &self.options)
            .field("flags", &self.flags)
            .finish()
    }
}

impl Session {
    /// A session without settings.
    pub fn new(catalog: Arc<dyn Catalog>, options: Options) -> Self {
        Self {
            catalog,
            options,
            flags: BTreeMap::new(),
        }
    }

    /// Sets a flag, such as `odps.sql.allow.fullscan`, as the settings of an instance do.
    #[must_use]
    pub fn with_setting(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.flags.insert(key.into(), value.into());
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
        let statements = self.read(script)?;
        let mut settings = self.settings()?;
        let mut variables = Variables::default();
        let mut last = Outcome::Text(String::new());
        for mut statement in statements {
            variables.bind_statement(&mut statement)?;
            if cancel.is_cancelled() {
                return Err(SqlError::cancelled());
            }
            if let Outcome::Rows(mut rows) = last {
                while let Some(batch) = rows.batches.next().await {
                    batch?;
                }
            }
            last = match statement {
                Statement::Set { key, value } => {
                    settings.set(key, value)?;
                    Outcome::Text("OK".to_owned())
                }
                Statement::Assign { name, meaning } => {
                    let meaning = variables.assign(name, meaning)?;
                    self.runner(&settings)?.check(meaning)?;
                    Outcome::Text(String::new())
                }
                other => {
                    let runner = self.runner(&settings)?;
                    runner.run(other, progress, &cancel).await?
                }
            };
        }
        Ok(last)
    }

    /// What running the script would read.
    pub async fn cost(&self, script: &str) -> Result<Cost, SqlError> {
        let mut settings = self.settings()?;
        let mut sum = Cost::default();
        let mut variables = Variables::default();
        for mut statement in self.read(script)? {
            variables.bind_statement(&mut statement)?;
            match statement {
                Statement::Set { key, value } => settings.set(key, value)?,
                Statement::Assign { name, meaning } => {
                    variables.assign(name, meaning)?;
                }
                other => {
                    let cost = self.runner(&settings)?.cost(other).await?;
                    sum.input += cost.input;
                    sum.complexity = sum.complexity.max(cost.complexity);
                    sum.udf += cost.udf;
                }
            }
        }
        Ok(sum)
    }

    fn read(&self, script: &str) -> Result<Vec<Statement>, SqlError> {
        let pieces = script::pieces(script)?;
        let read: Result<Vec<_>, _> = pieces
            .iter()
            .map(|piece| script::deep(|| Statement::read(piece, script)))
            .collect();
        let statements = read?;
        if statements.is_empty() {
            return Err(SqlError::parse("invalid token '<EOF>', expect a statement"));
        }
        Ok(statements)
    }

    fn settings(&self) -> Result<Settings, SqlError> {
        let mut settings = Settings {
            zone: self.options.zone.clone(),
            ..Settings::default()
        };
        for (key, value) in &self.flags {
            settings.set(key.clone(), value.clone())?;
        }
        Ok(settings)
    }

    fn runner(&self, settings: &Settings) -> Result<Runner, SqlError> {
        Runner::new(self.catalog.clone(), &self.options, settings)
    }
}
