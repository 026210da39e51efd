//! The decoded value: what Python would hold, without Python.

use super::{Array, Index};
use std::sync::Arc;

/// A decoded value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `None`
    None,
    /// `True` or `False`
    Bool(bool),
    /// An integer of 64 bits.
    Int(i64),
    /// A longer integer, in decimal.
    BigInt(Arc<str>),
    /// A float.
    Float(f64),
    /// A complex number.
    Complex(f64, f64),
    /// A `decimal.Decimal`, as it was written.
    Decimal(Arc<str>),
    /// Text.
    Text(Arc<str>),
    /// Bytes.
    Bytes(Arc<[u8]>),
    /// An instant in nanoseconds since 1970, with the name of its zone.
    Datetime(i128, Option<Arc<str>>),
    /// A date in days since 1970.
    Date(i64),
    /// A span of nanoseconds.
    Timedelta(i128),
    /// Not a time.
    NaT,
    /// A list.
    List(Vec<Value>),
    /// A tuple.
    Tuple(Vec<Value>),
    /// A set.
    Set(Vec<Value>),
    /// A dict, in its order.
    Dict(Vec<(Value, Value)>),
    /// A numpy array.
    Array(Arc<Array>),
    /// A pandas index.
    Index(Arc<Index>),
    /// A pandas frame.
    Frame(Box<Frame>),
    /// A pandas series.
    Series(Box<Series>),
    /// A pandas categorical.
    Categorical(Box<Categorical>),
    /// A pandas interval: ends and which of them belong to it.
    Interval(Box<(Value, Value)>, Arc<str>),
    /// An object of a class that is not known here; the text is its name.
    Opaque(Arc<str>),
}

/// A pandas frame in blocks of one type.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The column labels.
    pub columns: Arc<Index>,
    /// The row labels.
    pub rows: Arc<Index>,
    /// The columns, in any order, each with its place.
    pub blocks: Vec<Block>,
}

/// Columns of one type.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A 2-D array of columns by rows, with the place of each column.
    Array(Vec<usize>, Arc<Array>, Option<Arc<str>>),
    /// One categorical column and its place.
    Categorical(usize, Categorical),
}

/// A pandas series.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The name.
    pub name: Value,
    /// The row labels.
    pub rows: Arc<Index>,
    /// The values.
    pub values: Block,
}

/// Codes into a list of categories; −1 is missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Categorical {
    /// The position of each value's category.
    pub codes: Vec<i64>,
    /// The categories.
    pub categories: Arc<Index>,
    /// Whether the categories have an order.
    pub ordered: bool,
}

impl Value {
    /// The member of a dict with a text key.
    pub(super) fn member(&self, name: &str) -> Option<&Value> {
        match self {
            Self::Dict(pairs) => member(pairs, name),
            _ => None,
        }
    }

    pub(super) fn as_text(&self) -> Option<&Arc<str>> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list or tuple.
    pub(super) fn items(&self) -> Option<&[Value]> {
        match self {
            Self::List(items) | Self::Tuple(items) => Some(items),
            _ => None,
        }
    }
}

/// The value under a text key.
pub(super) fn member<'a>(pairs: &'a [(Value, Value)], name: &str) -> Option<&'a Value> {
    let found = pairs
        .iter()
        .find(|(key, _)| matches!(key, Value::Text(text) if &**text == name));
    found.map(|(_, value)| value)
}
