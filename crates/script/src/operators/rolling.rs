//! Windows over the rows: `x.rolling(3).mean()`.

use mars::v04::graph::Window;

use super::Owner::{DataFrame, Rolling, Series};
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

const fn of(name: &'static str, help: [&'static str; 2]) -> Operator {
    call(&[Rolling], name, "self", help, function)
}

pub(super) const TABLE: &[Operator] = &[
    call(
        &[DataFrame, Series],
        "rolling",
        "self, window, min_periods=None, center=False, win_type=None!, on=None!, axis=0!, closed=None!",
        [
            "A window of so many rows that moves over them.",
            "在行上移动的窗口。",
        ],
        rolling,
    ),
    call(
        &[Series],
        "expanding",
        "self, min_periods=1, center=False!, axis=0!",
        ["A window of all rows so far.", "到每行为止的所有行的窗口。"],
        expanding,
    ),
    of("sum", ["The sum of each window.", "每个窗口之和。"]),
    of("mean", ["The mean of each window.", "每个窗口的均值。"]),
    of(
        "min",
        ["The smallest of each window.", "每个窗口的最小值。"],
    ),
    of(
        "max",
        ["The greatest of each window.", "每个窗口的最大值。"],
    ),
    of(
        "count",
        ["How many values each window has.", "每个窗口的值个数。"],
    ),
    of("var", ["The variance of each window.", "每个窗口的方差。"]),
    of(
        "std",
        [
            "The standard deviation of each window.",
            "每个窗口的标准差。",
        ],
    ),
    of(
        "median",
        ["The middle value of each window.", "每个窗口的中位数。"],
    ),
    of("skew", ["The skewness of each window.", "每个窗口的偏度。"]),
    of("kurt", ["The kurtosis of each window.", "每个窗口的峰度。"]),
];

fn rolling(_: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("self")?.node()?;
    let least = bound.some("min_periods");
    let window = Window::Rolling {
        length: bound.must("window")?.count()?,
        least: least.map(|least| least.count()).transpose()?,
        center: bound.flag("center", false)?,
    };
    Ok(Value::Rolling(of, window))
}

fn expanding(_: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("self")?.node()?;
    let least = match bound.some("min_periods") {
        Some(least) => least.count()?,
        None => 1,
    };
    Ok(Value::Rolling(of, Window::Expanding { least }))
}

fn function(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let given = bound.must("self")?;
    let Value::Rolling(of, window) = given.value else {
        return Err(given.wrong(Wanted::Frame));
    };
    node(lowering.graph.window(of, *window, bound.name()), bound)
}
