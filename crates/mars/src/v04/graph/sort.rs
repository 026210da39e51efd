//! Rows and elements in order: sort_values, sort, argsort, unique.

use super::functions::tensor;
use super::{Class, Dtype, Error, Graph, Label, Node, Rows, encode, frame_select, shape, source};
use serde_json::{Map, json};

impl Graph<'_> {
    /// Rows in the order of some columns.
    pub fn sort_values(
        &mut self,
        node: &Node,
        by: &[Label],
        ascending: bool,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.2050",
            name: "mars.DataFrameSortValues",
        };
        if by.is_empty() {
            return Err(source::argument("sort_values", "by", "names no column"));
        }
        for label in by {
            frame_select::find(node, label)?;
        }
        let mut result = node.clone();
        let (dtype, name) = match &node.rows {
            Rows::Unknown { dtype, name, .. } => (dtype.clone(), name.clone()),
            Rows::Range { .. } => (Dtype::I64, Label::Null),
            Rows::Labels(_) | Rows::Multi { .. } => (Dtype::Object, Label::Null),
        };
        result.rows = self.unknown_rows(dtype, name);
        let kinds = ["quicksort", "mergesort", "mergesort"];
        let mut fields = Map::new();
        fields.insert("by".into(), encode::list(by.iter().map(encode::label)));
        fields.insert("axis".into(), json!(0));
        fields.insert("ascending".into(), json!(ascending));
        fields.insert("inplace".into(), json!(false));
        fields.insert("kind".into(), json!("quicksort"));
        fields.insert("na_position".into(), json!("last"));
        fields.insert("ignore_index".into(), json!(false));
        fields.insert("parallel_kind".into(), json!("PSRS"));
        fields.insert(
            "psrs_kinds".into(),
            encode::list(kinds.map(|kind| json!(kind))),
        );
        fields.insert("object_type".into(), json!(1));
        Ok(self.push(class, &[node], fields, result))
    }

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
