//! Missing values.

use mars::v04::graph::{self, Dropping, Filling, Node, Scalar};

use super::Owner::{DataFrame, Md, Series};
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::convert::{label, located};
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[DataFrame, Series],
        "fillna",
        "self, value=None, method=None, axis=None!, inplace=False!, limit=None!, downcast=None!",
        [
            "A value in place of the missing ones, or one for each column.",
            "用一个值（或按列的值）填充缺失值。",
        ],
        fillna,
    ),
    call(
        &[DataFrame],
        "dropna",
        "self, axis=0!, how='any', thresh=None, subset=None, inplace=False!",
        ["The rows without missing values.", "去掉有缺失值的行。"],
        dropna,
    ),
    call(
        &[Series],
        "dropna",
        "self, axis=0!, inplace=False!, how='any'",
        ["The rows without missing values.", "去掉有缺失值的行。"],
        dropna,
    ),
    call(
        &[DataFrame, Series],
        "ffill",
        "self, axis=None!, inplace=False!, limit=None!, downcast=None!",
        [
            "The value before in place of each missing one.",
            "用前一个值填充缺失值。",
        ],
        ffill,
    ),
    call(
        &[DataFrame, Series],
        "bfill",
        "self, axis=None!, inplace=False!, limit=None!, downcast=None!",
        [
            "The value behind in place of each missing one.",
            "用后一个值填充缺失值。",
        ],
        bfill,
    ),
    call(
        &[DataFrame, Series],
        "isna",
        "self",
        ["True where a value is missing.", "缺失处为 True。"],
        isna,
    )
    .or(&["isnull"]),
    call(
        &[DataFrame, Series],
        "notna",
        "self",
        ["True where a value is not missing.", "未缺失处为 True。"],
        notna,
    )
    .or(&["notnull"]),
    call(
        &[Md],
        "isna",
        "self",
        ["True where a value is missing.", "缺失处为 True。"],
        isna,
    )
    .or(&["isnull"]),
    call(
        &[Md],
        "notna",
        "self",
        ["True where a value is not missing.", "未缺失处为 True。"],
        notna,
    )
    .or(&["notnull"]),
];

fn this(bound: &Bound<'_>) -> Lowers<Node> {
    bound.must("self")?.node()
}

fn isna(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    node(lowering.graph.check_na(&this(bound)?, false), bound)
}

fn notna(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    node(lowering.graph.check_na(&this(bound)?, true), bound)
}

fn fillna(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let filling = match (bound.some("value"), bound.some("method")) {
        (None, Some(method)) => match method.value {
            Value::Plain(Scalar::Text(name)) if ["ffill", "pad"].contains(&name.as_str()) => {
                Filling::Forward
            }
            Value::Plain(Scalar::Text(name)) if ["bfill", "backfill"].contains(&name.as_str()) => {
                Filling::Backward
            }
            _ => return Err(method.wrong(Wanted::Direction)),
        },
        _ => {
            let value = bound.must("value")?;
            match value.value {
                Value::Plain(scalar) => Filling::Value(scalar.clone()),
                Value::Dict(items) => {
                    let pair = |(key, value): &(Value, Value)| match value {
                        Value::Plain(scalar) => label(key).zip(Some(scalar.clone())),
                        _ => None,
                    };
                    let pairs = items.iter().map(pair).collect::<Option<Vec<_>>>();
                    Filling::Columns(pairs.ok_or_else(|| value.wrong(Wanted::Number))?)
                }
                _ => return Err(value.wrong(Wanted::Number)),
            }
        }
    };
    fill(lowering, &filling, bound)
}

fn ffill(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    fill(lowering, &Filling::Forward, bound)
}

fn bfill(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    fill(lowering, &Filling::Backward, bound)
}

fn fill(lowering: &mut Lowering<'_>, filling: &Filling, bound: &Bound<'_>) -> Lowers<Value> {
    let of = this(bound)?;
    found(lowering.graph.fillna(&of, filling), &of, bound)
}

fn dropna(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let how = bound.text("how", "any")?;
    if !["any", "all"].contains(&how.as_str()) {
        return Err(bound.must("how")?.wrong(Wanted::AnyAll));
    }
    let dropping = Dropping {
        all: how == "all",
        least: bound
            .some("thresh")
            .map(|least| least.count())
            .transpose()?,
        columns: bound
            .some("subset")
            .map(|given| given.labels())
            .transpose()?,
    };
    let of = this(bound)?;
    found(lowering.graph.dropna(&of, &dropping), &of, bound)
}

/// What the graph builder gave, or its error; a column was looked for in `of`.
fn found(made: Result<Node, graph::Error>, of: &Node, bound: &Bound<'_>) -> Lowers<Value> {
    made.map(Value::Node)
        .map_err(|error| located(error, bound.at(), Some(of)))
}
