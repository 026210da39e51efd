//! `x[…]`: parts of tensors, columns and rows of frames, items of lists.

use mars::v04::graph::{Index, Kind, Label, Node, Slice};

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

    fn iloc(&mut self, node: &Node, values: &[Value], at: Span) -> Lowers<Value> {
        let frame = node.kind() == Kind::DataFrame;
        let result = match values {
            [Value::Slice(rows)] => self.graph.iloc(node, *rows),
            [value] => match integer(value) {
                Some(row) if frame => self.graph.iloc_row(node, row),
                _ => return Err(given(value, at).wrong(Wanted::Integer)),
            },
            [rows, columns] if frame => {
                if let (Some(row), Some(column)) = (integer(rows), integer(columns)) {
                    self.graph.iloc_value(node, row, column)
                } else {
                    let chosen = self.columns_at(node, columns, at)?;
                    return self.rows_of(chosen, rows, at);
                }
            }
            _ => return Err(bad("iloc[]", at)),
        };
        result
            .map(Value::Node)
            .map_err(|error| located(error, at, Some(node)))
    }

    /// Columns by place: one, a list, or a slice.
    fn columns_at(&mut self, node: &Node, columns: &Value, at: Span) -> Lowers<Node> {
        let labels: Vec<Label> = node.columns().iter().map(|c| c.label.clone()).collect();
        let length = labels.len();
        let pick = |place: i64| {
            let wrapped = if place < 0 {
                place.checked_add(i64::try_from(length).ok()?)?
            } else {
                place
            };
            labels.get(usize::try_from(wrapped).ok()?).cloned()
        };
        let out = |place: i64| {
            let kind = ErrorKind::AxisOutOfRange {
                axis: place,
                dimensions: length,
            };
            Error::new(at, kind)
        };
        let made = match columns {
            Value::Slice(slice) if *slice == Slice::default() => return Ok(node.clone()),
            Value::Slice(slice) => {
                let chosen: Vec<Label> = sliced(&labels, *slice);
                self.graph.columns(node, &chosen)
            }
            Value::List(_) => {
                let places = given(columns, at).lengths(Wanted::Integer)?;
                let chosen = places
                    .into_iter()
                    .map(|place| pick(place).ok_or_else(|| out(place)));
                let chosen: Vec<Label> = chosen.collect::<Lowers<_>>()?;
                self.graph.columns(node, &chosen)
            }
            value => {
                let place = given(value, at).integer()?;
                let label = pick(place).ok_or_else(|| out(place))?;
                self.graph.column(node, &label)
            }
        };
        made.map_err(|error| located(error, at, Some(node)))
    }

    fn rows_of(&mut self, node: Node, rows: &Value, at: Span) -> Lowers<Value> {
        let Value::Slice(slice) = rows else {
            return Err(given(rows, at).wrong(Wanted::Integer));
        };
        if *slice == Slice::default() {
            return Ok(Value::Node(node));
        }
        let made = self.graph.iloc(&node, *slice);
        made.map(Value::Node)
            .map_err(|error| located(error, at, Some(&node)))
    }

    /// `loc[mask]`, `loc[:, columns]`, `loc[mask, columns]`: rows by labels need the run.
    fn loc(&mut self, node: &Node, values: &[Value], at: Span) -> Lowers<Value> {
        let (rows, columns) = match values {
            [rows] => (rows, None),
            [rows, columns] => (rows, Some(columns)),
            _ => return Err(bad("loc[]", at)),
        };
        let kept = match rows {
            Value::Node(mask) => self.graph.filter(node, mask),
            Value::Slice(slice) if *slice == Slice::default() => Ok(node.clone()),
            _ => return Err(bad("loc[]", at)),
        };
        let kept = kept.map_err(|error| located(error, at, Some(node)))?;
        match columns {
            None => Ok(Value::Node(kept)),
            Some(columns) => self.frame_index(&kept, std::slice::from_ref(columns), at),
        }
    }
}

/// The items of a slice, as Python cuts them.
fn sliced<T: Clone>(items: &[T], slice: Slice) -> Vec<T> {
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let step = slice.step.unwrap_or(1);
    let wrap = |end: i64| {
        if end < 0 {
            end.saturating_add(length)
        } else {
            end
        }
    };
    let (start, stop) = match step > 0 {
        true => (
            slice.start.map_or(0, wrap).clamp(0, length),
            slice.stop.map_or(length, wrap).clamp(0, length),
        ),
        false => (
            slice.start.map_or(length - 1, wrap).clamp(-1, length - 1),
            slice
                .stop
                .map_or(-1, |stop| wrap(stop).clamp(-1, length - 1)),
        ),
    };
    let mut chosen = Vec::new();
    let mut at = start;
    while step != 0 && ((step > 0 && at < stop) || (step < 0 && at > stop)) {
        let item = usize::try_from(at).ok().and_then(|at| items.get(at));
        chosen.extend(item.cloned());
        at = at.saturating_add(step);
    }
    chosen
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
