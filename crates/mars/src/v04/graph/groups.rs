//! Groups as a value of their own: what keeps every row, and functions that only pandas knows.

use super::frame_source::{frame, series};
use super::groupby::keys;
use super::{Class, Column, Dtype, Error, FrameReduction, Graph, GroupBy, Label, Node, Rows};
use super::{constructor, encode, frame_select, source, type_id};
use serde_json::{Map, Value, json};

/// A function of groups that the engine leaves to pandas: every group must fit one worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GroupFunction {
    /// The first value that is not missing.
    First,
    /// The last value that is not missing.
    Last,
    /// The middle value.
    Median,
    /// How many different values there are.
    Nunique,
    /// What the engine knows too.
    Known(FrameReduction),
}

impl GroupFunction {
    /// The name as in `agg("first")`.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Last => "last",
            Self::Median => "median",
            Self::Nunique => "nunique",
            Self::Known(op) => op.name(),
        }
    }

    /// The function of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [Self::First, Self::Last, Self::Median, Self::Nunique];
        let known = FrameReduction::from_name(name).map(Self::Known);
        known.or_else(|| all.into_iter().find(|function| function.name() == name))
    }

    /// The type of one column; `None` if the function does not take it.
    pub fn column(self, dtype: &Dtype) -> Option<Dtype> {
        match self {
            Self::First | Self::Last => Some(dtype.clone()),
            Self::Median if dtype.is_float() => Some(dtype.clone()),
            Self::Median => dtype.is_numeric().then_some(Dtype::F64),
            Self::Nunique => Some(Dtype::I64),
            Self::Known(op) => op.column(dtype),
        }
    }
}

const TRANSFORM: Class = Class {
    code: "dataframe.groupby.718",
    name: "mars.GroupByTransform",
};

