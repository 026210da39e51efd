//! Frames beside and below each other: merge, concat, append.

use super::frame_missing::labels;
use super::frame_source::{frame, object_type};
use super::{Class, Column, Dtype, Error, Graph, Kind, Label, Node, encode, frame_select};
use super::{promote, source};
use serde_json::{Map, json};

/// How `merge` treats rows without a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// `inner`, `left`, `right` or `outer`.
    pub how: String,
    /// The columns that are matched, of both frames.
    pub on: Vec<Label>,
    /// What is put behind names that both frames have.
    pub suffixes: [String; 2],
}

impl Graph<'_> {
    /// `left.merge(right, …)`.
    pub fn merge(&mut self, left: &Node, right: &Node, merge: &Merge) -> Result<Node, Error> {
        for side in [left, right] {
            only_frame("merge", side)?;
            for label in &merge.on {
                frame_select::find(side, label)?;
            }
        }
        if !["inner", "left", "right", "outer"].contains(&merge.how.as_str()) {
            let wanted = "must be 'inner', 'left', 'right' or 'outer'";
            return Err(source::argument("merge", "how", wanted));
        }
        let columns = merged(left, right, merge);
        let rows = self.unknown_rows(Dtype::I64, Label::Null);
        let mut fields = Map::new();
        fields.insert("how".into(), json!(merge.how));
        fields.insert("on".into(), labels(&merge.on));
        for name in ["left_index", "right_index", "sort", "indicator"] {
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
    let matched = |column: &Column| merge.on.contains(&column.label);
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
