//! Products of tensors.

use mars::v04::graph::Node;

use super::Owner::{Linalg, Mt, Tensor};
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::convert;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Mt, Linalg, Tensor],
        "dot",
        "a, b, out=None!",
        [
            "The product of two matrices, or of two vectors.",
            "矩阵或向量的点积。",
        ],
        dot,
    ),
    call(
        &[Mt, Linalg],
        "matmul",
        "a, b, sparse=None!, out=None!",
        ["The matrix product, a @ b.", "矩阵乘积，a @ b。"],
        matmul,
    ),
    call(
        &[Mt, Linalg],
        "tensordot",
        "a, b, axes=2, sparse=None!",
        [
            "The sum of products over some axes.",
            "在若干轴上乘积求和。",
        ],
        tensordot,
    ),
    call(
        &[Mt, Linalg],
        "vdot",
        "a, b",
        [
            "The sum of the products of all elements.",
            "所有元素乘积之和。",
        ],
        vdot,
    ),
    call(
        &[Mt, Linalg],
        "inner",
        "a, b",
        [
            "The sums of products over the last axes.",
            "沿最后一轴的乘积之和。",
        ],
        inner,
    )
    .or(&["innerproduct"]),
];

fn dot(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (a, b) = (bound.must("a")?.node()?, bound.must("b")?.node()?);
    node(lowering.graph.dot(&a, &b), bound)
}

fn vdot(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (a, b) = (bound.must("a")?.node()?, bound.must("b")?.node()?);
    let flat = lowering.graph.reshape(&a, &[-1]);
    let made = flat.and_then(|a| {
        let b = lowering.graph.reshape(&b, &[-1])?;
        lowering.graph.dot(&a, &b)
    });
    node(made, bound)
}

fn inner(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (a, b) = (bound.must("a")?.node()?, bound.must("b")?.node()?);
    let made = lowering.graph.tensordot(&a, &b, &last(&a, 1), &last(&b, 1));
    node(made, bound)
}

fn matmul(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (a, b) = (bound.must("a")?.node()?, bound.must("b")?.node()?);
    node(lowering.graph.matmul(&a, &b), bound)
}

/// `axes` is a number of axes, or a pair of axes or lists of axes.
fn tensordot(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (a, b) = (bound.must("a")?.node()?, bound.must("b")?.node()?);
    let positions = |value: &Value, of: &Node| -> Option<Vec<usize>> {
        let items = match value {
            Value::List(items) | Value::Tuple(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        let wrap = |item: &Value| {
            let axis = convert::integer(item)?;
            let ndim = i64::try_from(of.ndim()).ok()?;
            let axis = if axis < 0 {
                axis.checked_add(ndim)?
            } else {
                axis
            };
            usize::try_from(axis).ok().filter(|axis| *axis < of.ndim())
        };
        items.iter().map(wrap).collect()
    };
    let pair = match bound.some("axes") {
        None => Some((last(&a, 2), (0..2.min(b.ndim())).collect())),
        Some(axes) => match axes.value {
            Value::List(items) | Value::Tuple(items) => match items.as_slice() {
                [left, right] => positions(left, &a).zip(positions(right, &b)),
                _ => None,
            },
            one => convert::integer(one)
                .and_then(|count| usize::try_from(count).ok())
                .map(|count| (last(&a, count), (0..count.min(b.ndim())).collect())),
        },
    };
    let Some((left, right)) = pair else {
        return Err(bound.must("axes")?.wrong(Wanted::Axes));
    };
    node(lowering.graph.tensordot(&a, &b, &left, &right), bound)
}

fn last(of: &Node, count: usize) -> Vec<usize> {
    (of.ndim().saturating_sub(count)..of.ndim()).collect()
}
