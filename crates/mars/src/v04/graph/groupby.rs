//! `df.groupby(by).agg(…)`.

use super::frame_source::frame;
use super::{Class, Column, Dtype, Error, FrameReduction, Functions, Graph, Label, Node, Rows};
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
    /// `.sum()`, `.agg("sum")`, `.agg(["sum", "mean"])`: the same for every other column.
    Every(Functions),
    /// `.agg({"v": "sum", "w": ["min", "max"], …})`
    Columns(Vec<(Label, Functions)>),
}

const AGGREGATION: Class = Class {
    code: "dataframe.2033",
    name: "mars.DataFrameGroupByAgg",
};

impl Graph<'_> {
    /// Groups rows and aggregates each group. A variance with another `ddof` than 1 is not among
    /// the aggregations of the engine.
    pub fn groupby_agg(
        &mut self,
        node: &Node,
        groups: &GroupBy,
        aggregation: &Aggregation,
    ) -> Result<Node, Error> {
        let keys = keys(node, groups)?;
        let pairs = pairs(node, groups, aggregation)?;
        let leveled = pairs
            .iter()
            .any(|(_, ops)| matches!(ops, Functions::Several(_)));
        let mut columns = Vec::new();
        for (label, ops) in &pairs {
            for op in ops.list() {
                let mut column = aggregated(node, label, *op)?;
                if leveled {
                    column.label = Label::Levels(vec![column.label, op.name().into()]);
                }
                columns.push(column);
            }
        }
        let raw = match aggregation {
            Aggregation::Every(ops) => ops.encode(),
            Aggregation::Columns(_) => dict(pairs.iter().map(|(label, ops)| (label, ops.encode()))),
        };
        let rows = self.group_rows(groups, &keys);
        if !groups.as_index {
            let beside = keys.into_iter().map(|mut key| {
                if leveled {
                    key.label = Label::Levels(vec![key.label, "".into()]);
                }
                key
            });
            columns = beside.chain(columns).collect();
        }
        let fields = fields(groups, &pairs, raw, None);
        Ok(self.push(AGGREGATION, &[node], fields, frame(None, columns, rows)))
    }

    /// `df.groupby(by)[label].agg([…])`: one column for each function.
    pub fn groupby_agg_column(
        &mut self,
        node: &Node,
        groups: &GroupBy,
        label: &Label,
        ops: &[FrameReduction],
    ) -> Result<Node, Error> {
        let keys = keys(node, groups)?;
        if !groups.as_index || ops.is_empty() {
            let reason = "of one column takes a list only with as_index=True, and not an empty one";
            return Err(source::argument("agg", "func", reason));
        }
        let column = |op: &FrameReduction| {
            let column = aggregated(node, label, *op)?;
            Ok(Column {
                label: op.name().into(),
                ..column
            })
        };
        let columns: Vec<Column> = ops.iter().map(column).collect::<Result<_, Error>>()?;
        let rows = self.group_rows(groups, &keys);
        let pairs = [(label.clone(), Functions::Several(ops.to_vec()))];
        let raw = Functions::Several(ops.to_vec()).encode();
        let fields = fields(groups, &pairs, raw, Some(label));
        Ok(self.push(AGGREGATION, &[node], fields, frame(None, columns, rows)))
    }

    pub(super) fn group_rows(&mut self, groups: &GroupBy, keys: &[Column]) -> Rows {
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

fn fields(
    groups: &GroupBy,
    pairs: &[(Label, Functions)],
    raw: Value,
    selection: Option<&Label>,
) -> Map<String, Value> {
    let every = pairs.iter().map(|(label, ops)| {
        let names = ops.list().iter().map(|op| json!(op.name()));
        (label, encode::list(names))
    });
    let mut params = vec![
        ("by", encode::list(groups.by.iter().map(encode::label))),
        ("level", Value::Null),
        ("as_index", json!(groups.as_index)),
        ("sort", json!(true)),
        ("group_keys", json!(true)),
    ];
    params.extend(selection.map(|label| ("selection", encode::label(label))));
    let mut fields = Map::new();
    fields.insert("func".into(), dict(every));
    fields.insert("raw_func".into(), raw);
    fields.insert("groupby_params".into(), encode::dict(params));
    fields.insert("method".into(), json!("tree"));
    fields.insert("object_type".into(), json!(1));
    fields
}

/// The columns that form the groups.
pub(super) fn keys(node: &Node, groups: &GroupBy) -> Result<Vec<Column>, Error> {
    if groups.by.is_empty() {
        return Err(source::argument("groupby", "by", "names no column"));
    }
    if groups.by.len() > 1 && !groups.as_index {
        // Mars 0.4.0rc1 takes it and fails when it runs.
        let reason = "must be True for groups of several columns";
        return Err(source::argument("groupby", "as_index", reason));
    }
    let found = |label| frame_select::find(node, label).cloned();
    groups.by.iter().map(found).collect()
}

/// The columns to aggregate, each with its functions.
fn pairs(
    node: &Node,
    groups: &GroupBy,
    aggregation: &Aggregation,
) -> Result<Vec<(Label, Functions)>, Error> {
    let pairs = match aggregation {
        Aggregation::Columns(pairs) => pairs.clone(),
        Aggregation::Every(ops) => node
            .columns
            .iter()
            .filter(|column| !groups.by.contains(&column.label))
            .filter(|column| ops.keep(&column.dtype))
            .map(|column| (column.label.clone(), ops.clone()))
            .collect(),
    };
    let none = pairs.iter().any(|(_, ops)| ops.list().is_empty());
    match pairs.is_empty() || none {
        true => Err(source::argument(
            "agg",
            "func",
            "leaves no column to aggregate",
        )),
        false => Ok(pairs),
    }
}

fn aggregated(node: &Node, label: &Label, op: FrameReduction) -> Result<Column, Error> {
    use FrameReduction::{Count, Max, Mean, Min, Std, Sum, Var};
    match op {
        Var { ddof } | Std { ddof } if ddof != 1 => {
            let reason = "knows var and std with ddof 1 only";
            return Err(source::argument("agg", "func", reason));
        }
        _ => {}
    }
    let column = frame_select::find(node, label)?;
    let own = &column.dtype;
    let text = op == Sum && *own == Dtype::Object;
    if !own.is_numeric() && !text && !matches!(op, Count | Min | Max) {
        return Err(Error::Elements {
            operator: op.name().into(),
            dtype: own.clone(),
        });
    }
    let dtype = match op {
        Count => Dtype::I64,
        Mean | Var { .. } | Std { .. } if own.is_float() => own.clone(),
        Mean | Var { .. } | Std { .. } => Dtype::F64,
        _ if *own == Dtype::Bool => Dtype::F64,
        _ => own.clone(),
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
