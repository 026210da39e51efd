//! Tensors rolled and turned, put together of other operators as the library does it.

use mars::v04::graph::{Error, Graph, Index, Node, Slice};

use super::Owner::Mt;
use super::array::array;
use super::assemble::place;
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::convert::{Given, located};
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Mt],
        "roll",
        "a, shift, axis=None",
        [
            "Elements moved along; what leaves at the end comes back at the start.",
            "循环移动元素。",
        ],
        roll,
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
        "moveaxis",
        "a, source, destination",
        ["Axes moved to other places.", "把若干轴移到新位置。"],
        moveaxis,
    ),
];

/// What the builder made, or its refusal at the call.
pub(super) fn at<T>(made: Result<T, Error>, bound: &Bound<'_>) -> Lowers<T> {
    made.map_err(|error| located(error, bound.at(), None))
}

fn roll(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    let given = bound.must("shift")?;
    let shifts = given.lengths(Wanted::Integer)?;
    let Some(axes) = bound.some("axis") else {
        let shape = known(&of, &given)?;
        let flat = at(lowering.graph.reshape(&of, &[-1]), bound)?;
        let rolled = at(
            rolled(
                &mut lowering.graph,
                &flat,
                0,
                shifts
                    .iter()
                    .fold(0, |sum, shift| shift.saturating_add(sum)),
            ),
            bound,
        )?;
        return node(lowering.graph.reshape(&rolled, &shape), bound);
    };
    let axes = positions(&axes, of.ndim())?;
    let count = axes.len().max(shifts.len());
    let each = |length: usize| length == 1 || length == count;
    if !each(axes.len()) || !each(shifts.len()) {
        return Err(given.wrong(Wanted::Integer));
    }
    let mut made = of;
    let pairs = axes.iter().cycle().zip(shifts.iter().cycle());
    for (axis, shift) in pairs.take(count) {
        made = at(rolled(&mut lowering.graph, &made, *axis, *shift), bound)?;
    }
    Ok(Value::Node(made))
}

fn rolled(graph: &mut Graph<'_>, of: &Node, axis: usize, shift: i64) -> Result<Node, Error> {
    let length = of.shape().get(axis).copied().flatten();
    let length = length.and_then(|length| i64::try_from(length).ok());
    let length = length.ok_or_else(|| Error::UnknownShape {
        operator: "roll".into(),
    })?;
    let cut = match length {
        0 => 0,
        length => shift.checked_neg().unwrap_or(0).rem_euclid(length),
    };
    if cut == 0 {
        return Ok(of.clone());
    }
    let mut part = |start, stop| {
        let mut items: Vec<Index<'_>> = vec![Index::Slice(Slice::default()); axis];
        items.push(Index::Slice(Slice {
            start,
            stop,
            step: None,
        }));
        graph.index(of, &items)
    };
    let (later, earlier) = (part(Some(cut), None)?, part(None, Some(cut))?);
    let axis = i64::try_from(axis).unwrap_or(i64::MAX);
    graph.concatenate(&[&later, &earlier], axis)
}

/// The lengths, all of which must be known.
pub(super) fn known(of: &Node, given: &Given<'_>) -> Lowers<Vec<i64>> {
    let lengths = of.shape().iter();
    let lengths = lengths.map(|length| length.and_then(|length| i64::try_from(length).ok()));
    let lengths: Option<Vec<i64>> = lengths.collect();
    lengths.ok_or_else(|| given.wrong(Wanted::Shape))
}

/// Axes counted from 0, each once.
fn positions(given: &Given<'_>, ndim: usize) -> Lowers<Vec<usize>> {
    let axes = given.lengths(Wanted::Axes)?.into_iter();
    let axes: Option<Vec<usize>> = axes.map(|axis| place(axis, ndim)).collect();
    axes.ok_or_else(|| given.wrong(Wanted::Axes))
}

fn rollaxis(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("tensor")?)?;
    let given = bound.must("axis")?;
    let axis = place(given.integer()?, of.ndim()).ok_or_else(|| given.wrong(Wanted::Axes))?;
    let start = bound.integer("start", 0)?;
    // One more than the axes: behind the last.
    let count = i64::try_from(of.ndim()).unwrap_or(i64::MAX);
    let start = if start < 0 { start + count } else { start };
    let start = place(start, of.ndim() + 1).ok_or_else(|| given.wrong(Wanted::Axes))?;
    let start = if axis < start { start - 1 } else { start };
    let mut order: Vec<usize> = (0..of.ndim()).filter(|other| *other != axis).collect();
    order.insert(start, axis);
    turned(lowering, bound, &of, &order)
}

fn moveaxis(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    let source = positions(&bound.must("source")?, of.ndim())?;
    let given = bound.must("destination")?;
    let destination = positions(&given, of.ndim())?;
    if source.len() != destination.len() {
        return Err(given.wrong(Wanted::Axes));
    }
    let mut order: Vec<usize> = (0..of.ndim())
        .filter(|axis| !source.contains(axis))
        .collect();
    let mut pairs: Vec<(usize, usize)> = destination.into_iter().zip(source).collect();
    pairs.sort_unstable();
    for (destination, source) in pairs {
        order.insert(destination.min(order.len()), source);
    }
    turned(lowering, bound, &of, &order)
}

fn turned(
    lowering: &mut Lowering<'_>,
    bound: &Bound<'_>,
    of: &Node,
    order: &[usize],
) -> Lowers<Value> {
    if order.iter().copied().eq(0..of.ndim()) {
        return Ok(Value::Node(of.clone()));
    }
    let axes: Vec<i64> = order.iter().map(|axis| *axis as i64).collect();
    node(lowering.graph.transpose(of, Some(&axes)), bound)
}
