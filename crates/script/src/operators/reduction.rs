//! Reductions of tensors over some axes.

use mars::v04::graph::{Axes, Cumulation, Kind, Node, Reduction};

use super::Owner::{Mt, Tensor};
use super::{Lower, Operator, call, frame, operator};
use crate::lower::arguments::Bound;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, no_value, node};

const PLAIN: &str = "a, axis=None, dtype=None!, out=None!, keepdims=False";
const PLACE: &str = "a, axis=None, out=None!";
const SPREAD: &str = "a, axis=None, dtype=None!, out=None!, ddof=0, keepdims=False";
const TRUTH: &str = "a, axis=None, out=None!, keepdims=False";

const fn reduction(
    name: &'static str,
    signature: &'static str,
    of: Reduction,
    help: [&'static str; 2],
) -> Operator {
    operator(&[Mt, Tensor], name, signature, help, Lower::Reduction(of))
}

/// A reduction that is no method.
const fn only(
    name: &'static str,
    signature: &'static str,
    of: Reduction,
    help: [&'static str; 2],
) -> Operator {
    operator(&[Mt], name, signature, help, Lower::Reduction(of))
}

pub(super) const TABLE: &[Operator] = &[
    reduction("sum", PLAIN, Reduction::Sum, ["The sum of all.", "总和。"]),
    reduction(
        "prod",
        PLAIN,
        Reduction::Prod,
        ["The product of all.", "乘积。"],
    )
    .or(&["product"]),
    reduction("min", TRUTH, Reduction::Min, ["The smallest.", "最小值。"]).or(&["amin"]),
    reduction("max", TRUTH, Reduction::Max, ["The greatest.", "最大值。"]).or(&["amax"]),
    reduction(
        "mean",
        PLAIN,
        Reduction::Mean,
        ["The arithmetic mean.", "算术平均。"],
    ),
    reduction(
        "var",
        SPREAD,
        Reduction::Var { ddof: 0 },
        ["The variance of all.", "方差。"],
    ),
    reduction(
        "std",
        SPREAD,
        Reduction::Std { ddof: 0 },
        ["The standard deviation.", "标准差。"],
    ),
    reduction(
        "argmin",
        PLACE,
        Reduction::Argmin,
        ["The place of the smallest.", "最小值的位置。"],
    ),
    reduction(
        "argmax",
        PLACE,
        Reduction::Argmax,
        ["The place of the greatest.", "最大值的位置。"],
    ),
    reduction(
        "all",
        TRUTH,
        Reduction::All,
        ["Whether all are true.", "是否全部为真。"],
    ),
    reduction(
        "any",
        TRUTH,
        Reduction::Any,
        ["Whether one is true.", "是否有一个为真。"],
    ),
    only(
        "nansum",
        PLAIN,
        Reduction::NanSum,
        ["The sum of all but NaN.", "忽略 NaN 的总和。"],
    ),
    only(
        "nanprod",
        PLAIN,
        Reduction::NanProd,
        ["The product of all but NaN.", "忽略 NaN 的乘积。"],
    ),
    only(
        "nanmin",
        TRUTH,
        Reduction::NanMin,
        ["The smallest of all but NaN.", "忽略 NaN 的最小值。"],
    ),
    only(
        "nanmax",
        TRUTH,
        Reduction::NanMax,
        ["The greatest of all but NaN.", "忽略 NaN 的最大值。"],
    ),
    only(
        "nanmean",
        PLAIN,
        Reduction::NanMean,
        ["The mean of all but NaN.", "忽略 NaN 的均值。"],
    ),
    only(
        "nanvar",
        SPREAD,
        Reduction::NanVar { ddof: 0 },
        ["The variance of all but NaN.", "忽略 NaN 的方差。"],
    ),
    only(
        "nanstd",
        SPREAD,
        Reduction::NanStd { ddof: 0 },
        [
            "The standard deviation of all but NaN.",
            "忽略 NaN 的标准差。",
        ],
    ),
    only(
        "nanargmin",
        PLACE,
        Reduction::NanArgmin,
        [
            "The place of the smallest but NaN.",
            "忽略 NaN 的最小值位置。",
        ],
    ),
    only(
        "nanargmax",
        PLACE,
        Reduction::NanArgmax,
        [
            "The place of the greatest but NaN.",
            "忽略 NaN 的最大值位置。",
        ],
    ),
    only(
        "count_nonzero",
        "a, axis=None",
        Reduction::CountNonzero,
        ["How many elements are not 0.", "非零元素的个数。"],
    ),
    call(
        &[Mt, Tensor],
        "cumsum",
        "a, axis=None, dtype=None!, out=None!",
        ["The sums of all elements so far.", "到此为止的累计和。"],
        cumsum,
    ),
    call(
        &[Mt, Tensor],
        "cumprod",
        "a, axis=None, dtype=None!, out=None!",
        ["The products of all elements so far.", "到此为止的累计积。"],
        cumprod,
    ),
    call(
        &[Mt],
        "nancumsum",
        "a, axis=None, dtype=None!, out=None!",
        ["The sums so far, NaN as 0.", "累计和，NaN 当作 0。"],
        nancumsum,
    ),
    call(
        &[Mt],
        "nancumprod",
        "a, axis=None, dtype=None!, out=None!",
        ["The products so far, NaN as 1.", "累计积，NaN 当作 1。"],
        nancumprod,
    ),
];

/// A reduction of a tensor, or of a frame or series under the same name.
pub(super) fn reduce(
    lowering: &mut Lowering<'_>,
    reduction: Reduction,
    of: &Node,
    bound: &Bound<'_>,
) -> Lowers<Value> {
    if of.kind() != Kind::Tensor {
        return frame::reduce_as(lowering, reduction.name(), of, bound);
    }
    let ddof = bound.integer("ddof", 0)?;
    let ddof = i32::try_from(ddof).map_err(|_| no_value("ddof", bound))?;
    let reduction = match reduction {
        Reduction::Var { .. } => Reduction::Var { ddof },
        Reduction::Std { .. } => Reduction::Std { ddof },
        Reduction::NanVar { .. } => Reduction::NanVar { ddof },
        Reduction::NanStd { .. } => Reduction::NanStd { ddof },
        other => other,
    };
    let axes = bound
        .get("axis")
        .map_or(Ok(Axes::All), |axis| axis.axes())?;
    let keepdims = bound.flag("keepdims", false)?;
    node(lowering.graph.reduce(reduction, of, &axes, keepdims), bound)
}

fn cumsum(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    cumulate(lowering, bound, Cumulation::Sum)
}

fn cumprod(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    cumulate(lowering, bound, Cumulation::Prod)
}

fn nancumsum(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    cumulate(lowering, bound, Cumulation::NanSum)
}

fn nancumprod(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    cumulate(lowering, bound, Cumulation::NanProd)
}

/// Without an axis numpy goes along the flattened tensor.
fn cumulate(lowering: &mut Lowering<'_>, bound: &Bound<'_>, what: Cumulation) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    match bound.some("axis") {
        Some(axis) => {
            let axis = axis.integer()?;
            node(lowering.graph.cumulate(what, &of, axis), bound)
        }
        None => {
            let flat = lowering.graph.reshape(&of, &[-1]);
            let flat = flat.and_then(|flat| lowering.graph.cumulate(what, &flat, 0));
            node(flat, bound)
        }
    }
}
