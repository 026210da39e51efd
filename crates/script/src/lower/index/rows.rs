//! `x.iloc[…]`, `x.loc[…]` and their kin: rows and columns of frames by place and by label.

use mars::v04::graph::{self, Kind, Label, Loc, Node, Slice};

use super::super::convert::{integer, label, located};
use super::super::value::Value;
use super::super::{Lowering, Lowers};
use super::{bad, given};
use crate::error::{Error, ErrorKind, Wanted};
use crate::span::Span;

impl Lowering<'_> {
    pub(super) fn iloc(&mut self, node: &Node, values: &[Value], at: Span) -> Lowers<Value> {
        let (rows, columns) = parts(values, "iloc[]", at)?;
        let Some(columns) = columns else {
            return self.rows_at(node, rows, at);
        };
        if node.kind() != Kind::DataFrame {
            return Err(bad("iloc[]", at));
        }
        if let (Some(row), Some(column)) = (integer(rows), integer(columns)) {
            return done(self.graph.iloc_value(node, row, column), node, at);
        }
        let chosen = self.columns_at(node, columns, at)?;
        self.rows_at(&chosen, rows, at)
    }

    /// Rows by place: one, a list, or a slice.
    fn rows_at(&mut self, node: &Node, rows: &Value, at: Span) -> Lowers<Value> {
        let made = match rows {
            Value::Slice(slice) if *slice == Slice::default() => Ok(node.clone()),
            Value::Slice(slice) => self.graph.iloc(node, *slice),
            Value::List(_) => {
                let places = given(rows, at).lengths(Wanted::Integer)?;
                self.graph.iloc_several(node, &places)
            }
            row => {
                let row = given(row, at).integer()?;
                match node.kind() {
                    Kind::Series => self.graph.iloc_item(node, row),
                    _ => self.graph.iloc_row(node, row),
                }
            }
        };
        done(made, node, at)
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

    /// Rows by label or by a mask, and perhaps columns of them.
    pub(super) fn loc(&mut self, node: &Node, values: &[Value], at: Span) -> Lowers<Value> {
        let (rows, columns) = parts(values, "loc[]", at)?;
        if let Value::Node(mask) = rows {
            let kept = self.graph.filter(node, mask);
            let kept = kept.map_err(|error| located(error, at, Some(node)))?;
            return match columns {
                None => Ok(Value::Node(kept)),
                Some(columns) => self.frame_index(&kept, std::slice::from_ref(columns), at),
            };
        }
        if let (Some(row), Some(column)) = (label(rows), columns.and_then(label)) {
            return done(self.graph.loc_value(node, &row, &column), node, at);
        }
        let chosen = match columns {
            None => Value::Node(node.clone()),
            Some(Value::Slice(slice)) if *slice == Slice::default() => Value::Node(node.clone()),
            Some(Value::Slice(_)) => return Err(bad("loc[]", at)),
            Some(columns) => self.frame_index(node, std::slice::from_ref(columns), at)?,
        };
        let Value::Node(chosen) = &chosen else {
            return Err(bad("loc[]", at));
        };
        let rows = match rows {
            Value::Slice(slice) if *slice == Slice::default() => {
                return Ok(Value::Node(chosen.clone()));
            }
            Value::Slice(slice) => Loc::Slice(*slice),
            Value::List(_) => Loc::Several(given(rows, at).labels()?),
            row => Loc::At(label(row).ok_or_else(|| given(row, at).wrong(Wanted::Label))?),
        };
        done(self.graph.loc(chosen, &rows), chosen, at)
    }
}

/// Rows, and columns if they are named too.
fn parts<'v>(
    values: &'v [Value],
    operator: &str,
    at: Span,
) -> Lowers<(&'v Value, Option<&'v Value>)> {
    match values {
        [rows] => Ok((rows, None)),
        [rows, columns] => Ok((rows, Some(columns))),
        _ => Err(bad(operator, at)),
    }
}

fn done(made: Result<Node, graph::Error>, of: &Node, at: Span) -> Lowers<Value> {
    made.map(Value::Node)
        .map_err(|error| located(error, at, Some(of)))
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
