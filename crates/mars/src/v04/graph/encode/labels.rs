//! What the engine is told of row and column labels.

use super::super::constructor;
use super::super::{Column, Dtype, Label, Rows};
use super::{dtype, label, list, slice};
use serde_json::{Map, Value, json};

/// What the engine is told of row labels.
pub(in crate::v04::graph) fn rows(rows: &Rows) -> Value {
    match rows {
        Rows::Range { start, stop, step } => range(*start, *stop, *step),
        Rows::Labels(labels) => labels_value(labels),
        Rows::Unknown {
            key,
            dtype: elements,
            name,
            sorted,
        } => {
            let kind = match elements {
                Dtype::I64 => "int64_index",
                Dtype::U64 => "uint64_index",
                Dtype::F64 => "float64_index",
                Dtype::Datetime => "datetime_index",
                _ => "index",
            };
            let mut body = Map::new();
            if *name != Label::Null {
                body.insert("name".into(), label(name));
            }
            body.insert("dtype".into(), dtype(elements));
            body.extend(facts(key, false, false, false, None));
            body.insert("should_be_monotonic".into(), json!(sorted));
            json!({ kind: body })
        }
        Rows::Multi { key, names } => {
            let mut body = Map::new();
            body.insert("names".into(), list(names.iter().map(label)));
            // 0.4.0rc1 looks at it without asking whether it is there, and fails for ever.
            body.insert("sortorder".into(), json!(0));
            body.extend(facts(key, false, false, false, None));
            body.insert("should_be_monotonic".into(), json!(true));
            json!({ "multi_index": body })
        }
    }
}

/// What the engine is told of column labels: a range where they count from zero.
pub(in crate::v04::graph) fn columns(columns: &[Column]) -> Value {
    let counted = columns
        .iter()
        .zip(0..)
        .all(|(column, at)| column.label == Label::Int(at));
    if counted {
        return range(0, columns.len() as i64, 1);
    }
    let labels: Vec<Label> = columns.iter().map(|column| column.label.clone()).collect();
    labels_value(&labels)
}

fn range(start: i64, stop: i64, step: i64) -> Value {
    let key = match (start, step) {
        (0, 1) => format!("ri-{stop}"),
        _ => format!("ri-{start}-{stop}-{step}"),
    };
    let last = last_of_range(start, stop, step);
    let bounds = last.map(|last| (json!(start.min(last)), json!(start.max(last))));
    let mut body = Map::new();
    body.insert("slice".into(), slice(Some(start), Some(stop), Some(step)));
    let empty = bounds.is_none();
    body.extend(facts(&key, step > 0, step < 0, true, bounds));
    body.insert("max_val_close".into(), json!(!empty));
    json!({ "range_index": body })
}

/// The last label that a range really holds.
fn last_of_range(start: i64, stop: i64, step: i64) -> Option<i64> {
    let (span, step) = (i128::from(stop) - i128::from(start), i128::from(step));
    if step == 0 || span == 0 || (span > 0) != (step > 0) {
        return None;
    }
    let steps = (span - step.signum()) / step;
    i64::try_from(i128::from(start) + steps * step).ok()
}

fn labels_value(labels: &[Label]) -> Value {
    let integers = !labels.is_empty() && labels.iter().all(|label| matches!(label, Label::Int(_)));
    let elements = if integers { Dtype::I64 } else { Dtype::Object };
    let increasing = labels.is_sorted();
    let decreasing = labels.iter().rev().is_sorted();
    let mut sorted: Vec<&Label> = labels.iter().collect();
    sorted.sort();
    let unique = sorted.windows(2).all(|pair| pair[0] != pair[1]);
    let bounds = match (sorted.first(), sorted.last()) {
        (Some(first), Some(last)) => Some((label(first), label(last))),
        _ => None,
    };
    // Equal keys mean equal labels: lengths keep "a-b","c" and "a","b-c" apart.
    let key: String = labels.iter().map(|label| format!("-{label}")).collect();
    let lengths: String = labels
        .iter()
        .map(|label| format!(".{}", label.to_string().len()))
        .collect();
    let key = format!("cols{key}{lengths}");
    if let Some(Label::Levels(levels)) = labels.first() {
        let names = list(levels.iter().map(|_| Value::Null));
        let facts = facts(&key, increasing, decreasing, unique, None);
        return leveled(names, constructor::labels(labels, &elements), facts);
    }
    let mut body = Map::new();
    body.insert("data".into(), constructor::labels(labels, &elements));
    body.insert("dtype".into(), dtype(&elements));
    body.extend(facts(&key, increasing, decreasing, unique, bounds));
    json!({ if integers { "int64_index" } else { "index" }: body })
}

/// Labels of several levels.
fn leveled(names: Value, data: Value, facts: Map<String, Value>) -> Value {
    let mut body = Map::new();
    body.insert("names".into(), names);
    body.insert("data".into(), data);
    body.insert("sortorder".into(), json!(0));
    body.extend(facts);
    json!({ "multi_index": body })
}

fn facts(
    key: &str,
    increasing: bool,
    decreasing: bool,
    unique: bool,
    bounds: Option<(Value, Value)>,
) -> Map<String, Value> {
    let (min, max) = bounds.unwrap_or((Value::Null, Value::Null));
    let mut facts = Map::new();
    facts.insert("key".into(), json!(key));
    facts.insert("is_monotonic_increasing".into(), json!(increasing));
    facts.insert("is_monotonic_decreasing".into(), json!(decreasing));
    facts.insert("is_unique".into(), json!(unique));
    facts.insert("should_be_monotonic".into(), json!(false));
    facts.insert("max_val".into(), max);
    facts.insert("max_val_close".into(), json!(true));
    facts.insert("min_val".into(), min);
    facts.insert("min_val_close".into(), json!(true));
    facts
}

#[cfg(test)]
mod tests {
    use super::last_of_range;

    #[test]
    fn the_last_label_of_a_range() {
        assert_eq!(last_of_range(0, 10, 1), Some(9));
        assert_eq!(last_of_range(0, 10, 3), Some(9));
        assert_eq!(last_of_range(0, 9, 3), Some(6));
        assert_eq!(last_of_range(5, 0, -2), Some(1));
        assert_eq!(last_of_range(0, 0, 1), None);
        assert_eq!(
            last_of_range(i64::MIN, i64::MAX, i64::MAX),
            Some(i64::MAX - 1)
        );
    }
}
