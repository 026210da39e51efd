//! numpy arrays: their elements by type.

mod layout;
mod strides;

pub(super) use layout::Layout;
pub(super) use strides::{contiguous, count, gather};

use super::Value;
use half::f16;
use std::sync::Arc;

/// A numpy array, its elements in C order.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    /// The length of each axis.
    pub shape: Vec<usize>,
    /// Whether the engine held it in Fortran order.
    pub fortran: bool,
    /// The elements.
    pub elements: Elements,
}

/// The unit of `datetime64` and `timedelta64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Day,
    /// Seconds.
    Second,
    /// Milliseconds.
    Milli,
    /// Microseconds.
    Micro,
    /// Nanoseconds.
    Nano,
}

impl Unit {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "D" => Self::Day,
            "s" => Self::Second,
            "ms" => Self::Milli,
            "us" => Self::Micro,
            "ns" => Self::Nano,
            _ => return None,
        })
    }

    /// numpy's name of it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "D",
            Self::Second => "s",
            Self::Milli => "ms",
            Self::Micro => "us",
            Self::Nano => "ns",
        }
    }

    /// How many nanoseconds it has.
    pub fn nanos(self) -> i128 {
        match self {
            Self::Day => 86_400_000_000_000,
            Self::Second => 1_000_000_000,
            Self::Milli => 1_000_000,
            Self::Micro => 1_000,
            Self::Nano => 1,
        }
    }
}

/// The elements of an array.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each variant is named by its dtype")]
pub enum Elements {
    Bool(Vec<bool>),
    I8(Vec<i8>),
    I16(Vec<i16>),
    I32(Vec<i32>),
    I64(Vec<i64>),
    U8(Vec<u8>),
    U16(Vec<u16>),
    U32(Vec<u32>),
    U64(Vec<u64>),
    F16(Vec<f16>),
    F32(Vec<f32>),
    F64(Vec<f64>),
    C64(Vec<[f32; 2]>),
    C128(Vec<[f64; 2]>),
    Datetime(Unit, Vec<i64>),
    Timedelta(Unit, Vec<i64>),
    Text(usize, Vec<Arc<str>>),
    Bytes(usize, Vec<Arc<[u8]>>),
    Object(Vec<Value>),
}

impl Elements {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Bool(v) => v.len(),
            Self::I8(v) => v.len(),
            Self::I16(v) => v.len(),
            Self::I32(v) => v.len(),
            Self::I64(v) | Self::Datetime(_, v) | Self::Timedelta(_, v) => v.len(),
            Self::U8(v) => v.len(),
            Self::U16(v) => v.len(),
            Self::U32(v) => v.len(),
            Self::U64(v) => v.len(),
            Self::F16(v) => v.len(),
            Self::F32(v) => v.len(),
            Self::F64(v) => v.len(),
            Self::C64(v) => v.len(),
            Self::C128(v) => v.len(),
            Self::Text(_, v) => v.len(),
            Self::Bytes(_, v) => v.len(),
            Self::Object(v) => v.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The numpy code of the type (`<f8`).
    pub fn dtype(&self) -> String {
        let code = match self {
            Self::Bool(_) => "|b1",
            Self::I8(_) => "|i1",
            Self::I16(_) => "<i2",
            Self::I32(_) => "<i4",
            Self::I64(_) => "<i8",
            Self::U8(_) => "|u1",
            Self::U16(_) => "<u2",
            Self::U32(_) => "<u4",
            Self::U64(_) => "<u8",
            Self::F16(_) => "<f2",
            Self::F32(_) => "<f4",
            Self::F64(_) => "<f8",
            Self::C64(_) => "<c8",
            Self::C128(_) => "<c16",
            Self::Datetime(unit, _) => return format!("<M8[{}]", unit.as_str()),
            Self::Timedelta(unit, _) => return format!("<m8[{}]", unit.as_str()),
            Self::Text(width, _) => return format!("<U{width}"),
            Self::Bytes(width, _) => return format!("|S{width}"),
            Self::Object(_) => "|O",
        };
        code.to_owned()
    }

