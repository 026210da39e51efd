//! Tensors whose axes are moved, turned, split or filled up; all of them pieces of other operators,
//! as in the library.

use mars::v04::graph::{self, Index, Node, Slice};

use super::Owner::Mt;
use super::assemble::place;
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Mt],
        "moveaxis",
        "a, source, destination",
        ["An axis moved to another place.", "把一个轴移到别处。"],
        moveaxis,
    ),
    call(
        &[Mt],
        "rollaxis",
        "tensor, axis, start=0",
        ["An axis moved before another.", "把一个轴移到另一轴之前。"],
        rollaxis,
    ),
    call(
        &[Mt],
        "roll",
        "a, shift, axis=None",
        [
            "The elements moved on; those at the end come first.",
            "元素循环移动，末尾的移到开头。",
        ],
        roll,
    ),
    call(
        &[Mt],
        "tile",
        "A, reps",
        ["The tensor, repeated side by side.", "重复拼接张量。"],
        tile,
    ),
    call(
        &[Mt],
        "atleast_1d",
        "tensor",
        ["The tensor with one axis or more.", "至少一维的张量。"],
        atleast_1d,
    ),
    call(
        &[Mt],
        "atleast_2d",
        "tensor",
        ["The tensor with two axes or more.", "至少二维的张量。"],
        atleast_2d,
    ),
    call(
        &[Mt],
        "atleast_3d",
        "tensor",
        ["The tensor with three axes or more.", "至少三维的张量。"],
        atleast_3d,
    ),
    call(
        &[Mt],
        "dstack",
        "tup",
        [
            "Tensors one behind the other in depth.",
            "沿第三轴连接张量。",
        ],
        dstack,
    ),
    call(
        &[Mt],
        "column_stack",
        "tup",
        ["Vectors as columns of a matrix.", "把向量作为矩阵的列。"],
        column_stack,
    ),
    call(
        &[Mt],
        "split",
        "ary, indices_or_sections, axis=0",
        [
            "Equal parts along an axis, or parts that begin at these places.",
            "沿一个轴等分，或在给定位置分开。",
        ],
        split,
    ),
    call(
        &[Mt],
        "array_split",
        "a, indices_or_sections, axis=0",
        [
            "Nearly equal parts along an axis.",
            "沿一个轴分成大致相等的部分。",
        ],
        array_split,
    ),
    call(
        &[Mt],
        "vsplit",
        "a, indices_or_sections",
        ["Parts of the rows.", "按行分开。"],
        vsplit,
    ),
    call(
        &[Mt],
        "hsplit",
        "a, indices_or_sections",
        ["Parts of the columns.", "按列分开。"],
        hsplit,
    ),
    call(
        &[Mt],
        "dsplit",
        "a, indices_or_sections",
        ["Parts along the third axis.", "沿第三轴分开。"],
        dsplit,
    ),
];

type Made = Result<Node, graph::Error>;

fn moved(lowering: &mut Lowering<'_>, of: &Node, from: usize, to: usize) -> Made {
    let mut order: Vec<usize> = (0..of.ndim()).filter(|axis| *axis != from).collect();
    order.insert(to.min(order.len()), from);
    let order: Vec<i64> = order
        .into_iter()
        .filter_map(|axis| i64::try_from(axis).ok())
        .collect();
    lowering.graph.transpose(of, Some(&order))
}

fn moveaxis(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    let axis = |name| {
        let given = bound.must(name)?;
        place(given.integer()?, of.ndim()).ok_or_else(|| given.wrong(Wanted::Axes))
    };
    let (from, to) = (axis("source")?, axis("destination")?);
    node(moved(lowering, &of, from, to), bound)
}

fn rollaxis(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("tensor")?.node()?;
    let given = bound.must("axis")?;
    let from = place(given.integer()?, of.ndim()).ok_or_else(|| given.wrong(Wanted::Axes))?;
    let start = bound.integer("start", 0)?;
    // The place behind the last axis is one too.
    let before = match i64::try_from(of.ndim()) {
        Ok(count) if start == count => Some(of.ndim()),
        _ => place(start, of.ndim()),
    };
    let before = before.ok_or_else(|| given.wrong(Wanted::Axes))?;
    let to = if before > from { before - 1 } else { before };
    node(moved(lowering, &of, from, to), bound)
}

