//! Rows by label: `x.loc[…]`, `x.at[…]`; and lists of places: `x.iloc[[…]]`.

use super::frame_source::{series, series_over_columns};
use super::index::at;
use super::{Class, Dtype, Error, Graph, Kind, Label, Node, Order, Rows, Slice};
use super::{constructor, encode, promote, source};
use serde_json::{Map, Value, json};

/// Which rows `loc` takes.
#[derive(Clone, Debug, PartialEq)]
pub enum Loc {
    /// The row of this label.
    At(Label),
    /// The rows of these labels.
    Several(Vec<Label>),
    /// The rows from one label to another, which is taken too.
    Slice(Slice),
}

impl Graph<'_> {
    /// `x.loc[rows]`, of a frame with all its columns.
    pub fn loc(&mut self, node: &Node, rows: &Loc) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.2023",
            name: "mars.DataFrameLocGetItem",
        };
        let (indexes, result) = match rows {
            Loc::At(label) => (encode::label(label), one_row(node, label)?),
            Loc::Several(labels) => {
                let integers = labels.iter().all(|label| matches!(label, Label::Int(_)));
                let elements = if integers { Dtype::I64 } else { Dtype::Object };
                let known = matches!(node.rows, Rows::Range { .. } | Rows::Labels(_));
                let length = known.then_some(labels.len() as u64);
                let encoded = constructor::labels(labels, &elements);
                (encoded, self.some_rows("loc", node, length)?)
            }
            Loc::Slice(slice) => return self.loc_slice(node, *slice),
        };
        Ok(self.push_rows(class, node, indexes, result))
    }

    /// `df.loc[row, column]`, `df.at[row, column]`: one value.
    pub fn loc_value(&mut self, node: &Node, row: &Label, column: &Label) -> Result<Node, Error> {
        let dtype = super::frame_select::find(node, column)?.dtype.clone();
        let class = Class {
            code: "dataframe.2023",
            name: "mars.DataFrameLocGetItem",
        };
        let indexes = [encode::label(row), encode::label(column)];
        let result = source::tensor_of(Vec::new(), dtype, Order::C);
        let fields = fields(node, encode::list(indexes), 4);
        Ok(self.push(class, &[node], fields, result))
    }

    /// Counted rows by their labels are rows by their places.
    fn loc_slice(&mut self, node: &Node, slice: Slice) -> Result<Node, Error> {
        let Rows::Range { start, step: 1, .. } = node.rows else {
            let reason =
                "can be a slice only where rows are counted: reset_index(drop=True) counts them";
            return Err(source::argument("loc", "rows", reason));
        };
        let bounds = [slice.start, slice.stop].into_iter().flatten();
        if slice.step.is_some_and(|step| step < 1) || bounds.clone().any(|bound| bound < start) {
            let reason = "must be a slice of labels that are there, in their order";
            return Err(source::argument("loc", "rows", reason));
        }
        let place = |label: i64| label.saturating_sub(start);
        let places = Slice {
            start: slice.start.map(place),
            stop: slice.stop.map(|label| place(label).saturating_add(1)),
            step: slice.step,
        };
        self.iloc(node, places)
    }

    /// `x.iloc[[place, …]]`.
    pub fn iloc_several(&mut self, node: &Node, places: &[i64]) -> Result<Node, Error> {
        if let Some(length) = node.shape.first().copied().flatten() {
            for place in places {
                at("iloc", *place, length)?;
            }
        }
        let labels: Vec<Label> = places.iter().map(|place| Label::Int(*place)).collect();
        let result = self.some_rows("iloc", node, Some(places.len() as u64))?;
        let indexes = constructor::labels(&labels, &Dtype::I64);
        Ok(self.push_rows(iloc(node), node, indexes, result))
    }

    /// `s.iloc[place]`: one value of a series.
    pub fn iloc_item(&mut self, node: &Node, place: i64) -> Result<Node, Error> {
        let (Kind::Series, Some(dtype)) = (node.kind, &node.dtype) else {
            return Err(Error::Kind {
                operator: "iloc".into(),
                kind: node.kind.as_str(),
            });
        };
        if let Some(length) = node.shape.first().copied().flatten() {
            at("iloc", place, length)?;
        }
        let result = source::tensor_of(Vec::new(), dtype.clone(), Order::C);
        Ok(self.push_rows(iloc(node), node, json!(place), result))
    }

    fn some_rows(&mut self, name: &str, node: &Node, length: Option<u64>) -> Result<Node, Error> {
        super::frame_source::object_type(name, node)?;
        let mut result = node.clone();
        if let Some(first) = result.shape.first_mut() {
            *first = length;
        }
        result.rows = self.unordered(&node.rows);
        Ok(result)
    }

    fn push_rows(&mut self, class: Class, node: &Node, rows: Value, result: Node) -> Node {
        let mut indexes = vec![rows];
        if node.kind == Kind::DataFrame {
            indexes.push(Slice::default().encode());
        }
        let object_type = match result.kind {
            Kind::DataFrame => 1,
            Kind::Series => 2,
            Kind::Tensor | Kind::Index => 4,
        };
        let fields = fields(node, encode::list(indexes), object_type);
        self.push(class, &[node], fields, result)
    }
}

fn iloc(node: &Node) -> Class {
    match node.kind {
        Kind::Series => Class {
            code: "series.2021",
            name: "mars.SeriesIlocGetItem",
        },
        _ => Class {
            code: "dataframe.2021",
            name: "mars.DataFrameIlocGetItem",
        },
    }
}

/// A row of a frame is a series over the columns; of a series, a value.
fn one_row(node: &Node, label: &Label) -> Result<Node, Error> {
    if let (Kind::Series, Some(dtype)) = (node.kind, &node.dtype) {
        return Ok(source::tensor_of(Vec::new(), dtype.clone(), Order::C));
    }
    let mut types = node.columns.iter().map(|column| &column.dtype);
    let first = types.next().cloned().ok_or_else(|| Error::Kind {
        operator: "loc".into(),
        kind: node.kind.as_str(),
    })?;
    let common = types.fold(first, |common, dtype| promote::arrays(&common, dtype));
    let over = series_over_columns(node, common.clone());
    let length = over.shape.first().copied().flatten();
    Ok(series(length, common, label.clone(), over.rows))
}

fn fields(node: &Node, indexes: Value, object_type: u8) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("input".into(), encode::reference(node));
    fields.insert("indexes".into(), indexes);
    fields.insert("object_type".into(), json!(object_type));
    fields.insert("sparse".into(), json!(false));
    fields.insert("gpu".into(), json!(false));
    fields
}
