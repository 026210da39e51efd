//! `slices`: which part of a result is wanted, one item per axis (`http_24`, `27`).

use crate::v04::graph::Slice;
use serde_json::{Value, json};
use std::ops::Range;

/// A part of a result: a position or a slice for every axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slices(pub Vec<SliceItem>);

/// What is wanted of one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SliceItem {
    /// One position; the axis goes away.
    At(i64),
    /// A slice.
    Slice(Slice),
}

/// The rows `rows` of a frame, with all columns.
pub fn rows_of_frame(rows: Range<u64>) -> Slices {
    rows_of_tensor(rows, 2)
}

/// The rows `rows` of a series or index.
pub fn rows_of_series(rows: Range<u64>) -> Slices {
    rows_of_tensor(rows, 1)
}

/// The first-axis range `rows` of a tensor with `ndim` axes. A 0-d tensor is taken whole.
pub fn rows_of_tensor(rows: Range<u64>, ndim: usize) -> Slices {
    let end = |row: u64| i64::try_from(row).unwrap_or(i64::MAX);
    let first = Slice::range(end(rows.start), end(rows.end));
    let whole = Slice::default();
    let items = (0..ndim).map(|axis| SliceItem::Slice(if axis == 0 { first } else { whole }));
    Slices(items.collect())
}

impl Slices {
    /// The JSON text of the argument.
    pub fn to_json(&self) -> String {
        let items = self.0.iter().map(|item| match item {
            SliceItem::At(position) => json!(position),
            SliceItem::Slice(slice) => slice.encode(),
        });
        let items: Vec<Value> = items.collect();
        json!({ "indexes": { "type": "list", "value": items } }).to_string()
    }

    /// Reads the JSON text of the argument.
    pub fn parse(text: &str) -> Option<Self> {
        let document: Value = serde_json::from_str(text).ok()?;
        let items = document.get("indexes")?.get("value")?.as_array()?;
        items.iter().map(item).collect::<Option<_>>().map(Self)
    }
}

fn item(item: &Value) -> Option<SliceItem> {
    if let Some(position) = item.as_i64() {
        return Some(SliceItem::At(position));
    }
    let slice = item
        .get("value")
        .filter(|_| item.get("type") == Some(&json!("slice")))?;
    let step = match slice.get("step") {
        None | Some(Value::Null) => None,
        Some(step) => Some(step.as_i64()?),
    };
    Some(SliceItem::Slice(Slice {
        start: end(slice.get("start")?)?,
        stop: end(slice.get("stop")?)?,
        step,
    }))
}

/// An end of a slice: an integer, or the pickle of None in either spelling.
fn end(end: &Value) -> Option<Option<i64>> {
    match (end.get("type")?.as_str()?, end.get("value")?) {
        ("int", Value::Number(number)) => number.as_i64().map(Some),
        ("object", Value::String(pickle)) if pickle == "Ti4=" || pickle == "gANOLg==" => Some(None),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{SliceItem, Slices, rows_of_frame, rows_of_series, rows_of_tensor};
    use crate::v04::graph::Slice;

    #[test]
    fn pages_come_back() {
        for slices in [
            rows_of_frame(0..100),
            rows_of_series(100..200),
            rows_of_tensor(5..6, 4),
            rows_of_tensor(0..1, 0),
            Slices(vec![SliceItem::At(3), SliceItem::Slice(Slice::range(0, 2))]),
        ] {
            assert_eq!(Slices::parse(&slices.to_json()), Some(slices));
        }
    }

    #[test]
    fn what_is_no_slice_is_refused() {
        for text in [
            "",
            "[]",
            "{\"indexes\":{\"value\":[\"x\"]}}",
            "{\"indexes\":{\"value\":[{}]}}",
        ] {
            assert_eq!(Slices::parse(text), None);
        }
    }
}
