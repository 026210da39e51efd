//! Along the rows.

use mars::v04::graph::Node;

use super::Owner::{DataFrame, Series};
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[DataFrame, Series],
        "cumsum",
        "self, axis=None!, skipna=True!",
        ["The sums so far.", "累计和。"],
        cumulate,
    ),
    call(
        &[DataFrame, Series],
        "cumprod",
        "self, axis=None!, skipna=True!",
        ["The products so far.", "累计积。"],
        cumulate,
    ),
    call(
        &[DataFrame, Series],
        "cummax",
        "self, axis=None!, skipna=True!",
        ["The greatest so far.", "累计最大值。"],
        cumulate,
    ),
    call(
        &[DataFrame, Series],
        "cummin",
        "self, axis=None!, skipna=True!",
        ["The smallest so far.", "累计最小值。"],
        cumulate,
    ),
    call(
        &[DataFrame, Series],
        "shift",
        "self, periods=1, freq=None!, axis=0!, fill_value=None",
        ["The values some rows further down.", "把值下移若干行。"],
        shift,
    ),
    call(
        &[DataFrame],
        "diff",
        "self, periods=1, axis=0!",
        ["The differences to earlier rows.", "与之前行的差。"],
        diff,
    ),
    call(
        &[Series],
        "diff",
        "self, periods=1",
        ["The differences to earlier rows.", "与之前行的差。"],
        diff,
    ),
    call(
        &[DataFrame, Series],
        "round",
        "self, decimals=0",
        [
            "The numbers, rounded to some decimals.",
            "四舍五入到若干位小数。",
        ],
        round,
    ),
];

fn this(bound: &Bound<'_>) -> Lowers<Node> {
    bound.must("self")?.node()
}

fn cumulate(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let made = lowering.graph.cumulate_frame(bound.name(), &this(bound)?);
    node(made, bound)
}

fn shift(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let periods = bound.integer("periods", 1)?;
    let fill = match bound.some("fill_value") {
        None => None,
        Some(given) => match given.value {
            Value::Plain(scalar) => Some(scalar.clone()),
            _ => return Err(given.wrong(Wanted::Number)),
        },
    };
    let made = lowering.graph.shift(&this(bound)?, periods, fill.as_ref());
    node(made, bound)
}

fn diff(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let periods = bound.integer("periods", 1)?;
    node(lowering.graph.diff_frame(&this(bound)?, periods), bound)
}

fn round(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let decimals = bound.integer("decimals", 0)?;
    node(lowering.graph.round_frame(&this(bound)?, decimals), bound)
}
