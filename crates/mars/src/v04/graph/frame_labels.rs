//! Row labels: reset_index, set_index.

use super::frame_missing::labels;
use super::frame_source::object_type;
use super::{Class, Column, Dtype, Error, Graph, Kind, Label, Node, Rows, encode, frame_select};
use serde_json::{Map, json};

impl Graph<'_> {
    /// `x.reset_index(drop)`: the labels become a column, or go. The values of a series may get a
    /// name of their own.
    pub fn reset_index(
        &mut self,
        node: &Node,
        drop: bool,
        rename: Option<&Label>,
    ) -> Result<Node, Error> {
        let name = "reset_index";
        let mut result = node.clone();
        let mut fields = Map::new();
        fields.insert("drop".into(), json!(drop));
        if !drop {
            if node.kind == Kind::Series {
                result.kind = Kind::DataFrame;
                result.shape.push(Some(1));
                let label = match (rename, &node.name) {
                    (Some(label), _) => label.clone(),
                    (None, Label::Null) => Label::Int(0),
                    (None, label) => label.clone(),
                };
                if let Some(label) = rename {
                    fields.insert("name".into(), encode::label(label));
                }
                let dtype = result.dtype.take().unwrap_or(Dtype::Object);
                result.columns = vec![Column { label, dtype }];
                result.name = Label::Null;
            }
            let levels = levels(node);
            if let Some(width) = result.shape.get_mut(1) {
                *width = width.map(|width| width + levels.len() as u64);
            }
            result.columns.splice(0..0, levels);
        }
        fields.insert("object_type".into(), object_type(name, &result)?);
        result.rows = match node.shape.first().copied().flatten() {
            Some(length) => Rows::Range {
                start: 0,
                stop: i64::try_from(length).unwrap_or(i64::MAX),
                step: 1,
            },
            None => self.unknown_rows(Dtype::I64, Label::Null),
        };
        let class = Class {
            code: "dataframe.2028",
            name: "mars.DataFrameResetIndex",
        };
        Ok(self.push(class, &[node], fields, result))
    }

    /// `df.set_index(keys, drop)` of one column.
    pub fn set_index(&mut self, node: &Node, key: &Label, drop: bool) -> Result<Node, Error> {
        let dtype = frame_select::find(node, key)?.dtype.clone();
        let mut result = node.clone();
        if drop {
            result.columns.retain(|column| column.label != *key);
            if let Some(width) = result.shape.get_mut(1) {
                *width = Some(result.columns.len() as u64);
            }
        }
        result.rows = self.unknown_rows(dtype, key.clone());
        let mut fields = Map::new();
        fields.insert("keys".into(), labels(std::slice::from_ref(key)));
        fields.insert("drop".into(), json!(drop));
        fields.insert("append".into(), json!(false));
        fields.insert("verify_integrity".into(), json!(false));
        fields.insert("object_type".into(), json!(1));
        let class = Class {
            code: "dataframe.2020",
            name: "mars.DataFrameSetIndex",
        };
        Ok(self.push(class, &[node], fields, result))
    }
}

/// The row labels as columns.
fn levels(node: &Node) -> Vec<Column> {
    let one = |label: &Label, dtype: Dtype| Column {
        label: match label {
            Label::Null => "index".into(),
            label => label.clone(),
        },
        dtype,
    };
    match &node.rows {
        Rows::Range { .. } => vec![one(&Label::Null, Dtype::I64)],
        Rows::Unknown { dtype, name, .. } => vec![one(name, dtype.clone())],
        Rows::Labels(_) => vec![one(&Label::Null, Dtype::Object)],
        Rows::Multi { names, .. } => names.iter().map(|name| one(name, Dtype::Object)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Dtype, Label, levels};
    use crate::v04::graph::{Graph, Literal, Scalar, Sorting};

    #[test]
    fn labels_become_a_column() {
        let mut count = 0;
        let mut graph = Graph::new(move || {
            count += 1;
            format!("k{count}")
        });
        let data = [(Label::from("a"), vec![Scalar::Int(1), Scalar::Int(2)])];
        let frame = graph.frame_from_columns(&data).expect("it is a frame");
        let reset = graph
            .reset_index(&frame, false, None)
            .expect("it has labels");
        let names: Vec<String> = reset
            .columns()
            .iter()
            .map(|c| c.label.to_string())
            .collect();
        assert_eq!(names, ["index", "a"]);
        assert_eq!(reset.shape(), [Some(2), Some(2)]);
        let set = graph
            .set_index(&frame, &"a".into(), true)
            .expect("a is there");
        assert_eq!(set.columns(), []);
        assert_eq!(levels(&set)[0].label, "a".into());
        assert_eq!(levels(&set)[0].dtype, Dtype::I64);
        assert!(graph.set_index(&frame, &"b".into(), true).is_err());
        let tensor = graph.tensor(&Literal::List(vec![]), None);
        assert!(
            tensor.is_ok_and(|tensor| graph.sort_index(&tensor, 0, &Sorting::default()).is_err())
        );
    }
}
