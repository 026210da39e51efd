//! Tensors tiled, stacked in depth, and spread over grids.

use mars::v04::graph::{Error, Graph, Index, Node, Scalar, Slice};

use super::Owner::Mt;
use super::arrange::{at, known};
use super::array::{array, arrays, tuple};
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
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

/// Spread over an axis of its own before each, then the two become one: the same tensor twice in
/// one `concatenate`, as the library has it, can keep the engine waiting for ever.
fn tile(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("A")?)?;
    let given = bound.must("reps")?;
    let mut times = given.shape()?;
    let mut lengths = known(&of, &given)?;
    let ndim = times.len().max(lengths.len());
    times.splice(0..0, vec![1; ndim - times.len()]);
    lengths.splice(0..0, vec![1; ndim - lengths.len()]);
    let mut items = vec![Index::NewAxis; ndim - of.ndim()];
    items.extend(vec![Index::Slice(Slice::default()); of.ndim()]);
    let items: Vec<Index<'_>> = items
        .into_iter()
        .flat_map(|item| [Index::NewAxis, item])
        .collect();
    let mut spread = Vec::with_capacity(2 * ndim);
    let mut whole = Vec::with_capacity(ndim);
    for (times, length) in times.into_iter().zip(lengths) {
        let length = u64::try_from(length).map_err(|_| given.wrong(Wanted::Shape))?;
        let all = times
            .checked_mul(length)
            .and_then(|all| i64::try_from(all).ok());
        whole.push(all.ok_or_else(|| given.wrong(Wanted::Shape))?);
        spread.extend([times, length]);
    }
    let graph = &mut lowering.graph;
    let made = graph.index(&of, &items);
    let made = made.and_then(|made| {
        let made = graph.broadcast_to(&made, &spread)?;
        graph.reshape(&made, &whole)
    });
    node(made, bound)
}

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
    let part = |(axis, length): (usize, &u64)| {
        let stop = Scalar::Int(i64::try_from(*length).unwrap_or(i64::MAX));
        let vector = graph.arange(&Scalar::Int(0), &stop, &Scalar::Int(1), None)?;
        spread(graph, &vector, axis, lengths)
    };
    lengths.iter().enumerate().map(part).collect()
}
