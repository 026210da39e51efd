//! `x.agg(…)` of several functions, and `s.map(…)`.

use super::frame_source::{frame, series};
use super::{Aggregation, Rows, Scalar, encode, frame_select, promote, source};
use super::{Class, Column, Dtype, Error, FrameReduction, Functions, Graph, Kind, Label, Node};
use serde_json::{Map, Value, json};

impl Graph<'_> {
    /// `x.agg([…])` or `df.agg({"v": ["sum", …], …})`: one row for each function.
    pub fn aggregate(&mut self, node: &Node, aggregation: &Aggregation) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.714",
            name: "mars.DataFrameAggregate",
        };
        let (func, pairs) = match aggregation {
            Aggregation::Every(functions) => {
                let labels = match node.kind {
                    Kind::DataFrame => node.columns.iter().map(|c| c.label.clone()).collect(),
                    _ => vec![node.name.clone()],
                };
                let pairs = labels.into_iter().map(|label| (label, functions.clone()));
                (listed(functions), pairs.collect())
            }
            Aggregation::Columns(pairs) => {
                let items = pairs
                    .iter()
                    .map(|(label, functions)| json!([encode::label(label), listed(functions)]));
                let items: Vec<Value> = items.collect();
                (json!({ "type": "dict", "value": items }), pairs.clone())
            }
        };
        let rows = rows(aggregation, &pairs)?;
        let length = Some(rows.len() as u64);
        let mut fields = Map::new();
        fields.insert("func".into(), func);
        fields.insert("axis".into(), json!(0));
        fields.insert("use_inf_as_na".into(), json!(false));
        let result = match (&node.dtype, node.kind) {
            (Some(own), Kind::Series) => {
                fields.insert("object_type".into(), json!(2));
                let [(_, functions)] = pairs.as_slice() else {
                    let reason = "takes no columns for a series";
                    return Err(source::argument("agg", "func", reason));
                };
                let dtype = common(own, functions, &rows)?;
                series(length, dtype, node.name.clone(), labels(&rows))
            }
            (None, Kind::DataFrame) => {
                fields.insert("object_type".into(), json!(1));
                let column = |(label, functions): &(Label, Functions)| {
                    let own = &frame_select::find(node, label)?.dtype;
                    let dtype = common(own, functions, &rows)?;
                    let label = label.clone();
                    Ok(Column { label, dtype })
                };
                let columns = pairs.iter().map(column);
                let columns: Vec<Column> = columns.collect::<Result<_, Error>>()?;
                frame(length, columns, labels(&rows))
            }
            (_, kind) => {
                return Err(Error::Kind {
                    operator: "agg".into(),
                    kind: kind.as_str(),
                });
            }
        };
        Ok(self.push(class, &[node], fields, result))
    }

    /// `s.map({…}, dtype)`: each value's partner, NaN without one.
    pub fn map(
        &mut self,
        node: &Node,
        partners: &[(Scalar, Scalar)],
        dtype: Dtype,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.710",
            name: "mars.DataFrameMap",
        };
        if node.kind != Kind::Series {
            return Err(Error::Kind {
                operator: "map".into(),
                kind: node.kind.as_str(),
            });
        }
        let mut items = Vec::new();
        for (from, to) in partners {
            let from = source::present("map", "arg", from)?;
            items.push(json!([from, source::present("map", "arg", to)?]));
        }
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert("arg".into(), json!({ "type": "dict", "value": items }));
        fields.insert("object_type".into(), json!(2));
        let result = Node {
            dtype: Some(dtype),
            ..node.clone()
        };
        Ok(self.push(class, &[node], fields, result))
    }
}

fn listed(functions: &Functions) -> Value {
    encode::list(functions.list().iter().map(|op| json!(op.name())))
}

/// The functions of which the result has rows. A dict's come in the order of their names.
fn rows(
    aggregation: &Aggregation,
    pairs: &[(Label, Functions)],
) -> Result<Vec<FrameReduction>, Error> {
    let mut rows: Vec<FrameReduction> = Vec::new();
    let mut lists = false;
    for (_, functions) in pairs {
        lists |= matches!(functions, Functions::Several(_));
        for op in functions.list() {
            if !rows.contains(op) {
                rows.push(*op);
            }
        }
    }
    if matches!(aggregation, Aggregation::Columns(_)) && pairs.len() > 1 {
        rows.sort_by_key(|op| op.name());
    }
    match lists && !rows.is_empty() {
        true => Ok(rows),
        false => {
            let reason = "must hold a list of functions here, as in {'v': ['sum']}";
            Err(source::argument("agg", "func", reason))
        }
    }
}

fn labels(rows: &[FrameReduction]) -> Rows {
    Rows::Labels(rows.iter().map(|op| Label::from(op.name())).collect())
}

/// The type of a column of figures, where a function that it lacks leaves NaN.
fn common(own: &Dtype, functions: &Functions, rows: &[FrameReduction]) -> Result<Dtype, Error> {
    let mut common: Option<Dtype> = None;
    for op in functions.list() {
        let one = op.column(own).ok_or_else(|| Error::Elements {
            operator: op.name().into(),
            dtype: own.clone(),
        })?;
        common = Some(match common {
            Some(known) => promote::arrays(&known, &one),
            None => one,
        });
    }
    let dtype = common.unwrap_or(Dtype::F64);
    match functions.list().len() < rows.len() {
        true => Ok(promote::arrays(&dtype, &Dtype::F64)),
        false => Ok(dtype),
    }
}
