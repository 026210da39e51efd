//! Operators where MaxCompute differs: division, and text that meets numbers or times.

use arrow::datatypes::{DataType, Field};
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{Column, DFSchema, DataFusionError, Result, ScalarValue};
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};
use datafusion::logical_expr::{Expr, ExprSchemable, lit};
use datafusion::sql::sqlparser::ast::BinaryOperator as Op;

use super::errors::NO_BOOLEAN;
use crate::error::{Position, SqlError};
use crate::functions::{self, PRODUCT, SUM};
use crate::rewrite::FIELD;

/// Plans the operators.
#[derive(Debug)]
pub(super) struct Operators;

impl ExprPlanner for Operators {
    fn plan_binary_op(
        &self,
        mut expr: RawBinaryExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        // A name that cannot be resolved is complained of later, with its place.
        let (Ok(left), Ok(right)) = (expr.left.get_type(schema), expr.right.get_type(schema))
        else {
            return Ok(PlannerResult::Original(expr));
        };
        self::check(&expr, &left, &right)?;
        match expr.op {
            Op::Plus | Op::Minus | Op::Multiply | Op::Modulo => {
                if left.is_numeric() && is_text(&right) {
                    expr.right = functions::cast(expr.right, "double");
                } else if is_text(&left) && right.is_numeric() {
                    expr.left = functions::cast(expr.left, "double");
                } else if is_text(&left) && is_text(&right) {
                    expr.left = functions::cast(expr.left, "double");
                    expr.right = functions::cast(expr.right, "double");
                }
                if expr.op != Op::Modulo && left.is_integer() && right.is_integer() {
                    return Ok(PlannerResult::Planned(whole(expr)?));
                }
                if expr.op == Op::Modulo {
                    expr.right = not_zero(expr.right);
                }
                Ok(PlannerResult::Original(expr))
            }
            Op::Divide => {
                if !is_decimal(&left) && !is_decimal(&right) {
                    expr.left = functions::cast(expr.left, "double");
                    expr.right = functions::cast(expr.right, "double");
                }
                expr.right = not_zero(expr.right);
                Ok(PlannerResult::Original(expr))
            }
            Op::MyIntegerDivide => {
                let quotient = Expr::BinaryExpr(datafusion::logical_expr::BinaryExpr::new(
                    Box::new(functions::cast(expr.left, "bigint")),
                    datafusion::logical_expr::Operator::Divide,
                    Box::new(not_zero(functions::cast(expr.right, "bigint"))),
                ));
                Ok(PlannerResult::Planned(quotient))
            }
            Op::Eq | Op::NotEq | Op::Lt | Op::LtEq | Op::Gt | Op::GtEq => {
                if let Some(kind) = meets(&left, &right) {
                    expr.right = functions::try_cast(expr.right, kind);
                    if kind == "double" {
                        expr.left = functions::cast(expr.left, kind);
                    }
                } else if let Some(kind) = meets(&right, &left) {
                    expr.left = functions::try_cast(expr.left, kind);
                    if kind == "double" {
                        expr.right = functions::cast(expr.right, kind);
                    }
                }
                Ok(PlannerResult::Original(expr))
            }
            _ => Ok(PlannerResult::Original(expr)),
        }
    }

    fn plan_compound_identifier(
        &self,
        field: &arrow::datatypes::Field,
        qualifier: Option<&datafusion::common::TableReference>,
        nested_names: &[String],
    ) -> Result<PlannerResult<Vec<Expr>>> {
        let root = Expr::Column(Column::new(qualifier.cloned(), field.name()));
        let access = nested_names.iter().fold(root, |value, name| {
            functions::by_name(FIELD, vec![value, lit(name.as_str())])
        });
        Ok(PlannerResult::Planned(match nested_names.last() {
            Some(name) => access.alias(name),
            None => access,
        }))
    }
}

/// A divisor of zero gives NULL.
fn not_zero(expr: Expr) -> Expr {
    match &expr {
        Expr::Literal(value, _) if !value.is_null() && value.to_string() != "0" => expr,
        _ => functions::by_name("$nonzero", vec![expr]),
    }
}

/// What text is read as when it is compared with a value of this type.
pub(super) fn meets(kind: &DataType, other: &DataType) -> Option<&'static str> {
    if !is_text(other) {
        return None;
    }
    match kind {
        DataType::Timestamp(arrow::datatypes::TimeUnit::Millisecond, _) => Some("datetime"),
        DataType::Timestamp(..) => Some("timestamp"),
        DataType::Date32 => Some("date"),
        DataType::Boolean => Some("boolean"),
        kind if is_decimal(kind) => Some("decimal(38,18)"),
        kind if kind.is_numeric() => Some("double"),
        _ => None,
    }
}

