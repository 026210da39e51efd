//! The value encodings of the graph JSON (section 2.2) and the data nodes (section 2.4).

mod labels;

use super::constructor;
use super::{Dtype, Kind, Label, Node, Scalar};
use labels::{columns, rows};
use serde_json::{Map, Value, json};

pub(super) fn reference(node: &Node) -> Value {
    json!({ "type": "key", "value": [node.key, node.id] })
}

pub(super) fn list(values: impl IntoIterator<Item = Value>) -> Value {
    json!({ "type": "list", "value": values.into_iter().collect::<Vec<_>>() })
}

pub(super) fn tuple(values: impl IntoIterator<Item = Value>) -> Value {
    json!({ "type": "tuple", "value": values.into_iter().collect::<Vec<_>>() })
}

pub(super) fn dict<'a>(pairs: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let pairs: Vec<Value> = pairs
        .into_iter()
        .map(|(key, value)| json!([key, value]))
        .collect();
    json!({ "type": "dict", "value": pairs })
}

pub(super) fn dtype(dtype: &Dtype) -> Value {
    json!({ "type": "dtype", "value": dtype.code() })
}

/// A shape; an unknown length is −1.
pub(super) fn shape(shape: &[Option<u64>]) -> Value {
    tuple(shape.iter().map(|axis| axis.map_or(json!(-1), Value::from)))
}

/// A plain value. The caller has made sure that a float is finite.
pub(super) fn scalar(scalar: &Scalar) -> Value {
    match scalar {
        Scalar::Null => Value::Null,
        Scalar::Bool(value) => json!(value),
        Scalar::Int(value) => json!(value),
        Scalar::Float(value) => json!(value),
        Scalar::Text(value) => json!(value),
    }
}

pub(super) fn label(label: &Label) -> Value {
    match label {
        Label::Null => Value::Null,
        Label::Int(number) => json!(number),
        Label::Text(text) => json!(text),
        Label::Levels(levels) => tuple(levels.iter().map(self::label)),
    }
}

/// A slice: its ends are typed values, where none is the two-byte pickle `N.`.
pub(super) fn slice(start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Value {
    json!({ "type": "slice", "value": { "start": end(start), "stop": end(stop), "step": step } })
}

fn end(end: Option<i64>) -> Value {
    match end {
        Some(number) => json!({ "type": "int", "value": number }),
        None => json!({ "type": "object", "value": "Ti4=" }),
    }
}

pub(super) fn data_class(kind: Kind) -> &'static str {
    match kind {
        Kind::Tensor => "mars.TensorData",
        Kind::DataFrame => "mars.DataFrameData",
        Kind::Series => "mars.SeriesData",
        Kind::Index => "mars.IndexData",
    }
}

/// The data node of an output.
pub(super) fn data(
    node: &Node,
    op_key: &str,
    op_id: &str,
    extra: Option<(&str, Value)>,
) -> Map<String, Value> {
    let mut data = Map::new();
    let mut set = |name: &str, value: Value| data.insert(name.to_owned(), value);
    set("key", json!(node.key));
    set("id", json!(node.id));
    set("op", json!({ "type": "key", "value": [op_key, op_id] }));
    set("shape", shape(&node.shape));
    if let Some(elements) = &node.dtype {
        set("dtype", dtype(elements));
    }
    match node.kind {
        Kind::Tensor => {
            set("order", json!(node.order.as_str()));
        }
        Kind::DataFrame => {
            set("dtypes", constructor::dtypes(&node.columns));
            set("index_value", rows(&node.rows));
            set("columns_value", columns(&node.columns));
        }
        Kind::Series | Kind::Index => {
            set("index_value", rows(&node.rows));
            if node.name != Label::Null {
                set("name", label(&node.name));
            }
        }
    }
    set("extra_params", dict(extra));
    data
}
