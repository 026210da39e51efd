//! Elements in order, each once, and their distances.

use mars::v04::graph::{Axes, Binary, Index, Reduction, Slice};

use super::Owner::{Mt, Tensor};
use super::assemble::place;
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Mt],
        "sort",
        "a, axis=-1, kind=None!, parallel_kind=None!, psrs_kinds=None!, order=None!",
        ["The elements in ascending order.", "升序排列的元素。"],
        sort,
    ),
    call(
        &[Mt],
        "argsort",
        "a, axis=-1, kind=None!, parallel_kind=None!, psrs_kinds=None!, order=None!",
        [
            "The places of the elements in ascending order.",
            "升序排列后元素的位置。",
        ],
        argsort,
    ),
    call(
        &[Mt],
        "unique",
        "ar, return_index=False!, return_inverse=False!, return_counts=False!, axis=None!",
        ["Every value once, in order.", "去重并排序的值。"],
        unique,
    ),
    call(
        &[Mt],
        "diff",
        "a, axis=-1",
        ["The differences of neighbours.", "相邻元素之差。"],
        diff,
    ),
    call(
        &[Mt, Tensor],
        "ptp",
        "a, axis=None, out=None!, keepdims=False",
        ["The greatest less the smallest.", "最大值减最小值。"],
        ptp,
    ),
];

fn sort(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (of, axis) = (bound.must("a")?.node()?, bound.integer("axis", -1)?);
    node(lowering.graph.sort_tensor(&of, axis, false), bound)
}

fn argsort(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (of, axis) = (bound.must("a")?.node()?, bound.integer("axis", -1)?);
    node(lowering.graph.sort_tensor(&of, axis, true), bound)
}

fn unique(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("ar")?.node()?;
    node(lowering.graph.unique(&of), bound)
}

/// `x[1:] - x[:-1]` along the axis.
fn diff(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let given = bound.must("a")?;
    let of = given.node()?;
    let axis = bound.integer("axis", -1)?;
    let at = place(axis, of.ndim()).ok_or_else(|| given.wrong(Wanted::Axes))?;
    let part = |slice: Slice| {
        let mut items: Vec<Index<'_>> = vec![Index::Slice(Slice::default()); at];
        items.push(Index::Slice(slice));
        items
    };
    let later = part(Slice {
        start: Some(1),
        ..Slice::default()
    });
    let earlier = part(Slice {
        stop: Some(-1),
        ..Slice::default()
    });
    let later = lowering.graph.index(&of, &later);
    let made = later.and_then(|later| {
        let earlier = lowering.graph.index(&of, &earlier)?;
        let minus = Binary::Subtract;
        lowering
            .graph
            .binary(minus, (&later).into(), (&earlier).into())
    });
    node(made, bound)
}

fn ptp(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    let axes = bound
        .get("axis")
        .map_or(Ok(Axes::All), |axis| axis.axes())?;
    let keepdims = bound.flag("keepdims", false)?;
    let greatest = lowering.graph.reduce(Reduction::Max, &of, &axes, keepdims);
    let made = greatest.and_then(|greatest| {
        let least = lowering
            .graph
            .reduce(Reduction::Min, &of, &axes, keepdims)?;
        let minus = Binary::Subtract;
        lowering
            .graph
            .binary(minus, (&greatest).into(), (&least).into())
    });
    node(made, bound)
}
