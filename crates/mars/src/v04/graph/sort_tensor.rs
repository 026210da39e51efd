//! Elements of tensors in order: sort, argsort, unique.

use super::functions::tensor;
use super::{Class, Dtype, Error, Graph, Node, encode, shape, source};
use serde_json::{Map, json};

impl Graph<'_> {
    /// `mt.sort(x, axis)`, or `mt.argsort(x, axis)` with `places`.
    pub fn sort_tensor(&mut self, node: &Node, axis: i64, places: bool) -> Result<Node, Error> {
        let name = if places { "argsort" } else { "sort" };
        let own = tensor(name, node)?.clone();
        let at = shape::axis(axis, node.ndim())?;
        let kinds = ["quicksort", "mergesort", "mergesort"];
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert("axis".into(), json!(at));
        let kinds = encode::list(kinds.map(|kind| json!(kind)));
        fields.insert("psrs_kinds".into(), kinds);
        fields.insert("return_value".into(), json!(!places));
        fields.insert("return_indices".into(), json!(places));
        fields.insert("dtype".into(), encode::dtype(&own));
        fields.insert("gpu".into(), json!(false));
        let dtype = if places { Dtype::I64 } else { own };
        let result = source::tensor_of(node.shape.clone(), dtype, node.order);
        let class = Class {
            code: "tensor.429",
            name: "mars.TensorSort",
        };
        Ok(self.push(class, &[node], fields, result))
    }

    /// `mt.unique(x)`: the values of the flattened tensor, each once, in order.
    pub fn unique(&mut self, node: &Node) -> Result<Node, Error> {
        let own = tensor("unique", node)?.clone();
        let flat = match node.ndim() {
            1 => node.clone(),
            _ => self.reshape(node, &[-1])?,
        };
        let mut fields = Map::new();
        for name in ["return_index", "return_inverse", "return_counts", "gpu"] {
            fields.insert(name.into(), json!(false));
        }
        fields.insert("axis".into(), json!(0));
        let result = source::tensor_of([None].into(), own, node.order);
        let class = Class {
            code: "tensor.90",
            name: "mars.TensorUnique",
        };
        Ok(self.push(class, &[&flat], fields, result))
    }
}
