//! `INSERT` and `CREATE TABLE AS`: rows into new Parquet files, one writer for each partition.

mod files;

use std::collections::BTreeMap;

use datafusion::logical_expr::{Expr as Value, LogicalPlan};
use futures::StreamExt;
use odps::types::{Column, Type};
use tokio_util::sync::CancellationToken;

pub(super) use files::{Sink, Writing};

use super::Runner;
use super::query::result_columns;
use crate::catalog::TableName;
use crate::error::SqlError;
use crate::functions;
use crate::outcome::Outcome;
use crate::plan::Planner;
use crate::progress::Progress;
use crate::statement::{Create, Insert, literal};
use crate::types::storage_schema;

impl Runner {
    /// Runs inserts and makes their rows visible when all have ended well.
    pub(super) async fn insert(
        &self,
        inserts: Vec<Insert>,
        progress: &Progress,
        cancel: &CancellationToken,
    ) -> Result<Outcome, SqlError> {
        let mut planned = Vec::with_capacity(inserts.len());
        for insert in inserts {
            let place = insert.name.place;
            let one = self.planned(insert)?;
            if planned.iter().any(|other| overlap(other, &one)) {
                let message = format!("{} is written twice by one statement", one.name);
                return Err(SqlError::semantic(message).at(place));
            }
            planned.push(one);
        }
        let mut written = Vec::with_capacity(planned.len());
        for Planned { name, plan, sink } in planned {
            written.push(self.write(&name, plan, sink, progress, cancel).await?);
        }
        commit(written, progress).await
    }

    fn planned(&self, insert: Insert) -> Result<Planned, SqlError> {
        let (name, def) = self.find(&insert.name)?;
        let place = insert.name.place;
        if def.view.is_some() {
            let message = format!("{name} is a view and cannot be written");
            return Err(SqlError::semantic(message).at(place));
        }
        let keys = keys(&insert, &def.partitions).map_err(|error| error.at(place))?;
        let dynamic: Vec<Column> = def
            .partitions
            .iter()
            .zip(&keys)
            .filter(|(_, value)| value.is_none())
            .map(|(key, _)| Column {
                kind: Type::String,
                ..key.clone()
            })
            .collect();
        let plan = self.planner.plan(*insert.query)?;
        let targets: Vec<&Column> = def.columns.iter().chain(&dynamic).collect();
        let mut defaults = BTreeMap::new();
        for column in &def.columns {
            if let Some(text) = def.defaults.get(&column.name) {
                let value = self.planner.constant(text, &column.kind)?;
                defaults.insert(column.name.clone(), value);
            }
        }
        let plan = fitted(plan, &targets, &insert.columns, dynamic.len(), &defaults)
            .map_err(|error| error.at(place))?;
        let sink = Sink {
            schema: storage_schema(&def.columns)?,
            required: required(&def.columns),
            keys: def
                .partitions
                .iter()
                .map(|key| key.name.clone())
                .zip(keys)
                .collect(),
            overwrite: insert.overwrite,
            shape: None,
        };
        Ok(Planned { name, plan, sink })
    }

    pub(super) async fn create_as(
        &self,
        name: TableName,
        mut create: Create,
        progress: &Progress,
        cancel: &CancellationToken,
    ) -> Result<Outcome, SqlError> {
        let Some(query) = create.query.take() else {
            return Err(SqlError::internal("no query"));
        };
        let plan = self.planner.plan(*query)?;
        let mut columns = result_columns(&plan)?;
        for column in &mut columns {
            if column.kind == Type::Void {
                column.kind = Type::String;
            }
        }
        let dynamic: Vec<String> = create
            .def
            .partitions
            .iter()
            .map(|key| key.name.clone())
            .collect();
        let data = columns.len().saturating_sub(dynamic.len());
        let last = columns.split_off(data);
        if last.iter().map(|column| &column.name).ne(&dynamic) {
            let message = "the partition columns must be the last columns of the query";
            return Err(SqlError::semantic(message).at(create.name.place));
        }
        create.def.columns = columns;
        let def = create.def.clone();
        let keys: Vec<Column> = def
            .partitions
            .iter()
            .map(|key| Column::new(&key.name, Type::String))
            .collect();
        let targets: Vec<&Column> = def.columns.iter().chain(&keys).collect();
        let plan = fitted(plan, &targets, &[], 0, &BTreeMap::new())?;
        self.catalog
            .create_table(&name, create.def)
            .map_err(|error| SqlError::from(error).at(create.name.place))?;
        let sink = Sink {
            schema: storage_schema(&def.columns)?,
            required: Vec::new(),
            keys: dynamic.into_iter().map(|key| (key, None)).collect(),
            overwrite: false,
            shape: None,
        };
        let written = match self.write(&name, plan, sink, progress, cancel).await {
            Ok(written) => commit(vec![written], progress).await,
            Err(error) => Err(error),
        };
        if written.is_err() {
            // The table was made for these rows alone.
            if let Err(error) = self.catalog.drop_table(&name) {
                tracing::warn!(table = %name, %error, "a failed CREATE TABLE AS leaves its table");
            }
        }
        written
    }

