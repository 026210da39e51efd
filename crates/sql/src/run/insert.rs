//! `INSERT` and `CREATE TABLE AS`: rows into new Parquet files, one writer for each partition.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use arrow::array::{Array, RecordBatch, StringArray, UInt32Array};
use arrow::compute::take_record_batch;
use arrow::datatypes::SchemaRef;
use datafusion::logical_expr::{Expr as Value, LogicalPlan};
use futures::StreamExt;
use odps::tables::PartitionSpec;
use odps::types::{Column, Type};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use tokio_util::sync::CancellationToken;

use super::Runner;
use super::query::result_columns;
use crate::catalog::{Commit, Shape, TableName, Write};
use crate::error::SqlError;
use crate::functions;
use crate::outcome::Outcome;
use crate::plan::Planner;
use crate::progress::Progress;
use crate::statement::{Create, Insert, literal};
use crate::types::storage_schema;

/// Files that are open at once. Beyond it they are closed and later rows go to new files.
const OPEN: usize = 64;
/// Partitions that one statement may make.
const MAX_PARTITIONS: usize = 10_000;

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

/// Where rows go.
pub(super) struct Sink {
    pub(super) schema: SchemaRef,
    /// Places of columns that may not be NULL.
    pub(super) required: Vec<usize>,
    pub(super) keys: Vec<(String, Option<String>)>,
    pub(super) overwrite: bool,
    /// The columns that the table gets.
    pub(super) shape: Option<Shape>,
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

/// A write with its open files.
pub(super) struct Writing {
    write: Box<dyn Write>,
    open: BTreeMap<Vec<String>, ArrowWriter<File>>,
    seen: BTreeSet<Vec<String>>,
    sink: Sink,
}

impl Writing {
    pub(super) fn new(write: Box<dyn Write>, sink: Sink) -> Self {
        Self {
            write,
            open: BTreeMap::new(),
            seen: BTreeSet::new(),
            sink,
        }
    }

    /// A partition is there afterwards even without rows.
    pub(super) fn see(&mut self, spec: &PartitionSpec) -> Vec<String> {
        let values: Vec<String> = spec.0.iter().map(|(_, value)| value.clone()).collect();
        self.seen.insert(values.clone());
        values
    }

    fn add(&mut self, batch: &RecordBatch) -> Result<(), SqlError> {
        for at in &self.sink.required {
            if batch.column(*at).null_count() > 0 {
                return Err(SqlError::with_code(
                    "ODPS-0121095",
                    format!(
                        "Invalid argument - column {} is NOT NULL but a value is NULL",
                        self.sink.schema.field(*at).name()
                    ),
                ));
            }
        }
        let data = self.sink.schema.fields().len();
        let columns: Vec<usize> = (0..data).collect();
        let rows = batch.project(&columns).map_err(SqlError::internal)?;
        let rows = RecordBatch::try_new_with_options(
            self.sink.schema.clone(),
            rows.columns().to_vec(),
            &arrow::array::RecordBatchOptions::new().with_row_count(Some(batch.num_rows())),
        )
        .map_err(SqlError::internal)?;
        if batch.num_columns() == data {
            let spec = self.sink.keys.iter().filter_map(|(_, value)| value.clone());
            return self.put(spec.collect(), &rows);
        }
        let mut parts: BTreeMap<Vec<String>, Vec<u32>> = BTreeMap::new();
        for row in 0..batch.num_rows() {
            let spec = self.spec(batch, data, row)?;
            let row = u32::try_from(row).map_err(SqlError::internal)?;
            parts.entry(spec).or_default().push(row);
        }
        for (spec, places) in parts {
            let places = UInt32Array::from(places);
            let part = take_record_batch(&rows, &places).map_err(SqlError::internal)?;
            self.put(spec, &part)?;
        }
        Ok(())
    }

    /// The values of all keys for one row.
    fn spec(&self, batch: &RecordBatch, data: usize, row: usize) -> Result<Vec<String>, SqlError> {
        let mut next = data;
        let mut spec = Vec::with_capacity(self.sink.keys.len());
        for (key, value) in &self.sink.keys {
            if let Some(value) = value {
                spec.push(value.clone());
                continue;
            }
            let column = batch.column(next).as_any().downcast_ref::<StringArray>();
            next += 1;
            let value = column.filter(|column| column.is_valid(row));
            match value.map(|column| column.value(row)) {
                Some(value) if !value.is_empty() => spec.push(value.to_owned()),
                _ => {
                    return Err(SqlError::with_code(
                        "ODPS-0123031",
                        format!(
                            "Partition exception - the value of partition {key} is NULL or empty"
                        ),
                    ));
                }
            }
        }
        Ok(spec)
    }

    pub(super) fn put(&mut self, spec: Vec<String>, rows: &RecordBatch) -> Result<(), SqlError> {
        if rows.num_rows() == 0 {
            return Ok(());
        }
        if !self.open.contains_key(&spec) {
            if self.open.len() >= OPEN {
                self.close()?;
            }
            self.seen.insert(spec.clone());
            if self.seen.len() > MAX_PARTITIONS {
                return Err(SqlError::with_code(
                    "ODPS-0123031",
                    format!("Partition exception - more than {MAX_PARTITIONS} dynamic partitions"),
                ));
            }
            let path = self.write.file(&self.named(&spec))?;
            let file = File::create(&path).map_err(SqlError::internal)?;
            let properties = WriterProperties::builder()
                .set_compression(Compression::SNAPPY)
                .set_max_row_group_row_count(Some(128 * 1024))
                .build();
            let writer = ArrowWriter::try_new(file, self.sink.schema.clone(), Some(properties));
            self.open
                .insert(spec.clone(), writer.map_err(SqlError::internal)?);
        }
        match self.open.get_mut(&spec) {
            Some(writer) => writer.write(rows).map_err(SqlError::internal),
            None => Ok(()),
        }
    }

    fn named(&self, values: &[String]) -> PartitionSpec {
        let names = self.sink.keys.iter().map(|(key, _)| key.clone());
        PartitionSpec(names.zip(values.iter().cloned()).collect())
    }

    fn close(&mut self) -> Result<(), SqlError> {
        for (_, writer) in std::mem::take(&mut self.open) {
            writer.close().map_err(SqlError::internal)?;
        }
        Ok(())
    }

    fn commit(mut self) -> Result<u64, SqlError> {
        self.close()?;
        let fixed: Option<Vec<String>> = self
            .sink
            .keys
            .iter()
            .map(|(_, value)| value.clone())
            .collect();
        self.seen.extend(fixed);
        let partitions = self.seen.iter().map(|spec| self.named(spec)).collect();
        let commit = Commit {
            overwrite: self.sink.overwrite,
            partitions,
            shape: self.sink.shape.take(),
        };
        Ok(self.write.commit(commit)?)
    }
}
