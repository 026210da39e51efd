//! `SELECT`: planned, started, and handed out row by row.

use std::collections::HashSet;
use std::sync::Arc;

use arrow::array::{RecordBatch, RecordBatchOptions};
use arrow::compute::cast;
use arrow::datatypes::SchemaRef;
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::{ExecutionPlan, displayable, execute_stream};
use datafusion::sql::sqlparser::ast::Query;
use futures::StreamExt;
use futures::stream::{BoxStream, unfold};
use odps::types::Column;
use tokio_util::sync::CancellationToken;

use super::{Runner, stop};
use crate::error::SqlError;
use crate::outcome::{Cost, Outcome, Rows};
use crate::plan::{from_engine, lock};
use crate::progress::Progress;
use crate::script::deep;
use crate::types::{result_type, storage_schema};

impl Runner {
    pub(super) async fn query(
        &self,
        query: Query,
        progress: &Progress,
        cancel: &CancellationToken,
    ) -> Result<Outcome, SqlError> {
        let plan = self.planner.plan(query)?;
        Ok(Outcome::Rows(self.start(plan, progress, cancel).await?))
    }

    /// Starts a plan. The rows come with the schema of their MaxCompute types.
    pub(super) async fn start(
        &self,
        plan: LogicalPlan,
        progress: &Progress,
        cancel: &CancellationToken,
    ) -> Result<Rows, SqlError> {
        let columns = result_columns(&plan)?;
        let physical = stop::stoppable(self.physical(&plan).await?, cancel)?;
        progress.begin(physical.clone(), lock(&self.planner.scans).clone());
        let stream =
            execute_stream(physical, self.planner.state.task_ctx()).map_err(from_engine)?;
        let schema = storage_schema(&columns)?;
        let fitted = schema.clone();
        let batches = stream
            .map(move |batch| fit(&batch.map_err(from_engine)?, &fitted))
            .boxed();
        Ok(Rows {
            columns,
            schema,
            batches: until_cancelled(batches, progress.clone(), cancel.clone()),
        })
    }

    async fn physical(&self, plan: &LogicalPlan) -> Result<Arc<dyn ExecutionPlan>, SqlError> {
        let state = &self.planner.state;
        let plan = deep(|| state.optimize(plan)).map_err(from_engine)?;
        let planned = state.query_planner().create_physical_plan(&plan, state);
        planned.await.map_err(from_engine)
    }

    pub(super) async fn explain(&self, query: Query) -> Result<Outcome, SqlError> {
        let plan = self.planner.plan(query)?;
        let physical = self.physical(&plan).await?;
        let shown = displayable(physical.as_ref()).indent(false).to_string();
        Ok(Outcome::Text(shown))
    }

    pub(super) async fn query_cost(&self, query: Query) -> Result<Cost, SqlError> {
        let plan = self.planner.plan(query)?;
        self.physical(&plan).await?;
        let input = lock(&self.planner.scans)
            .iter()
            .map(|scan| scan.bytes)
            .sum();
        Ok(Cost {
            input,
            complexity: complexity(&plan),
            udf: 0,
        })
    }
}

/// One for a scan; joins, aggregates, windows and sorts each add to it.
fn complexity(plan: &LogicalPlan) -> f64 {
    let own = match plan {
        LogicalPlan::Join(_) => 1.0,
        LogicalPlan::Aggregate(_) | LogicalPlan::Window(_) | LogicalPlan::Distinct(_) => 0.5,
        LogicalPlan::Sort(_) => 0.5,
        _ => 0.0,
    };
    let below: f64 = plan
        .inputs()
        .into_iter()
        .map(|input| complexity(input) - 1.0)
        .sum();
    1.0 + own + below
}

/// The columns of a plan's rows. A name that comes again gets a number, as MaxCompute has it.
pub(super) fn result_columns(plan: &LogicalPlan) -> Result<Vec<Column>, SqlError> {
    let mut taken = HashSet::new();
    let mut columns = Vec::new();
    for field in plan.schema().fields() {
        let mut name = field.name().clone();
        let mut number = 1;
        while !taken.insert(name.clone()) {
            number += 1;
            name = format!("{}{number}", field.name());
        }
        columns.push(Column::new(name, result_type(field)?));
    }
    Ok(columns)
}

/// Gives a batch the schema of the result; what the engine computed in another type is converted.
pub(super) fn fit(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, SqlError> {
    let columns = batch.columns().iter().zip(schema.fields());
    let columns: Result<Vec<_>, _> = columns
        .map(
            |(column, field)| match column.data_type() == field.data_type() {
                true => Ok(column.clone()),
                false => cast(column, field.data_type()),
            },
        )
        .collect();
    let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    columns
        .and_then(|columns| RecordBatch::try_new_with_options(schema.clone(), columns, &options))
        .map_err(|error| from_engine(error.into()))
}

/// The stream until its end, its first error, or the order to stop.
fn until_cancelled(
    batches: BoxStream<'static, Result<RecordBatch, SqlError>>,
    progress: Progress,
    cancel: CancellationToken,
) -> BoxStream<'static, Result<RecordBatch, SqlError>> {
    unfold(Some(batches), move |state| {
        let cancel = cancel.clone();
        let progress = progress.clone();
        async move {
            let mut batches = state?;
            let next = tokio::select! {
                biased;
                () = cancel.cancelled() => Some(Err(SqlError::cancelled())),
                next = batches.next() => next,
            };
            match next {
                Some(Ok(batch)) => Some((Ok(batch), Some(batches))),
                Some(Err(error)) => Some((Err(error), None)),
                None => {
                    progress.end();
                    None
                }
            }
        }
    })
    .boxed()
}
