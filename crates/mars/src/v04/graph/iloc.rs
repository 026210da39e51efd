//! Rows by position: `x.iloc[…]`, `x.head(n)`, `x.tail(n)`.

use super::index::at;
use super::{Class, Dtype, Error, Graph, Kind, Label, Node, Rows, Slice, encode, promote, source};
use serde_json::{Map, json};

impl Graph<'_> {
    /// `x.iloc[rows]` on a frame or a series.
    pub fn iloc(&mut self, node: &Node, rows: Slice) -> Result<Node, Error> {
        let (class, object_type) = match node.kind {
            Kind::DataFrame => (
                Class {
                    code: "dataframe.2021",
                    name: "mars.DataFrameIlocGetItem",
                },
                1,
            ),
            Kind::Series => (
                Class {
                    code: "series.2021",
                    name: "mars.SeriesIlocGetItem",
                },
                2,
            ),
            Kind::Tensor | Kind::Index => {
                return Err(Error::Kind {
                    operator: "iloc".into(),
                    kind: node.kind.as_str(),
                });
            }
        };
        let zero = || source::argument("iloc", "step", "must not be zero");
        let mut result = node.clone();
        if rows.step == Some(0) {
            return Err(zero());
        }
        let length = node.shape.first().copied().flatten();
        if let Some(first) = result.shape.first_mut() {
            *first = length
                .map(|length| rows.count(length).ok_or_else(zero))
                .transpose()?;
        }
        result.rows = self.sliced(&node.rows, length, rows);
        let mut indexes = vec![rows.encode()];
        if node.kind == Kind::DataFrame {
            indexes.push(Slice::default().encode());
        }
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert("indexes".into(), encode::list(indexes));
        fields.insert("object_type".into(), json!(object_type));
        fields.insert("sparse".into(), json!(false));
        fields.insert("gpu".into(), json!(false));
        Ok(self.push(class, &[node], fields, result))
    }

    /// `x.iloc[row]` of a frame: one row as a series over the columns.
    pub fn iloc_row(&mut self, node: &Node, row: i64) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.2021",
            name: "mars.DataFrameIlocGetItem",
        };
        let Some(first) = node.columns.first() else {
            return Err(Error::Kind {
                operator: "iloc".into(),
                kind: node.kind.as_str(),
            });
        };
        if let Some(length) = node.shape.first().copied().flatten() {
            at("iloc", row, length)?;
        }
        let common = node
            .columns
            .iter()
            .fold(first.dtype.clone(), |common, column| {
                promote::arrays(&common, &column.dtype)
            });
        let indexes = [json!(row), Slice::default().encode()];
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert("indexes".into(), encode::list(indexes));
        fields.insert("object_type".into(), json!(2));
        fields.insert("sparse".into(), json!(false));
        fields.insert("gpu".into(), json!(false));
        let result = super::frame_source::series_over_columns(node, common);
        Ok(self.push(class, &[node], fields, result))
    }

    /// `df.iloc[row, column]`: one value.
    pub fn iloc_value(&mut self, node: &Node, row: i64, column: i64) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.2021",
            name: "mars.DataFrameIlocGetItem",
        };
        let width = node.columns.len() as u64;
        at("iloc", column, width)?;
        if let Some(length) = node.shape.first().copied().flatten() {
            at("iloc", row, length)?;
        }
        let place = if column < 0 {
            column + width as i64
        } else {
            column
        };
        let found = usize::try_from(place)
            .ok()
            .and_then(|place| node.columns.get(place));
        let dtype = found.map_or(super::Dtype::Object, |column| column.dtype.clone());
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert("indexes".into(), encode::list([json!(row), json!(column)]));
        fields.insert("object_type".into(), json!(4));
        fields.insert("sparse".into(), json!(false));
        fields.insert("gpu".into(), json!(false));
        let result = super::source::tensor_of([].into(), dtype, super::Order::C);
        Ok(self.push(class, &[node], fields, result))
    }

    /// `x.head(n)`.
    pub fn head(&mut self, node: &Node, n: i64) -> Result<Node, Error> {
        self.iloc(
            node,
            Slice {
                start: Some(0),
                stop: Some(n),
                step: None,
            },
        )
    }

    /// `x.tail(n)`.
    pub fn tail(&mut self, node: &Node, n: i64) -> Result<Node, Error> {
        let start = if n == 0 { i64::MAX } else { n.saturating_neg() };
        self.iloc(
            node,
            Slice {
                start: Some(start),
                stop: None,
                step: None,
            },
        )
    }

    /// The row labels after a slice.
    fn sliced(&mut self, rows: &Rows, length: Option<u64>, slice: Slice) -> Rows {
        let known = length.and_then(|length| slice.indices(length));
        match (rows, known) {
            (Rows::Range { start, step, .. }, Some((first, last, by))) => {
                let label = |at: i64| at.checked_mul(*step).and_then(|at| at.checked_add(*start));
                match (label(first), label(last), by.checked_mul(*step)) {
                    (Some(start), Some(stop), Some(step)) => Rows::Range { start, stop, step },
                    _ => self.unknown_rows(Dtype::I64, Label::Null),
                }
            }
            (Rows::Labels(labels), Some((first, last, 1))) => {
                let ends = (usize::try_from(first), usize::try_from(last));
                let part = match ends {
                    (Ok(first), Ok(last)) => labels.get(first..last.max(first)),
                    _ => None,
                };
                Rows::Labels(part.unwrap_or_default().to_vec())
            }
            (Rows::Unknown { dtype, name, .. }, _) => {
                self.unknown_rows(dtype.clone(), name.clone())
            }
            (Rows::Multi { names, .. }, _) => Rows::Multi {
                key: self.key(),
                names: names.clone(),
            },
            (Rows::Range { .. }, None) => self.unknown_rows(Dtype::I64, Label::Null),
            (Rows::Labels(_), _) => self.unknown_rows(Dtype::Object, Label::Null),
        }
    }

    /// Row labels that only the run will tell.
    pub(super) fn unknown_rows(&mut self, dtype: Dtype, name: Label) -> Rows {
        Rows::Unknown {
            key: self.key(),
            dtype,
            name,
            sorted: false,
        }
    }
}
