//! Dicts with `_pytype_`: arrays, frames, series, indexes and the rest (section 3.4).

use super::array::{Array, Elements, Layout};
use super::budget::Budget;
use super::value::{Block, Categorical, Frame, Series, member};
use super::{Error, Index, Value, objects};
use std::sync::Arc;

const WHAT: &str = "a tagged value";

/// Turns a dict into what its tag says; without a tag it stays a dict.
pub(super) fn resolve(pairs: Vec<(Value, Value)>, budget: &mut Budget) -> Result<Value, Error> {
    let Some(Value::Text(tag)) = member(&pairs, "_pytype_") else {
        return Ok(Value::Dict(pairs));
    };
    let tag = tag.clone();
    let missing = || Error::malformed(WHAT, format!("{tag} without data"));
    let data = member(&pairs, "data").ok_or_else(missing)?;
    if matches!(member(&pairs, "pickle"), Some(Value::Bool(true))) {
        return unpickle(data, budget);
    }
    match &*tag {
        "np.array" => array(data, budget),
        "pd.DataFrame" => frame(data, budget).map(|frame| Value::Frame(Box::new(frame))),
        "pd.Series" => series(frame(data, budget)?),
        "pd.Index" | "type" | "function" => unpickle(data, budget),
        "pandas.Categorical" => categorical(data),
        "pandas.CategoricalDtype" => Ok(data.clone()),
        "pandas.Interval" => match data.items() {
            Some([left, right, Value::Text(closed)]) => Ok(Value::Interval(
                Box::new((left.clone(), right.clone())),
                closed.clone(),
            )),
            _ => Err(missing()),
        },
        "int" => match data.as_text() {
            Some(text) => Ok(integer(text)),
            None => Err(missing()),
        },
        "OrderedDict" | "defaultdict" => ordered(data),
        _ => Ok(Value::Opaque(tag)),
    }
}

fn unpickle(data: &Value, budget: &mut Budget) -> Result<Value, Error> {
    match data {
        Value::Bytes(bytes) => objects::read(bytes, budget),
        _ => Err(Error::malformed(WHAT, "a pickle that is no bytes")),
    }
}

fn integer(text: &Arc<str>) -> Value {
    text.parse()
        .map_or_else(|_| Value::BigInt(text.clone()), Value::Int)
}

fn ordered(data: &Value) -> Result<Value, Error> {
    let missing = || Error::malformed(WHAT, "an ordered dict without keys and values");
    let items = data.items().ok_or_else(missing)?;
    let (keys, values) = match items {
        [keys, values] | [keys, values, _] => (keys.items(), values.items()),
        _ => return Err(missing()),
    };
    let (keys, values) = keys.zip(values).ok_or_else(missing)?;
    Ok(Value::Dict(
        keys.iter().cloned().zip(values.iter().cloned()).collect(),
    ))
}

/// `(uint8 tensor, dtype)` or `(nested list, "|O")`.
fn array(data: &Value, budget: &mut Budget) -> Result<Value, Error> {
    let malformed = || Error::malformed(WHAT, "an array that is no pair");
    let Some([values, Value::Text(code)]) = data.items() else {
        return Err(malformed());
    };
    let layout = Layout::parse(code)?;
    if layout.is_object() {
        let mut elements = Vec::new();
        let shape = flatten(values, &mut elements, budget)?;
        let array = Array {
            shape,
            fortran: false,
            elements: Elements::Object(elements),
        };
        return Ok(Value::Array(Arc::new(array)));
    }
    let Value::Array(raw) = values else {
        return Err(malformed());
    };
    let Elements::U8(bytes) = &raw.elements else {
        return Err(malformed());
    };
    budget.charge(bytes.len().saturating_mul(16))?;
    let mut shape = raw.shape.clone();
    if layout.width > 1 {
        // A wider item multiplied the last axis.
        let last = shape.last_mut().ok_or_else(malformed)?;
        if !last.is_multiple_of(layout.width) {
            return Err(malformed());
        }
        *last /= layout.width;
    }
    let elements = layout.elements(bytes)?;
    if super::array::count(&shape) != Some(elements.len()) {
        return Err(malformed());
    }
    Ok(Value::Array(Arc::new(Array {
        shape,
        fortran: raw.fortran,
        elements,
    })))
}

/// Nested lists of equal length are axes; where they end the elements begin.
fn flatten(
    value: &Value,
    elements: &mut Vec<Value>,
    budget: &mut Budget,
) -> Result<Vec<usize>, Error> {
    let mut shape = Vec::new();
    let mut probe = value;
    while let Value::List(items) = probe {
        shape.push(items.len());
        match items.first() {
            Some(first) if uniform(items) => probe = first,
            _ => break,
        }
    }
    fill(value, shape.len(), elements, budget)?;
    match super::array::count(&shape) {
        Some(count) if count == elements.len() => Ok(shape),
        _ => Err(Error::malformed(WHAT, "an object array of uneven lists")),
    }
}

fn uniform(items: &[Value]) -> bool {
    let length = |value: &Value| match value {
        Value::List(items) => Some(items.len()),
        _ => None,
    };
    let first = items.first().and_then(length);
    first.is_some() && items.iter().all(|item| length(item) == first)
}

