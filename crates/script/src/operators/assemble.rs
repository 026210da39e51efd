//! Tensors put together, stretched and turned.

use mars::v04::graph::{Index, Slice};

use super::Owner::{Mt, Tensor};
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Mt],
        "concatenate",
        "tensors, axis=0",
        [
            "Tensors one behind the other along an axis.",
            "沿一个轴依次连接张量。",
        ],
        concatenate,
    ),
    call(
        &[Mt],
        "stack",
        "tensors, axis=0, out=None!",
        ["Tensors as parts of a new axis.", "把张量叠成新的一轴。"],
        stack,
    ),
    call(
        &[Mt],
        "vstack",
        "tup",
        ["Tensors one below the other.", "竖直连接张量。"],
        vstack,
    ),
    call(
        &[Mt],
        "hstack",
        "tup",
        ["Tensors side by side.", "水平连接张量。"],
        hstack,
    ),
    call(
        &[Mt],
        "expand_dims",
        "a, axis",
        ["One more axis of length 1.", "增加一个长度为 1 的轴。"],
        expand_dims,
    ),
    call(
        &[Mt, Tensor],
        "squeeze",
        "a, axis=None",
        ["Without the axes of length 1.", "去掉长度为 1 的轴。"],
        squeeze,
    ),
    call(
        &[Mt, Tensor],
        "swapaxes",
        "a, axis1, axis2",
        ["Two axes change places.", "交换两个轴。"],
        swapaxes,
    ),
    call(
        &[Mt],
        "flip",
        "m, axis",
        ["The elements along an axis in reverse.", "沿一个轴反转。"],
        flip,
    ),
    call(
        &[Mt],
        "flipud",
        "m",
        ["The rows in reverse.", "上下翻转。"],
        flipud,
    ),
    call(
        &[Mt],
        "fliplr",
        "m",
        ["The columns in reverse.", "左右翻转。"],
        fliplr,
    ),
    call(
        &[Mt],
        "broadcast_to",
        "tensor, shape",
        [
            "The tensor, repeated until it has this shape.",
            "广播到指定形状。",
        ],
        broadcast_to,
    ),
    call(
        &[Mt, Tensor],
        "repeat",
        "a, repeats, axis=None",
        ["Every element several times.", "每个元素重复若干次。"],
        repeat,
    ),
    call(
        &[Mt],
        "tril",
        "m, k=0, gpu=False!",
        ["The lower triangle, zeros elsewhere.", "下三角，其余为 0。"],
        tril,
    ),
    call(
        &[Mt],
        "triu",
        "m, k=0, gpu=False!",
        ["The upper triangle, zeros elsewhere.", "上三角，其余为 0。"],
        triu,
    ),
];

fn concatenate(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let parts = bound.must("tensors")?.nodes()?;
    let axis = bound.integer("axis", 0)?;
    let parts: Vec<_> = parts.iter().collect();
    node(lowering.graph.concatenate(&parts, axis), bound)
}

fn stack(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let parts = bound.must("tensors")?.nodes()?;
    let axis = bound.integer("axis", 0)?;
    let parts: Vec<_> = parts.iter().collect();
    node(lowering.graph.stack(&parts, axis), bound)
}

/// Of vectors each becomes a row.
fn vstack(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let parts = bound.must("tup")?.nodes()?;
    let parts: Vec<_> = parts.iter().collect();
    let vectors = parts.iter().all(|part| part.ndim() < 2);
    let made = match vectors {
        true => lowering.graph.stack(&parts, 0),
        false => lowering.graph.concatenate(&parts, 0),
    };
    node(made, bound)
}

fn hstack(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let parts = bound.must("tup")?.nodes()?;
    let parts: Vec<_> = parts.iter().collect();
    let vectors = parts.iter().all(|part| part.ndim() < 2);
    let axis = if vectors { 0 } else { 1 };
    node(lowering.graph.concatenate(&parts, axis), bound)
}

fn expand_dims(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    let axis = bound.must("axis")?;
    let at = place(axis.integer()?, of.ndim() + 1).ok_or_else(|| axis.wrong(Wanted::Axes))?;
    let mut items: Vec<Index<'_>> = vec![Index::Slice(Slice::default()); at];
    items.push(Index::NewAxis);
    node(lowering.graph.index(&of, &items), bound)
}

/// A place counted from the end if it is negative, where there is one.
pub(super) fn place(axis: i64, length: usize) -> Option<usize> {
    let count = i64::try_from(length).ok()?;
    let axis = if axis < 0 {
        axis.checked_add(count)?
    } else {
        axis
    };
    usize::try_from(axis).ok().filter(|at| *at < length)
}

fn squeeze(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    let axes = bound.some("axis");
    let axes = axes.map(|axis| axis.lengths(Wanted::Axes)).transpose()?;
    node(lowering.graph.squeeze(&of, axes.as_deref()), bound)
}

fn swapaxes(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    let (one, two) = (
        bound.must("axis1")?.integer()?,
        bound.must("axis2")?.integer()?,
    );
    node(lowering.graph.swapaxes(&of, one, two), bound)
}

fn reversed(lowering: &mut Lowering<'_>, bound: &Bound<'_>, axis: i64) -> Lowers<Value> {
    let given = bound.must("m")?;
    let of = given.node()?;
    let at = place(axis, of.ndim()).ok_or_else(|| given.wrong(Wanted::Axes))?;
    let backwards = Slice {
        step: Some(-1),
        ..Slice::default()
    };
    let mut items: Vec<Index<'_>> = vec![Index::Slice(Slice::default()); at];
    items.push(Index::Slice(backwards));
    node(lowering.graph.index(&of, &items), bound)
}

fn flip(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let axis = bound.must("axis")?.integer()?;
    reversed(lowering, bound, axis)
}

fn flipud(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    reversed(lowering, bound, 0)
}

fn fliplr(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    reversed(lowering, bound, 1)
}

fn broadcast_to(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("tensor")?.node()?;
    let shape = bound.must("shape")?.shape()?;
    node(lowering.graph.broadcast_to(&of, &shape), bound)
}

fn repeat(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    let repeats = bound.must("repeats")?.count()?;
    match bound.some("axis") {
        Some(axis) => {
            let axis = axis.integer()?;
            node(lowering.graph.repeat(&of, repeats, axis), bound)
        }
        None => {
            let flat = lowering.graph.reshape(&of, &[-1]);
            let made = flat.and_then(|flat| lowering.graph.repeat(&flat, repeats, 0));
            node(made, bound)
        }
    }
}

fn tril(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (of, k) = (bound.must("m")?.node()?, bound.integer("k", 0)?);
    node(lowering.graph.triangle(&of, k, false), bound)
}

fn triu(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (of, k) = (bound.must("m")?.node()?, bound.integer("k", 0)?);
    node(lowering.graph.triangle(&of, k, true), bound)
}
