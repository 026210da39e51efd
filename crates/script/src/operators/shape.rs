//! The shape, order and type of tensors.

use super::Owner::{Mt, Tensor};
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Mt],
        "reshape",
        "a, newshape, order='C'!",
        [
            "The same elements in another shape.",
            "相同元素的另一种形状。",
        ],
        reshape,
    ),
    call(
        &[Tensor],
        "reshape",
        "a, *newshape, order='C'!",
        [
            "The same elements in another shape.",
            "相同元素的另一种形状。",
        ],
        reshape,
    ),
    call(
        &[Mt, Tensor],
        "ravel",
        "a, order='C'!",
        ["All elements in one row.", "展平为一维。"],
        ravel,
    ),
    call(
        &[Tensor],
        "flatten",
        "a, order='C'!",
        ["All elements in one row.", "展平为一维。"],
        ravel,
    ),
    call(
        &[Mt],
        "transpose",
        "a, axes=None",
        [
            "The axes in another order, turned round without one.",
            "调换各轴，默认反转。",
        ],
        transpose,
    ),
    call(
        &[Tensor],
        "transpose",
        "a, *axes",
        [
            "The axes in another order, turned round without one.",
            "调换各轴，默认反转。",
        ],
        transpose,
    ),
    call(
        &[Tensor],
        "astype",
        "a, dtype, order='K'!, casting='unsafe'!, copy=True!",
        ["The values in another type.", "转换为另一种类型。"],
        astype,
    ),
];

fn reshape(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    let shape = bound.must("newshape")?.lengths(Wanted::Shape)?;
    node(lowering.graph.reshape(&of, &shape), bound)
}

fn ravel(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    node(lowering.graph.reshape(&of, &[-1]), bound)
}

fn transpose(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    let axes = bound.some("axes");
    let axes = axes.map(|axes| axes.lengths(Wanted::Axes)).transpose()?;
    node(lowering.graph.transpose(&of, axes.as_deref()), bound)
}

fn astype(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    lowering.cast(&of, bound)
}
