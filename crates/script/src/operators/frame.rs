//! Methods of DataFrames and Series.

use mars::v04::graph::{FrameReduction, GroupBy, Node, Scalar};

use super::Owner::{DataFrame, Series};
use super::{Operator, call};
use crate::error::{Error, ErrorKind};
use crate::lower::arguments::Bound;
use crate::lower::value::{Groups, Value};
use crate::lower::{Lowering, Lowers, no_value, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[DataFrame, Series],
        "head",
        "self, n=5",
        ["The first rows.", "前几行。"],
        head,
    ),
    call(
        &[DataFrame, Series],
        "tail",
        "self, n=5",
        ["The last rows.", "后几行。"],
        tail,
    ),
    call(
        &[DataFrame],
        "groupby",
        "self, by, level=None!, as_index=True, sort=True!, group_keys=True!",
        ["The rows in groups of equal values.", "按相等的值分组。"],
        groupby,
    ),
    call(
        &[DataFrame, Series],
        "sum",
        "self, axis=None, skipna=True!, level=None!, min_count=0!",
        [
            "The sum of each column, or of each row.",
            "每列（或每行）之和。",
        ],
        reduce,
    ),
    call(
        &[DataFrame, Series],
        "prod",
        "self, axis=None, skipna=True!, level=None!, min_count=0!",
        [
            "The product of each column, or of each row.",
            "每列（或每行）之积。",
        ],
        reduce,
    )
    .or(&["product"]),
    call(
        &[DataFrame, Series],
        "min",
        "self, axis=None, skipna=True!, level=None!",
        [
            "The smallest of each column, or of each row.",
            "每列（或每行）的最小值。",
        ],
        reduce,
    ),
    call(
        &[DataFrame, Series],
        "max",
        "self, axis=None, skipna=True!, level=None!",
        [
            "The greatest of each column, or of each row.",
            "每列（或每行）的最大值。",
        ],
        reduce,
    ),
    call(
        &[DataFrame, Series],
        "count",
        "self, axis=None, skipna=True!, level=None!",
        ["How many values are not missing.", "非缺失值的个数。"],
        reduce,
    ),
    call(
        &[DataFrame, Series],
        "mean",
        "self, axis=None, skipna=True!, level=None!",
        [
            "The mean of each column, or of each row.",
            "每列（或每行）的均值。",
        ],
        reduce,
    ),
    call(
        &[DataFrame, Series],
        "var",
        "self, axis=None, skipna=True!, level=None!, ddof=1",
        [
            "The variance of each column, or of each row.",
            "每列（或每行）的方差。",
        ],
        reduce,
    ),
    call(
        &[DataFrame, Series],
        "std",
        "self, axis=None, skipna=True!, level=None!, ddof=1",
        [
            "The standard deviation of each column, or of each row.",
            "每列（或每行）的标准差。",
        ],
        reduce,
    ),
];

fn this(bound: &Bound<'_>) -> Lowers<Node> {
    bound.must("self")?.node()
}

fn head(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let n = bound.integer("n", 5)?;
    node(lowering.graph.head(&this(bound)?, n), bound)
}

fn tail(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let n = bound.integer("n", 5)?;
    node(lowering.graph.tail(&this(bound)?, n), bound)
}

fn groupby(_: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let by = GroupBy {
        by: bound.must("by")?.labels()?,
        as_index: bound.flag("as_index", true)?,
    };
    Ok(Value::Groups(Box::new(Groups {
        frame: this(bound)?,
        by,
        columns: None,
    })))
}

fn reduce(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = this(bound)?;
    reduce_as(lowering, bound.name(), &of, bound)
}

/// The reduction of this name, of a frame or series.
pub(super) fn reduce_as(
    lowering: &mut Lowering<'_>,
    name: &str,
    of: &Node,
    bound: &Bound<'_>,
) -> Lowers<Value> {
    let Some(reduction) = FrameReduction::from_name(name) else {
        let kind = ErrorKind::BadOperand {
            operator: name.to_owned(),
            value: of.kind().as_str().to_owned(),
        };
        return Err(Error::new(bound.at(), kind));
    };
    let ddof = bound.integer("ddof", 1)?;
    let ddof = i32::try_from(ddof).map_err(|_| no_value("ddof", bound))?;
    let reduction = match reduction {
        FrameReduction::Var { .. } => FrameReduction::Var { ddof },
        FrameReduction::Std { .. } => FrameReduction::Std { ddof },
        other => other,
    };
    let axis = match bound.some("axis") {
        None => 0,
        Some(axis) => match axis.value {
            Value::Plain(Scalar::Text(text)) if text == "columns" => 1,
            Value::Plain(Scalar::Text(text)) if text == "index" => 0,
            _ => {
                let wanted = axis.integer()?;
                let dimensions = of.ndim();
                let kind = ErrorKind::AxisOutOfRange {
                    axis: wanted,
                    dimensions,
                };
                let inside = usize::try_from(wanted).is_ok_and(|axis| axis < dimensions);
                let axis = u8::try_from(wanted).ok().filter(|_| inside);
                axis.ok_or_else(|| Error::new(bound.at(), kind))?
            }
        },
    };
    node(lowering.graph.frame_reduce(reduction, of, axis), bound)
}