/// The result of whole numbers: constants at once, a chain of operators as one call.
fn whole(expr: RawBinaryExpr) -> Result<Expr> {
    if let (
        Expr::Literal(ScalarValue::Int64(Some(left)), _),
        Expr::Literal(ScalarValue::Int64(Some(right)), _),
    ) = (&expr.left, &expr.right)
    {
        let result = match expr.op {
            Op::Plus => left.checked_add(*right),
            Op::Minus => left.checked_sub(*right),
            _ => left.checked_mul(*right),
        };
        let result = result.ok_or_else(|| own(functions::too_large(&odps::types::Type::Bigint)))?;
        return Ok(lit(result));
    }
    if expr.op == Op::Multiply {
        let mut factors = match expr.left {
            Expr::ScalarFunction(call) if call.func.name() == PRODUCT => call.args,
            other => vec![other],
        };
        factors.push(expr.right);
        return Ok(functions::by_name(PRODUCT, factors));
    }
    let sign = if expr.op == Op::Minus { '-' } else { '+' };
    let (mut signs, mut terms) = match expr.left {
        Expr::ScalarFunction(mut call) if call.func.name() == SUM && !call.args.is_empty() => {
            let terms = call.args.split_off(1);
            let signs = match call.args.first() {
                Some(Expr::Literal(ScalarValue::Utf8(Some(signs)), _)) => signs.clone(),
                _ => "+".repeat(terms.len()),
            };
            (signs, terms)
        }
        other => ("+".to_owned(), vec![other]),
    };
    signs.push(sign);
    terms.push(expr.right);
    terms.insert(0, lit(signs));
    Ok(functions::by_name(SUM, terms))
}

/// Refuses operands of types that the operator does not take.
fn check(expr: &RawBinaryExpr, left: &DataType, right: &DataType) -> Result<()> {
    let error = match expr.op {
        Op::Eq | Op::NotEq | Op::Lt | Op::LtEq | Op::Gt | Op::GtEq
            if meets(left, right).is_none()
                && meets(right, left).is_none()
                && !comparable(left, right) =>
        {
            SqlError::with_code(
                "ODPS-0130141",
                format!(
                    "Illegal implicit type cast - {} and {} cannot be compared",
                    named(left),
                    named(right)
                ),
            )
        }
        Op::And | Op::Or if !is_boolean(left) => {
            return Err(own(SqlError::semantic(NO_BOOLEAN).at(place(&expr.left))));
        }
        Op::And | Op::Or if !is_boolean(right) => {
            return Err(own(SqlError::semantic(NO_BOOLEAN).at(place(&expr.right))));
        }
        Op::Plus | Op::Minus | Op::Multiply | Op::Divide | Op::Modulo
            if !(moves(&expr.op, left, right) || computes(left) && computes(right)) =>
        {
            SqlError::with_code(
                "ODPS-0130121",
                format!(
                    "Invalid argument type - {} {} {} cannot be computed",
                    named(left),
                    expr.op,
                    named(right)
                ),
            )
        }
        _ => return Ok(()),
    };
    let place = place(&expr.left).or_else(|| place(&expr.right));
    Err(own(error.at(place)))
}

fn own(error: SqlError) -> DataFusionError {
    DataFusionError::External(Box::new(error))
}

pub(super) fn is_boolean(kind: &DataType) -> bool {
    matches!(kind, DataType::Boolean | DataType::Null)
}

/// Whether there is a number in it.
fn computes(kind: &DataType) -> bool {
    kind.is_numeric() || is_text(kind) || kind.is_null()
}

/// Times with intervals, and the time between times.
fn moves(op: &Op, left: &DataType, right: &DataType) -> bool {
    let time = |kind: &DataType| {
        matches!(
            kind,
            DataType::Timestamp(..) | DataType::Date32 | DataType::Date64 | DataType::Null
        )
    };
    let span = |kind: &DataType| matches!(kind, DataType::Interval(_) | DataType::Duration(_));
    match op {
        Op::Plus => (time(left) || span(left)) && span(right) || span(left) && time(right),
        Op::Minus => (time(left) || span(left)) && span(right) || time(left) && time(right),
        Op::Multiply => span(left) && right.is_numeric() || left.is_numeric() && span(right),
        Op::Divide => span(left) && right.is_numeric(),
        _ => false,
    }
}

/// Types of the same family compare with each other, and all with NULL.
fn comparable(left: &DataType, right: &DataType) -> bool {
    let family = |kind: &DataType| match kind {
        DataType::Null => None,
        DataType::Boolean => Some(1),
        DataType::Timestamp(..) | DataType::Date32 | DataType::Date64 => Some(2),
        DataType::Interval(_) | DataType::Duration(_) => Some(3),
        kind if is_text(kind) => Some(4),
        kind if kind.is_numeric() => Some(5),
        kind if kind.is_nested() => Some(6),
        _ => None,
    };
    match (family(left), family(right)) {
        (Some(left), Some(right)) => left == right,
        _ => true,
    }
}

/// The type in the user's words.
pub(super) fn named(kind: &DataType) -> String {
    let field = Field::new("", kind.clone(), true);
    match crate::types::result_type(&field) {
        Ok(kind) => kind.to_string().to_uppercase(),
        Err(_) => kind.to_string().to_uppercase(),
    }
}

/// The place of the first column in an expression.
pub(super) fn place(expr: &Expr) -> Option<Position> {
    let mut found = None;
    let _ = expr.apply(|part| {
        if let Expr::Column(column) = part
            && let Some(span) = column.spans().first()
        {
            found = Some(Position {
                line: span.start.line,
                column: span.start.column,
            });
            return Ok(TreeNodeRecursion::Stop);
        }
        Ok(TreeNodeRecursion::Continue)
    });
    found.filter(|place| place.line > 0)
}

pub(super) fn is_text(kind: &DataType) -> bool {
    matches!(
        kind,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
    )
}

fn is_decimal(kind: &DataType) -> bool {
    matches!(kind, DataType::Decimal128(..) | DataType::Decimal256(..))
}