impl Graph<'_> {
    /// `groups.agg({"v": "first"})`: one function for each column.
    pub fn groupby_pick(
        &mut self,
        node: &Node,
        groups: &GroupBy,
        pairs: &[(Label, GroupFunction)],
    ) -> Result<Node, Error> {
        let keys = keys(node, groups)?;
        let column = |(label, function): &(Label, GroupFunction)| {
            let own = &frame_select::find(node, label)?.dtype;
            let dtype = function.column(own).ok_or_else(|| Error::Elements {
                operator: function.name().into(),
                dtype: own.clone(),
            })?;
            let label = label.clone();
            Ok(Column { label, dtype })
        };
        let columns: Vec<Column> = pairs.iter().map(column).collect::<Result<_, Error>>()?;
        let names = pairs
            .iter()
            .map(|(label, function)| (label, function.name()));
        let fields = transform(constructor::names_by_label(names), true, 1);
        let rows = self.group_rows(groups, &keys);
        let grouped = self.groups(node, groups, &keys)?;
        Ok(self.push(TRANSFORM, &[&grouped], fields, frame(None, columns, rows)))
    }

    /// `groups.agg("size")`: how many rows each group has.
    pub fn groupby_size(&mut self, node: &Node, groups: &GroupBy) -> Result<Node, Error> {
        let keys = keys(node, groups)?;
        let rows = self.group_rows(groups, &keys);
        let grouped = self.groups(node, groups, &keys)?;
        let fields = transform(constructor::text("size"), true, 2);
        let result = series(None, Dtype::I64, Label::Null, rows);
        Ok(self.push(TRANSFORM, &[&grouped], fields, result))
    }

    /// `groups.transform("sum")`: every row gets the figure of its group.
    pub fn groupby_transform(
        &mut self,
        node: &Node,
        groups: &GroupBy,
        op: FrameReduction,
    ) -> Result<Node, Error> {
        use FrameReduction::{Count, Mean, Std, Var};
        let fields = transform(constructor::text(op.name()), false, 1);
        self.every_row(TRANSFORM, node, groups, fields, |own| match op {
            Count => Some(Dtype::I64),
            _ if own.is_float() => Some(own.clone()),
            Mean | Var { .. } | Std { .. } => own.is_integer().then_some(Dtype::F64),
            _ => own.is_integer().then(|| own.clone()),
        })
    }

    /// `groups.cumsum()`, `cumprod`, `cummax`, `cummin`: so far within each group.
    pub fn groupby_cumulate(
        &mut self,
        name: &str,
        node: &Node,
        groups: &GroupBy,
    ) -> Result<Node, Error> {
        let (code, class) = match name {
            "cumprod" => ("dataframe.groupby.302", "mars.GroupByCumprod"),
            "cummax" => ("dataframe.groupby.344", "mars.GroupByCummax"),
            "cummin" => ("dataframe.groupby.345", "mars.GroupByCummin"),
            _ => ("dataframe.groupby.301", "mars.GroupByCumsum"),
        };
        let mut fields = Map::new();
        fields.insert("axis".into(), json!(0));
        fields.insert("object_type".into(), json!(1));
        let class = Class { code, name: class };
        self.every_row(class, node, groups, fields, |own| {
            (own.is_integer() || own.is_float()).then(|| own.clone())
        })
    }

    /// `groups.cumcount()`: the place of each row in its group.
    pub fn groupby_cumcount(
        &mut self,
        node: &Node,
        groups: &GroupBy,
        ascending: bool,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.groupby.346",
            name: "mars.GroupByCumcount",
        };
        let keys = keys(node, groups)?;
        let mut fields = Map::new();
        fields.insert("axis".into(), json!(0));
        fields.insert("ascending".into(), json!(ascending));
        fields.insert("object_type".into(), json!(2));
        let rows = self.regrouped(&node.rows);
        let length = node.shape.first().copied().flatten();
        let grouped = self.groups(node, groups, &keys)?;
        let result = series(length, Dtype::I64, Label::Null, rows);
        Ok(self.push(class, &[&grouped], fields, result))
    }

    /// An operand that keeps every row, of the columns for which `dtype` has an answer.
    fn every_row(
        &mut self,
        class: Class,
        node: &Node,
        groups: &GroupBy,
        fields: Map<String, Value>,
        dtype: impl Fn(&Dtype) -> Option<Dtype>,
    ) -> Result<Node, Error> {
        let keys = keys(node, groups)?;
        let others = node.columns.iter();
        let others = others.filter(|column| !groups.by.contains(&column.label));
        let columns: Vec<Column> = others
            .filter_map(|column| {
                let label = column.label.clone();
                dtype(&column.dtype).map(|dtype| Column { label, dtype })
            })
            .collect();
        if columns.is_empty() {
            let reason = "leaves no column with numbers";
            return Err(source::argument("groupby", "by", reason));
        }
        let labels = columns.iter().map(|column| &column.label);
        let kept: Vec<Label> = groups.by.iter().chain(labels).cloned().collect();
        let narrowed = self.columns(node, &kept)?;
        let rows = self.regrouped(&node.rows);
        let length = node.shape.first().copied().flatten();
        let grouped = self.groups(&narrowed, groups, &keys)?;
        let result = frame(length, columns, rows);
        Ok(self.push(class, &[&grouped], fields, result))
    }

    /// The same row labels, group by group: counted ones can be put in order again.
    fn regrouped(&mut self, rows: &Rows) -> Rows {
        let counted = matches!(rows, Rows::Range { step, .. } if *step > 0);
        match self.unordered(rows) {
            Rows::Unknown {
                key, dtype, name, ..
            } => Rows::Unknown {
                key,
                dtype,
                name,
                sorted: counted,
            },
            other => other,
        }
    }

    /// The frame in groups: an operand of its own.
    fn groups(&mut self, node: &Node, groups: &GroupBy, keys: &[Column]) -> Result<Node, Error> {
        if !groups.as_index {
            let reason = "must be True for this function";
            return Err(source::argument("groupby", "as_index", reason));
        }
        let class = Class {
            code: "dataframe.2030",
            name: "mars.DataFrameGroupByOperand",
        };
        let by = groups.by.iter().map(encode::label);
        let mut fields = Map::new();
        fields.insert("by".into(), encode::list(by));
        for name in ["as_index", "sort", "group_keys"] {
            fields.insert(name.into(), json!(true));
        }
        fields.insert("object_type".into(), json!(5));
        let mut result = node.clone();
        result.rows = self.unknown_rows(Dtype::Object, Label::Null);
        let made = self.push(class, &[node], fields, result);
        // The same as a frame but for its class and the types of what forms the groups.
        if let Some([_, data]) = self
            .entries
            .last_mut()
            .map(|entry| entry.nodes.as_mut_slice())
        {
            data["type_id"] = json!(type_id("mars.DataFrameGroupByData"));
            data["value"]["key_dtypes"] = constructor::dtypes(keys);
        }
        Ok(made)
    }
}

/// The fields of a function that pandas applies; `whole` gives one row for each group.
fn transform(func: Value, whole: bool, object_type: u8) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("func".into(), func);
    fields.insert("args".into(), encode::tuple([]));
    fields.insert("kwds".into(), encode::dict([]));
    fields.insert("call_agg".into(), json!(whole));
    fields.insert("object_type".into(), json!(object_type));
    fields
}