/// A part along one axis.
fn part(lowering: &mut Lowering<'_>, of: &Node, axis: usize, slice: Slice) -> Made {
    let mut items: Vec<Index<'_>> = vec![Index::Slice(Slice::default()); axis];
    items.push(Index::Slice(slice));
    lowering.graph.index(of, &items)
}

fn axis_number(axis: usize) -> i64 {
    i64::try_from(axis).unwrap_or(i64::MAX)
}

fn roll(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let given = bound.must("a")?;
    let of = given.node()?;
    let shift = bound.must("shift")?.integer()?;
    let (flat, axis) = match bound.some("axis") {
        Some(axis) => {
            let at = place(axis.integer()?, of.ndim());
            (of.clone(), at.ok_or_else(|| axis.wrong(Wanted::Axes))?)
        }
        None => match lowering.graph.reshape(&of, &[-1]) {
            Ok(flat) => (flat, 0),
            Err(error) => return node(Err(error), bound),
        },
    };
    let length = flat.shape().get(axis).copied().flatten();
    let length = length.and_then(|length| i64::try_from(length).ok());
    let length = length.ok_or_else(|| crate::lower::no_value("shape", bound))?;
    let shift = shift.checked_rem_euclid(length).unwrap_or(0);
    if shift == 0 {
        return Ok(Value::Node(of));
    }
    let cut = length - shift;
    let last = part(
        lowering,
        &flat,
        axis,
        Slice {
            start: Some(cut),
            ..Slice::default()
        },
    );
    let made = last.and_then(|last| {
        let first = part(
            lowering,
            &flat,
            axis,
            Slice {
                stop: Some(cut),
                ..Slice::default()
            },
        )?;
        let rolled = lowering
            .graph
            .concatenate(&[&last, &first], axis_number(axis))?;
        let shape: Vec<i64> = of
            .shape()
            .iter()
            .filter_map(|l| i64::try_from((*l)?).ok())
            .collect();
        match of.ndim() == rolled.ndim() {
            true => Ok(rolled),
            false => lowering.graph.reshape(&rolled, &shape),
        }
    });
    node(made, bound)
}

/// New axes in front until there are so many.
fn deepened(lowering: &mut Lowering<'_>, of: &Node, axes: usize) -> Made {
    if of.ndim() >= axes {
        return Ok(of.clone());
    }
    let items = vec![Index::NewAxis; axes - of.ndim()];
    lowering.graph.index(of, &items)
}

fn tile(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("A")?.node()?;
    let reps = bound.must("reps")?.shape()?;
    let axes = of.ndim().max(reps.len());
    let mut made = deepened(lowering, &of, axes);
    for (back, times) in reps.iter().rev().enumerate() {
        let axis = axis_number(axes - 1 - back);
        made = made.and_then(|so_far| match *times {
            1 => Ok(so_far),
            times => {
                let copies = usize::try_from(times).unwrap_or(usize::MAX).min(MOST);
                let parts = vec![&so_far; copies];
                lowering.graph.concatenate(&parts, axis)
            }
        });
    }
    if reps.iter().any(|times| *times == 0 || *times > MOST as u64) {
        return Err(bound.must("reps")?.wrong(Wanted::Shape));
    }
    node(made, bound)
}

/// A graph does not grow beyond so many pieces of one call.
const MOST: usize = 1_000;

fn atleast_1d(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("tensor")?.node()?;
    node(deepened(lowering, &of, 1), bound)
}

fn atleast_2d(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("tensor")?.node()?;
    node(deepened(lowering, &of, 2), bound)
}