fn fill(
    value: &Value,
    depth: usize,
    elements: &mut Vec<Value>,
    budget: &mut Budget,
) -> Result<(), Error> {
    budget.charge(size_of::<Value>())?;
    match value {
        Value::List(items) if depth > 0 => items
            .iter()
            .try_for_each(|item| fill(item, depth - 1, elements, budget)),
        value => {
            elements.push(value.clone());
            Ok(())
        }
    }
}

fn index(value: &Value) -> Result<Arc<Index>, Error> {
    match value {
        Value::Index(index) => Ok(index.clone()),
        _ => Err(Error::malformed(WHAT, "an axis that is no index")),
    }
}

fn frame(data: &Value, budget: &mut Budget) -> Result<Frame, Error> {
    let malformed = |detail: &str| Error::malformed("a frame", detail);
    let axes = data.member("axes").and_then(Value::items);
    let Some([columns, rows]) = axes else {
        return Err(malformed("it has no two axes"));
    };
    let (columns, rows) = (index(columns)?, index(rows)?);
    let blocks = data.member("blocks").and_then(Value::items);
    let blocks: Vec<Block> = blocks
        .ok_or_else(|| malformed("it has no blocks"))?
        .iter()
        .map(|raw| block(raw, rows.len(), budget))
        .collect::<Result<_, _>>()?;
    let mut places: Vec<usize> = blocks.iter().flat_map(Block::places).copied().collect();
    places.sort_unstable();
    match places.into_iter().eq(0..columns.len()) {
        true => Ok(Frame {
            columns,
            rows,
            blocks,
        }),
        false => Err(malformed("its blocks do not make up its columns")),
    }
}

impl Block {
    /// The places of its columns.
    pub(crate) fn places(&self) -> &[usize] {
        match self {
            Self::Array(places, ..) => places,
            Self::Categorical(place, _) => std::slice::from_ref(place),
        }
    }
}

fn block(raw: &Value, rows: usize, budget: &mut Budget) -> Result<Block, Error> {
    let malformed = |detail: &str| Error::malformed("a block", detail);
    let placement = match raw.member("placement") {
        Some(Value::Array(array)) => array.elements.integers(),
        _ => None,
    };
    let places: Option<Vec<usize>> =
        placement.and_then(|all| all.iter().map(|&at| usize::try_from(at).ok()).collect());
    let places = places.ok_or_else(|| malformed("it has no placement"))?;
    let values = match raw.member("block") {
        Some(Value::Bytes(bytes)) => objects::read(bytes, budget)?,
        Some(value) => value.clone(),
        None => return Err(malformed("it has no values")),
    };
    let Value::Array(values) = values else {
        return Err(malformed("its values are no array"));
    };
    if let Some(dictionary) = raw.member("dictionary") {
        let ordered = matches!(raw.member("ordered"), Some(Value::Bool(true)));
        let categorical = codes(&values.elements, index(dictionary)?, ordered)?;
        return match places.as_slice() {
            [place] if categorical.codes.len() == rows => {
                Ok(Block::Categorical(*place, categorical))
            }
            _ => Err(malformed("its codes are not one per row")),
        };
    }
    let tz = raw.member("timezone").and_then(Value::as_text).cloned();
    let fits = values.shape.last() == Some(&rows) || (places.is_empty() && rows == 0);
    match places.len().checked_mul(rows) == Some(values.elements.len()) && fits {
        true => Ok(Block::Array(places, values, tz)),
        false => Err(malformed("its shape does not fit the frame")),
    }
}

/// Checks that every code has a category.
pub(super) fn codes(
    elements: &Elements,
    categories: Arc<Index>,
    ordered: bool,
) -> Result<Categorical, Error> {
    let count = categories.len();
    let inside = |code: &i64| *code == -1 || usize::try_from(*code).is_ok_and(|code| code < count);
    match elements.integers().filter(|codes| codes.iter().all(inside)) {
        Some(codes) => Ok(Categorical {
            codes,
            categories,
            ordered,
        }),
        None => Err(Error::malformed(
            "a categorical",
            "codes outside of the categories",
        )),
    }
}

fn series(mut frame: Frame) -> Result<Value, Error> {
    match (
        frame.blocks.pop(),
        frame.blocks.is_empty(),
        frame.columns.len(),
    ) {
        (Some(values), true, 1) => {
            let name = frame.columns.value(0);
            Ok(Value::Series(Box::new(Series {
                name,
                rows: frame.rows,
                values,
            })))
        }
        _ => Err(Error::malformed("a series", "it has not one column")),
    }
}

/// `[codes, [categories, ordered]]`.
fn categorical(data: &Value) -> Result<Value, Error> {
    let malformed = || Error::malformed("a categorical", "it has no codes and categories");
    let Some([Value::Array(values), dtype]) = data.items() else {
        return Err(malformed());
    };
    let Some([categories, ordered]) = dtype.items() else {
        return Err(malformed());
    };
    let ordered = matches!(ordered, Value::Bool(true));
    let categorical = codes(&values.elements, index(categories)?, ordered)?;
    Ok(Value::Categorical(Box::new(categorical)))
}
