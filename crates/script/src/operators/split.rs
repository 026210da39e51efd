//! Tensors in parts, and functions of two results.

use mars::v04::graph::{Cuts, Node};

use super::Owner::Mt;
use super::array::{array, tuple};
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::convert::located;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Mt],
        "split",
        "ary, indices_or_sections, axis=0",
        [
            "So many equal parts, or parts between these places.",
            "等分成若干份，或在指定位置切开。",
        ],
        split,
    ),
    call(
        &[Mt],
        "array_split",
        "a, indices_or_sections, axis=0",
        [
            "So many nearly equal parts, or parts between these places.",
            "尽量等分，或在指定位置切开。",
        ],
        array_split,
    ),
    call(
        &[Mt],
        "vsplit",
        "a, indices_or_sections",
        ["The rows in parts.", "按行切开。"],
        vsplit,
    ),
    call(
        &[Mt],
        "hsplit",
        "a, indices_or_sections",
        ["The columns in parts.", "按列切开。"],
        hsplit,
    ),
    call(
        &[Mt],
        "dsplit",
        "a, indices_or_sections",
        ["Parts along the third axis.", "沿第三轴切开。"],
        dsplit,
    ),
    call(
        &[Mt],
        "frexp",
        "x",
        [
            "The mantissa, and the exponent of 2.",
            "尾数，以及 2 的指数。",
        ],
        frexp,
    ),
    call(
        &[Mt],
        "modf",
        "x",
        [
            "The part behind the point, and the whole part.",
            "小数部分与整数部分。",
        ],
        modf,
    ),
];

fn split(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("ary")?)?;
    let axis = bound.integer("axis", 0)?;
    parts(lowering, bound, &of, axis, Cuts::Equal)
}

fn array_split(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    let axis = bound.integer("axis", 0)?;
    parts(lowering, bound, &of, axis, Cuts::Nearly)
}

fn vsplit(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    parts(lowering, bound, &of, 0, Cuts::Equal)
}

/// Of a vector it parts the only axis.
fn hsplit(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    let axis = i64::from(of.ndim() > 1);
    parts(lowering, bound, &of, axis, Cuts::Equal)
}

fn dsplit(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    parts(lowering, bound, &of, 2, Cuts::Equal)
}

fn parts(
    lowering: &mut Lowering<'_>,
    bound: &Bound<'_>,
    of: &Node,
    axis: i64,
    count: fn(u64) -> Cuts,
) -> Lowers<Value> {
    let given = bound.must("indices_or_sections")?;
    let cuts = match given.value {
        Value::List(_) | Value::Tuple(_) => Cuts::At(given.lengths(Wanted::Integer)?),
        _ => count(given.count()?),
    };
    let made = lowering.graph.split(of, &cuts, axis);
    made.map(tuple)
        .map_err(|error| located(error, bound.at(), None))
}

fn frexp(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("x")?)?;
    let made = lowering.graph.frexp(&of);
    made.map(tuple)
        .map_err(|error| located(error, bound.at(), None))
}

fn modf(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("x")?)?;
    let made = lowering.graph.modf(&of);
    made.map(tuple)
        .map_err(|error| located(error, bound.at(), None))
}
