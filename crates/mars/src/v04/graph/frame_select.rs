//! Columns of a frame, and rows by a boolean mask.

use super::frame_source::{frame, series};
use super::{Class, Column, Dtype, Error, Graph, Kind, Label, Node, Rows, encode};
use serde_json::{Map, json};

const INDEX: Class = Class {
    code: "dataframe.403",
    name: "mars.DataFrameIndex",
};

impl Graph<'_> {
    /// `df[label]`: one column as a series.
    pub fn column(&mut self, node: &Node, label: &Label) -> Result<Node, Error> {
        let column = find(node, label)?;
        let length = node.shape.first().copied().flatten();
        let result = series(
            length,
            column.dtype.clone(),
            label.clone(),
            node.rows.clone(),
        );
        let mut fields = Map::new();
        fields.insert("col_names".into(), encode::label(label));
        fields.insert("object_type".into(), json!(2));
        Ok(self.push(INDEX, &[node], fields, result))
    }

    /// `df[[label, …]]`: some columns as a frame.
    pub fn columns(&mut self, node: &Node, labels: &[Label]) -> Result<Node, Error> {
        let columns: Vec<Column> = labels
            .iter()
            .map(|label| find(node, label).cloned())
            .collect::<Result<_, _>>()?;
        let length = node.shape.first().copied().flatten();
        let result = frame(length, columns, node.rows.clone());
        let mut fields = Map::new();
        fields.insert(
            "col_names".into(),
            encode::list(labels.iter().map(encode::label)),
        );
        fields.insert("object_type".into(), json!(1));
        Ok(self.push(INDEX, &[node], fields, result))
    }

    /// `df[mask]`: the rows for which a boolean series holds.
    pub fn filter(&mut self, node: &Node, mask: &Node) -> Result<Node, Error> {
        if node.kind != Kind::DataFrame {
            return Err(Error::Kind {
                operator: "[mask]".into(),
                kind: node.kind.as_str(),
            });
        }
        if mask.kind != Kind::Series {
            return Err(Error::Kind {
                operator: "a mask".into(),
                kind: mask.kind.as_str(),
            });
        }
        match &mask.dtype {
            Some(Dtype::Bool) => {}
            other => {
                let dtype = other.clone().unwrap_or(Dtype::Object);
                return Err(Error::Elements {
                    operator: "[mask]".into(),
                    dtype,
                });
            }
        }
        let (dtype, name) = match &node.rows {
            Rows::Unknown { dtype, name, .. } => (dtype.clone(), name.clone()),
            Rows::Range { .. } => (Dtype::I64, Label::Null),
            Rows::Labels(_) | Rows::Multi { .. } => (Dtype::Object, Label::Null),
        };
        let rows = self.unknown_rows(dtype, name);
        let result = frame(None, node.columns.clone(), rows);
        let mut fields = Map::new();
        fields.insert("mask".into(), encode::reference(mask));
        fields.insert("object_type".into(), json!(1));
        Ok(self.push(INDEX, &[node, mask], fields, result))
    }
}

/// The column of this label.
pub(super) fn find<'a>(node: &'a Node, label: &Label) -> Result<&'a Column, Error> {
    if node.kind != Kind::DataFrame {
        return Err(Error::Kind {
            operator: "[column]".into(),
            kind: node.kind.as_str(),
        });
    }
    let missing = || Error::NoColumn {
        label: label.clone(),
    };
    node.columns
        .iter()
        .find(|column| column.label == *label)
        .ok_or_else(missing)
}
