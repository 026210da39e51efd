//! Frames beside and below each other: merge, concat, append.

use super::frame_missing::labels;
use super::frame_source::{frame, object_type};
use super::{Class, Column, Dtype, Error, Graph, Kind, Label, Node, encode, frame_select};
use super::{promote, source};
use serde_json::{Map, Value, json};

/// How `merge` treats rows without a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// `inner`, `left`, `right` or `outer`.
    pub how: String,
    /// What is matched.
    pub matched: Matched,
    /// What is put behind names that both frames have.
    pub suffixes: [String; 2],
}

/// What two frames are matched by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matched {
    /// Columns that both have.
    On(Vec<Label>),
    /// Something else on the left than on the right.
    Sides(Side, Side),
}

/// What is matched of one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// Some columns.
    Columns(Vec<Label>),
    /// The row labels.
    Index,
}

impl Matched {
    fn check(&self, left: &Node, right: &Node) -> Result<(), Error> {
        let all = |node: &Node, labels: &[Label]| {
            let found = |label| frame_select::find(node, label).map(drop);
            labels.iter().try_for_each(found)
        };
        match self {
            Self::On(labels) => all(left, labels).and_then(|()| all(right, labels)),
            Self::Sides(own, other) => {
                [(left, own), (right, other)]
                    .into_iter()
                    .try_for_each(|(node, side)| match side {
                        Side::Columns(labels) => all(node, labels),
                        Side::Index => Ok(()),
                    })
            }
        }
    }

    fn fields(&self, fields: &mut Map<String, Value>) {
        let mut index = [false, false];
        match self {
            Self::On(on) => {
                fields.insert("on".into(), labels(on));
            }
            Self::Sides(left, right) => {
                let sides = [("left_on", left), ("right_on", right)];
                for (flag, (name, side)) in index.iter_mut().zip(sides) {
                    match side {
                        Side::Columns(columns) => {
                            fields.insert(name.into(), labels(columns));
                        }
                        Side::Index => *flag = true,
                    }
                }
            }
        }
        fields.insert("left_index".into(), json!(index[0]));
        fields.insert("right_index".into(), json!(index[1]));
    }

    /// Whether this column stands in the result once for both.
    fn shares(&self, label: &Label) -> bool {
        match self {
            Self::On(on) => on.contains(label),
            Self::Sides(Side::Columns(left), Side::Columns(right)) => left
                .iter()
                .zip(right)
                .any(|(own, other)| own == label && other == label),
            Self::Sides(..) => false,
        }
    }
}

impl Graph<'_> {
    /// `left.merge(right, …)`.
    pub fn merge(&mut self, left: &Node, right: &Node, merge: &Merge) -> Result<Node, Error> {
        only_frame("merge", left)?;
        only_frame("merge", right)?;
        merge.matched.check(left, right)?;
        if !["inner", "left", "right", "outer"].contains(&merge.how.as_str()) {
            let wanted = "must be 'inner', 'left', 'right' or 'outer'";
            return Err(source::argument("merge", "how", wanted));
        }
        let columns = merged(left, right, merge);
        let rows = match &merge.matched {
            Matched::Sides(Side::Index, _) | Matched::Sides(_, Side::Index) => {
                self.unordered(&left.rows)
            }
            _ => self.unknown_rows(Dtype::I64, Label::Null),
        };
        let mut fields = Map::new();
        fields.insert("how".into(), json!(merge.how));
        merge.matched.fields(&mut fields);
        for name in ["sort", "indicator"] {
            fields.insert(name.into(), json!(false));
        }
        let suffixes = merge.suffixes.iter().map(|suffix| json!(suffix));
        fields.insert("suffixes".into(), encode::tuple(suffixes));
        fields.insert("copy".into(), json!(true));
        fields.insert("object_type".into(), json!(1));
        fields.insert("sparse".into(), json!(false));
        let class = Class {
            code: "dataframe.2010",
            name: "mars.DataFrameShuffleMerge",
        };
        Ok(self.push(class, &[left, right], fields, frame(None, columns, rows)))
    }

    /// `md.concat(parts)`: one below the other.
    pub fn concat(&mut self, parts: &[&Node], ignore_index: bool) -> Result<Node, Error> {
        let (first, rest) = parts
            .split_first()
            .ok_or_else(|| source::argument("concat", "objs", "names nothing"))?;
        let object_type = object_type("concat", first)?;
        let mut result = (*first).clone();
        for part in rest {
            let alike = part.kind == first.kind
                && part
                    .columns
                    .iter()
                    .map(|c| &c.label)
                    .eq(first.columns.iter().map(|c| &c.label));
            if !alike {
                return Err(Error::Shapes {
                    operator: "concat".into(),
                    left: first.shape_text(),
                    right: part.shape_text(),
                });
            }
            for (column, other) in result.columns.iter_mut().zip(&part.columns) {
                column.dtype = promote::arrays(&column.dtype, &other.dtype);
            }
            if let (Some(own), Some(other)) = (&result.dtype, &part.dtype) {
                result.dtype = Some(promote::arrays(own, other));
            }
            if let (Some(length), Some(more)) = (result.shape.first_mut(), part.shape.first()) {
                *length = length.zip(*more).and_then(|(a, b)| a.checked_add(b));
            }
            if part.name != first.name {
                result.name = Label::Null;
            }
        }
        result.rows = self.unordered(&first.rows);
        let mut fields = Map::new();
        fields.insert("axis".into(), json!(0));
        fields.insert("join".into(), json!("outer"));
        fields.insert("ignore_index".into(), json!(ignore_index));
        fields.insert("verify_integrity".into(), json!(false));
        fields.insert("sort".into(), json!(false));
        fields.insert("copy".into(), json!(true));
        fields.insert("object_type".into(), object_type);
        let class = Class {
            code: "dataframe.405",
            name: "mars.DataFrameConcat",
        };
        Ok(self.push(class, parts, fields, result))
    }
}

/// The columns of both: those that are matched once, equal names with their suffixes. A side whose
/// rows may lack a partner can get NaN, so its numbers become floats.
fn merged(left: &Node, right: &Node, merge: &Merge) -> Vec<Column> {
    let matched = |column: &Column| merge.matched.shares(&column.label);
    let has = |node: &Node, label: &Label| {
        node.columns
            .iter()
            .any(|column| column.label == *label && !matched(column))
    };
    let named = |column: &Column, other: &Node, suffix: &str| {
        let label = match !matched(column) && has(other, &column.label) {
            true => Label::Text(format!("{}{suffix}", column.label)),
            false => column.label.clone(),
        };
        Column {
            label,
            dtype: column.dtype.clone(),
        }
    };
    let [left_suffix, right_suffix] = &merge.suffixes;
    let own = left.columns.iter();
    let mut columns: Vec<Column> = own
        .map(|column| named(column, right, left_suffix))
        .collect();
    let others = right.columns.iter().filter(|column| !matched(column));
    columns.extend(others.map(|column| named(column, left, right_suffix)));
    columns
}

fn only_frame(name: &str, node: &Node) -> Result<(), Error> {
    match node.kind {
        Kind::DataFrame => Ok(()),
        kind => Err(Error::Kind {
            operator: name.into(),
            kind: kind.as_str(),
        }),
    }
}
