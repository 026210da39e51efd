//! `df.groupby(by).agg(…)`.

use super::frame_source::frame;
use super::{Class, Column, Dtype, Error, FrameReduction, Graph, Label, Node, Rows};
use super::{encode, frame_select, source};
use serde_json::{Map, Value, json};

/// Which columns form the groups, and how the result looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupBy {
    /// The columns that form the groups.
    pub by: Vec<Label>,
    /// Whether the groups become the index; otherwise they stay columns.
    pub as_index: bool,
}

/// What is computed of each group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aggregation {
    /// `.sum()`, `.agg("sum")`: the same for every other column.
    Every(FrameReduction),
    /// `.agg({"v": "sum", …})`
    Columns(Vec<(Label, FrameReduction)>),
}

impl Graph<'_> {
    /// Groups rows and aggregates each group. `prod`, and a variance with another `ddof` than 1,
    /// are not among the aggregations of the engine.
    pub fn groupby_agg(
        &mut self,
        node: &Node,
        groups: &GroupBy,
        aggregation: &Aggregation,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.2033",
            name: "mars.DataFrameGroupByAgg",
        };
        if groups.by.is_empty() {
            return Err(source::argument("groupby", "by", "names no column"));
        }
        let keys: Vec<Column> = groups
            .by
            .iter()
            .map(|label| frame_select::find(node, label).cloned())
            .collect::<Result<_, _>>()?;
        let pairs = pairs(node, groups, aggregation)?;
        let columns: Vec<Column> = pairs
            .iter()
            .map(|(label, op)| aggregated(node, label, *op))
            .collect::<Result<_, _>>()?;
        let raw = match aggregation {
            Aggregation::Every(op) => json!(op.name()),
            Aggregation::Columns(_) => {
                dict(pairs.iter().map(|(label, op)| (label, json!(op.name()))))
            }
        };
        let func = dict(
            pairs
                .iter()
                .map(|(label, op)| (label, encode::list([json!(op.name())]))),
        );
        let params = [
            ("by", encode::list(groups.by.iter().map(encode::label))),
            ("level", Value::Null),
            ("as_index", json!(groups.as_index)),
            ("sort", json!(true)),
            ("group_keys", json!(true)),
        ];
        let mut fields = Map::new();
        fields.insert("func".into(), func);
        fields.insert("raw_func".into(), raw);
        fields.insert("groupby_params".into(), encode::dict(params));
        fields.insert("method".into(), json!("tree"));
        fields.insert("object_type".into(), json!(1));
        let rows = self.group_rows(groups, &keys);
        let columns = match groups.as_index {
            true => columns,
            false => keys.into_iter().chain(columns).collect(),
        };
        Ok(self.push(class, &[node], fields, frame(None, columns, rows)))
    }

    fn group_rows(&mut self, groups: &GroupBy, keys: &[Column]) -> Rows {
        let key = self.key();
        match keys {
            [only] if groups.as_index => Rows::Unknown {
                key,
                dtype: only.dtype.clone(),
                name: only.label.clone(),
                sorted: true,
            },
            _ if groups.as_index => Rows::Multi {
                key,
                names: groups.by.clone(),
            },
            _ => Rows::Unknown {
                key,
                dtype: Dtype::I64,
                name: Label::Null,
                sorted: true,
            },
        }
    }
}

/// The columns to aggregate, each with its function.
fn pairs(
    node: &Node,
    groups: &GroupBy,
    aggregation: &Aggregation,
) -> Result<Vec<(Label, FrameReduction)>, Error> {
    let pairs = match aggregation {
        Aggregation::Columns(pairs) => pairs.clone(),
        Aggregation::Every(op) => node
            .columns
            .iter()
            .filter(|column| !groups.by.contains(&column.label))
            .filter(|column| fits(*op, &column.dtype))
            .map(|column| (column.label.clone(), *op))
            .collect(),
    };
    match pairs.is_empty() {
        true => Err(source::argument(
            "agg",
            "func",
            "leaves no column to aggregate",
        )),
        false => Ok(pairs),
    }
}

/// Whether pandas keeps a column of this type in `groupby(…).sum()` and its kin.
fn fits(op: FrameReduction, dtype: &Dtype) -> bool {
    use FrameReduction::{Count, Max, Min};
    matches!(op, Count | Min | Max) || dtype.is_numeric()
}

fn aggregated(node: &Node, label: &Label, op: FrameReduction) -> Result<Column, Error> {
    let refused = |reason: &str| source::argument("agg", "func", reason);
    match op {
        FrameReduction::Var { ddof } | FrameReduction::Std { ddof } if ddof != 1 => {
            return Err(refused("knows var and std with ddof 1 only"));
        }
        _ => {}
    }
    let column = frame_select::find(node, label)?;
    if !fits(op, &column.dtype) {
        return Err(Error::Elements {
            operator: op.name().into(),
            dtype: column.dtype.clone(),
        });
    }
    let dtype = match op {
        FrameReduction::Count => Dtype::I64,
        FrameReduction::Mean | FrameReduction::Var { .. } | FrameReduction::Std { .. } => {
            match &column.dtype {
                dtype if dtype.is_float() => dtype.clone(),
                _ => Dtype::F64,
            }
        }
        _ if column.dtype == Dtype::Bool => Dtype::F64,
        _ => column.dtype.clone(),
    };
    Ok(Column {
        label: label.clone(),
        dtype,
    })
}

fn dict<'a>(pairs: impl Iterator<Item = (&'a Label, Value)>) -> Value {
    let pairs: Vec<Value> = pairs
        .map(|(label, value)| json!([encode::label(label), value]))
        .collect();
    json!({ "type": "dict", "value": pairs })
}
