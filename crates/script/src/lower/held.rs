//! How much a script may hold while it is lowered. A text is short, but names make it grow:
//! `a = [a, a]` is twice as many values with every line, `a = [a]` one level deeper, `s = s + s`
//! twice as long. The engine would take none of it, and the page's memory and stack would be gone.

use mars::v04::graph::Scalar;

use super::value::Value;
use super::{Lowering, Lowers};
use crate::error::{Error, ErrorKind};
use crate::parser::HIGHEST;
use crate::span::Span;

/// How many values the lists and texts of a cell may hold together. The longest cell spells 32,768.
const MOST_VALUES: usize = 500_000;
/// How many columns a frame may have; no table has half as many.
const MOST_COLUMNS: usize = 10_000;
/// A text counts as a value for each of so many bytes.
const VALUE_BYTES: usize = 64;

impl Lowering<'_> {
    /// The value, unless it is nested too deeply or the cell holds too much with it.
    pub(super) fn held(&mut self, value: Value, at: Span) -> Lowers<Value> {
        if let Value::Node(node) = &value {
            return match node.columns().len() {
                0..=MOST_COLUMNS => Ok(value),
                _ => Err(too_many(at, MOST_COLUMNS)),
            };
        }
        let (depth, count) = extent(&value);
        if depth > HIGHEST {
            return Err(Error::new(at, ErrorKind::TooDeep { limit: HIGHEST }));
        }
        // One value alone costs what its word in the text costs.
        self.values = self.values.saturating_add(count - 1);
        match self.values {
            0..=MOST_VALUES => Ok(value),
            _ => Err(too_many(at, MOST_VALUES)),
        }
    }
}

fn too_many(at: Span, limit: usize) -> Error {
    Error::new(at, ErrorKind::TooMany { limit })
}

/// How deeply lists are nested, and how many values they hold. What is measured was made of values
/// that passed, so it is one level deeper than the limit at most.
fn extent(value: &Value) -> (u16, usize) {
    let inside = |(depth, count): (u16, usize), item: &Value| {
        let (deeper, more) = extent(item);
        (depth.max(deeper), count.saturating_add(more))
    };
    let (depth, count) = match value {
        Value::List(items) | Value::Tuple(items) => items.iter().fold((0, 1), inside),
        Value::Dict(items) => {
            let both = items.iter().flat_map(|(key, value)| [key, value]);
            both.fold((0, 1), inside)
        }
        Value::Plain(Scalar::Text(text)) => return (0, 1 + text.len() / VALUE_BYTES),
        Value::Node(node) => return (0, 1 + node.columns().len()),
        _ => return (0, 1),
    };
    (depth + 1, count)
}