    /// The name that pandas prints (`float64`).
    pub fn dtype_name(&self) -> String {
        let name = match self {
            Self::Bool(_) => "bool",
            Self::I8(_) => "int8",
            Self::I16(_) => "int16",
            Self::I32(_) => "int32",
            Self::I64(_) => "int64",
            Self::U8(_) => "uint8",
            Self::U16(_) => "uint16",
            Self::U32(_) => "uint32",
            Self::U64(_) => "uint64",
            Self::F16(_) => "float16",
            Self::F32(_) => "float32",
            Self::F64(_) => "float64",
            Self::C64(_) => "complex64",
            Self::C128(_) => "complex128",
            Self::Datetime(unit, _) => return format!("datetime64[{}]", unit.as_str()),
            Self::Timedelta(unit, _) => return format!("timedelta64[{}]", unit.as_str()),
            Self::Text(..) | Self::Bytes(..) => return self.dtype(),
            Self::Object(_) => "object",
        };
        name.to_owned()
    }

    /// Some of the elements; what lies outside is left out.
    pub fn slice(&self, range: std::ops::Range<usize>) -> Self {
        let count = range.end.saturating_sub(range.start);
        self.strided(range.start, 1, count)
    }

    /// `count` elements from `start` on, each `step` after the other; what lies outside is left
    /// out.
    pub fn strided(&self, start: usize, step: usize, count: usize) -> Self {
        let cut = Cut {
            start,
            step: step.max(1),
            count,
        };
        match self {
            Self::Bool(v) => Self::Bool(cut.of(v)),
            Self::I8(v) => Self::I8(cut.of(v)),
            Self::I16(v) => Self::I16(cut.of(v)),
            Self::I32(v) => Self::I32(cut.of(v)),
            Self::I64(v) => Self::I64(cut.of(v)),
            Self::U8(v) => Self::U8(cut.of(v)),
            Self::U16(v) => Self::U16(cut.of(v)),
            Self::U32(v) => Self::U32(cut.of(v)),
            Self::U64(v) => Self::U64(cut.of(v)),
            Self::F16(v) => Self::F16(cut.of(v)),
            Self::F32(v) => Self::F32(cut.of(v)),
            Self::F64(v) => Self::F64(cut.of(v)),
            Self::C64(v) => Self::C64(cut.of(v)),
            Self::C128(v) => Self::C128(cut.of(v)),
            Self::Datetime(unit, v) => Self::Datetime(*unit, cut.of(v)),
            Self::Timedelta(unit, v) => Self::Timedelta(*unit, cut.of(v)),
            Self::Text(width, v) => Self::Text(*width, cut.of(v)),
            Self::Bytes(width, v) => Self::Bytes(*width, cut.of(v)),
            Self::Object(v) => Self::Object(cut.of(v)),
        }
    }

    /// The integers, when that is what they are and they fit.
    pub(super) fn integers(&self) -> Option<Vec<i64>> {
        match self {
            Self::I8(v) => Some(v.iter().map(|&n| i64::from(n)).collect()),
            Self::I16(v) => Some(v.iter().map(|&n| i64::from(n)).collect()),
            Self::I32(v) => Some(v.iter().map(|&n| i64::from(n)).collect()),
            Self::I64(v) => Some(v.clone()),
            Self::U8(v) => Some(v.iter().map(|&n| i64::from(n)).collect()),
            Self::U16(v) => Some(v.iter().map(|&n| i64::from(n)).collect()),
            Self::U32(v) => Some(v.iter().map(|&n| i64::from(n)).collect()),
            Self::U64(v) => v.iter().map(|&n| i64::try_from(n).ok()).collect(),
            _ => None,
        }
    }
}

/// Which elements to take.
struct Cut {
    start: usize,
    step: usize,
    count: usize,
}

impl Cut {
    fn of<T: Clone>(&self, items: &[T]) -> Vec<T> {
        let rest = items.get(self.start..).unwrap_or_default();
        rest.iter()
            .step_by(self.step)
            .take(self.count)
            .cloned()
            .collect()
    }
}
