//! Plans that let go when they are told to.
//!
//! An operator of DataFusion gives way to others at its inputs only. A join makes more rows than it
//! reads, and where its condition refuses most pairs it can compute for hours within one step, so
//! joins and unnested lists get a place to stop above them, and conditions of joins look at the order
//! themselves.
//!
//! A nested-loop join that finds no memory for its left side begins that side again, to keep it on disk.
//! DataFusion 55 panics there where the side is an exchange, and its outer joins then give rows twice, so
//! the left side runs once and the query is refused for its memory.

use std::collections::BTreeSet;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex};

use arrow::array::RecordBatch;
use arrow::datatypes::{FieldRef, Schema};
use datafusion::common::tree_node::{Transformed, TreeNode as _, TreeNodeRecursion};
use datafusion::common::{DataFusionError, Result as DfResult};
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::logical_expr::ColumnarValue;
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_plan::coop::make_cooperative;
use datafusion::physical_plan::execution_plan::replace_children_if_necessary;
use datafusion::physical_plan::joins::utils::JoinFilter;
use datafusion::physical_plan::joins::{
    HashJoinExec, HashJoinExecBuilder, NestedLoopJoinExec, NestedLoopJoinExecBuilder,
};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{DisplayAs, DisplayFormatType, ExecutionPlan, PlanProperties};
use futures::StreamExt as _;
use tokio_util::sync::CancellationToken;

use crate::error::SqlError;
use crate::plan::{from_engine, lock};

/// The same plan, which ends with an error soon after the order.
pub(super) fn stoppable(
    plan: Arc<dyn ExecutionPlan>,
    order: &CancellationToken,
) -> Result<Arc<dyn ExecutionPlan>, SqlError> {
    let changed = plan.transform_up(|node| {
        let multiplies = node.children().len() > 1 || node.name() == "UnnestExec";
        if !multiplies {
            return Ok(Transformed::no(node));
        }
        let node = watched(node, order)?;
        let node: Arc<dyn ExecutionPlan> = Arc::new(Stoppable::new(node, order, Runs::Again));
        Ok(Transformed::yes(node))
    });
    Ok(changed.map_err(from_engine)?.data)
}

/// A join whose condition looks at the order.
fn watched(
    node: Arc<dyn ExecutionPlan>,
    order: &CancellationToken,
) -> DfResult<Arc<dyn ExecutionPlan>> {
    let watch = |filter: &JoinFilter| {
        let condition = Watched {
            inner: filter.expression().clone(),
            order: order.clone(),
        };
        JoinFilter::new(
            Arc::new(condition),
            filter.column_indices().to_vec(),
            filter.schema().clone(),
        )
    };
    if let Some(join) = node.downcast_ref::<NestedLoopJoinExec>() {
        let filter = join.filter().map(watch);
        let join = NestedLoopJoinExecBuilder::from(join).with_filter(filter);
        let join: Arc<dyn ExecutionPlan> = Arc::new(join.build()?);
        let mut sides: Vec<_> = join.children().into_iter().cloned().collect();
        if let Some(left) = sides.first_mut() {
            *left = Arc::new(Stoppable::new(left.clone(), order, Runs::Once));
        }
        return replace_children_if_necessary(join, sides);
    }
    if let Some(join) = node.downcast_ref::<HashJoinExec>()
        && let Some(filter) = join.filter()
    {
        let join = HashJoinExecBuilder::from(join).with_filter(Some(watch(filter)));
        return Ok(Arc::new(join.build()?));
    }
    Ok(node)
}

fn go_on(order: &CancellationToken) -> DfResult<()> {
    match order.is_cancelled() {
        true => Err(DataFusionError::External(Box::new(SqlError::cancelled()))),
        false => Ok(()),
    }
}

/// How often each part of a plan may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Runs {
    Once,
    Again,
}

/// Passes rows on until the order, and gives way to other tasks now and then.
#[derive(Debug)]
struct Stoppable {
    input: Arc<dyn ExecutionPlan>,
    order: CancellationToken,
    runs: Runs,
    begun: Mutex<BTreeSet<usize>>,
}

impl Stoppable {
    fn new(input: Arc<dyn ExecutionPlan>, order: &CancellationToken, runs: Runs) -> Self {
        Self {
            input,
            order: order.clone(),
            runs,
            begun: Mutex::default(),
        }
    }
}

impl DisplayAs for Stoppable {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Stoppable")
    }
}

impl ExecutionPlan for Stoppable {
    fn name(&self) -> &str {
        "Stoppable"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        self.input.properties()
    }

    fn maintains_input_order(&self) -> Vec<bool> {
        vec![true]
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        vec![&self.input]
    }

    fn apply_expressions(
        &self,
        _: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> DfResult<TreeNodeRecursion>,
    ) -> DfResult<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
    ) -> DfResult<Arc<dyn ExecutionPlan>> {
        let input = children.into_iter().next();
        let input = input.unwrap_or_else(|| self.input.clone());
        Ok(Arc::new(Self::new(input, &self.order, self.runs)))
    }

    fn execute(
        &self,
        partition: usize,
        context: Arc<TaskContext>,
    ) -> DfResult<SendableRecordBatchStream> {
        if !lock(&self.begun).insert(partition) && self.runs == Runs::Once {
            let text = "the smaller side of a join without equal keys does not fit in memory";
            return Err(DataFusionError::ResourcesExhausted(text.to_owned()));
        }
        let rows = self.input.execute(partition, context)?;
        let (schema, order) = (rows.schema(), self.order.clone());
        let rows = rows.map(move |batch| go_on(&order).and(batch));
        Ok(make_cooperative(Box::pin(RecordBatchStreamAdapter::new(
            schema, rows,
        ))))
    }
}

/// A condition that is an error after the order.
#[derive(Debug)]
struct Watched {
    inner: Arc<dyn PhysicalExpr>,
    order: CancellationToken,
}

impl PartialEq for Watched {
    fn eq(&self, other: &Self) -> bool {
        self.inner.eq(&other.inner)
    }
}

impl Eq for Watched {}

impl Hash for Watched {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.inner.hash(state);
    }
}

impl fmt::Display for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl PhysicalExpr for Watched {
    fn evaluate(&self, batch: &RecordBatch) -> DfResult<ColumnarValue> {
        go_on(&self.order)?;
        self.inner.evaluate(batch)
    }

    fn return_field(&self, input: &Schema) -> DfResult<FieldRef> {
        self.inner.return_field(input)
    }

    fn children(&self) -> Vec<&Arc<dyn PhysicalExpr>> {
        vec![&self.inner]
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn PhysicalExpr>>,
    ) -> DfResult<Arc<dyn PhysicalExpr>> {
        let inner = children.into_iter().next();
        Ok(Arc::new(Self {
            inner: inner.unwrap_or_else(|| self.inner.clone()),
            order: self.order.clone(),
        }))
    }

    fn fmt_sql(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt_sql(f)
    }
}
