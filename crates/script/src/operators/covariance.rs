//! Weighted means and covariances, put together of other operators as the library does it.

use mars::v04::graph::{
    Axes, Binary, Error, Function, Graph, Index, Node, Reduction, Scalar, Slice, Unary,
};

use super::array::array;
use super::assemble::place;
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

/// `sum(a * weights) / sum(weights)`.
pub(super) fn average(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    let axes = bound
        .get("axis")
        .map_or(Ok(Axes::All), |axis| axis.axes())?;
    let Some(given) = bound.some("weights") else {
        return node(
            lowering.graph.reduce(Reduction::Mean, &of, &axes, false),
            bound,
        );
    };
    let mut weights = array(lowering, &given)?;
    if weights.shape() != of.shape() {
        let Axes::One(axis) = axes else {
            return Err(given.wrong(Wanted::Axes));
        };
        let at = place(axis, of.ndim()).ok_or_else(|| given.wrong(Wanted::Axes))?;
        if weights.ndim() != 1 || weights.shape().first() != of.shape().get(at) {
            return Err(given.wrong(Wanted::Shape));
        }
        // One axis of its own for each that follows: the rest broadcasts.
        let mut items = vec![Index::Slice(Slice::default())];
        items.extend(vec![Index::NewAxis; of.ndim() - at - 1]);
        let spread = lowering.graph.index(&weights, &items);
        weights = match node(spread, bound)? {
            Value::Node(spread) => spread,
            _ => return Err(given.wrong(Wanted::Tensor)),
        };
    }
    node(weighted(&mut lowering.graph, &of, &weights, &axes), bound)
}

fn weighted(graph: &mut Graph<'_>, of: &Node, weights: &Node, axes: &Axes) -> Result<Node, Error> {
    let products = graph.binary(Binary::Multiply, of.into(), weights.into())?;
    let sum = graph.reduce(Reduction::Sum, &products, axes, false)?;
    let whole = match (weights.ndim() == of.ndim(), axes) {
        (true, _) => graph.reduce(Reduction::Sum, weights, axes, false)?,
        (false, _) => graph.reduce(Reduction::Sum, weights, &Axes::All, false)?,
    };
    graph.binary(Binary::TrueDiv, (&sum).into(), (&whole).into())
}

pub(super) fn cov(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let m = array(lowering, &bound.must("m")?)?;
    let y = bound.some("y").map(|y| array(lowering, &y)).transpose()?;
    let rows = bound.flag("rowvar", true)?;
    let natural = i64::from(!bound.flag("bias", false)?);
    let ddof = bound.integer("ddof", natural)?;
    let made = covariances(&mut lowering.graph, &m, y.as_ref(), rows, ddof);
    node(made, bound)
}

pub(super) fn corrcoef(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let x = array(lowering, &bound.must("x")?)?;
    let y = bound.some("y").map(|y| array(lowering, &y)).transpose()?;
    let rows = bound.flag("rowvar", true)?;
    let made = correlations(&mut lowering.graph, &x, y.as_ref(), rows);
    node(made, bound)
}

/// A matrix whose rows are the variables.
fn variables(graph: &mut Graph<'_>, of: &Node, rows: bool) -> Result<Node, Error> {
    match of.ndim() {
        0 | 1 => graph.reshape(of, &[1, -1]),
        _ if rows => Ok(of.clone()),
        _ => graph.transpose(of, None),
    }
}

fn covariances(
    graph: &mut Graph<'_>,
    m: &Node,
    y: Option<&Node>,
    rows: bool,
    ddof: i64,
) -> Result<Node, Error> {
    let mut x = variables(graph, m, rows)?;
    if let Some(y) = y {
        let y = variables(graph, y, rows)?;
        x = graph.concatenate(&[&x, &y], 0)?;
    }
    let mean = graph.reduce(Reduction::Mean, &x, &Axes::One(1), true)?;
    let away = graph.binary(Binary::Subtract, (&x).into(), (&mean).into())?;
    let turned = graph.transpose(&away, None)?;
    let turned = match Function::named("conj") {
        Some(conj) => graph.function(conj, &turned)?,
        None => turned,
    };
    let products = graph.dot(&away, &turned)?;
    let count = x.shape().get(1).copied().flatten();
    let count = count.ok_or_else(|| Error::UnknownShape {
        operator: "cov".into(),
    })?;
    let free = i64::try_from(count)
        .unwrap_or(i64::MAX)
        .saturating_sub(ddof);
    if free <= 0 {
        return Err(Error::Argument {
            operator: "cov".into(),
            argument: "ddof",
            reason: "leaves no degree of freedom".into(),
        });
    }
    let part = Scalar::Float(1.0 / free as f64);
    let made = graph.binary(Binary::Multiply, (&products).into(), (&part).into())?;
    graph.squeeze(&made, None)
}

fn correlations(
    graph: &mut Graph<'_>,
    x: &Node,
    y: Option<&Node>,
    rows: bool,
) -> Result<Node, Error> {
    let c = covariances(graph, x, y, rows, 1)?;
    if c.ndim() == 0 {
        return graph.binary(Binary::TrueDiv, (&c).into(), (&c).into());
    }
    let own = graph.diag(&c, 0)?;
    let column = graph.reshape(&own, &[-1, 1])?;
    let column = graph.unary(Unary::Sqrt, &column)?;
    let row = graph.transpose(&column, None)?;
    let half = graph.binary(Binary::TrueDiv, (&c).into(), (&column).into())?;
    graph.binary(Binary::TrueDiv, (&half).into(), (&row).into())
}
