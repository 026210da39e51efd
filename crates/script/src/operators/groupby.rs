//! What is done with a frame in groups.

use mars::v04::graph::{Aggregation, FrameReduction, Scalar};

use super::Owner::GroupBy;
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::convert::{Given, label, located};
use crate::lower::value::{Chosen, Groups, Value};
use crate::lower::{Lowering, Lowers, no_value};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[GroupBy],
        "agg",
        "self, func, method=None!",
        [
            "Named functions of every group, one or several for each column.",
            "每组的聚合，可按列指定一个或多个函数。",
        ],
        agg,
    )
    .or(&["aggregate"]),
    call(
        &[GroupBy],
        "sum",
        "self",
        ["The sum of each group.", "每组之和。"],
        every,
    ),
    call(
        &[GroupBy],
        "count",
        "self",
        [
            "How many values of each group are not missing.",
            "每组的非缺失值个数。",
        ],
        every,
    ),
    call(
        &[GroupBy],
        "mean",
        "self",
        ["The mean of each group.", "每组的均值。"],
        every,
    ),
    call(
        &[GroupBy],
        "min",
        "self",
        ["The smallest of each group.", "每组的最小值。"],
        every,
    ),
    call(
        &[GroupBy],
        "max",
        "self",
        ["The greatest of each group.", "每组的最大值。"],
        every,
    ),
    call(
        &[GroupBy],
        "var",
        "self",
        ["The variance of each group.", "每组的方差。"],
        every,
    ),
    call(
        &[GroupBy],
        "std",
        "self",
        ["The standard deviation of each group.", "每组的标准差。"],
        every,
    ),
];

fn groups<'v>(bound: &'v Bound<'_>) -> Lowers<&'v Groups> {
    let given = bound.must("self")?;
    match given.value {
        Value::Groups(groups) => Ok(groups),
        _ => Err(given.wrong(Wanted::Frame)),
    }
}

fn agg(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let aggregation = aggregation(&bound.must("func")?)?;
    aggregate(lowering, groups(bound)?, aggregation, bound)
}

fn every(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let reduction = FrameReduction::from_name(bound.name());
    let reduction = reduction.ok_or_else(|| no_value(bound.name(), bound))?;
    aggregate(
        lowering,
        groups(bound)?,
        Aggregation::Every(reduction),
        bound,
    )
}

fn aggregate(
    lowering: &mut Lowering<'_>,
    groups: &Groups,
    aggregation: Aggregation,
    bound: &Bound<'_>,
) -> Lowers<Value> {
    // `groupby("k")["v"].sum()`: only the chosen columns are aggregated.
    let aggregation = match (&groups.columns, aggregation) {
        (Some(chosen), Aggregation::Every(reduction)) => {
            let labels = match chosen {
                Chosen::One(label) => std::slice::from_ref(label),
                Chosen::Several(labels) => labels,
            };
            let pairs = labels.iter().map(|label| (label.clone(), reduction));
            Aggregation::Columns(pairs.collect())
        }
        (_, aggregation) => aggregation,
    };
    let result = lowering
        .graph
        .groupby_agg(&groups.frame, &groups.by, &aggregation);
    let result = match &groups.columns {
        // With the groups as index a single column is a series; beside them it stays a column.
        Some(Chosen::One(label)) if groups.by.as_index => {
            result.and_then(|frame| lowering.graph.column(&frame, label))
        }
        _ => result,
    };
    result
        .map(Value::Node)
        .map_err(|error| located(error, bound.at(), Some(&groups.frame)))
}

/// `"sum"` or `{"v": "sum", "w": "mean"}`.
fn aggregation(func: &Given<'_>) -> Lowers<Aggregation> {
    let reduction = |value: &Value| match value {
        Value::Plain(Scalar::Text(name)) => FrameReduction::from_name(name),
        _ => None,
    };
    let wrong = || func.wrong(Wanted::Aggregation);
    match func.value {
        Value::Dict(items) => {
            let pair = |(key, value): &(Value, Value)| label(key).zip(reduction(value));
            let pairs = items.iter().map(pair).collect::<Option<Vec<_>>>();
            pairs.map(Aggregation::Columns).ok_or_else(wrong)
        }
        value => reduction(value).map(Aggregation::Every).ok_or_else(wrong),
    }
}
