//! `df.describe()`: count, mean, std, min, quantiles and max of the numeric columns.

use super::frame_source::{frame, object_type, series};
use super::{Class, Column, Dtype, Error, Graph, Label, Node, Rows, encode, source};
use serde_json::{Map, json};

impl Graph<'_> {
    /// Count, mean, std, min, some quantiles and max of a series or of every numeric column.
    pub fn describe(&mut self, node: &Node, percentiles: &[f64]) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.712",
            name: "mars.DataFrameDescribe",
        };
        let mut places: Vec<f64> = percentiles.to_vec();
        if !places.iter().all(|place| (0.0..=1.0).contains(place)) {
            let reason = "must be between 0 and 1";
            return Err(source::argument("describe", "percentiles", reason));
        }
        if !places.contains(&0.5) {
            places.push(0.5);
        }
        places.sort_by(f64::total_cmp);
        let mut labels: Vec<Label> = ["count", "mean", "std", "min"].map(Label::from).to_vec();
        labels.extend(places.iter().map(|place| Label::Text(percent(*place))));
        labels.push("max".into());
        let length = Some(labels.len() as u64);
        let rows = Rows::Labels(labels);
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        let given = percentiles.iter().map(|place| json!(place));
        fields.insert("percentiles".into(), encode::list(given));
        fields.insert("object_type".into(), object_type("describe", node)?);
        let number = |dtype: &Dtype| dtype.is_integer() || dtype.is_float();
        let result = match &node.dtype {
            Some(own) if number(own) => series(length, Dtype::F64, node.name.clone(), rows),
            Some(own) => {
                return Err(Error::Elements {
                    operator: "describe".into(),
                    dtype: own.clone(),
                });
            }
            None => {
                let numbers = node.columns.iter().filter(|column| number(&column.dtype));
                let columns: Vec<Column> = numbers
                    .map(|column| Column {
                        label: column.label.clone(),
                        dtype: Dtype::F64,
                    })
                    .collect();
                if columns.is_empty() {
                    let reason = "has no numeric column";
                    return Err(source::argument("describe", "columns", reason));
                }
                frame(length, columns, rows)
            }
        };
        Ok(self.push(class, &[node], fields, result))
    }
}

/// 0.25 as `25%`, 0.125 as `12.5%`.
fn percent(place: f64) -> String {
    let text = format!("{:.4}", place * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}
