//! Whether tensors are equal, or nearly.

use mars::v04::graph::{Axes, Binary, Reduction, Scalar};

use super::Owner::Mt;
use super::array::array;
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::operator::operand;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, no_value, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Mt],
        "array_equal",
        "a1, a2",
        [
            "Whether both have one shape and equal elements.",
            "形状与元素是否都相同。",
        ],
        array_equal,
    ),
    call(
        &[Mt],
        "isclose",
        "a, b, rtol=1e-05, atol=1e-08, equal_nan=False!",
        [
            "True where a and b are nearly equal.",
            "a 与 b 几乎相等处为 True。",
        ],
        isclose,
    ),
    call(
        &[Mt],
        "allclose",
        "a, b, rtol=1e-05, atol=1e-08, equal_nan=False!",
        [
            "Whether all of a and b are nearly equal.",
            "a 与 b 是否全部几乎相等。",
        ],
        allclose,
    ),
];

fn allclose(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let close = isclose(lowering, bound)?;
    let Value::Node(close) = close else {
        return Err(no_value("allclose", bound));
    };
    let all = lowering
        .graph
        .reduce(Reduction::All, &close, &Axes::All, false);
    node(all, bound)
}

fn isclose(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (a, b) = (bound.must("a")?, bound.must("b")?);
    let left = operand(a.value).ok_or_else(|| a.wrong(Wanted::Operand))?;
    let right = operand(b.value).ok_or_else(|| b.wrong(Wanted::Operand))?;
    let rtol = bound.float("rtol", 1e-5)?;
    let atol = bound.float("atol", 1e-8)?;
    node(lowering.graph.isclose(left, right, rtol, atol), bound)
}

/// Tensors of two shapes are not equal, whatever they hold.
fn array_equal(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let a1 = array(lowering, &bound.must("a1")?)?;
    let a2 = array(lowering, &bound.must("a2")?)?;
    let graph = &mut lowering.graph;
    if a1.shape() != a2.shape() {
        return node(graph.scalar(&Scalar::Bool(false), None), bound);
    }
    let equal = graph.binary(Binary::Equal, (&a1).into(), (&a2).into());
    let made = equal.and_then(|equal| graph.reduce(Reduction::All, &equal, &Axes::All, false));
    node(made, bound)
}
