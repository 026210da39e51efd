//! Values to what the graph builder takes; a value of the wrong kind is an error with its place.

use mars::v04::graph::{self, Axes, Dtype, Label, Node, Scalar};

use super::Lowers;
use super::value::Value;
use crate::error::{Error, ErrorKind, Wanted};
use crate::span::Span;

/// A value with its place and the words for a message about it.
pub(crate) struct Given<'v> {
    pub(crate) function: &'v str,
    pub(crate) argument: &'v str,
    pub(crate) value: &'v Value,
    pub(crate) at: Span,
}

impl Given<'_> {
    pub(crate) fn wrong(&self, expected: Wanted) -> Error {
        let kind = ErrorKind::WrongArgument {
            function: self.function.to_owned(),
            argument: self.argument.to_owned(),
            expected,
            found: self.value.describe(),
        };
        Error::new(self.at, kind)
    }

    pub(crate) fn integer(&self) -> Lowers<i64> {
        integer(self.value).ok_or_else(|| self.wrong(Wanted::Integer))
    }

    pub(crate) fn count(&self) -> Lowers<u64> {
        integer(self.value)
            .and_then(|value| u64::try_from(value).ok())
            .ok_or_else(|| self.wrong(Wanted::Count))
    }

    pub(crate) fn flag(&self) -> Lowers<bool> {
        match self.value {
            Value::Plain(Scalar::Bool(value)) => Ok(*value),
            _ => Err(self.wrong(Wanted::Flag)),
        }
    }

    pub(crate) fn number(&self) -> Lowers<Scalar> {
        match self.value {
            Value::Plain(number @ (Scalar::Int(_) | Scalar::Float(_) | Scalar::Bool(_))) => {
                Ok(number.clone())
            }
            _ => Err(self.wrong(Wanted::Number)),
        }
    }

    /// A length, or a tuple or list of lengths.
    pub(crate) fn shape(&self) -> Lowers<Vec<u64>> {
        let lengths = self.lengths(Wanted::Shape)?;
        lengths
            .into_iter()
            .map(|length| u64::try_from(length).map_err(|_| self.wrong(Wanted::Shape)))
            .collect()
    }

    /// Like [`Given::shape`], but a length may be negative, as `reshape` allows it.
    pub(crate) fn lengths(&self, wanted: Wanted) -> Lowers<Vec<i64>> {
        match self.value {
            Value::List(items) | Value::Tuple(items) => items
                .iter()
                .map(|item| integer(item).ok_or_else(|| self.wrong(wanted)))
                .collect(),
            value => integer(value)
                .map(|one| vec![one])
                .ok_or_else(|| self.wrong(wanted)),
        }
    }

    pub(crate) fn axes(&self) -> Lowers<Axes> {
        if self.value.is_none() {
            return Ok(Axes::All);
        }
        match integer(self.value) {
            Some(axis) => Ok(Axes::One(axis)),
            None => self.lengths(Wanted::Axes).map(Axes::Several),
        }
    }

    pub(crate) fn dtype(&self) -> Lowers<Dtype> {
        match self.value {
            Value::Dtype(dtype) => Ok(dtype.clone()),
            Value::Plain(Scalar::Text(text)) => {
                Dtype::parse(text).map_err(|_| self.wrong(Wanted::DType))
            }
            _ => Err(self.wrong(Wanted::DType)),
        }
    }

    pub(crate) fn node(&self) -> Lowers<Node> {
        match self.value {
            Value::Node(node) => Ok(node.clone()),
            _ => Err(self.wrong(Wanted::Tensor)),
        }
    }

    /// A list of plain values.
    pub(crate) fn scalars(&self) -> Lowers<Vec<Scalar>> {
        let (Value::List(items) | Value::Tuple(items)) = self.value else {
            return Err(self.wrong(Wanted::Values));
        };
        let scalar = |item: &Value| match item {
            Value::Plain(scalar) => Ok(scalar.clone()),
            _ => Err(self.wrong(Wanted::Values)),
        };
        items.iter().map(scalar).collect()
    }

    /// One node, or several in a list.
    pub(crate) fn nodes(&self) -> Lowers<Vec<Node>> {
        match self.value {
            Value::List(items) | Value::Tuple(items) => items
                .iter()
                .map(|item| {
                    item.node()
                        .cloned()
                        .ok_or_else(|| self.wrong(Wanted::Tensor))
                })
                .collect(),
            _ => self.node().map(|node| vec![node]),
        }
    }

    pub(crate) fn label(&self) -> Lowers<Label> {
        label(self.value).ok_or_else(|| self.wrong(Wanted::Columns))
    }

    /// One label or a list of them.
    pub(crate) fn labels(&self) -> Lowers<Vec<Label>> {
        match self.value {
            Value::List(items) | Value::Tuple(items) => items
                .iter()
                .map(|item| label(item).ok_or_else(|| self.wrong(Wanted::Columns)))
                .collect(),
            _ => self.label().map(|label| vec![label]),
        }
    }
}

/// A whole number; a flag is none here, though Python would take it for 0 or 1.
pub(crate) fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Plain(Scalar::Int(value)) => Some(*value),
        _ => None,
    }
}

/// A whole number or None, as between the colons of a slice.
pub(crate) fn optional_integer(value: &Value, at: Span) -> Lowers<Option<i64>> {
    if value.is_none() {
        return Ok(None);
    }
    let given = Given {
        function: "[]",
        argument: "slice",
        value,
        at,
    };
    given.integer().map(Some)
}

pub(crate) fn label(value: &Value) -> Option<Label> {
    match value {
        Value::Plain(Scalar::Int(value)) => Some(Label::Int(*value)),
        Value::Plain(Scalar::Text(text)) => Some(Label::Text(text.clone())),
        _ => None,
    }
}

/// An error of the graph builder with its place. `node` is where a column was looked for.
pub(crate) fn located(error: graph::Error, at: Span, node: Option<&Node>) -> Error {
    let kind = match error {
        graph::Error::Shapes {
            operator,
            left,
            right,
        } => ErrorKind::ShapeMismatch {
            operator,
            left,
            right,
        },
        graph::Error::Axis { axis, ndim } => ErrorKind::AxisOutOfRange {
            axis,
            dimensions: ndim,
        },
        graph::Error::NoColumn { label } => {
            let known: Vec<String> = node
                .map(|node| {
                    node.columns()
                        .iter()
                        .map(|column| column.label.to_string())
                        .collect()
                })
                .unwrap_or_default();
            let name = label.to_string();
            let nearest = crate::suggest::nearest(&name, known.iter().map(String::as_str));
            ErrorKind::UnknownColumn { name, nearest }
        }
        other => ErrorKind::Graph(other),
    };
    Error::new(at, kind)
}
