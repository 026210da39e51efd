//! Operations of two operands where at least one is a frame or a series.

use super::frame_source::{frame, series};
use super::{Binary, Class, Column, Dtype, Error, Graph, Kind, Label, Node, Operand, Rows, Scalar};
use super::{encode, promote, source};
use serde_json::{Map, Value, json};

impl Binary {
    /// The frame operand of the same operation, where the engine has one.
    fn frame_class(self) -> Option<Class> {
        let (code, name) = match self {
            Self::Add => ("dataframe.101", "mars.DataFrameAdd"),
            Self::Subtract => ("dataframe.102", "mars.DataFrameSubtract"),
            Self::Multiply => ("dataframe.103", "mars.DataFrameMul"),
            Self::TrueDiv => ("dataframe.104", "mars.DataFrameTrueDiv"),
            Self::FloorDiv => ("dataframe.106", "mars.DataFrameFloorDiv"),
            Self::Power => ("dataframe.107", "mars.DataFramePower"),
            Self::Mod => ("dataframe.108", "mars.DataFrameMod"),
            Self::Equal => ("dataframe.131", "mars.DataFrameEqual"),
            Self::NotEqual => ("dataframe.132", "mars.DataFrameNotEqual"),
            Self::Less => ("dataframe.133", "mars.DataFrameLess"),
            Self::LessEqual => ("dataframe.134", "mars.DataFrameLessEqual"),
            Self::Greater => ("dataframe.135", "mars.DataFrameGreater"),
            Self::GreaterEqual => ("dataframe.136", "mars.DataFrameGreaterEqual"),
            Self::And => ("dataframe.159", "mars.DataFrameAnd"),
            Self::Or => ("dataframe.160", "mars.DataFrameOr"),
            Self::Xor => ("dataframe.161", "mars.DataFrameXor"),
            Self::Maximum | Self::Minimum => return None,
        };
        Some(Class { code, name })
    }

    /// The result's type in pandas, where comparing text is defined.
    fn column(self, common: Dtype) -> Result<Dtype, Error> {
        match common {
            Dtype::Object | Dtype::Text(_) if self.is_comparison() => Ok(Dtype::Bool),
            Dtype::Object | Dtype::Text(_) if self == Self::Add => Ok(Dtype::Object),
            Dtype::Object | Dtype::Text(_) if self.is_bitwise() => Err(Error::Elements {
                operator: self.symbol().into(),
                dtype: Dtype::Object,
            }),
            common => self.result(common),
        }
    }

    fn with_scalar(self, own: &Dtype, value: &Scalar) -> Result<Dtype, Error> {
        let text = matches!(value, Scalar::Text(_));
        match own {
            // pandas reads the text as a time.
            Dtype::Datetime if text && self.is_comparison() => Ok(Dtype::Bool),
            _ => self.column(promote::with_scalar(own, value)),
        }
    }
}

