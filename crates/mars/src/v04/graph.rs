//! Builds tileable graphs and writes them as the JSON text that `POST …/graph` takes.
//!
//! A [`Graph`] gives out [`Node`] handles; each operator is a method that checks shapes and types
//! as the Python library does and appends an operand with its output. Authority: section 2 of the
//! protocol notes and the recorded `hand_*.json` and `graph_*.json`. Keys come from the caller: any
//! unique text will do, and one session must not see the same content twice while results live.

mod aggregation;
mod assemble;
mod axes;
mod binary;
mod constructor;
mod csv;
mod cumulate;
mod cut;
mod date_range;
mod decompose;
mod describe;
mod distributions;
mod draw;
mod dtype;
mod einsum;
mod encode;
mod error;
mod find;
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
mod sort_tensor;
mod source;
mod split;
mod statistics;
mod type_id;
mod unary;
mod window;

pub use aggregation::Functions;
pub use axes::Axes;
pub use binary::Binary;
pub use csv::Csv;
pub use cumulate::Cumulation;
pub use distributions::Distribution;
pub use draw::Urn;
pub use dtype::Dtype;
pub use error::Error;
pub use find::Top;
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
pub use reduction::Reduction;
pub use scalar::{Operand, Scalar};
pub use slice::Slice;
pub use sort::Sorting;
pub use split::Cuts;
pub use statistics::Bins;
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

/// An operand with its outputs.
struct Entry {
    /// Data keys of the outputs.
    outputs: Vec<String>,
    /// Data keys of the inputs.
    inputs: Vec<String>,
    /// Its nodes of the JSON text: the operand, then an output each.
    nodes: Vec<Value>,
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
            let asked = |output: &String| wanted.contains(&output.as_str());
            if entry.outputs.iter().any(asked) {
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
        let parts = std::slice::from_mut(&mut node);
        self.push_parts(class, inputs, fields, parts, &[extra]);
        node
    }

    /// Appends an operand of several outputs, each with a word of its own in its `extra_params`.
    fn push_several(
        &mut self,
        class: Class,
        inputs: &[&Node],
        fields: Map<String, Value>,
        outputs: Vec<(Node, (&str, Value))>,
    ) -> Vec<Node> {
        let (mut nodes, extras): (Vec<Node>, Vec<_>) = outputs
            .into_iter()
            .map(|(node, extra)| (node, Some(extra)))
            .unzip();
        self.push_parts(class, inputs, fields, &mut nodes, &extras);
        nodes
    }

    fn push_parts(
        &mut self,
        class: Class,
        inputs: &[&Node],
        fields: Map<String, Value>,
        outputs: &mut [Node],
        extras: &[Option<(&str, Value)>],
    ) {
        let (op_key, op_id) = (self.key(), self.key());
        for node in outputs.iter_mut() {
            node.key = self.key();
            node.id = self.key();
        }
        let mut operand = Map::new();
        operand.insert("type".into(), class.code.into());
        operand.insert("key".into(), op_key.clone().into());
        operand.insert("id".into(), op_id.clone().into());
        operand.insert(
            "inputs".into(),
            list(inputs.iter().map(|input| reference(input))),
        );
        operand.insert("outputs".into(), list(outputs.iter().map(reference)));
        operand.extend(fields);
        let mut nodes = vec![json!({ "type_id": type_id(class.name), "value": operand })];
        for (node, extra) in outputs.iter().zip(extras) {
            let data = encode::data(node, &op_key, &op_id, extra.clone());
            let class = type_id(encode::data_class(node.kind));
            nodes.push(json!({ "type_id": class, "value": data }));
        }
        self.entries.push(Entry {
            outputs: outputs.iter().map(|node| node.key.clone()).collect(),
            inputs: inputs.iter().map(|input| input.key.clone()).collect(),
            nodes,
        });
    }
}

impl std::fmt::Debug for Graph<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Graph")
            .field("operands", &self.entries.len())
            .finish_non_exhaustive()
    }
}
