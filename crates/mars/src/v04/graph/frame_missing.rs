//! Missing values: fillna, dropna, isna, notna.

use super::frame_source::object_type;
use super::{Class, Dtype, Error, Graph, Label, Node, Rows, Scalar, encode, source};
use serde_json::{Map, Value, json};

impl Graph<'_> {
    /// `x.fillna(value)`: a frame or series without gaps.
    pub fn fillna(&mut self, node: &Node, value: &Scalar) -> Result<Node, Error> {
        let mut fields = self.common("fillna", node)?;
        fields.insert("value".into(), source::finite("fillna", "value", value)?);
        fields.insert("axis".into(), json!(0));
        let class = Class {
            code: "dataframe.713",
            name: "mars.FillNA",
        };
        Ok(self.push(class, &[node], fields, node.clone()))
    }

    /// `x.dropna(how)`: the rows without gaps.
    pub fn dropna(&mut self, node: &Node, how: &str) -> Result<Node, Error> {
        let mut fields = self.common("dropna", node)?;
        fields.insert("axis".into(), json!(0));
        fields.insert("how".into(), json!(how));
        let class = Class {
            code: "dataframe.720",
            name: "mars.DataFrameDropNA",
        };
        let mut result = node.clone();
        if let Some(length) = result.shape.first_mut() {
            *length = None;
        }
        result.rows = self.unordered(&node.rows);
        Ok(self.push(class, &[node], fields, result))
    }

    /// `x.isna()`, or `x.notna()` with `present`.
    pub fn check_na(&mut self, node: &Node, present: bool) -> Result<Node, Error> {
        let mut fields = self.common("isna", node)?;
        fields.insert("positive".into(), json!(!present));
        let class = Class {
            code: "dataframe.719",
            name: "mars.DataFrameCheckNA",
        };
        let mut result = node.clone();
        result.dtype = node.dtype.as_ref().map(|_| Dtype::Bool);
        for column in &mut result.columns {
            column.dtype = Dtype::Bool;
        }
        Ok(self.push(class, &[node], fields, result))
    }

    fn common(&self, name: &str, node: &Node) -> Result<Map<String, Value>, Error> {
        let mut fields = Map::new();
        fields.insert("use_inf_as_na".into(), json!(false));
        fields.insert("object_type".into(), object_type(name, node)?);
        Ok(fields)
    }

    /// Labels of the same kind as these, of which nothing else is known.
    pub(super) fn unordered(&mut self, rows: &Rows) -> Rows {
        match rows {
            Rows::Unknown { dtype, name, .. } => {
                let (dtype, name) = (dtype.clone(), name.clone());
                self.unknown_rows(dtype, name)
            }
            Rows::Range { .. } => self.unknown_rows(Dtype::I64, Label::Null),
            Rows::Labels(_) | Rows::Multi { .. } => self.unknown_rows(Dtype::Object, Label::Null),
        }
    }
}

/// The labels of a list, as the engine takes them.
pub(super) fn labels(labels: &[Label]) -> Value {
    match labels {
        [one] => encode::label(one),
        several => encode::list(several.iter().map(encode::label)),
    }
}
