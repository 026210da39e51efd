//! Elements of tensors chosen, joined and weighed; pieces of other operators, as in the library.

use mars::v04::graph::{self, Axes, Binary, Index, Node, Reduction, Slice};

use super::Owner::{Mt, Tensor};
use super::assemble::place;
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::convert::{Given, located};
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, no_value, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Mt, Tensor],
        "take",
        "a, indices, axis=None, out=None!",
        ["The elements at these places.", "取出这些位置的元素。"],
        take,
    ),
    call(
        &[Mt],
        "compress",
        "condition, a, axis=None, out=None!",
        [
            "The elements where the condition is true.",
            "条件为真处的元素。",
        ],
        compress,
    ),
    call(
        &[Mt],
        "extract",
        "condition, a",
        [
            "The elements where the condition is true, in one row.",
            "条件为真处的元素，展平为一维。",
        ],
        extract,
    ),
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
    call(
        &[Mt],
        "average",
        "a, axis=None, weights=None, returned=False!",
        [
            "The mean, weighed if weights are given.",
            "平均值，可加权。",
        ],
        average,
    ),
    call(
        &[Mt],
        "array_equal",
        "a1, a2",
        [
            "Whether both have one shape and the same elements.",
            "形状与元素是否都相同。",
        ],
        array_equal,
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

/// `a[:, …, by]`, or of all elements in one row without an axis.
fn along(
    lowering: &mut Lowering<'_>,
    bound: &Bound<'_>,
    of: &Node,
    by: &Index<'_>,
) -> Lowers<Value> {
    let (of, axis) = match bound.some("axis") {
        Some(axis) => {
            let at = place(axis.integer()?, of.ndim());
            (Ok(of.clone()), at.ok_or_else(|| axis.wrong(Wanted::Axes))?)
        }
        None => (flat(lowering, of), 0),
    };
    let mut items: Vec<Index<'_>> = vec![Index::Slice(Slice::default()); axis];
    items.push(by.clone());
    node(of.and_then(|of| lowering.graph.index(&of, &items)), bound)
}

fn take(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    let given = bound.must("indices")?;
    if let Value::Plain(_) = given.value {
        return along(lowering, bound, &of, &Index::At(given.integer()?));
    }
    let places = tensor(lowering, &given)?;
    along(lowering, bound, &of, &Index::Node(&places))
}

fn compress(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    let mask = tensor(lowering, &bound.must("condition")?)?;
    along(lowering, bound, &of, &Index::Node(&mask))
}

fn extract(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    let mask = tensor(lowering, &bound.must("condition")?)?;
    let made = flat(lowering, &mask).and_then(|mask| {
        let of = flat(lowering, &of)?;
        lowering.graph.index(&of, &[Index::Node(&mask)])
    });
    node(made, bound)
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

fn average(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = tensor(lowering, &bound.must("a")?)?;
    let axes = bound
        .some("axis")
        .map_or(Ok(Axes::All), |axis| axis.axes())?;
    let Some(given) = bound.some("weights") else {
        return node(
            lowering.graph.reduce(Reduction::Mean, &of, &axes, false),
            bound,
        );
    };
    let weights = tensor(lowering, &given)?;
    // Weights of another shape go along one axis, which has to be the last one here.
    if weights.shape() != of.shape() {
        let last = of.ndim().checked_sub(1);
        let along = match axes {
            Axes::One(axis) => place(axis, of.ndim()),
            _ => None,
        };
        if weights.ndim() != 1 || along.is_none() || along != last {
            return Err(given.wrong(Wanted::Values));
        }
    }
    let made = lowering
        .graph
        .binary(Binary::Multiply, (&of).into(), (&weights).into());
    let made = made.and_then(|weighed| {
        let sum = lowering
            .graph
            .reduce(Reduction::Sum, &weighed, &axes, false)?;
        let over = if weights.ndim() == of.ndim() {
            axes.clone()
        } else {
            Axes::All
        };
        let all = lowering
            .graph
            .reduce(Reduction::Sum, &weights, &over, false)?;
        lowering
            .graph
            .binary(Binary::TrueDiv, (&sum).into(), (&all).into())
    });
    node(made, bound)
}

fn array_equal(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (first, second) = (bound.must("a1")?, bound.must("a2")?);
    let (first, second) = (tensor(lowering, &first)?, tensor(lowering, &second)?);
    let known = |of: &Node| of.shape().iter().all(Option::is_some);
    if !known(&first) || !known(&second) {
        return Err(no_value("shape", bound));
    }
    if first.shape() != second.shape() {
        return Ok(Value::from(false));
    }
    let same = lowering
        .graph
        .binary(Binary::Equal, (&first).into(), (&second).into());
    let made = same.and_then(|same| {
        lowering
            .graph
            .reduce(Reduction::All, &same, &Axes::All, false)
    });
    node(made, bound)
}