/// A vector becomes `(1, n, 1)`, a matrix `(m, n, 1)`.
fn three(lowering: &mut Lowering<'_>, of: &Node) -> Made {
    let whole = || Index::Slice(Slice::default());
    let items = match of.ndim() {
        0 => vec![Index::NewAxis, Index::NewAxis, Index::NewAxis],
        1 => vec![Index::NewAxis, whole(), Index::NewAxis],
        2 => vec![whole(), whole(), Index::NewAxis],
        _ => return Ok(of.clone()),
    };
    lowering.graph.index(of, &items)
}

fn atleast_3d(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("tensor")?.node()?;
    node(three(lowering, &of), bound)
}

fn joined(
    lowering: &mut Lowering<'_>,
    bound: &Bound<'_>,
    axis: i64,
    shape: fn(&mut Lowering<'_>, &Node) -> Made,
) -> Lowers<Value> {
    let parts = bound.must("tup")?.nodes()?;
    let parts: Result<Vec<Node>, _> = parts.iter().map(|of| shape(lowering, of)).collect();
    let made = parts.and_then(|parts| {
        let parts: Vec<&Node> = parts.iter().collect();
        lowering.graph.concatenate(&parts, axis)
    });
    node(made, bound)
}

fn dstack(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    joined(lowering, bound, 2, three)
}

fn column_stack(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    joined(lowering, bound, 1, |lowering, of| match of.ndim() {
        1 => lowering
            .graph
            .index(of, &[Index::Slice(Slice::default()), Index::NewAxis]),
        _ => Ok(of.clone()),
    })
}

/// Where the parts begin and end along an axis of this length.
fn bounds(bound: &Bound<'_>, length: i64, equal: bool) -> Lowers<Vec<(i64, i64)>> {
    let given = bound.must("indices_or_sections")?;
    if let Value::Plain(_) = given.value {
        let count = given.integer()?;
        let bad = count < 1 || count > MOST as i64 || (equal && length % count != 0);
        if bad {
            return Err(given.wrong(Wanted::Count));
        }
        let (each, more) = (length / count, length % count);
        let start = |at: i64| at * each + at.min(more);
        return Ok((0..count).map(|at| (start(at), start(at + 1))).collect());
    }
    let places = given.lengths(Wanted::Shape)?;
    let inside = |at: i64| {
        if at < 0 {
            (at + length).max(0)
        } else {
            at.min(length)
        }
    };
    let starts = std::iter::once(0).chain(places.iter().map(|at| inside(*at)));
    let ends = places.iter().map(|at| inside(*at)).chain([length]);
    Ok(starts
        .zip(ends)
        .map(|(start, end)| (start, end.max(start)))
        .collect())
}

fn parts(
    lowering: &mut Lowering<'_>,
    bound: &Bound<'_>,
    (name, axis, equal): (&'static str, i64, bool),
) -> Lowers<Value> {
    let given = bound.must(name)?;
    let of = given.node()?;
    let axis = place(axis, of.ndim()).ok_or_else(|| given.wrong(Wanted::Axes))?;
    let length = of.shape().get(axis).copied().flatten();
    let length = length.and_then(|length| i64::try_from(length).ok());
    let length = length.ok_or_else(|| crate::lower::no_value("shape", bound))?;
    let bounds = bounds(bound, length, equal)?;
    let part = |(start, end)| node(part(lowering, &of, axis, Slice::range(start, end)), bound);
    bounds
        .into_iter()
        .map(part)
        .collect::<Lowers<_>>()
        .map(Value::List)
}

fn split(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let axis = bound.integer("axis", 0)?;
    parts(lowering, bound, ("ary", axis, true))
}

fn array_split(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let axis = bound.integer("axis", 0)?;
    parts(lowering, bound, ("a", axis, false))
}

fn vsplit(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    parts(lowering, bound, ("a", 0, true))
}

fn hsplit(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let axes = bound.must("a")?.node()?.ndim();
    parts(lowering, bound, ("a", if axes == 1 { 0 } else { 1 }, true))
}

fn dsplit(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    parts(lowering, bound, ("a", 2, true))
}
