//! Element by element: functions of one and of two operands, and their kin.

mod of_one;
mod of_two;

use mars::v04::graph::Binary;

use super::Owner::{Mt, Tensor};
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::operator::operand;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};
pub(super) use of_one::UNARY;
pub(super) use of_two::BINARY;

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Mt],
        "where",
        "condition, x, y",
        [
            "x where the condition holds, y elsewhere.",
            "条件成立处取 x，否则取 y。",
        ],
        where_,
    ),
    call(
        &[Mt, Tensor],
        "clip",
        "a, a_min, a_max",
        [
            "The value, held between two bounds.",
            "限制在上下界之间的值。",
        ],
        clip,
    ),
    call(
        &[Mt, Tensor],
        "round",
        "a, decimals=0",
        [
            "The value, rounded to some decimals.",
            "四舍五入到若干位小数。",
        ],
        round,
    )
    .or(&["around", "round_"]),
];

pub(super) fn binary(
    lowering: &mut Lowering<'_>,
    operator: Binary,
    bound: &Bound<'_>,
) -> Lowers<Value> {
    let (x1, x2) = (bound.must("x1")?, bound.must("x2")?);
    if !matches!(x1.value, Value::Node(_)) && !matches!(x2.value, Value::Node(_)) {
        return Err(x1.wrong(Wanted::Tensor));
    }
    let left = operand(x1.value).ok_or_else(|| x1.wrong(Wanted::Operand))?;
    let right = operand(x2.value).ok_or_else(|| x2.wrong(Wanted::Operand))?;
    node(lowering.graph.binary(operator, left, right), bound)
}

fn where_(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let condition = bound.must("condition")?.node()?;
    let (x, y) = (bound.must("x")?, bound.must("y")?);
    let left = operand(x.value).ok_or_else(|| x.wrong(Wanted::Operand))?;
    let right = operand(y.value).ok_or_else(|| y.wrong(Wanted::Operand))?;
    node(lowering.graph.where_(&condition, left, right), bound)
}

fn clip(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    let low = bound.must("a_min")?.number()?;
    let high = bound.must("a_max")?.number()?;
    node(lowering.graph.clip(&of, &low, &high), bound)
}

fn round(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    let decimals = bound.integer("decimals", 0)?;
    node(lowering.graph.around(&of, decimals), bound)
}
