//! Quantiles, weighted means, covariances and histograms.

use mars::v04::graph::{Axes, Bins, Literal, Scalar};

use super::Owner::Mt;
use super::array::{array, tuple};
use super::covariance;
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::convert::{Given, located};
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

const OF_Q: &str =
    "a, q, axis=None, out=None!, overwrite_input=False!, interpolation='linear', keepdims=False";

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Mt],
        "median",
        "a, axis=None, out=None!, overwrite_input=False!, keepdims=False",
        ["The value in the middle.", "中位数。"],
        median,
    ),
    call(
        &[Mt],
        "percentile",
        OF_Q,
        ["The values below which q percent lie.", "第 q 百分位数。"],
        percentile,
    ),
    call(
        &[Mt],
        "quantile",
        OF_Q,
        [
            "The values below which the part q from 0 to 1 lies.",
            "分位数，q 在 0 到 1 之间。",
        ],
        quantile,
    ),
    call(
        &[Mt],
        "average",
        "a, axis=None, weights=None, returned=False!",
        ["The mean, perhaps with weights.", "平均值，可加权。"],
        covariance::average,
    ),
    call(
        &[Mt],
        "cov",
        "m, y=None, rowvar=True, bias=False, ddof=None, fweights=None!, aweights=None!",
        ["The covariances of the rows.", "各行的协方差。"],
        covariance::cov,
    ),
    call(
        &[Mt],
        "corrcoef",
        "x, y=None, rowvar=True",
        ["The correlations of the rows.", "各行的相关系数。"],
        covariance::corrcoef,
    ),
    call(
        &[Mt],
        "histogram",
        "a, bins=10, range=None, weights=None!, density=None",
        [
            "How many values are in each bin, and the edges of the bins.",
            "每个区间的个数，以及区间边界。",
        ],
        histogram,
    ),
    call(
        &[Mt],
        "histogram_bin_edges",
        "a, bins=10, range=None, weights=None!",
        [
            "The edges of the bins of a histogram.",
            "直方图的区间边界。",
        ],
        histogram_bin_edges,
    ),
];

fn median(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let middle = Literal::Scalar(Scalar::Float(0.5));
    at_quantile(lowering, bound, &middle)
}

fn percentile(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let q = parts(&bound.must("q")?, 100.0)?;
    at_quantile(lowering, bound, &q)
}

fn quantile(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let q = parts(&bound.must("q")?, 1.0)?;
    at_quantile(lowering, bound, &q)
}

/// A number or a list of numbers from 0 to the whole, as parts of 1.
fn parts(given: &Given<'_>, whole: f64) -> Lowers<Literal> {
    let part = |scalar: &Scalar| {
        let number = match scalar {
            Scalar::Int(value) => Some(*value as f64),
            Scalar::Float(value) => Some(*value),
            _ => None,
        };
        let part = number.map(|number| number / whole);
        let part = part.filter(|part| (0.0..=1.0).contains(part));
        part.map(|part| Literal::Scalar(Scalar::Float(part)))
    };
    let parts = match given.value {
        Value::Plain(scalar) => part(scalar),
        _ => {
            let parts: Option<Vec<Literal>> = given.scalars()?.iter().map(part).collect();
            parts.map(Literal::List)
        }
    };
    parts.ok_or_else(|| given.wrong(Wanted::Number))
}

fn at_quantile(lowering: &mut Lowering<'_>, bound: &Bound<'_>, q: &Literal) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    let axes = bound
        .get("axis")
        .map_or(Ok(Axes::All), |axis| axis.axes())?;
    let interpolation = bound.text("interpolation", "linear")?;
    let known = ["linear", "lower", "higher", "midpoint", "nearest"];
    if !known.contains(&interpolation.as_str()) {
        return Err(bound.must("interpolation")?.wrong(Wanted::Text));
    }
    let keepdims = bound.flag("keepdims", false)?;
    let made = lowering
        .graph
        .quantile_tensor(&of, q, &axes, &interpolation, keepdims);
    node(made, bound)
}

fn bins(bound: &Bound<'_>) -> Lowers<Bins> {
    let ends = match bound.some("range") {
        None => None,
        Some(range) => match range.scalars()?.as_slice() {
            [low, high] => Some([low.clone(), high.clone()]),
            _ => return Err(range.wrong(Wanted::Values)),
        },
    };
    match bound.some("bins") {
        None => Ok(Bins::Count(10, ends)),
        Some(given) => match given.value {
            Value::List(_) | Value::Tuple(_) => Ok(Bins::Edges(given.scalars()?)),
            _ => Ok(Bins::Count(given.count()?, ends)),
        },
    }
}

fn histogram(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    let density = bound.flag("density", false)?;
    let made = lowering.graph.histogram(&of, &bins(bound)?, density);
    made.map(|parts| tuple(parts.into()))
        .map_err(|error| located(error, bound.at(), None))
}

fn histogram_bin_edges(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    node(
        lowering.graph.histogram_bin_edges(&of, &bins(bound)?),
        bound,
    )
}
