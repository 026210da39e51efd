//! `df.sort_values(by, ascending)`.

use super::{Class, Dtype, Error, Graph, Label, Node, Rows, encode, frame_select, source};
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
}
