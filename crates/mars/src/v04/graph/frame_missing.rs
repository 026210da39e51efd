//! Missing values: fillna, dropna, isna, notna.

use super::frame_source::object_type;
use super::{Class, Dtype, Error, Graph, Label, Node, Rows, Scalar, encode, frame_select, source};
use serde_json::{Map, Value, json};

/// What `fillna` puts in place of missing values.
#[derive(Clone, Debug, PartialEq)]
pub enum Filling {
    /// One value everywhere.
    Value(Scalar),
    /// A value for some columns.
    Columns(Vec<(Label, Scalar)>),
    /// The value before.
    Forward,
    /// The value behind.
    Backward,
}

/// Which rows `dropna` leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dropping {
    /// Only those without any value.
    pub all: bool,
    /// Those with fewer values than this.
    pub least: Option<u64>,
    /// The columns that count, of a frame.
    pub columns: Option<Vec<Label>>,
}

impl Graph<'_> {
    /// `x.fillna(…)`: a frame or series without gaps.
    pub fn fillna(&mut self, node: &Node, filling: &Filling) -> Result<Node, Error> {
        let mut fields = self.common("fillna", node)?;
        let present = |value: &Scalar| source::present("fillna", "value", value);
        match filling {
            Filling::Value(value) => {
                fields.insert("value".into(), present(value)?);
            }
            Filling::Columns(columns) => {
                let mut pairs = Vec::new();
                for (label, value) in columns {
                    frame_select::find(node, label)?;
                    pairs.push(json!([encode::label(label), present(value)?]));
                }
                let value = json!({ "type": "dict", "value": pairs });
                fields.insert("value".into(), value);
            }
            Filling::Forward => {
                fields.insert("method".into(), json!("ffill"));
            }
            Filling::Backward => {
                fields.insert("method".into(), json!("bfill"));
            }
        }
        fields.insert("axis".into(), json!(0));
        let class = Class {
            code: "dataframe.713",
            name: "mars.FillNA",
        };
        Ok(self.push(class, &[node], fields, node.clone()))
    }

    /// `x.dropna(…)`: the rows without gaps.
    pub fn dropna(&mut self, node: &Node, dropping: &Dropping) -> Result<Node, Error> {
        let mut fields = self.common("dropna", node)?;
        let how = if dropping.all { "all" } else { "any" };
        fields.insert("axis".into(), json!(0));
        fields.insert("how".into(), json!(how));
        if let Some(least) = dropping.least {
            fields.insert("thresh".into(), json!(least));
        }
        if let Some(columns) = &dropping.columns {
            for label in columns {
                frame_select::find(node, label)?;
            }
            let columns = encode::list(columns.iter().map(encode::label));
            fields.insert("subset".into(), columns);
        }
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
