//! Row labels.

use mars::v04::graph::{self, Node};

use super::Owner::{DataFrame, Series};
use super::{Operator, call};
use crate::lower::arguments::Bound;
use crate::lower::convert::located;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[DataFrame],
        "reset_index",
        "self, level=None!, drop=False, inplace=False!, col_level=0!, col_fill=''!",
        [
            "New row numbers; the labels become columns.",
            "重新编号，原标签成为列。",
        ],
        reset_index,
    ),
    call(
        &[Series],
        "reset_index",
        "self, level=None!, drop=False, name=None, inplace=False!",
        [
            "New row numbers; the labels become columns.",
            "重新编号，原标签成为列。",
        ],
        reset_index,
    ),
    call(
        &[DataFrame],
        "set_index",
        "self, keys, drop=True, append=False!, inplace=False!, verify_integrity=False!",
        [
            "The values of a column as row labels.",
            "用一列的值作为行标签。",
        ],
        set_index,
    ),
];

fn this(bound: &Bound<'_>) -> Lowers<Node> {
    bound.must("self")?.node()
}

/// What the graph builder gave, or its error; a column was looked for in `of`.
fn of(made: Result<Node, graph::Error>, of: &Node, bound: &Bound<'_>) -> Lowers<Value> {
    made.map(Value::Node)
        .map_err(|error| located(error, bound.at(), Some(of)))
}

fn reset_index(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let drop = bound.flag("drop", false)?;
    let name = bound.some("name").map(|name| name.label()).transpose()?;
    let made = lowering
        .graph
        .reset_index(&this(bound)?, drop, name.as_ref());
    node(made, bound)
}

fn set_index(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let own = this(bound)?;
    let key = bound.must("keys")?.label()?;
    let drop = bound.flag("drop", true)?;
    of(lowering.graph.set_index(&own, &key, drop), &own, bound)
}