impl Graph<'_> {
    pub(super) fn frame_binary(
        &mut self,
        op: Binary,
        left: Operand<'_>,
        right: Operand<'_>,
    ) -> Result<Node, Error> {
        let (node, other) = match (left, right) {
            (Operand::Node(node), other) | (other, Operand::Node(node)) => (node, other),
            (Operand::Scalar(_), Operand::Scalar(_)) => {
                return Err(source::argument(op.symbol(), "operand", "must be a node"));
            }
        };
        let refused = || Error::Kind {
            operator: op.symbol().into(),
            kind: node.kind.as_str(),
        };
        let class = op.frame_class().ok_or_else(refused)?;
        let result = match (node, other) {
            (node, Operand::Scalar(value)) => {
                source_value(op, value)?;
                columnwise(node, |dtype| op.with_scalar(dtype, value))?
            }
            (a, Operand::Node(b)) if a.kind == Kind::Series && b.kind == Kind::Series => {
                self.series_pair(op, a, b)?
            }
            (a, Operand::Node(b)) if a.kind == Kind::DataFrame && b.kind == Kind::DataFrame => {
                self.frame_pair(op, a, b)?
            }
            (a, Operand::Node(b)) => {
                return Err(Error::Kind {
                    operator: format!("{} with a {}", op.symbol(), b.kind.as_str()),
                    kind: a.kind.as_str(),
                });
            }
        };
        let mut fields = Map::new();
        fields.insert("axis".into(), json!("columns"));
        fields.insert("lhs".into(), side(left));
        fields.insert("rhs".into(), side(right));
        let object_type = if result.kind == Kind::DataFrame { 1 } else { 2 };
        fields.insert("object_type".into(), json!(object_type));
        let inputs: Vec<&Node> = [left, right]
            .into_iter()
            .filter_map(|side| match side {
                Operand::Node(node) => Some(node),
                Operand::Scalar(_) => None,
            })
            .collect();
        Ok(self.push(class, &inputs, fields, result))
    }

    fn series_pair(&mut self, op: Binary, a: &Node, b: &Node) -> Result<Node, Error> {
        let own = |node: &Node| node.dtype.clone().unwrap_or(Dtype::Object);
        let dtype = op.column(promote::arrays(&own(a), &own(b)))?;
        let (length, rows) = self.aligned(a, b);
        let name = if a.name == b.name {
            a.name.clone()
        } else {
            Label::Null
        };
        Ok(series(length, dtype, name, rows))
    }

    /// Columns are matched by label; a label that only one side has gives NaN.
    fn frame_pair(&mut self, op: Binary, a: &Node, b: &Node) -> Result<Node, Error> {
        let labels = |node: &Node| {
            node.columns
                .iter()
                .map(|c| c.label.clone())
                .collect::<Vec<_>>()
        };
        let mut union = labels(a);
        if union != labels(b) {
            union.extend(labels(b));
            union.sort();
            union.dedup();
        }
        let mut columns = Vec::with_capacity(union.len());
        for label in union {
            let find = |node: &Node| {
                node.columns
                    .iter()
                    .find(|column| column.label == label)
                    .map(|c| c.dtype.clone())
            };
            let dtype = match (find(a), find(b)) {
                (Some(a), Some(b)) => op.column(promote::arrays(&a, &b))?,
                _ if op.is_comparison() => return Err(Error::NoColumn { label }),
                _ => Dtype::F64,
            };
            columns.push(Column { label, dtype });
        }
        let (length, rows) = self.aligned(a, b);
        Ok(frame(length, columns, rows))
    }

    /// The rows of two objects put side by side.
    fn aligned(&mut self, a: &Node, b: &Node) -> (Option<u64>, Rows) {
        let length = |node: &Node| node.shape.first().copied().flatten();
        if a.rows == b.rows {
            return (length(a), a.rows.clone());
        }
        (None, self.unknown_rows(Dtype::I64, Label::Null))
    }
}

fn source_value(op: Binary, value: &Scalar) -> Result<(), Error> {
    match value {
        Scalar::Float(number) if !number.is_finite() => {
            Err(source::argument(op.symbol(), "operand", "must be finite"))
        }
        Scalar::Null => Err(source::argument(op.symbol(), "operand", "must not be None")),
        _ => Ok(()),
    }
}

fn side(operand: Operand<'_>) -> Value {
    match operand {
        Operand::Node(node) => encode::reference(node),
        Operand::Scalar(value) => encode::scalar(value),
    }
}

/// The same shape with other types.
fn columnwise(node: &Node, dtype: impl Fn(&Dtype) -> Result<Dtype, Error>) -> Result<Node, Error> {
    let mut result = node.clone();
    if let Some(own) = &node.dtype {
        result.dtype = Some(dtype(own)?);
    }
    for column in &mut result.columns {
        column.dtype = dtype(&column.dtype)?;
    }
    Ok(result)
}
