//! `x[…]`: parts of tensors, columns and rows of frames, items of lists.

mod rows;

use mars::v04::graph::{Index, Kind, Node, Slice};

use super::convert::{Given, integer, label, located};
use super::value::{Chosen, Groups, Value};
use super::{Lowering, Lowers};
use crate::ast::Expr;
use crate::error::{Error, ErrorKind, Wanted};
use crate::span::Span;

impl Lowering<'_> {
    pub(super) fn index(&mut self, of: Value, parts: &[Expr], at: Span) -> Lowers<Value> {
        let mut values = self.all(parts)?;
        // `x[(0, 1)]` is `x[0, 1]`.
        if let [Value::Tuple(items)] = values.as_slice() {
            values = items.clone();
        }
        match of {
            Value::Node(node) if node.kind() == Kind::Tensor => {
                self.tensor_index(&node, &values, at)
            }
            Value::Node(node) => self.frame_index(&node, &values, at),
            Value::Iloc(node) => self.iloc(&node, &values, at),
            Value::Loc(node) => self.loc(&node, &values, at),
            Value::Groups(groups) => {
                let [value] = values.as_slice() else {
                    return Err(bad("groupby[]", at));
                };
                let columns = match value {
                    Value::List(_) => Chosen::Several(given(value, at).labels()?),
                    value => Chosen::One(given(value, at).label()?),
                };
                Ok(Value::Groups(Box::new(Groups {
                    columns: Some(columns),
                    ..*groups
                })))
            }
            Value::Tuple(items) | Value::List(items) => item(&items, &values, at),
            other => {
                let kind = ErrorKind::BadOperand {
                    operator: String::from("[]"),
                    value: other.describe(),
                };
                Err(Error::new(at, kind))
            }
        }
    }

    fn tensor_index(&mut self, node: &Node, values: &[Value], at: Span) -> Lowers<Value> {
        let values = self.spread(node, values, at)?;
        let items = values
            .iter()
            .map(|value| match value {
                Value::Slice(slice) => Ok(Index::Slice(*slice)),
                Value::Node(node) => Ok(Index::Node(node)),
                value if value.is_none() => Ok(Index::NewAxis),
                value => integer(value)
                    .map(Index::At)
                    .ok_or_else(|| given(value, at).wrong(Wanted::Integer)),
            })
            .collect::<Lowers<Vec<_>>>()?;
        let result = self.graph.index(node, &items);
        result
            .map(Value::Node)
            .map_err(|error| located(error, at, None))
    }

    /// Writes `...` out as whole slices, and lists as integer tensors.
    fn spread(&mut self, node: &Node, values: &[Value], at: Span) -> Lowers<Vec<Value>> {
        let dots = values
            .iter()
            .filter(|value| matches!(value, Value::Ellipsis))
            .count();
        if dots > 1 {
            return Err(bad("...", at));
        }
        let taken: usize = values.iter().map(axes_taken).sum();
        let mut spread = Vec::new();
        for value in values {
            match value {
                Value::Ellipsis => {
                    let missing = node.ndim().saturating_sub(taken);
                    spread.extend((0..missing).map(|_| Value::Slice(Slice::default())));
                }
                Value::List(_) => {
                    let values = value.literal().filter(|values| values.shape().is_some());
                    let values = values.ok_or_else(|| given(value, at).wrong(Wanted::Values))?;
                    let made = self.graph.tensor(&values, None);
                    spread.push(Value::Node(made.map_err(|error| located(error, at, None))?));
                }
                value => spread.push(value.clone()),
            }
        }
        Ok(spread)
    }

    /// A column, some columns, the rows of a mask, or a slice of rows.
    fn frame_index(&mut self, node: &Node, values: &[Value], at: Span) -> Lowers<Value> {
        let [value] = values else {
            return Err(bad("[]", at));
        };
        let result = match value {
            Value::Slice(rows) => self.graph.iloc(node, *rows),
            Value::Node(mask) => self.graph.filter(node, mask),
            Value::List(_) => {
                let labels = given(value, at).labels()?;
                self.graph.columns(node, &labels)
            }
            value => {
                let label = label(value).ok_or_else(|| given(value, at).wrong(Wanted::Columns))?;
                self.graph.column(node, &label)
            }
        };
        result
            .map(Value::Node)
            .map_err(|error| located(error, at, Some(node)))
    }
}

/// How many axes of a tensor one part of an index uses up.
fn axes_taken(value: &Value) -> usize {
    match value {
        Value::Ellipsis => 0,
        Value::Node(mask) if mask.dtype().is_some_and(|dtype| dtype.name() == "bool") => {
            mask.ndim()
        }
        value if value.is_none() => 0,
        _ => 1,
    }
}

fn given(value: &Value, at: Span) -> Given<'_> {
    Given {
        function: "[]",
        argument: "index",
        value,
        at,
    }
}

fn bad(operator: &str, at: Span) -> Error {
    let kind = ErrorKind::BadOperand {
        operator: operator.to_owned(),
        value: String::from("this index"),
    };
    Error::new(at, kind)
}

/// An item of a plain tuple, as in `x.shape[0]`.
fn item(items: &[Value], values: &[Value], at: Span) -> Lowers<Value> {
    let [value] = values else {
        return Err(bad("[]", at));
    };
    let place = given(value, at).integer()?;
    let length = items.len();
    let wrapped = if place < 0 {
        place.checked_add(length as i64)
    } else {
        Some(place)
    };
    let found = wrapped
        .and_then(|place| usize::try_from(place).ok())
        .and_then(|p| items.get(p));
    found.cloned().ok_or_else(|| {
        let kind = ErrorKind::AxisOutOfRange {
            axis: place,
            dimensions: length,
        };
        Error::new(at, kind)
    })
}
