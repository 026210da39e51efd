//! What is done with a frame in groups.

pub(super) mod lower;

use super::Owner::GroupBy;
use super::{Operator, call};
use lower::{agg, cumcount, cumulate, every, transform};

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
    call(
        &[GroupBy],
        "prod",
        "self",
        ["The product of each group.", "每组之积。"],
        every,
    ),
    call(
        &[GroupBy],
        "cumsum",
        "self",
        ["The sums so far in each group.", "每组内的累计和。"],
        cumulate,
    ),
    call(
        &[GroupBy],
        "cumprod",
        "self",
        ["The products so far in each group.", "每组内的累计积。"],
        cumulate,
    ),
    call(
        &[GroupBy],
        "cummax",
        "self",
        ["The greatest so far in each group.", "每组内的累计最大值。"],
        cumulate,
    ),
    call(
        &[GroupBy],
        "cummin",
        "self",
        ["The smallest so far in each group.", "每组内的累计最小值。"],
        cumulate,
    ),
    call(
        &[GroupBy],
        "cumcount",
        "self, ascending=True",
        [
            "The place of each row in its group.",
            "每行在其组内的序号。",
        ],
        cumcount,
    ),
    call(
        &[GroupBy],
        "transform",
        "self, func",
        [
            "The figure of its group for every row.",
            "为每行给出所在组的聚合值。",
        ],
        transform,
    ),
];
