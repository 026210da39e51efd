//! The files of a write, one for each partition that rows go to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use arrow::array::{Array, RecordBatch, StringArray, UInt32Array};
use arrow::compute::take_record_batch;
use arrow::datatypes::SchemaRef;
use odps::tables::PartitionSpec;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use crate::catalog::{Commit, Shape, Write};
use crate::error::SqlError;

/// Files that are open at once. Beyond it they are closed and later rows go to new files.
const OPEN: usize = 64;
/// Partitions that one statement may make.
const MAX_PARTITIONS: usize = 10_000;

/// Where rows go.
pub(in crate::run) struct Sink {
    pub(in crate::run) schema: SchemaRef,
    /// Places of columns that may not be NULL.
    pub(in crate::run) required: Vec<usize>,
    pub(in crate::run) keys: Vec<(String, Option<String>)>,
    pub(in crate::run) overwrite: bool,
    /// The columns that the table gets.
    pub(in crate::run) shape: Option<Shape>,
}

/// A write with its open files.
pub(in crate::run) struct Writing {
    write: Box<dyn Write>,
    open: BTreeMap<Vec<String>, ArrowWriter<File>>,
    seen: BTreeSet<Vec<String>>,
    sink: Sink,
}

impl Writing {
    pub(in crate::run) fn new(write: Box<dyn Write>, sink: Sink) -> Self {
        Self {
            write,
            open: BTreeMap::new(),
            seen: BTreeSet::new(),
            sink,
        }
    }

    /// A partition is there afterwards even without rows.
    pub(in crate::run) fn see(&mut self, spec: &PartitionSpec) -> Vec<String> {
        let values: Vec<String> = spec.0.iter().map(|(_, value)| value.clone()).collect();
        self.seen.insert(values.clone());
        values
    }

    pub(in crate::run) fn add(&mut self, batch: &RecordBatch) -> Result<(), SqlError> {
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

    pub(in crate::run) fn put(
        &mut self,
        spec: Vec<String>,
        rows: &RecordBatch,
    ) -> Result<(), SqlError> {
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

    pub(in crate::run) fn commit(mut self) -> Result<u64, SqlError> {
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
