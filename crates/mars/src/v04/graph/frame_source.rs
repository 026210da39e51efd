//! Frames and series that are made: from tensors and from literal columns.

use super::reshape::tensor_dtype;
use super::{Class, Column, Dtype, Error, Graph, Kind, Label, Literal, Node, Order, Rows, Scalar};
use super::{constructor, encode, source};
use serde_json::{Map, Value, json};

/// Every column is described in the graph; no table has half as many.
const MOST_COLUMNS: u64 = 10_000;

/// A frame node that has no keys yet.
pub(super) fn frame(length: Option<u64>, columns: Vec<Column>, rows: Rows) -> Node {
    Node {
        key: String::new(),
        id: String::new(),
        kind: Kind::DataFrame,
        shape: vec![length, Some(columns.len() as u64)],
        dtype: None,
        order: Order::C,
        columns,
        name: Label::Null,
        rows,
    }
}

/// A series node that has no keys yet.
pub(super) fn series(length: Option<u64>, dtype: Dtype, name: Label, rows: Rows) -> Node {
    Node {
        key: String::new(),
        id: String::new(),
        kind: Kind::Series,
        shape: vec![length],
        dtype: Some(dtype),
        order: Order::C,
        columns: Vec::new(),
        name,
        rows,
    }
}

/// A series whose rows are the columns of a frame.
pub(super) fn series_over_columns(frame: &Node, dtype: Dtype) -> Node {
    let length = frame.columns.len() as u64;
    let counted = frame
        .columns
        .iter()
        .zip(0..)
        .all(|(column, at)| column.label == Label::Int(at));
    let rows = match counted {
        true => range(length),
        false => Rows::Labels(
            frame
                .columns
                .iter()
                .map(|column| column.label.clone())
                .collect(),
        ),
    };
    series(Some(length), dtype, Label::Null, rows)
}

/// `RangeIndex(length)`.
pub(super) fn range(length: u64) -> Rows {
    Rows::Range {
        start: 0,
        stop: i64::try_from(length).unwrap_or(i64::MAX),
        step: 1,
    }
}

