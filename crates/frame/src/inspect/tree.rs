//! Nested values as a tree whose branches are made when they are looked at.

use super::{Branch, Node, PathError};
use crate::format::{self, Style};
use crate::keys::is_moment;
use crate::{Kind, copy::forms::json_text};
use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::DataType;

/// How many characters of a value a node carries.
const SHOWN: usize = 240;

/// A value: an array and a place in it.
struct Value {
    array: ArrayRef,
    at: usize,
}

/// The parts of a nested value.
enum Parts {
    Items(ArrayRef),
    Pairs(ArrayRef, ArrayRef),
    Fields(Vec<(String, ArrayRef)>, usize),
    None,
}

impl Value {
    fn parts(&self) -> Parts {
        let (array, at) = (self.array.as_ref(), self.at);
        if array.is_null(at) {
            return Parts::None;
        }
        match array.data_type() {
            DataType::List(_) => Parts::Items(array.as_list::<i32>().value(at)),
            DataType::LargeList(_) => Parts::Items(array.as_list::<i64>().value(at)),
            DataType::ListView(_) => Parts::Items(array.as_list_view::<i32>().value(at)),
            DataType::LargeListView(_) => Parts::Items(array.as_list_view::<i64>().value(at)),
            DataType::FixedSizeList(..) => Parts::Items(array.as_fixed_size_list().value(at)),
            DataType::Map(..) => {
                let entries = array.as_map().value(at);
                match entries.columns() {
                    [keys, values] => Parts::Pairs(keys.clone(), values.clone()),
                    _ => Parts::None,
                }
            }
            DataType::Struct(_) if !is_moment(array.data_type()) => {
                let array = array.as_struct();
                let names = array.column_names().into_iter().map(str::to_owned);
                Parts::Fields(names.zip(array.columns().iter().cloned()).collect(), at)
            }
            _ => Parts::None,
        }
    }
}

impl Parts {
    fn len(&self) -> usize {
        match self {
            Self::Items(items) => items.len(),
            Self::Pairs(keys, _) => keys.len(),
            Self::Fields(fields, _) => fields.len(),
            Self::None => 0,
        }
    }

    /// The label, what it adds to the path, and the value of a child.
    fn child(&self, place: usize, style: Style<'_>) -> Option<(String, String, Value)> {
        if place >= self.len() {
            return None;
        }
        Some(match self {
            Self::Items(items) => {
                let label = format!("[{place}]");
                (
                    label.clone(),
                    label,
                    Value {
                        array: items.clone(),
                        at: place,
                    },
                )
            }
            Self::Pairs(keys, values) => {
                let key = format::cell(keys.as_ref(), place, style, SHOWN);
                let label = match key.kind {
                    Kind::Number | Kind::Bool => format!("[{}]", key.text),
                    _ => format!("[{}]", single(&key.text)),
                };
                (
                    label.clone(),
                    label,
                    Value {
                        array: values.clone(),
                        at: place,
                    },
                )
            }
            Self::Fields(fields, at) => {
                let (name, array) = fields.get(place)?;
                let step = match is_plain(name) {
                    true => format!(".{name}"),
                    false => format!("[{}]", single(name)),
                };
                (
                    name.clone(),
                    step,
                    Value {
                        array: array.clone(),
                        at: *at,
                    },
                )
            }
            Self::None => return None,
        })
    }
}

fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || c == '_';
    name.chars().all(plain) && name.chars().next().is_some_and(|c| !c.is_numeric())
}

/// A text in single quotes.
fn single(text: &str) -> String {
    let double = json_text(text);
    let inner = double
        .get(1..double.len().saturating_sub(1))
        .unwrap_or_default();
    format!("'{}'", inner.replace("\\\"", "\"").replace('\'', "\\'"))
}

/// A value inside a cell and some of its children.
pub(super) fn branch(
    array: &ArrayRef,
    at: usize,
    name: &str,
    style: Style<'_>,
    way: &[u64],
    some: (u64, u64),
) -> Result<Branch, PathError> {
    let mut value = Value {
        array: array.clone(),
        at,
    };
    let (mut label, mut path) = (name.to_owned(), name.to_owned());
    for &place in way {
        let place = usize::try_from(place).map_err(|_| PathError::Way)?;
        let (next, step, child) = value.parts().child(place, style).ok_or(PathError::Way)?;
        path.push_str(&step);
        (label, value) = (next, child);
    }
    let parts = value.parts();
    let (first, count) = some;
    let end = first.saturating_add(count).min(parts.len() as u64);
    let children = (first..end).filter_map(|place| {
        let (label, step, child) = parts.child(place as usize, style)?;
        let way = way.iter().copied().chain([place]).collect();
        Some(node(&child, label, format!("{path}{step}"), way, style))
    });
    let children = children.collect();
    let node = node(&value, label, path, way.to_vec(), style);
    Ok(Branch {
        node,
        first,
        children,
    })
}

fn node(value: &Value, label: String, path: String, way: Vec<u64>, style: Style<'_>) -> Node {
    let cell = format::cell(value.array.as_ref(), value.at, style, SHOWN);
    Node {
        label,
        path,
        way,
        kind: cell.kind,
        text: cell.text,
        clipped: cell.clipped,
        children: value.parts().len() as u64,
    }
}
