//! Neighbours and unions of tensors in one row; pieces of other operators, as in the library.

use mars::v04::graph::{self, Binary, Index, Node, Slice};

use super::Owner::Mt;
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::convert::{Given, located};
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Mt],
        "ediff1d",
        "a, to_end=None!, to_begin=None!",
        [
            "The differences of neighbours, in one row.",
            "相邻元素之差，展平为一维。",
        ],
        ediff1d,
    ),
    call(
        &[Mt],
        "union1d",
        "ar1, ar2",
        [
            "The values of both, each once, in order.",
            "两者的不同值，按序排列。",
        ],
        union1d,
    ),
];

/// A tensor, or one of the values of a list.
fn tensor(lowering: &mut Lowering<'_>, given: &Given<'_>) -> Lowers<Node> {
    if given.value.node().is_some() {
        return given.node();
    }
    let values = given.value.literal();
    let values = values.filter(|values| values.shape().is_some());
    let values = values.ok_or_else(|| given.wrong(Wanted::Values))?;
    let made = lowering.graph.tensor(&values, None);
    made.map_err(|error| located(error, given.at, None))
}

fn flat(lowering: &mut Lowering<'_>, of: &Node) -> Result<Node, graph::Error> {
    match of.ndim() {
        1 => Ok(of.clone()),
        _ => lowering.graph.reshape(of, &[-1]),
    }
}

fn ediff1d(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    let (later, earlier) = (
        Slice {
            start: Some(1),
            ..Slice::default()
        },
        Slice {
            stop: Some(-1),
            ..Slice::default()
        },
    );
    let made = flat(lowering, &of).and_then(|of| {
        let later = lowering.graph.index(&of, &[Index::Slice(later)])?;
        let earlier = lowering.graph.index(&of, &[Index::Slice(earlier)])?;
        lowering
            .graph
            .binary(Binary::Subtract, (&later).into(), (&earlier).into())
    });
    node(made, bound)
}

fn union1d(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (first, second) = (bound.must("ar1")?, bound.must("ar2")?);
    let (first, second) = (tensor(lowering, &first)?, tensor(lowering, &second)?);
    let made = flat(lowering, &first).and_then(|first| {
        let second = flat(lowering, &second)?;
        let both = lowering.graph.concatenate(&[&first, &second], 0)?;
        lowering.graph.unique(&both)
    });
    node(made, bound)
}
