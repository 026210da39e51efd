//! The value tree: one row of nested dense unions (section 3.3).
//!
//! The type byte of a value is the position of the child. The `typeIds` of the schema are in
//! another order and are not looked at. None is a null of the union's own validity bits.

mod column;

pub(super) use column::Column;

use super::array::Array;
use super::budget::Budget;
use super::{Error, Value, tagged};
use column::Layout;
use std::sync::Arc;

const WHAT: &str = "the value tree";
/// pyarrow itself stops at 100 levels.
const DEPTH: usize = 110;

fn item<const N: usize>(data: &[u8], at: usize) -> Result<[u8; N], Error> {
    let outside = Error::Truncated {
        what: WHAT,
        at,
        need: N,
    };
    let start = at.checked_mul(N);
    let slice = start.and_then(|start| data.get(start..start.checked_add(N)?));
    slice.and_then(|slice| slice.try_into().ok()).ok_or(outside)
}

/// The range that two neighbouring offsets enclose.
fn range(offsets: &[u8], at: usize) -> Result<std::ops::Range<usize>, Error> {
    let next = at
        .checked_add(1)
        .ok_or_else(|| Error::malformed(WHAT, "an offset overflows"))?;
    let ends = [at, next].map(|at| item::<4>(offsets, at).map(i32::from_le_bytes));
    let [start, end] = ends;
    let ends = usize::try_from(start?).ok().zip(usize::try_from(end?).ok());
    match ends {
        Some((start, end)) if start <= end => Ok(start..end),
        _ => Err(Error::malformed(WHAT, "offsets run backwards")),
    }
}

/// What the tree refers to.
pub(super) struct Parts<'b> {
    pub(super) tensors: Vec<Arc<Array>>,
    pub(super) buffers: Vec<Arc<[u8]>>,
    pub(super) budget: &'b mut Budget,
}

