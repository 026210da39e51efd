//! Tensors rolled, turned, tiled and spread over grids; what the library puts together of other
//! operators is put together likewise.

use mars::v04::graph::{Error, Graph, Index, Node, Slice};

use super::Owner::Mt;
use super::array::{array, arrays, tuple};
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
    call(
        &[Mt],
        "tile",
        "A, reps",
        [
            "The tensor, several times along its axes.",
            "沿各轴重复整个张量。",
        ],
        tile,
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
        [
            "Vectors as the columns of a matrix.",
            "以向量为列组成矩阵。",
        ],
        column_stack,
    ),
    call(
        &[Mt],
        "meshgrid",
        "*xi",
        [
            "The coordinates of a grid over these vectors.",
            "由这些向量张成的网格坐标。",
        ],
        meshgrid,
    ),
    call(
        &[Mt],
        "indices",
        "dimensions, dtype=None!, chunk_size=None!",
        [
            "The places of every element of such a grid.",
            "网格中每个元素的位置。",
        ],
        indices,
    ),
];

/// A tensor of Python's own errors: what the builder refuses, at the call.
fn at<T>(made: Result<T, Error>, bound: &Bound<'_>) -> Lowers<T> {
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
            rolled(&mut lowering.graph, &flat, 0, shifts.iter().sum()),
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
fn known(of: &Node, given: &Given<'_>) -> Lowers<Vec<i64>> {
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

fn tile(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let mut of = array(lowering, &bound.must("A")?)?;
    let given = bound.must("reps")?;
    let mut times = given.shape()?;
    // Each copy is an input of its own.
    if times.iter().any(|times| !(1..=MOST).contains(times)) {
        return Err(given.wrong(Wanted::Count));
    }
    if of.ndim() < times.len() {
        let items = vec![Index::NewAxis; times.len() - of.ndim()];
        of = at(lowering.graph.index(&of, &items), bound)?;
    }
    while times.len() < of.ndim() {
        times.insert(0, 1);
    }
    for (axis, times) in times
        .into_iter()
        .enumerate()
        .filter(|(_, times)| *times > 1)
    {
        let copies = vec![&of; usize::try_from(times).unwrap_or(1)];
        of = at(lowering.graph.concatenate(&copies, axis as i64), bound)?;
    }
    Ok(Value::Node(of))
}

/// The most copies along an axis.
const MOST: u64 = 1000;

fn dstack(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let parts = arrays(lowering, &bound.must("tup")?)?;
    let mut deep = Vec::with_capacity(parts.len());
    for part in &parts {
        deep.push(at(super::atleast::three(&mut lowering.graph, part), bound)?);
    }
    let deep: Vec<&Node> = deep.iter().collect();
    node(lowering.graph.concatenate(&deep, 2), bound)
}

fn column_stack(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let parts = arrays(lowering, &bound.must("tup")?)?;
    let mut columns = Vec::with_capacity(parts.len());
    for part in parts {
        let items = [Index::Slice(Slice::default()), Index::NewAxis];
        columns.push(match part.ndim() {
            1 => at(lowering.graph.index(&part, &items), bound)?,
            _ => part,
        });
    }
    let columns: Vec<&Node> = columns.iter().collect();
    node(lowering.graph.concatenate(&columns, 1), bound)
}

/// The first two axes change places, as numpy's `indexing='xy'` has it.
fn meshgrid(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let given = bound.must("xi")?;
    let vectors = arrays(lowering, &given)?;
    if vectors.iter().any(|vector| vector.ndim() != 1) {
        return Err(given.wrong(Wanted::Tensor));
    }
    let mut axes: Vec<usize> = (0..vectors.len()).collect();
    if vectors.len() > 1 {
        axes.swap(0, 1);
    }
    let lengths: Option<Vec<u64>> = axes
        .iter()
        .filter_map(|axis| vectors.get(*axis))
        .map(|vector| vector.shape().first().copied().flatten())
        .collect();
    let lengths = lengths.ok_or_else(|| given.wrong(Wanted::Shape))?;
    let spread =
        |(vector, axis): (&Node, &usize)| spread(&mut lowering.graph, vector, *axis, &lengths);
    let made: Result<Vec<Node>, Error> = vectors.iter().zip(&axes).map(spread).collect();
    at(made, bound).map(tuple)
}

/// A vector along one axis of a grid.
fn spread(
    graph: &mut Graph<'_>,
    vector: &Node,
    axis: usize,
    lengths: &[u64],
) -> Result<Node, Error> {
    let mut items = vec![Index::NewAxis; lengths.len()];
    if let Some(own) = items.get_mut(axis) {
        *own = Index::Slice(Slice::default());
    }
    let standing = graph.index(vector, &items)?;
    graph.broadcast_to(&standing, lengths)
}

fn indices(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let lengths = bound.must("dimensions")?.shape()?;
    let graph = &mut lowering.graph;
    let made = grid(graph, &lengths).and_then(|parts| {
        let parts: Vec<&Node> = parts.iter().collect();
        graph.stack(&parts, 0)
    });
    node(made, bound)
}

fn grid(graph: &mut Graph<'_>, lengths: &[u64]) -> Result<Vec<Node>, Error> {
    use mars::v04::graph::Scalar;
    let part = |(axis, length): (usize, &u64)| {
        let stop = Scalar::Int(i64::try_from(*length).unwrap_or(i64::MAX));
        let vector = graph.arange(&Scalar::Int(0), &stop, &Scalar::Int(1), None)?;
        spread(graph, &vector, axis, lengths)
    };
    lengths.iter().enumerate().map(part).collect()
}
