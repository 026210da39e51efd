//! A table of the catalogue as the engine reads it: Parquet files with the partition keys as columns,
//! only the partitions that the query asks for, and never all of them by mistake.

use std::sync::{Arc, Mutex};

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{FieldRef, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::{DFSchema, DataFusionError, Result, ScalarValue};
use datafusion::datasource::TableType;
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::object_store::ObjectStoreUrl;
use datafusion::datasource::physical_plan::{FileGroup, FileScanConfigBuilder, ParquetSource};
use datafusion::datasource::source::DataSourceExec;
use datafusion::datasource::table_schema::TableSchema;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown};
use datafusion::object_store::ObjectMeta;
use datafusion::object_store::path::Path;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::empty::EmptyExec;

use super::lock;
use crate::catalog::{Catalog, DataSet, TableName};
use crate::error::{Position, SqlError};
use crate::rewrite::Found;
use crate::types::{storage_field, storage_schema};

/// What a scan will read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ScanFacts {
    pub(crate) table: TableName,
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
}

/// The scans of a statement as they are planned.
pub(crate) type Scans = Arc<Mutex<Vec<ScanFacts>>>;

pub(super) struct Table {
    catalog: Arc<dyn Catalog>,
    name: TableName,
    place: Option<Position>,
    files: SchemaRef,
    keys: Vec<FieldRef>,
    all: SchemaRef,
    full_scans: bool,
    scans: Scans,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Table({})", self.name)
    }
}

impl Table {
    pub(super) fn new(
        catalog: Arc<dyn Catalog>,
        name: TableName,
        found: Found,
        full_scans: bool,
        scans: Scans,
    ) -> std::result::Result<Self, SqlError> {
        let files = storage_schema(&found.def.columns)?;
        let mut keys = Vec::new();
        for key in &found.def.partitions {
            keys.push(Arc::new(storage_field(key)?));
        }
        let fields = files.fields().iter().chain(&keys).cloned();
        let all = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        Ok(Self {
            catalog,
            name,
            place: found.place,
            files,
            keys,
            all,
            full_scans,
            scans,
        })
    }

    fn only_keys(&self, filter: &Expr) -> bool {
        let columns = filter.column_refs();
        !columns.is_empty()
            && !filter.is_volatile()
            && columns
                .iter()
                .all(|column| self.keys.iter().any(|key| key.name() == &column.name))
    }

    /// The partitions for which all filters over keys are true.
    fn prune(
        &self,
        state: &dyn Session,
        sets: Vec<DataSet>,
        filters: &[Expr],
    ) -> Result<Vec<(DataSet, Vec<ScalarValue>)>> {
        let mut values = Vec::with_capacity(sets.len());
        for set in &sets {
            values.push(self.values(set)?);
        }
        let filters: Vec<&Expr> = filters.iter().filter(|one| self.only_keys(one)).collect();
        let mut keep = vec![true; sets.len()];
        if !filters.is_empty() && !sets.is_empty() {
            let schema = Arc::new(Schema::new(self.keys.clone()));
            let mut columns: Vec<ArrayRef> = Vec::new();
            for key in 0..self.keys.len() {
                let column = values.iter().map(|row| row[key].clone());
                columns.push(ScalarValue::iter_to_array(column)?);
            }
            let batch = RecordBatch::try_new(schema.clone(), columns)?;
            let df_schema = DFSchema::try_from(schema)?;
            for filter in filters {
                let physical = state.create_physical_expr(filter.clone(), &df_schema)?;
                let result = physical.evaluate(&batch)?.into_array(sets.len())?;
                let result = result.as_boolean();
                for (at, keep) in keep.iter_mut().enumerate() {
                    *keep &= result.is_valid(at) && result.value(at);
                }
            }
        }
        let both = sets.into_iter().zip(values).zip(keep);
        Ok(both.filter_map(|(set, keep)| keep.then_some(set)).collect())
    }

    fn values(&self, set: &DataSet) -> Result<Vec<ScalarValue>> {
        let value = |key: &FieldRef| {
            let text = set.spec.0.iter().find(|(name, _)| name == key.name());
            match text {
                Some((_, text)) => ScalarValue::try_from_string(text.clone(), key.data_type()),
                None => ScalarValue::try_from(key.data_type()),
            }
        };
        self.keys.iter().map(value).collect()
    }
}

#[async_trait::async_trait]
impl TableProvider for Table {
    fn schema(&self) -> SchemaRef {
        self.all.clone()
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    fn supports_filters_pushdown(
        &self,
        filters: &[&Expr],
    ) -> Result<Vec<TableProviderFilterPushDown>> {
        let support = |filter: &&Expr| match self.only_keys(filter) {
            true => TableProviderFilterPushDown::Exact,
            false => TableProviderFilterPushDown::Inexact,
        };
        Ok(filters.iter().map(support).collect())
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let mentions_key = |filter: &Expr| {
            let columns = filter.column_refs();
            columns
                .iter()
                .any(|column| self.keys.iter().any(|key| key.name() == &column.name))
        };
        if !self.keys.is_empty() && !self.full_scans && !filters.iter().any(mentions_key) {
            return Err(own(full_scan(&self.name).at(self.place)));
        }
        let sets = self
            .catalog
            .data(&self.name, None)
            .map_err(|error| own(SqlError::from(error).at(self.place)))?;
        let sets = self.prune(state, sets, filters)?;
        lock(&self.scans).push(ScanFacts {
            table: self.name.clone(),
            rows: sets.iter().map(|(set, _)| set.rows).sum(),
            bytes: sets.iter().map(|(set, _)| set.bytes).sum(),
        });
        let mut files = Vec::new();
        for (set, values) in sets {
            for path in set.files {
                let size = std::fs::metadata(&path)?.len();
                let location = Path::from_absolute_path(&path)
                    .map_err(|error| DataFusionError::External(Box::new(error)))?;
                let file = PartitionedFile::new_from_meta(ObjectMeta {
                    location,
                    last_modified: chrono::DateTime::UNIX_EPOCH,
                    size,
                    e_tag: None,
                    version: None,
                });
                files.push(file.with_partition_values(values.clone()));
            }
        }
        let schema = TableSchema::builder(self.files.clone())
            .with_table_partition_cols(self.keys.clone())
            .build();
        if files.is_empty() {
            let schema = match projection {
                Some(columns) => Arc::new(self.all.project(columns)?),
                None => self.all.clone(),
            };
            return Ok(Arc::new(EmptyExec::new(schema)));
        }
        let groups = FileGroup::new(files).split_files(state.config().target_partitions());
        let source = Arc::new(ParquetSource::new(schema));
        let config = FileScanConfigBuilder::new(ObjectStoreUrl::local_filesystem(), source)
            .with_file_groups(groups)
            .with_projection_indices(projection.cloned())?
            .with_limit(limit)
            .build();
        Ok(DataSourceExec::from_data_source(config))
    }
}

fn own(error: SqlError) -> DataFusionError {
    DataFusionError::External(Box::new(error))
}

fn full_scan(name: &TableName) -> SqlError {
    SqlError::semantic(format_args!(
        "physical plan generation failed: java.lang.RuntimeException: Table({},{}) is full scan \
         with all partitions, please specify partition predicates.",
        name.project, name.table
    ))
}
