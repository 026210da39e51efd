//! Frames and series in a few figures, and what counts values.

use mars::v04::graph::{Aggregation, Dtype, Functions, Node, Scalar};

use super::Owner::{DataFrame, Md, Series};
use super::groupby::lower::aggregation;
use super::{Operator, call};
use crate::error::{Error, ErrorKind, Wanted};
use crate::lower::arguments::Bound;
use crate::lower::convert::{Given, located};
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, dtype, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[DataFrame, Series],
        "nunique",
        "self, dropna=True!",
        ["How many different values there are.", "不同值的个数。"],
        nunique,
    ),
    call(
        &[Series],
        "isin",
        "self, values",
        [
            "True where the value is one of these.",
            "值在其中处为 True。",
        ],
        isin,
    ),
    call(
        &[Series],
        "value_counts",
        "self, normalize=False, sort=True!, ascending=False, bins=None!, dropna=True!, method='auto'!",
        ["How often each value occurs.", "每个值出现的次数。"],
        value_counts,
    ),
    call(
        &[DataFrame, Series],
        "quantile",
        "self, q=0.5, axis=0!, numeric_only=True!, interpolation='linear'!",
        [
            "The value below which a share q of the values lies.",
            "比例为 q 的分位数。",
        ],
        quantile,
    ),
    call(
        &[DataFrame, Series],
        "to_tensor",
        "self",
        ["The values as a tensor.", "把值作为张量。"],
        to_tensor,
    ),
    call(
        &[DataFrame, Series],
        "agg",
        "self, func, axis=0!",
        [
            "Named functions of every column, or of some.",
            "对每列（或若干列）应用聚合函数。",
        ],
        agg,
    )
    .or(&["aggregate"]),
    call(
        &[DataFrame, Series],
        "describe",
        "self, percentiles=None, include=None!, exclude=None!",
        [
            "Count, mean, spread and quantiles of the numbers.",
            "数值的计数、均值、离散程度与分位数。",
        ],
        describe,
    ),
    call(
        &[Series],
        "map",
        "self, arg, na_action=None!, dtype=None",
        ["The partner of each value in a dict.", "按字典替换每个值。"],
        map,
    ),
    call(
        &[Md],
        "cut",
        "x, bins, right=True, labels=None, retbins=False!, precision=3!, include_lowest=False, duplicates='raise'!",
        [
            "In which bin each value lies, with labels=False.",
            "每个值落在哪个区间（须 labels=False）。",
        ],
        cut,
    ),
];

fn this(bound: &Bound<'_>) -> Lowers<Node> {
    bound.must("self")?.node()
}

fn nunique(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    node(lowering.graph.nunique(&this(bound)?), bound)
}

fn isin(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let values = bound.must("values")?.scalars()?;
    node(lowering.graph.isin(&this(bound)?, &values), bound)
}

fn value_counts(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let ascending = bound.flag("ascending", false)?;
    let share = bound.flag("normalize", false)?;
    let made = lowering.graph.value_counts(&this(bound)?, ascending, share);
    node(made, bound)
}

fn to_tensor(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    node(lowering.graph.to_tensor(&this(bound)?), bound)
}

/// One quantile, or a list of them.
fn quantile(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = this(bound)?;
    if let Some(given) = bound.some("q")
        && let Value::List(_) | Value::Tuple(_) = given.value
    {
        return node(lowering.graph.quantiles(&of, &floats(&given)?), bound);
    }
    let q = bound.float("q", 0.5)?;
    node(lowering.graph.quantile(&of, q), bound)
}

fn describe(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let percentiles = match bound.some("percentiles") {
        Some(given) => floats(&given)?,
        None => vec![0.25, 0.5, 0.75],
    };
    let made = lowering.graph.describe(&this(bound)?, &percentiles);
    node(made, bound)
}

fn floats(given: &Given<'_>) -> Lowers<Vec<f64>> {
    let float = |scalar: Scalar| match scalar {
        Scalar::Float(value) => Ok(value),
        Scalar::Int(value) => Ok(value as f64),
        _ => Err(given.wrong(Wanted::Number)),
    };
    given.scalars()?.into_iter().map(float).collect()
}

/// A single name is the method of this name.
fn agg(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = this(bound)?;
    let func = bound.must("func")?;
    let aggregation = aggregation(&func)?;
    if let Aggregation::Every(Functions::One(op)) = aggregation {
        return node(lowering.graph.frame_reduce(op, &of, 0), bound);
    }
    let made = lowering.graph.aggregate(&of, &aggregation);
    made.map(Value::Node)
        .map_err(|error| located(error, bound.at(), Some(&of)))
}

/// Without a type, whole numbers become floats as long as a value may lack a partner.
fn map(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let given = bound.must("arg")?;
    let Value::Dict(items) = given.value else {
        return Err(given.wrong(Wanted::Dict));
    };
    let pair = |(from, to): &(Value, Value)| match (from, to) {
        (Value::Plain(from), Value::Plain(to)) => Ok((from.clone(), to.clone())),
        _ => Err(given.wrong(Wanted::Dict)),
    };
    let pairs: Vec<(Scalar, Scalar)> = items.iter().map(pair).collect::<Lowers<_>>()?;
    let dtype = match dtype(bound)? {
        Some(dtype) => dtype,
        None => {
            let number =
                |(_, to): &(Scalar, Scalar)| matches!(to, Scalar::Int(_) | Scalar::Float(_));
            match pairs.iter().all(number) {
                true => Dtype::F64,
                false => Dtype::Object,
            }
        }
    };
    node(lowering.graph.map(&this(bound)?, &pairs, dtype), bound)
}

/// The library's own labels are of a type that no other operator takes.
fn cut(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let labels = bound.get("labels");
    if !matches!(&labels, Some(given) if given.flag().is_ok_and(|flag| !flag)) {
        let kind = ErrorKind::OnlyDefault {
            function: String::from("md.cut"),
            argument: String::from("labels"),
            default: String::from("False"),
        };
        return Err(Error::new(bound.at(), kind));
    }
    let edges = floats(&bound.must("bins")?)?;
    let right = bound.flag("right", true)?;
    let lowest = bound.flag("include_lowest", false)?;
    let made = lowering
        .graph
        .cut(&bound.must("x")?.node()?, &edges, right, lowest);
    node(made, bound)
}