impl Parts<'_> {
    /// The value in the only row.
    pub(super) fn value(&mut self, column: &Column<'_>) -> Result<Value, Error> {
        match column.length {
            1 => self.union(column, 0, 0),
            length => Err(Error::malformed(WHAT, format!("{length} rows"))),
        }
    }

    fn union(&mut self, column: &Column<'_>, at: usize, depth: usize) -> Result<Value, Error> {
        self.budget.charge(size_of::<Value>())?;
        let Layout::Union {
            types,
            offsets,
            children,
        } = &column.layout
        else {
            return self.plain(column, at, depth);
        };
        if at >= column.length {
            return Err(Error::malformed(WHAT, "a row outside of its column"));
        }
        if column.is_null(at) {
            return Ok(Value::None);
        }
        let [kind] = item::<1>(types, at)?;
        let offset = i32::from_le_bytes(item(offsets, at)?);
        let child = children.get(usize::from(kind));
        let child = child.ok_or_else(|| Error::malformed(WHAT, format!("no child {kind}")))?;
        let offset =
            usize::try_from(offset).map_err(|_| Error::malformed(WHAT, "a negative offset"))?;
        self.plain(child, offset, depth)
    }

    fn plain(&mut self, column: &Column<'_>, at: usize, depth: usize) -> Result<Value, Error> {
        if at >= column.length {
            return Err(Error::malformed(WHAT, "a row outside of its column"));
        }
        if column.is_null(at) {
            return Ok(Value::None);
        }
        match &column.layout {
            Layout::Null => Ok(Value::None),
            Layout::Bool(data) => {
                let [byte] = item::<1>(data, at / 8)?;
                Ok(Value::Bool(byte >> (at % 8) & 1 == 1))
            }
            Layout::Integer {
                width,
                signed,
                data,
            } => self.integer(column.name, integer(*width, *signed, data, at)?),
            Layout::Float { width, data } => Ok(Value::Float(match width {
                2 => half::f16::from_le_bytes(item(data, at)?).to_f64(),
                4 => f64::from(f32::from_le_bytes(item(data, at)?)),
                _ => f64::from_le_bytes(item(data, at)?),
            })),
            Layout::Date(data) => {
                let micros = i64::from_le_bytes(item(data, at)?);
                Ok(Value::Datetime(i128::from(micros) * 1000, None))
            }
            Layout::Text {
                utf8,
                offsets,
                data,
            } => self.text(*utf8, offsets, data, at),
            Layout::Struct(children) => self.container(children, at, depth),
            Layout::List { .. } | Layout::Union { .. } => {
                Err(Error::malformed(WHAT, "a container without a kind"))
            }
        }
    }

    /// A number, or the number of a tensor or buffer.
    fn integer(&mut self, name: &str, number: i128) -> Result<Value, Error> {
        let missing = || Error::malformed(WHAT, format!("no {name} {number}"));
        let which = usize::try_from(number);
        match name {
            "tensor" => {
                let tensor = self.tensors.get(which.map_err(|_| missing())?);
                tensor.cloned().map(Value::Array).ok_or_else(missing)
            }
            "buffer" => {
                let buffer = self.buffers.get(which.map_err(|_| missing())?);
                buffer.cloned().map(Value::Bytes).ok_or_else(missing)
            }
            _ => Ok(match i64::try_from(number) {
                Ok(number) => Value::Int(number),
                Err(_) => Value::BigInt(number.to_string().into()),
            }),
        }
    }

    fn text(&mut self, utf8: bool, offsets: &[u8], data: &[u8], at: usize) -> Result<Value, Error> {
        let range = range(offsets, at)?;
        let outside = Error::Truncated {
            what: WHAT,
            at: range.start,
            need: range.len(),
        };
        let bytes = data.get(range).ok_or(outside)?;
        self.budget.charge(bytes.len())?;
        if !utf8 {
            return Ok(Value::Bytes(bytes.into()));
        }
        let text = std::str::from_utf8(bytes);
        text.map(|text| Value::Text(text.into()))
            .map_err(|error| Error::malformed(WHAT, error.to_string()))
    }

    /// A struct of one list whose name is the kind of container.
    fn container(
        &mut self,
        children: &[Column<'_>],
        at: usize,
        depth: usize,
    ) -> Result<Value, Error> {
        if depth >= DEPTH {
            return Err(Error::TooDeep { what: WHAT });
        }
        let [list] = children else {
            return Err(Error::malformed(
                WHAT,
                format!("{} lists in one", children.len()),
            ));
        };
        let Layout::List { offsets, items } = &list.layout else {
            return Err(Error::malformed(WHAT, "a container without a list"));
        };
        let range = range(offsets, at)?;
        if list.name == "dict" {
            return self.dict(items, range, depth);
        }
        let mut values = Vec::new();
        for at in range {
            values.push(self.union(items, at, depth + 1)?);
        }
        match list.name {
            "list" => Ok(Value::List(values)),
            "tuple" => Ok(Value::Tuple(values)),
            "set" => Ok(Value::Set(values)),
            other => Err(Error::unsupported(WHAT, format!("container {other:?}"))),
        }
    }

    fn dict(
        &mut self,
        items: &Column<'_>,
        range: std::ops::Range<usize>,
        depth: usize,
    ) -> Result<Value, Error> {
        let Layout::Struct(fields) = &items.layout else {
            return Err(Error::malformed(WHAT, "a dict without pairs"));
        };
        let [keys, values] = fields.as_slice() else {
            return Err(Error::malformed(WHAT, "a dict without pairs"));
        };
        let mut pairs = Vec::new();
        for at in range {
            let key = self.union(keys, at, depth + 1)?;
            pairs.push((key, self.union(values, at, depth + 1)?));
        }
        tagged::resolve(pairs, self.budget)
    }
}

fn integer(width: usize, signed: bool, data: &[u8], at: usize) -> Result<i128, Error> {
    Ok(match (width, signed) {
        (1, true) => i8::from_le_bytes(item(data, at)?).into(),
        (2, true) => i16::from_le_bytes(item(data, at)?).into(),
        (4, true) => i32::from_le_bytes(item(data, at)?).into(),
        (8, true) => i64::from_le_bytes(item(data, at)?).into(),
        (1, false) => u8::from_le_bytes(item(data, at)?).into(),
        (2, false) => u16::from_le_bytes(item(data, at)?).into(),
        (4, false) => u32::from_le_bytes(item(data, at)?).into(),
        (8, false) => u64::from_le_bytes(item(data, at)?).into(),
        (other, _) => {
            return Err(Error::unsupported(
                WHAT,
                format!("an integer of {other} bytes"),
            ));
        }
    })
}
