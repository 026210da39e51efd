//! Rows and columns in order.

use mars::v04::graph::{Scalar, Sorting};

use super::Owner::{DataFrame, Series};
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::convert::located;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[DataFrame],
        "sort_values",
        "self, by, axis=0!, ascending=True, inplace=False!, kind='quicksort'!, na_position='last', ignore_index=False, parallel_kind='PSRS'!, psrs_kinds=None!",
        ["The rows in the order of some columns.", "按若干列排序。"],
        sort_values,
    ),
    call(
        &[Series],
        "sort_values",
        "self, axis=0!, ascending=True, inplace=False!, kind='quicksort'!, na_position='last', ignore_index=False, parallel_kind='PSRS'!, psrs_kinds=None!",
        ["The values in order.", "按值排序。"],
        sort_values,
    ),
    call(
        &[DataFrame, Series],
        "sort_index",
        "self, axis=0, level=None!, ascending=True, inplace=False!, kind='quicksort'!, na_position='last', sort_remaining=True!, ignore_index=False, parallel_kind='PSRS'!, psrs_kinds=None!",
        [
            "The rows, or the columns, in the order of their labels.",
            "按标签对行（或列）排序。",
        ],
        sort_index,
    ),
];

fn sorting(bound: &Bound<'_>) -> Lowers<Sorting> {
    // The engine takes one direction only, so a list must say the same everywhere.
    let ascending = match bound.some("ascending") {
        None => true,
        Some(given) => match given.value {
            Value::List(items) | Value::Tuple(items) => match items.as_slice() {
                [Value::Plain(Scalar::Bool(first)), rest @ ..]
                    if rest
                        .iter()
                        .all(|item| item.describe() == items[0].describe()) =>
                {
                    *first
                }
                _ => return Err(given.wrong(Wanted::Flag)),
            },
            _ => given.flag()?,
        },
    };
    let missing = bound.text("na_position", "last")?;
    if !["first", "last"].contains(&missing.as_str()) {
        return Err(bound.must("na_position")?.wrong(Wanted::End));
    }
    Ok(Sorting {
        ascending,
        missing_first: missing == "first",
        ignore_index: bound.flag("ignore_index", false)?,
    })
}

fn sort_values(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("self")?.node()?;
    let by = match bound.some("by") {
        Some(by) => by.labels()?,
        None => Vec::new(),
    };
    let sorted = lowering.graph.sort_values(&of, &by, &sorting(bound)?);
    sorted
        .map(Value::Node)
        .map_err(|error| located(error, bound.at(), Some(&of)))
}

fn sort_index(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("self")?.node()?;
    let axis = match bound.integer("axis", 0)? {
        0 => 0,
        1 => 1,
        _ => return Err(bound.must("axis")?.wrong(Wanted::Axes)),
    };
    let sorted = lowering.graph.sort_index(&of, axis, &sorting(bound)?);
    node(sorted, bound)
}
