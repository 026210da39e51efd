//! Types of `CASE`, `COALESCE` and `UNION` where MaxCompute differs: text that meets other values makes
//! text of them, or is refused; a condition is a boolean.

use arrow::datatypes::DataType;
use datafusion::common::tree_node::{Transformed, TreeNode, TreeNodeRecursion};
use datafusion::common::{DFSchema, DataFusionError, Result};
use datafusion::logical_expr::expr::{Case, InList, ScalarFunction};
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::utils::merge_schema;
use datafusion::logical_expr::{Expr, ExprSchemable, LogicalPlan};

use super::errors::NO_BOOLEAN;
use super::operators::{is_boolean, is_text, meets, named, place};
use crate::error::SqlError;
use crate::functions;

/// The plan with these types.
pub(super) fn coerce(plan: LogicalPlan) -> Result<LogicalPlan> {
    let mut touched = false;
    let done = plan.transform_up_with_subqueries(|node| {
        if let LogicalPlan::Union(union) = &node {
            let inputs: Vec<&DFSchema> = union
                .inputs
                .iter()
                .map(|input| input.schema().as_ref())
                .collect();
            unite(&inputs)?;
        }
        let schema = match &node {
            LogicalPlan::TableScan(scan) => DFSchema::clone(&scan.projected_schema),
            _ => merge_schema(&node.inputs()),
        };
        let names = NamePreserver::new(&node);
        let changed = node.map_expressions(|expr| {
            let name = names.save(&expr);
            let changed = expr.transform_up(|expr| expression(expr, &schema))?;
            Ok(changed.update_data(|expr| name.restore(expr)))
        })?;
        touched |= changed.transformed;
        // What is above a changed node has changed types too.
        match touched {
            true => changed.map_data(LogicalPlan::recompute_schema),
            false => Ok(changed),
        }
    })?;
    Ok(done.data)
}

fn own(error: SqlError) -> DataFusionError {
    DataFusionError::External(Box::new(error))
}

fn expression(expr: Expr, schema: &DFSchema) -> Result<Transformed<Expr>> {
    match expr {
        Expr::Case(mut case) => {
            if case.expr.is_none() {
                conditions(&case, schema)?;
            }
            let mut results: Vec<&mut Expr> = case
                .when_then_expr
                .iter_mut()
                .map(|(_, result)| result.as_mut())
                .chain(case.else_expr.iter_mut().map(AsMut::as_mut))
                .collect();
            let changed = as_text(&mut results, schema)?;
            Ok(Transformed::new(
                Expr::Case(case),
                changed,
                TreeNodeRecursion::Continue,
            ))
        }
        Expr::ScalarFunction(ScalarFunction { func, mut args }) if func.name() == "coalesce" => {
            let mut values: Vec<&mut Expr> = args.iter_mut().collect();
            let changed = as_text(&mut values, schema)?;
            Ok(Transformed::new(
                Expr::ScalarFunction(ScalarFunction { func, args }),
                changed,
                TreeNodeRecursion::Continue,
            ))
        }
        Expr::InList(mut list) => {
            let changed = among(&mut list, schema);
            Ok(Transformed::new(
                Expr::InList(list),
                changed,
                TreeNodeRecursion::Continue,
            ))
        }
        other => Ok(Transformed::no(other)),
    }
}

/// Text in a list of other values, or the other way round, is read as `=` reads it: what cannot be read
/// is equal to nothing.
fn among(list: &mut InList, schema: &DFSchema) -> bool {
    let Ok(kind) = list.expr.get_type(schema) else {
        return false;
    };
    let mut changed = false;
    let mut other = None;
    for item in &mut list.list {
        let Ok(item_kind) = item.get_type(schema) else {
            continue;
        };
        if let Some(to) = meets(&kind, &item_kind)
            && !is_whole(item)
        {
            *item = functions::try_cast(std::mem::take(item), to);
            changed = true;
        }
        other = other.or(meets(&item_kind, &kind));
    }
    if let Some(to) = other {
        let value = std::mem::take(list.expr.as_mut());
        *list.expr = functions::try_cast(value, to);
        for item in &mut list.list {
            *item = functions::try_cast(std::mem::take(item), to);
        }
        changed = true;
    }
    changed
}

/// Text that says a whole number, which keeps all its digits when it meets one.
fn is_whole(item: &Expr) -> bool {
    match item {
        Expr::Literal(value, _) => value
            .try_as_str()
            .flatten()
            .is_some_and(|text| text.parse::<i64>().is_ok()),
        _ => false,
    }
}

fn conditions(case: &Case, schema: &DFSchema) -> Result<()> {
    for (condition, _) in &case.when_then_expr {
        if condition
            .get_type(schema)
            .is_ok_and(|kind| !is_boolean(&kind))
        {
            return Err(own(SqlError::semantic(NO_BOOLEAN).at(place(condition))));
        }
    }
    Ok(())
}

/// Where some values are text and others are not, all become text.
fn as_text(values: &mut [&mut Expr], schema: &DFSchema) -> Result<bool> {
    let mut kinds = Vec::with_capacity(values.len());
    for value in values.iter() {
        // A name that cannot be resolved is complained of elsewhere.
        match value.get_type(schema) {
            Ok(kind) => kinds.push(kind),
            Err(_) => return Ok(false),
        }
    }
    let other = |kind: &DataType| !is_text(kind) && !kind.is_null();
    let (Some(_), Some(first)) = (
        kinds.iter().find(|kind| is_text(kind)),
        kinds.iter().find(|kind| other(kind)),
    ) else {
        return Ok(false);
    };
    if first.is_nested() {
        return Err(own(SqlError::with_code(
            "ODPS-0130141",
            format!(
                "Illegal implicit type cast - {} and STRING have no common type",
                named(first)
            ),
        )));
    }
    for (value, kind) in values.iter_mut().zip(&kinds) {
        if other(kind) {
            let inner = std::mem::take(*value);
            **value = functions::cast(inner, "string");
        }
    }
    Ok(true)
}

/// The columns of a union are of the same kind.
fn unite(inputs: &[&DFSchema]) -> Result<()> {
    let [first, others @ ..] = inputs else {
        return Ok(());
    };
    for other in others {
        for (at, (left, right)) in first.fields().iter().zip(other.fields()).enumerate() {
            let (left, right) = (left.data_type(), right.data_type());
            if left.is_null() || right.is_null() || is_text(left) == is_text(right) {
                continue;
            }
            return Err(own(SqlError::with_code(
                "ODPS-0130241",
                format!(
                    "Illegal union operation - type mismatch for column {at} of UNION, left is \
                     {} while right is {}",
                    named(left),
                    named(right)
                ),
            )));
        }
    }
    Ok(())
}
