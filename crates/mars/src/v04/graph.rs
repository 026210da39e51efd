//! Builds tileable graphs and writes them as the JSON text that `POST …/graph` takes.
//!
//! A [`Graph`] gives out [`Node`] handles; each operator is a method that checks shapes and types
//! as the Python library does and appends an operand with its output. Authority: section 2 of the
//! protocol notes and the recorded `hand_*.json` and `graph_*.json`. Keys come from the caller: any
//! unique text will do, and one session must not see the same content twice while results live.

mod aggregation;
mod assemble;
mod binary;
mod constructor;
mod csv;
mod cut;
mod date_range;
mod describe;
mod distributions;
mod dtype;
mod encode;
mod error;
mod frame_along;
mod frame_binary;
mod frame_count;
mod frame_join;
mod frame_labels;
mod frame_map;
mod frame_missing;
mod frame_reduction;
mod frame_select;
mod frame_source;
mod functions;
mod groupby;
mod groups;
mod iloc;
mod index;
mod linalg;
mod literal;
mod loc;
mod node;
mod odps_table;
mod promote;
mod random;
mod reduction;
mod reshape;
mod scalar;
mod select;
mod series_methods;
mod shape;
mod slice;
mod sort;
mod source;
mod type_id;
mod unary;
mod window;

pub use aggregation::Functions;
pub use binary::Binary;
pub use csv::Csv;
pub use distributions::Distribution;
pub use dtype::Dtype;
pub use error::Error;
pub use frame_join::{Matched, Merge, Side};
pub use frame_missing::{Dropping, Filling};
pub use frame_reduction::FrameReduction;
pub use functions::{Function, Pairwise};
pub use groupby::{Aggregation, GroupBy};
pub use groups::GroupFunction;
pub use index::Index;
pub use literal::Literal;
pub use loc::Loc;
pub use node::{Column, Kind, Label, Node, Order, Rows};
pub use odps_table::{OdpsTable, dtype_of_odps, odps_of_dtype};
pub use reduction::{Axes, Cumulation, Reduction};
pub use scalar::{Operand, Scalar};
pub use slice::Slice;
pub use sort::Sorting;
pub use type_id::type_id;
pub use unary::Unary;
pub use window::Window;

use encode::{list, reference};
use serde_json::{Map, Value, json};

/// A graph under construction.
pub struct Graph<'k> {
    keys: Box<dyn FnMut() -> String + 'k>,
    entries: Vec<Entry>,
    /// What sources made now carry as `raw_chunk_size`.
    chunk_size: Value,
}

/// An operand with its one output.
struct Entry {
    /// Data key of the output.
    output: String,
    /// Data keys of the inputs.
    inputs: Vec<String>,
    /// The two nodes of the JSON text.
    nodes: [Value; 2],
}

/// The class of an operand: its number in the engine and its name.
#[derive(Clone, Copy)]
struct Class {
    /// `tensor.41` or `dataframe.21`.
    code: &'static str,
    /// `mars.TensorRand`.
    name: &'static str,
}

impl<'k> Graph<'k> {
    /// Starts an empty graph; `keys` must give a text that it never gave before.
    pub fn new(keys: impl FnMut() -> String + 'k) -> Self {
        Self {
            keys: Box::new(keys),
            entries: Vec::new(),
            chunk_size: Value::Null,
        }
    }

    /// Builds sources whose data are cut into chunks of this size: one length for every axis, or
    /// one for each. Without, the engine decides.
    pub fn chunked<T>(&mut self, chunk_size: &[u64], build: impl FnOnce(&mut Self) -> T) -> T {
        let chunk_size = match chunk_size {
            [] => Value::Null,
            [every] => json!(every),
            several => encode::tuple(several.iter().map(|length| json!(length))),
        };
        let before = std::mem::replace(&mut self.chunk_size, chunk_size);
        let built = build(self);
        self.chunk_size = before;
        built
    }

    /// Writes the part of the graph that the targets need.
    pub fn to_json(&self, targets: &[&Node]) -> String {
        let mut wanted: Vec<&str> = targets.iter().map(|node| node.key.as_str()).collect();
        let mut nodes = Vec::new();
        for entry in self.entries.iter().rev() {
            if wanted.contains(&entry.output.as_str()) {
                wanted.extend(entry.inputs.iter().map(String::as_str));
                nodes.push(&entry.nodes);
            }
        }
        let nodes: Vec<&Value> = nodes.into_iter().rev().flatten().collect();
        json!({ "level": 1, "node": nodes }).to_string()
    }

    /// The number of operands so far.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Tells whether nothing was built yet.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn key(&mut self) -> String {
        (self.keys)()
    }

    /// Appends an operand; `node` comes without key and id and leaves with them. A source must carry
    /// `raw_chunk_size`, be it null, or tiling fails.
    fn push(
        &mut self,
        class: Class,
        inputs: &[&Node],
        fields: Map<String, Value>,
        node: Node,
    ) -> Node {
        let chunk_size = inputs.is_empty().then(|| self.chunk_size.clone());
        let extra = chunk_size.map(|chunk_size| ("raw_chunk_size", chunk_size));
        self.push_with(class, inputs, fields, node, extra)
    }

    /// The same with another word about the output, in its `extra_params`.
    fn push_with(
        &mut self,
        class: Class,
        inputs: &[&Node],
        fields: Map<String, Value>,
        mut node: Node,
        extra: Option<(&str, Value)>,
    ) -> Node {
        let (op_key, op_id) = (self.key(), self.key());
        node.key = self.key();
        node.id = self.key();
        let mut operand = Map::new();
        operand.insert("type".into(), class.code.into());
        operand.insert("key".into(), op_key.clone().into());
        operand.insert("id".into(), op_id.clone().into());
        operand.insert(
            "inputs".into(),
            list(inputs.iter().map(|input| reference(input))),
        );
        operand.insert("outputs".into(), list([reference(&node)]));
        operand.extend(fields);
        let data = encode::data(&node, &op_key, &op_id, extra);
        self.entries.push(Entry {
            output: node.key.clone(),
            inputs: inputs.iter().map(|input| input.key.clone()).collect(),
            nodes: [
                json!({ "type_id": type_id(class.name), "value": operand }),
                json!({ "type_id": type_id(encode::data_class(node.kind)), "value": data }),
            ],
        });
        node
    }
}

impl std::fmt::Debug for Graph<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Graph")
            .field("operands", &self.entries.len())
            .finish_non_exhaustive()
    }
}
