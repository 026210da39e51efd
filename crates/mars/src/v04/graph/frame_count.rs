//! Frames and series in a few figures: quantiles; and as a tensor.

use super::frame_source::{frame, object_type, series};
use super::{Class, Column, Dtype, Error, Graph, Kind, Label, Node, Order, Rows};
use super::{encode, promote, source};
use serde_json::{Map, json};

impl Graph<'_> {
    /// `x.quantile(q)` of a single q.
    pub fn quantile(&mut self, node: &Node, q: f64) -> Result<Node, Error> {
        if !(0.0..=1.0).contains(&q) {
            return Err(source::argument("quantile", "q", "must be between 0 and 1"));
        }
        let class = Class {
            code: "dataframe.440",
            name: "mars.DataFrameQuantile",
        };
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert("q".into(), json!(q));
        fields.insert("interpolation".into(), json!("linear"));
        let result = match node.kind {
            Kind::Series => {
                fields.insert("dtype".into(), encode::dtype(&Dtype::F64));
                fields.insert("object_type".into(), json!(4));
                source::tensor_of([].into(), Dtype::F64, Order::C)
            }
            Kind::DataFrame => {
                fields.insert("axis".into(), json!(0));
                fields.insert("numeric_only".into(), json!(true));
                fields.insert("object_type".into(), json!(2));
                let numeric = node.columns.iter().filter(|c| c.dtype.is_numeric());
                let labels: Vec<Label> = numeric.map(|c| c.label.clone()).collect();
                let length = Some(labels.len() as u64);
                series(length, Dtype::F64, Label::Null, Rows::Labels(labels))
            }
            kind => {
                return Err(Error::Kind {
                    operator: "quantile".into(),
                    kind: kind.as_str(),
                });
            }
        };
        Ok(self.push(class, &[node], fields, result))
    }

    /// `x.quantile([q, …])`: a row for each.
    pub fn quantiles(&mut self, node: &Node, places: &[f64]) -> Result<Node, Error> {
        if !places.iter().all(|q| (0.0..=1.0).contains(q)) {
            return Err(source::argument("quantile", "q", "must be between 0 and 1"));
        }
        let class = Class {
            code: "dataframe.440",
            name: "mars.DataFrameQuantile",
        };
        let object_type = object_type("quantile", node)?;
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        let list = encode::list(places.iter().map(|q| json!(q)));
        fields.insert("q".into(), list);
        fields.insert("interpolation".into(), json!("linear"));
        fields.insert("object_type".into(), object_type);
        let length = Some(places.len() as u64);
        let rows = self.unknown_rows(Dtype::F64, Label::Null);
        let result = match node.kind {
            Kind::Series => {
                fields.insert("dtype".into(), encode::dtype(&Dtype::F64));
                series(length, Dtype::F64, node.name.clone(), rows)
            }
            _ => {
                fields.insert("axis".into(), json!(0));
                fields.insert("numeric_only".into(), json!(true));
                let numeric = node.columns.iter().filter(|c| c.dtype.is_numeric());
                let columns = numeric.map(|c| Column {
                    label: c.label.clone(),
                    dtype: Dtype::F64,
                });
                frame(length, columns.collect(), rows)
            }
        };
        Ok(self.push(class, &[node], fields, result))
    }

    /// `x.to_tensor()`.
    pub fn to_tensor(&mut self, node: &Node) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.22",
            name: "mars.TensorFromDataFrame",
        };
        let mut types = node.columns.iter().map(|c| &c.dtype).chain(&node.dtype);
        let first = types.next().cloned();
        let first = first.filter(|_| node.kind != Kind::Tensor);
        let first = first.ok_or_else(|| Error::Kind {
            operator: "to_tensor".into(),
            kind: node.kind.as_str(),
        })?;
        let dtype = types.fold(first, |common, dtype| promote::arrays(&common, dtype));
        let mut fields = Map::new();
        fields.insert("_input".into(), encode::reference(node));
        fields.insert("dtype".into(), encode::dtype(&dtype));
        let result = source::tensor_of(node.shape.clone(), dtype, Order::C);
        Ok(self.push(class, &[node], fields, result))
    }
}
