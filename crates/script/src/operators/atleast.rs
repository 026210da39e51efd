//! Tensors of so many axes at least.

use mars::v04::graph::{Error, Graph, Index, Node, Slice};

use super::Owner::Mt;
use super::array::{arrays, tuple};
use super::{Operator, call};
use crate::lower::arguments::Bound;
use crate::lower::convert::located;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Mt],
        "atleast_1d",
        "*tensors",
        ["Tensors of one axis or more.", "至少一维的张量。"],
        atleast_1d,
    ),
    call(
        &[Mt],
        "atleast_2d",
        "*tensors",
        ["Tensors of two axes or more.", "至少二维的张量。"],
        atleast_2d,
    ),
    call(
        &[Mt],
        "atleast_3d",
        "*tensors",
        ["Tensors of three axes or more.", "至少三维的张量。"],
        atleast_3d,
    ),
];

fn atleast_1d(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    each(lowering, bound, one)
}

fn atleast_2d(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    each(lowering, bound, two)
}

fn atleast_3d(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    each(lowering, bound, three)
}

/// One tensor gives one, several give a tuple.
fn each(
    lowering: &mut Lowering<'_>,
    bound: &Bound<'_>,
    make: impl Fn(&mut Graph<'_>, &Node) -> Result<Node, Error>,
) -> Lowers<Value> {
    let given = bound.must("tensors")?;
    let parts = match given.value {
        Value::Node(node) => vec![node.clone()],
        _ => arrays(lowering, &given)?,
    };
    let graph = &mut lowering.graph;
    let made: Result<Vec<Node>, Error> = parts.iter().map(|part| make(graph, part)).collect();
    let made = made.map_err(|error| located(error, bound.at(), None))?;
    match <[Node; 1]>::try_from(made) {
        Ok([one]) => Ok(Value::Node(one)),
        Err(several) => Ok(tuple(several)),
    }
}

fn one(graph: &mut Graph<'_>, of: &Node) -> Result<Node, Error> {
    match of.ndim() {
        0 => graph.index(of, &[Index::NewAxis]),
        _ => Ok(of.clone()),
    }
}

fn two(graph: &mut Graph<'_>, of: &Node) -> Result<Node, Error> {
    match of.ndim() {
        0 => graph.index(of, &[Index::NewAxis, Index::NewAxis]),
        1 => graph.index(of, &[Index::NewAxis, Index::Slice(Slice::default())]),
        _ => Ok(of.clone()),
    }
}

/// numpy puts a vector along the second axis, and a matrix along the first two.
pub(super) fn three(graph: &mut Graph<'_>, of: &Node) -> Result<Node, Error> {
    let whole = Index::Slice(Slice::default());
    match of.ndim() {
        0 => graph.index(of, &[Index::NewAxis, Index::NewAxis, Index::NewAxis]),
        1 => graph.index(of, &[Index::NewAxis, whole, Index::NewAxis]),
        2 => graph.index(of, &[whole.clone(), whole, Index::NewAxis]),
        _ => Ok(of.clone()),
    }
}