    /// Computes rows into files that nobody sees yet.
    async fn write(
        &self,
        name: &TableName,
        plan: LogicalPlan,
        sink: Sink,
        progress: &Progress,
        cancel: &CancellationToken,
    ) -> Result<Writing, SqlError> {
        let mut rows = self.start(plan, progress, cancel).await?;
        let mut writing = Writing::new(self.catalog.write(name)?, sink);
        while let Some(batch) = rows.batches.next().await {
            writing.add(&batch?)?;
        }
        if cancel.is_cancelled() {
            return Err(SqlError::cancelled());
        }
        Ok(writing)
    }
}

pub(super) async fn commit(
    written: Vec<Writing>,
    progress: &Progress,
) -> Result<Outcome, SqlError> {
    let committed = tokio::task::spawn_blocking(move || {
        let mut rows = 0;
        for writing in written {
            rows += writing.commit()?;
        }
        Ok::<u64, SqlError>(rows)
    });
    progress.wrote(committed.await.map_err(SqlError::internal)??);
    Ok(Outcome::Text(String::new()))
}

/// An insert that makes sense.
struct Planned {
    name: TableName,
    plan: LogicalPlan,
    sink: Sink,
}

/// Whether two inserts may put rows into the same partition.
fn overlap(one: &Planned, other: &Planned) -> bool {
    let mut both = one.sink.keys.iter().zip(&other.sink.keys);
    let apart = both.any(|((_, one), (_, other))| one.is_some() && other.is_some() && one != other);
    one.name == other.name && !apart
}

/// The value of each partition key; nothing for those that come from the rows.
fn keys(insert: &Insert, partitions: &[Column]) -> Result<Vec<Option<String>>, SqlError> {
    if let Some((key, _)) = insert
        .partition
        .iter()
        .find(|(key, _)| partitions.iter().all(|column| &column.name != key))
    {
        return Err(SqlError::semantic(format_args!(
            "column {key} is not a partition column"
        )));
    }
    if insert.partition.is_empty() && !partitions.is_empty() {
        return Err(SqlError::semantic(
            "inserting into a partitioned table needs a PARTITION clause",
        ));
    }
    let mut dynamic_before = false;
    partitions
        .iter()
        .map(|column| {
            let given = insert.partition.iter().find(|(key, _)| key == &column.name);
            match given {
                Some((_, Some(_))) if dynamic_before => Err(SqlError::semantic(
                    "a static partition key cannot follow a dynamic one",
                )),
                Some((_, Some(value))) => literal(value)
                    .map(Some)
                    .ok_or_else(|| SqlError::semantic("a partition value must be a constant")),
                Some((_, None)) => {
                    dynamic_before = true;
                    Ok(None)
                }
                None => Err(SqlError::semantic(format_args!(
                    "partition column {} is missing in the PARTITION clause",
                    column.name
                ))),
            }
        })
        .collect()
}

fn required(columns: &[Column]) -> Vec<usize> {
    let places = columns.iter().enumerate();
    places
        .filter(|(_, column)| !column.nullable)
        .map(|(at, _)| at)
        .collect()
}

/// The plan with one column of the right type for each target.
fn fitted(
    plan: LogicalPlan,
    targets: &[&Column],
    names: &[String],
    dynamic: usize,
    defaults: &BTreeMap<String, Value>,
) -> Result<LogicalPlan, SqlError> {
    let given = plan.schema().fields().len();
    let mut order: Vec<Option<usize>> = (0..targets.len()).map(Some).collect();
    if names.is_empty() {
        if given != targets.len() {
            return Err(SqlError::semantic(format_args!(
                "wrong columns count {given} in data source, requires {} columns (includes \
                 dynamic partitions if any)",
                targets.len()
            )));
        }
    } else {
        let data = targets.len() - dynamic;
        if let Some((_, again)) = names
            .iter()
            .enumerate()
            .find(|(at, name)| names[..*at].contains(name))
        {
            return Err(SqlError::semantic(format_args!(
                "column {again} is repeated"
            )));
        }
        let mut listed: Vec<&str> = names.iter().map(String::as_str).collect();
        for key in &targets[data..] {
            if !listed.contains(&key.name.as_str()) {
                listed.push(&key.name);
            }
        }
        if let Some(stranger) = listed
            .iter()
            .find(|name| targets.iter().all(|column| column.name != **name))
        {
            return Err(SqlError::semantic(format_args!(
                "column {stranger} cannot be resolved"
            )));
        }
        if given != listed.len() {
            return Err(SqlError::semantic(format_args!(
                "wrong columns count {given} in data source, requires {} columns (includes \
                 dynamic partitions if any)",
                listed.len()
            )));
        }
        for (place, target) in order.iter_mut().zip(targets) {
            *place = listed.iter().position(|name| *name == target.name);
        }
    }
    Planner::project(plan, |inputs| {
        let value = |place: &Option<usize>, target: &Column| match place {
            Some(at) => inputs[*at].clone(),
            None => match defaults.get(&target.name) {
                Some(value) => value.clone(),
                None => datafusion::logical_expr::lit(datafusion::common::ScalarValue::Null),
            },
        };
        order
            .iter()
            .zip(targets)
            .map(|(place, target)| {
                functions::cast(value(place, target), &target.kind.to_string()).alias(&target.name)
            })
            .collect()
    })
}
