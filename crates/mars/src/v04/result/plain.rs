//! Other Python values: a scalar is one cell, a list a column, a dict two columns.

use super::{Columns, Error, ResultKind, ResultTable, column, facts, repr};
use crate::v04::serialized::Value;
use arrow::array::UInt64Array;
use std::sync::Arc;

/// Converts a value that is neither array nor pandas object.
pub(super) fn convert(value: &Value) -> Result<ResultTable, Error> {
    let mut columns = Columns::default();
    match value {
        Value::List(items) | Value::Tuple(items) | Value::Set(items) => {
            let facts = facts(ResultKind::Python, &[items.len()]);
            let positions = UInt64Array::from_iter_values(0..items.len() as u64);
            columns.push(String::new(), "index".into(), true, Arc::new(positions));
            columns.push("value".into(), name(value), false, column::objects(items));
            columns.finish(items.len(), facts)
        }
        Value::Dict(pairs) => {
            let facts = facts(ResultKind::Python, &[pairs.len()]);
            let (keys, values): (Vec<Value>, Vec<Value>) = pairs.iter().cloned().unzip();
            columns.push("key".into(), "object".into(), true, column::objects(&keys));
            columns.push(
                "value".into(),
                "object".into(),
                false,
                column::objects(&values),
            );
            columns.finish(pairs.len(), facts)
        }
        scalar => {
            let mut facts = facts(ResultKind::Scalar, &[]);
            facts.dtype = Some(name(scalar));
            let values = column::objects(std::slice::from_ref(scalar));
            columns.push("value".into(), name(scalar), false, values);
            columns.finish(1, facts)
        }
    }
}

/// The name of the Python type.
fn name(value: &Value) -> String {
    let name = match value {
        Value::None => "NoneType",
        Value::Bool(_) => "bool",
        Value::Int(_) | Value::BigInt(_) => "int",
        Value::Float(_) => "float",
        Value::Complex(..) => "complex",
        Value::Decimal(_) => "Decimal",
        Value::Text(_) => "str",
        Value::Bytes(_) => "bytes",
        Value::Datetime(..) => "datetime",
        Value::Date(_) => "date",
        Value::Timedelta(_) => "timedelta",
        Value::NaT => "NaT",
        Value::List(_) => "list",
        Value::Tuple(_) => "tuple",
        Value::Set(_) => "set",
        Value::Dict(_) => "dict",
        Value::Interval(..) => "Interval",
        other => return repr::text(other),
    };
    name.to_owned()
}