impl Graph<'_> {
    /// `md.DataFrame(tensor, columns=labels)`; without labels the columns count from zero.
    pub fn frame_from_tensor(
        &mut self,
        tensor: &Node,
        labels: Option<&[Label]>,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.21",
            name: "mars.DataFrameFromTensor",
        };
        let dtype = tensor_dtype("DataFrame", tensor)?;
        let (length, width) = match tensor.shape.as_slice() {
            [length] => (*length, 1),
            [length, Some(width)] => (*length, *width),
            [_, None] => {
                return Err(Error::UnknownShape {
                    operator: "DataFrame".into(),
                });
            }
            _ => {
                return Err(source::argument(
                    "DataFrame",
                    "data",
                    "must have one or two axes",
                ));
            }
        };
        if width > MOST_COLUMNS {
            let reason = format!("has {width} columns; at most {MOST_COLUMNS} are described");
            return Err(source::argument("DataFrame", "data", &reason));
        }
        let labels: Vec<Label> = match labels {
            Some(labels) if labels.len() as u64 == width => labels.to_vec(),
            Some(labels) => {
                return Err(Error::Argument {
                    operator: "DataFrame".into(),
                    argument: "columns",
                    reason: format!("names {} columns of {width}", labels.len()),
                });
            }
            None => (0..i64::try_from(width).unwrap_or(i64::MAX))
                .map(Label::Int)
                .collect(),
        };
        let columns: Vec<Column> = labels
            .into_iter()
            .map(|label| Column {
                label,
                dtype: dtype.clone(),
            })
            .collect();
        let rows = self.rows_of_length(length);
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(tensor));
        fields.insert("dtypes".into(), constructor::dtypes(&columns));
        fields.insert("object_type".into(), json!(1));
        Ok(self.push(class, &[tensor], fields, frame(length, columns, rows)))
    }

    /// `md.Series(tensor, name=name)`.
    pub fn series_from_tensor(&mut self, tensor: &Node, name: Label) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.26",
            name: "mars.SeriesFromTensor",
        };
        let dtype = tensor_dtype("Series", tensor)?;
        let [length] = tensor.shape.as_slice() else {
            return Err(source::argument("Series", "data", "must have one axis"));
        };
        let rows = self.rows_of_length(*length);
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(tensor));
        fields.insert("dtype".into(), encode::dtype(&dtype));
        fields.insert("object_type".into(), json!(2));
        fields.insert("gpu".into(), json!(false));
        Ok(self.push(class, &[tensor], fields, series(*length, dtype, name, rows)))
    }

    /// `md.DataFrame({label: [value, …], …})`.
    pub fn frame_from_columns(&mut self, data: &[(Label, Vec<Scalar>)]) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.17",
            name: "mars.DataFrameDataSource",
        };
        let length = data.first().map_or(0, |(_, values)| values.len());
        if data.iter().any(|(_, values)| values.len() != length) {
            return Err(source::argument(
                "DataFrame",
                "data",
                "holds columns of different lengths",
            ));
        }
        let columns: Vec<Column> = data
            .iter()
            .map(|(label, values)| Column {
                label: label.clone(),
                dtype: column_dtype(values),
            })
            .collect();
        let mut fields = Map::new();
        fields.insert("data".into(), constructor::frame(data));
        fields.insert("dtypes".into(), constructor::dtypes(&columns));
        fields.insert("object_type".into(), json!(1));
        fields.insert("gpu".into(), json!(false));
        let length = length as u64;
        Ok(self.push(
            class,
            &[],
            fields,
            frame(Some(length), columns, range(length)),
        ))
    }

    fn rows_of_length(&mut self, length: Option<u64>) -> Rows {
        match length {
            Some(length) => range(length),
            None => self.unknown_rows(Dtype::I64, Label::Null),
        }
    }
}

/// The dtype that pandas gives a list: text and mixtures are objects, None among numbers is NaN.
fn column_dtype(values: &[Scalar]) -> Dtype {
    let present: Vec<Literal> = values
        .iter()
        .filter(|value| **value != Scalar::Null)
        .map(|value| Literal::Scalar(value.clone()))
        .collect();
    let missing = present.len() < values.len();
    let booleans = present
        .iter()
        .filter(|v| matches!(v, Literal::Scalar(Scalar::Bool(_))))
        .count();
    let mixed = booleans > 0 && booleans < present.len();
    if present.is_empty() || mixed {
        return Dtype::Object;
    }
    match Literal::List(present).dtype() {
        Dtype::I64 if missing => Dtype::F64,
        Dtype::Bool if missing => Dtype::Object,
        Dtype::Text(_) => Dtype::Object,
        dtype => dtype,
    }
}

/// The number that tells the engine what comes out of a frame or series operand.
pub(super) fn object_type(name: &str, node: &Node) -> Result<Value, Error> {
    match node.kind {
        Kind::DataFrame => Ok(json!(1)),
        Kind::Series => Ok(json!(2)),
        kind => Err(Error::Kind {
            operator: name.into(),
            kind: kind.as_str(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Dtype, Scalar, column_dtype};

    #[test]
    fn columns_get_the_dtypes_of_pandas() {
        let int = || Scalar::Int(1);
        assert_eq!(column_dtype(&[int(), int()]), Dtype::I64);
        assert_eq!(column_dtype(&[int(), Scalar::Null]), Dtype::F64);
        assert_eq!(column_dtype(&["a".into(), Scalar::Null]), Dtype::Object);
        assert_eq!(column_dtype(&[Scalar::Bool(true), int()]), Dtype::Object);
        assert_eq!(column_dtype(&[Scalar::Bool(true)]), Dtype::Bool);
        assert_eq!(column_dtype(&[Scalar::Null]), Dtype::Object);
        assert_eq!(column_dtype(&[]), Dtype::Object);
    }
}
