//! Definitions: tables, views, partitions and schemas.

use datafusion::logical_expr::LogicalPlanBuilder;
use futures::StreamExt;
use odps::tables::PartitionSpec;
use odps::types::Column;
use tokio_util::sync::CancellationToken;

use super::Runner;
use super::query::result_columns;
use crate::catalog::{CatalogError, TableDef, TableName};
use crate::error::{Position, SqlError};
use crate::outcome::Outcome;
use crate::plan::from_engine;
use crate::progress::Progress;
use crate::statement::{Action, Create, Statement, Written};

impl Runner {
    pub(super) async fn create_table(
        &self,
        mut create: Create,
        progress: &Progress,
        cancel: &CancellationToken,
    ) -> Result<Outcome, SqlError> {
        let name = self.full(&create.name);
        if self.exists(&name)? {
            return match create.if_not_exists {
                true => Ok(done()),
                false => Err(taken(&name, create.name.place)),
            };
        }
        if let Some(like) = &create.like {
            let (_, model) = self.find(like)?;
            create.def = TableDef {
                columns: model.columns,
                partitions: model.partitions,
                defaults: model.defaults,
                comment: create.def.comment,
                lifecycle: create.def.lifecycle,
                properties: create.def.properties,
                ..TableDef::default()
            };
        }
        if create.query.is_some() {
            return self.create_as(name, create, progress, cancel).await;
        }
        for key in &create.def.partitions {
            if create
                .def
                .columns
                .iter()
                .any(|column| column.name == key.name)
            {
                let message = format!("column {} is repeated in creation", key.name);
                return Err(SqlError::semantic(message).at(create.name.place));
            }
        }
        crate::types::storage_schema(&create.def.columns)?;
        for column in &create.def.columns {
            if let Some(text) = create.def.defaults.get(&column.name) {
                self.check_default(text, column, cancel)
                    .await
                    .map_err(|error| SqlError {
                        position: create.name.place,
                        ..error
                    })?;
            }
        }
        self.catalog
            .create_table(&name, create.def)
            .map(|()| done())
            .map_err(|error| SqlError::from(error).at(create.name.place))
    }

    /// Computes a default once, to see whether it is a value of its column.
    async fn check_default(
        &self,
        text: &str,
        column: &Column,
        cancel: &CancellationToken,
    ) -> Result<(), SqlError> {
        let value = self.planner.constant(text, &column.kind)?;
        let plan = LogicalPlanBuilder::empty(true)
            .project([value.alias(&column.name)])
            .and_then(LogicalPlanBuilder::build)
            .map_err(from_engine)?;
        let mut rows = self.start(plan, &Progress::new(), cancel).await?;
        while let Some(batch) = rows.batches.next().await {
            batch?;
        }
        Ok(())
    }

    fn exists(&self, name: &TableName) -> Result<bool, SqlError> {
        Ok(self.catalog.table(name)?.is_some())
    }

    pub(super) fn define(&self, statement: Statement) -> Result<Outcome, SqlError> {
        match statement {
            Statement::CreateView { .. } => self.create_view(statement),
            Statement::Drop {
                name,
                if_exists,
                view,
            } => self.drop(&name, if_exists, view),
            Statement::ChangeRows { verb, name } => {
                let (full, _) = self.find(&name)?;
                let message =
                    format!("{verb} is for transactional tables, and {full} is none of them");
                Err(SqlError::semantic(message).at(name.place))
            }
            Statement::Truncate { name, partitions } => {
                let (full, def) = self.find(&name)?;
                no_view(&full, &def, name.place)?;
                self.catalog.truncate(&full, &partitions)?;
                Ok(done())
            }
            Statement::CreateSchema {
                parts,
                if_not_exists,
            } => {
                let (project, schema) = self.schema(&parts);
                match self.catalog.create_schema(&project, &schema) {
                    Err(CatalogError::SchemaExists(_)) if if_not_exists => Ok(done()),
                    other => Ok(other.map(|()| done())?),
                }
            }
            Statement::DropSchema { parts, if_exists } => {
                let (project, schema) = self.schema(&parts);
                match self.catalog.drop_schema(&project, &schema) {
                    Err(CatalogError::NoSuchSchema(_)) if if_exists => Ok(done()),
                    other => Ok(other.map(|()| done())?),
                }
            }
            other => self.show(other),
        }
    }

    /// `schema` or `project.schema`.
    fn schema(&self, parts: &[String]) -> (String, String) {
        match parts {
            [project, schema, ..] => (project.clone(), schema.clone()),
            [schema] => (self.catalog.project().to_owned(), schema.clone()),
            [] => (self.catalog.project().to_owned(), String::new()),
        }
    }

