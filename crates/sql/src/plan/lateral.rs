//! `LATERAL VIEW explode(…)`: each row of the input with each item of its list or map.

use arrow::datatypes::DataType;
use datafusion::common::{Column, DataFusionError, Result};
use datafusion::logical_expr::planner::{
    PlannedRelation, RelationPlanner, RelationPlannerContext, RelationPlanning,
};
use datafusion::logical_expr::{Expr, ExprSchemable, LogicalPlanBuilder, lit};
use datafusion::sql::sqlparser::ast::TableFactor;

use crate::error::{Position, SqlError};
use crate::functions;
use crate::rewrite::{FIELD, Rows, read_lateral};

/// Plans marked derived tables.
#[derive(Debug)]
pub(super) struct Laterals;

/// The column that holds the items until they are rows.
const ITEMS: &str = "$items";

impl RelationPlanner for Laterals {
    fn plan_relation(
        &self,
        relation: TableFactor,
        context: &mut dyn RelationPlannerContext,
    ) -> Result<RelationPlanning> {
        let Some(lateral) = read_lateral(&relation) else {
            return Ok(RelationPlanning::Original(Box::new(relation)));
        };
        let empty_input = matches!(lateral.input.body.as_ref(),
            datafusion::sql::sqlparser::ast::SetExpr::Select(select) if select.from.is_empty());
        let input = if empty_input {
            LogicalPlanBuilder::empty(true).build()?
        } else {
            context.plan(TableFactor::Derived {
                lateral: false,
                subquery: lateral.input,
                alias: None,
                sample: None,
            })?
        };
        let value = context.sql_to_expr(lateral.value, input.schema())?;
        let made = names(lateral.rows, &value.get_type(input.schema())?)
            .map_err(|text| wrong(text, lateral.place))?;
        if !lateral.columns.is_empty() && lateral.columns.len() != made.len() {
            return Err(wrong(
                format_args!(
                    "the number of aliases does not match: expect {}, found {}",
                    made.len(),
                    lateral.columns.len()
                ),
                lateral.place,
            ));
        }
        let maker = match lateral.rows {
            Rows::Structs => "$rows",
            Rows::Items | Rows::Places => "$items",
        };
        let items = functions::by_name(maker, vec![value, lit(lateral.outer)]);
        let before: Vec<Expr> = input
            .schema()
            .iter()
            .map(|(qualifier, field)| Expr::Column(Column::from((qualifier, field))))
            .collect();
        let mut with_items = before.clone();
        with_items.push(items.alias(ITEMS));
        let mut after = before;
        for (at, part) in made.iter().enumerate() {
            let name = lateral.columns.get(at).unwrap_or(part);
            let item = Expr::Column(Column::from_name(ITEMS));
            after.push(
                functions::by_name(FIELD, vec![item, lit(part.as_str())])
                    .alias_qualified(Some(lateral.view.clone()), name),
            );
        }
        let plan = LogicalPlanBuilder::from(input)
            .project(with_items)?
            .unnest_column(Column::from_name(ITEMS))?
            .project(after)?
            .build()?;
        Ok(RelationPlanning::Planned(Box::new(PlannedRelation::new(
            plan, None,
        ))))
    }
}

fn wrong(text: impl std::fmt::Display, place: Option<Position>) -> DataFusionError {
    DataFusionError::External(Box::new(SqlError::semantic(text).at(place)))
}

/// The columns that are made, if no names are given, or why none can be.
fn names(rows: Rows, value: &DataType) -> std::result::Result<Vec<String>, &'static str> {
    let fixed = |names: &[&str]| Ok(names.iter().map(|name| (*name).to_owned()).collect());
    match (rows, value) {
        (Rows::Items, DataType::Map(..)) => fixed(&["key", "value"]),
        (Rows::Items, DataType::List(_)) => fixed(&["col"]),
        (Rows::Items, _) => Err("explode takes an array or map"),
        (Rows::Places, DataType::List(_)) => fixed(&["pos", "col"]),
        (Rows::Places, _) => Err("posexplode takes an array"),
        (Rows::Structs, DataType::List(item)) => match item.data_type() {
            DataType::Struct(fields) => {
                Ok(fields.iter().map(|field| field.name().clone()).collect())
            }
            _ => Err("inline takes an array of structs"),
        },
        (Rows::Structs, _) => Err("inline takes an array of structs"),
    }
}
