//! `md.cut(s, bins, labels=False)`: in which bin each value lies.

use super::{Class, Dtype, Error, Graph, Kind, Node, encode, source};
use serde_json::{Map, json};

impl Graph<'_> {
    /// The place of each value's bin, whose edges ascend.
    pub fn cut(
        &mut self,
        node: &Node,
        edges: &[f64],
        right: bool,
        include_lowest: bool,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.722",
            name: "mars.DataFrameCut",
        };
        let number = node.dtype.as_ref().is_some_and(Dtype::is_numeric);
        if node.kind != Kind::Series || !number {
            return Err(Error::Kind {
                operator: "cut".into(),
                kind: node.kind.as_str(),
            });
        }
        let ascend = edges.windows(2).all(|pair| pair[0] < pair[1]);
        if edges.len() < 2 || !ascend || edges.iter().any(|edge| !edge.is_finite()) {
            let reason = "must be two numbers or more that ascend";
            return Err(source::argument("cut", "bins", reason));
        }
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        let bins = encode::list(edges.iter().map(|edge| json!(edge)));
        fields.insert("bins".into(), bins);
        fields.insert("right".into(), json!(right));
        fields.insert("labels".into(), json!(false));
        fields.insert("retbins".into(), json!(false));
        fields.insert("precision".into(), json!(3));
        fields.insert("include_lowest".into(), json!(include_lowest));
        fields.insert("duplicates".into(), json!("raise"));
        fields.insert("object_type".into(), encode::tuple([json!(2)]));
        let result = Node {
            dtype: Some(Dtype::I64),
            ..node.clone()
        };
        Ok(self.push(class, &[node], fields, result))
    }
}
