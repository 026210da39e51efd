//! `x.sort_values(by, …)` and `x.sort_index(…)`.

use super::frame_source::{object_type, range};
use super::{Class, Error, Graph, Kind, Label, Node, Rows, encode, frame_select, source};
use serde_json::{Map, Value, json};

/// How rows are put in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorting {
    /// Whether the smallest comes first.
    pub ascending: bool,
    /// Whether missing values come first.
    pub missing_first: bool,
    /// Whether the rows are counted anew.
    pub ignore_index: bool,
}

impl Default for Sorting {
    fn default() -> Self {
        Self {
            ascending: true,
            missing_first: false,
            ignore_index: false,
        }
    }
}

impl Sorting {
    fn fields(&self, name: &str, axis: u8, node: &Node) -> Result<Map<String, Value>, Error> {
        let kinds = ["quicksort", "mergesort", "mergesort"].map(|kind| json!(kind));
        let na = if self.missing_first { "first" } else { "last" };
        let mut fields = Map::new();
        fields.insert("axis".into(), json!(axis));
        fields.insert("ascending".into(), json!(self.ascending));
        fields.insert("inplace".into(), json!(false));
        fields.insert("kind".into(), json!("quicksort"));
        fields.insert("na_position".into(), json!(na));
        fields.insert("ignore_index".into(), json!(self.ignore_index));
        fields.insert("parallel_kind".into(), json!("PSRS"));
        fields.insert("psrs_kinds".into(), encode::list(kinds));
        fields.insert("object_type".into(), object_type(name, node)?);
        Ok(fields)
    }
}

impl Graph<'_> {
    /// Rows in the order of some columns; of a series, of its values, and `by` is empty.
    pub fn sort_values(
        &mut self,
        node: &Node,
        by: &[Label],
        sorting: &Sorting,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.2050",
            name: "mars.DataFrameSortValues",
        };
        let name = "sort_values";
        let mut fields = sorting.fields(name, 0, node)?;
        if node.kind == Kind::DataFrame {
            if by.is_empty() {
                return Err(source::argument(name, "by", "names no column"));
            }
            for label in by {
                frame_select::find(node, label)?;
            }
            let by = by.iter().map(encode::label);
            fields.insert("by".into(), encode::list(by));
        }
        let result = self.reordered(node, sorting);
        Ok(self.push(class, &[node], fields, result))
    }

    /// Rows in the order of their labels, or with `axis` 1 the columns.
    pub fn sort_index(&mut self, node: &Node, axis: u8, sorting: &Sorting) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.2051",
            name: "mars.DataFrameSortIndex",
        };
        let mut fields = sorting.fields("sort_index", axis, node)?;
        fields.insert("level".into(), encode::list([Value::Null]));
        fields.insert("sort_remaining".into(), json!(true));
        let mut result = self.reordered(node, sorting);
        // Rows that count upwards are in order already.
        if sorting.ascending && matches!(node.rows, Rows::Range { step: 1.., .. }) {
            result.rows = node.rows.clone();
        }
        if axis == 1 {
            if node.kind != Kind::DataFrame || sorting.ignore_index {
                return Err(source::argument("sort_index", "axis", "must be 0 here"));
            }
            result.rows = node.rows.clone();
            result.columns.sort_by(|a, b| a.label.cmp(&b.label));
            if !sorting.ascending {
                result.columns.reverse();
            }
        }
        Ok(self.push(class, &[node], fields, result))
    }

    fn reordered(&mut self, node: &Node, sorting: &Sorting) -> Node {
        let length = node.shape.first().copied().flatten();
        let rows: Rows = match (sorting.ignore_index, length) {
            (true, Some(length)) => range(length),
            _ => self.unordered(&node.rows),
        };
        Node {
            rows,
            ..node.clone()
        }
    }
}
