//! `df.describe()`: count, mean, std, min, quartiles and max of the numeric columns.

use super::frame_source::frame;
use super::{Class, Column, Dtype, Error, Graph, Kind, Label, Node, Rows, encode, source};
use serde_json::{Map, json};

/// The row labels of the result.
const FACTS: [&str; 8] = ["count", "mean", "std", "min", "25%", "50%", "75%", "max"];

impl Graph<'_> {
    /// The eight facts of every numeric column.
    pub fn describe(&mut self, node: &Node) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.712",
            name: "mars.DataFrameDescribe",
        };
        if node.kind != Kind::DataFrame {
            return Err(Error::Kind {
                operator: "describe".into(),
                kind: node.kind.as_str(),
            });
        }
        let columns: Vec<Column> = node
            .columns
            .iter()
            .filter(|column| column.dtype.is_integer() || column.dtype.is_float())
            .map(|column| Column {
                label: column.label.clone(),
                dtype: Dtype::F64,
            })
            .collect();
        if columns.is_empty() {
            return Err(source::argument(
                "describe",
                "columns",
                "has no numeric column",
            ));
        }
        let rows = Rows::Labels(FACTS.map(Label::from).to_vec());
        let percentiles = [json!(0.25), json!(0.5), json!(0.75)];
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert("percentiles".into(), encode::list(percentiles));
        fields.insert("object_type".into(), json!(1));
        Ok(self.push(
            class,
            &[node],
            fields,
            frame(Some(FACTS.len() as u64), columns, rows),
        ))
    }
}