    fn create_view(&self, statement: Statement) -> Result<Outcome, SqlError> {
        let Statement::CreateView {
            name,
            replace,
            if_not_exists,
            columns,
            comment,
            query,
            text,
        } = statement
        else {
            return Err(SqlError::internal("no view"));
        };
        let full = self.full(&name);
        let before = self.catalog.table(&full)?;
        match &before {
            Some(_) if if_not_exists => return Ok(done()),
            Some(def) if def.view.is_none() || !replace => return Err(taken(&full, name.place)),
            _ => {}
        }
        let plan = self.planner.plan(*query)?;
        let mut made = result_columns(&plan)?;
        if !columns.is_empty() {
            if columns.len() != made.len() {
                let message = format!(
                    "the view has {} columns, but its query {}",
                    columns.len(),
                    made.len()
                );
                return Err(SqlError::semantic(message).at(name.place));
            }
            for (column, (name, comment)) in made.iter_mut().zip(columns) {
                column.name = name;
                column.comment = comment;
            }
        }
        let def = TableDef {
            columns: made,
            comment,
            view: Some(text),
            ..TableDef::default()
        };
        let stored = match before {
            Some(_) => self.catalog.replace_view(&full, def),
            None => self.catalog.create_table(&full, def),
        };
        stored
            .map(|()| done())
            .map_err(|error| SqlError::from(error).at(name.place))
    }

    fn drop(&self, written: &Written, if_exists: bool, view: bool) -> Result<Outcome, SqlError> {
        let name = self.full(written);
        match self.catalog.table(&name)? {
            None if if_exists => Ok(done()),
            None => Err(SqlError::no_table(&name).at(written.place)),
            Some(def) if def.view.is_some() != view => {
                let kind = if view {
                    "a table, not a view"
                } else {
                    "a view, not a table"
                };
                Err(SqlError::semantic(format_args!("{name} is {kind}")).at(written.place))
            }
            Some(_) => {
                self.catalog.drop_table(&name)?;
                Ok(done())
            }
        }
    }

    pub(super) async fn alter(
        &self,
        written: &Written,
        action: Action,
        cancel: &CancellationToken,
    ) -> Result<Outcome, SqlError> {
        let (name, def) = self.find(written)?;
        let placed = |error: CatalogError| SqlError::from(error).at(written.place);
        let complete = |specs: &[PartitionSpec]| {
            let keys = || def.partitions.iter().map(|key| &key.name);
            let full = |spec: &PartitionSpec| {
                spec.0.len() == keys().count() && spec.0.iter().map(|(key, _)| key).eq(keys())
            };
            match specs.iter().find(|spec| !full(spec)) {
                None => Ok(()),
                Some(spec) => Err(SqlError::semantic(format_args!(
                    "partition spec {spec} does not match the partition columns of {name}"
                ))
                .at(written.place)),
            }
        };
        match action {
            Action::Change(change) => self.catalog.alter_table(&name, change).map_err(placed)?,
            Action::Rename(to) => {
                let target = TableName {
                    table: to.clone(),
                    ..name.clone()
                };
                if self.exists(&target)? {
                    return Err(taken(&target, written.place));
                }
                self.catalog.rename_table(&name, &to).map_err(placed)?;
            }
            Action::AddPartitions(specs, if_not_exists) => {
                complete(&specs)?;
                self.catalog
                    .add_partitions(&name, &specs, if_not_exists)
                    .map_err(placed)?;
            }
            Action::DropPartitions(conditions, if_exists) => {
                let specs = self
                    .chosen(&name, &def, conditions, if_exists, cancel)
                    .await
                    .map_err(|error| error.at(written.place))?;
                self.catalog
                    .drop_partitions(&name, &specs, if_exists)
                    .map_err(placed)?;
            }
            Action::MergePartitions {
                from,
                into,
                if_exists,
            } => {
                complete(std::slice::from_ref(&into))?;
                let specs = self
                    .chosen(&name, &def, from, if_exists, cancel)
                    .await
                    .map_err(|error| error.at(written.place))?;
                self.catalog
                    .merge_partitions(&name, &specs, &into)
                    .map_err(placed)?;
            }
            Action::RenamePartition(from, to) => {
                let both = [from, to];
                complete(&both)?;
                let [from, to] = both;
                if !self.catalog.data(&name, Some(&to))?.is_empty() {
                    return Err(placed(CatalogError::PartitionExists(to)));
                }
                self.catalog
                    .merge_partitions(&name, &[from], &to)
                    .map_err(placed)?;
            }
            Action::Columns(change) => {
                no_view(&name, &def, written.place)?;
                self.reshape(name, &def, change, cancel)
                    .await
                    .map_err(|error| error.at(written.place))?;
            }
        }
        Ok(done())
    }
}

fn done() -> Outcome {
    Outcome::Text("OK".to_owned())
}

fn taken(name: &TableName, place: Option<Position>) -> SqlError {
    SqlError::from(CatalogError::TableExists(name.clone())).at(place)
}

fn no_view(name: &TableName, def: &TableDef, place: Option<Position>) -> Result<(), SqlError> {
    match def.view {
        Some(_) => Err(SqlError::semantic(format_args!("{name} is a view")).at(place)),
        None => Ok(()),
    }
}
