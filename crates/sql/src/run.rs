//! Carrying out one statement.

mod columns;
mod define;
mod insert;
mod partitions;
mod query;
mod show;
mod stop;

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::catalog::{Catalog, TableDef, TableName};
use crate::error::SqlError;
use crate::outcome::{Cost, Outcome};
use crate::plan::Planner;
use crate::progress::Progress;
use crate::session::{Options, Settings};
use crate::statement::{Meaning, Statement, Written};

/// Runs one statement.
pub(crate) struct Runner {
    catalog: Arc<dyn Catalog>,
    planner: Planner,
    read_only: bool,
}

impl Runner {
    pub(crate) fn new(
        catalog: Arc<dyn Catalog>,
        options: &Options,
        settings: &Settings,
    ) -> Result<Self, SqlError> {
        Ok(Self {
            planner: Planner::new(catalog.clone(), options, settings)?,
            catalog,
            read_only: options.read_only,
        })
    }

    pub(crate) async fn run(
        mut self,
        statement: Statement,
        progress: &Progress,
        cancel: &CancellationToken,
    ) -> Result<Outcome, SqlError> {
        if self.read_only && statement.writes() {
            return Err(SqlError::denied(
                "you have NO privilege to change this project: the account is read-only",
            ));
        }
        match statement {
            Statement::Query(query) => self.query(*query, progress, cancel).await,
            Statement::Explain(query) => {
                self.planner.allow_full_scans();
                self.explain(*query).await
            }
            Statement::Insert(insert) => self.insert(vec![insert], progress, cancel).await,
            Statement::MultiInsert(all) => self.insert(all, progress, cancel).await,
            Statement::CreateTable(create) => self.create_table(create, progress, cancel).await,
            Statement::Alter { name, action } => self.alter(&name, action, cancel).await,
            Statement::Set { .. } | Statement::Assign { .. } => Ok(Outcome::Text(String::new())),
            other => self.define(other),
        }
    }

    /// Whether a variable makes sense, even if nothing uses it.
    pub(crate) fn check(&self, meaning: Meaning) -> Result<(), SqlError> {
        match meaning {
            Meaning::Rows(query) => self.planner.plan(*query).map(drop),
            Meaning::Value(_) => Ok(()),
        }
    }

    /// What the statement would read; definitions read nothing.
    pub(crate) async fn cost(mut self, statement: Statement) -> Result<Cost, SqlError> {
        self.planner.allow_full_scans();
        let query = match statement {
            Statement::MultiInsert(all) => {
                // All branches read the same rows.
                let mut most = Cost::default();
                for insert in all {
                    let cost = self.query_cost(*insert.query).await?;
                    most.complexity += cost.complexity;
                    most.input = cost.input;
                }
                return Ok(most);
            }
            Statement::Query(query) | Statement::Explain(query) => query,
            Statement::Insert(insert) => insert.query,
            Statement::CreateTable(create) => match create.query {
                Some(query) => query,
                None => return Ok(Cost::default()),
            },
            _ => return Ok(Cost::default()),
        };
        self.query_cost(*query).await
    }

    /// A table or view that must be there.
    fn find(&self, written: &Written) -> Result<(TableName, TableDef), SqlError> {
        self.planner.names(|names| names.find(written))
    }

    fn full(&self, written: &Written) -> TableName {
        self.planner.names(|names| names.full(&written.parts))
    }
}
