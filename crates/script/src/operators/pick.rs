//! Elements picked out of tensors.

use mars::v04::graph::{Dtype, Index, Node, Slice};

use super::Owner::{Mt, Tensor};
use super::array::{array, arrays};
use super::assemble::place;
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::convert::located;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Mt, Tensor],
        "take",
        "a, indices, axis=None, out=None!",
        [
            "The elements at some places along an axis.",
            "沿一个轴取若干位置的元素。",
        ],
        take,
    ),
    call(
        &[Mt],
        "compress",
        "condition, a, axis=None, out=None!",
        [
            "The parts along an axis where the condition holds.",
            "沿一个轴取条件成立的部分。",
        ],
        compress,
    ),
    call(
        &[Tensor],
        "compress",
        "a, condition, axis=None, out=None!",
        [
            "The parts along an axis where the condition holds.",
            "沿一个轴取条件成立的部分。",
        ],
        compress,
    ),
    call(
        &[Mt],
        "extract",
        "condition, a",
        [
            "The elements where the condition holds.",
            "条件成立处的元素。",
        ],
        extract,
    ),
    call(
        &[Mt, Tensor],
        "choose",
        "a, choices, out=None!, mode='raise'",
        [
            "Each element from the choice that a numbers.",
            "按 a 中的序号从各个选项取元素。",
        ],
        choose,
    ),
    call(
        &[Mt],
        "diag",
        "v, k=0, sparse=None!, gpu=False!, chunk_size=None!",
        [
            "A diagonal of a matrix, or a matrix with this diagonal.",
            "矩阵的对角线，或以此为对角线的矩阵。",
        ],
        diag,
    ),
];

/// Whole slices before the axis, then this.
fn along(axis: usize, item: Index<'_>) -> Vec<Index<'_>> {
    let mut items: Vec<Index<'_>> = vec![Index::Slice(Slice::default()); axis];
    items.push(item);
    items
}

/// The tensor and its axis; without one the flattened tensor.
fn of_axis(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<(Node, usize)> {
    let of = array(lowering, &bound.must("a")?)?;
    let Some(axis) = bound.some("axis") else {
        let flat = lowering.graph.reshape(&of, &[-1]);
        let flat = flat.map_err(|error| located(error, bound.at(), None))?;
        return Ok((flat, 0));
    };
    let at = place(axis.integer()?, of.ndim()).ok_or_else(|| axis.wrong(Wanted::Axes))?;
    Ok((of, at))
}

fn take(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (of, axis) = of_axis(lowering, bound)?;
    let given = bound.must("indices")?;
    if let Value::Plain(_) = given.value {
        let items = along(axis, Index::At(given.integer()?));
        return node(lowering.graph.index(&of, &items), bound);
    }
    let indices = array(lowering, &given)?;
    let items = along(axis, Index::Node(&indices));
    node(lowering.graph.index(&of, &items), bound)
}

fn compress(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (of, axis) = of_axis(lowering, bound)?;
    let condition = array(lowering, &bound.must("condition")?)?;
    let mask = lowering.graph.astype(&condition, &Dtype::Bool);
    let made = mask.and_then(|mask| {
        let items = along(axis, Index::Node(&mask));
        lowering.graph.index(&of, &items)
    });
    node(made, bound)
}

fn extract(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let condition = array(lowering, &bound.must("condition")?)?;
    let of = array(lowering, &bound.must("a")?)?;
    let mask = lowering.graph.astype(&condition, &Dtype::Bool);
    let made = mask.and_then(|mask| lowering.graph.index(&of, &[Index::Node(&mask)]));
    node(made, bound)
}

fn choose(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    let choices = arrays(lowering, &bound.must("choices")?)?;
    let mode = bound.text("mode", "raise")?;
    if !matches!(mode.as_str(), "raise" | "wrap" | "clip") {
        return Err(bound.must("mode")?.wrong(Wanted::Text));
    }
    node(lowering.graph.choose(&of, &choices, &mode), bound)
}

fn diag(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("v")?)?;
    let k = bound.integer("k", 0)?;
    node(lowering.graph.diag(&of, k), bound)
}
