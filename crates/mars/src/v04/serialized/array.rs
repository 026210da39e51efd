//! numpy arrays: element types and reinterpreting bytes.

use super::{Error, Value, budget::Budget};
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

/// The number of elements of a shape.
pub(super) fn count(shape: &[usize]) -> Option<usize> {
    shape
        .iter()
        .try_fold(1usize, |size, &length| size.checked_mul(length))
}

/// A numpy type as bytes need it: kind, width, unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    kind: u8,
    pub(super) width: usize,
    unit: Unit,
}

impl Layout {
    /// Reads `<f8`, `|S2`, `<M8[ns]`, `O8`; big-endian types are not known here.
    pub(super) fn parse(code: &str) -> Result<Self, Error> {
        let unknown = || Error::unsupported("the dtype", code.to_owned());
        let bare = code.trim_start_matches(['<', '|', '=']);
        let (kind, rest) = bare.split_at_checked(1).ok_or_else(unknown)?;
        let (digits, unit) = match rest.split_once('[') {
            Some((digits, unit)) => (digits, unit.strip_suffix(']').ok_or_else(unknown)?),
            None => (rest, "ns"),
        };
        let width = match (kind, digits) {
            ("O", _) => 8,
            (_, digits) => digits.parse::<usize>().map_err(|_| unknown())?,
        };
        let unit = Unit::parse(unit).ok_or_else(unknown)?;
        let kind = *kind.as_bytes().first().ok_or_else(unknown)?;
        let width = if kind == b'U' {
            width.checked_mul(4).ok_or_else(unknown)?
        } else {
            width
        };
        Ok(Self { kind, width, unit })
    }

    pub(super) fn is_object(&self) -> bool {
        self.kind == b'O'
    }

    pub(super) fn with_unit(mut self, unit: &str) -> Option<Self> {
        self.unit = Unit::parse(unit)?;
        Some(self)
    }

    /// Reinterprets contiguous bytes.
    pub(super) fn elements(&self, bytes: &[u8]) -> Result<Elements, Error> {
        let what = "the array";
        if self.width == 0 || !bytes.len().is_multiple_of(self.width) {
            let detail = format!("{} bytes in items of {}", bytes.len(), self.width);
            return Err(Error::malformed(what, detail));
        }
        Ok(match (self.kind, self.width) {
            (b'b', 1) => Elements::Bool(bytes.iter().map(|&byte| byte != 0).collect()),
            (b'i', 1) => Elements::I8(read(bytes, i8::from_le_bytes)),
            (b'i', 2) => Elements::I16(read(bytes, i16::from_le_bytes)),
            (b'i', 4) => Elements::I32(read(bytes, i32::from_le_bytes)),
            (b'i', 8) => Elements::I64(read(bytes, i64::from_le_bytes)),
            (b'u', 1) => Elements::U8(bytes.to_vec()),
            (b'u', 2) => Elements::U16(read(bytes, u16::from_le_bytes)),
            (b'u', 4) => Elements::U32(read(bytes, u32::from_le_bytes)),
            (b'u', 8) => Elements::U64(read(bytes, u64::from_le_bytes)),
            (b'f', 2) => Elements::F16(read(bytes, f16::from_le_bytes)),
            (b'f', 4) => Elements::F32(read(bytes, f32::from_le_bytes)),
            (b'f', 8) => Elements::F64(read(bytes, f64::from_le_bytes)),
            (b'c', 8) => Elements::C64(pairs(&read(bytes, f32::from_le_bytes))),
            (b'c', 16) => Elements::C128(pairs(&read(bytes, f64::from_le_bytes))),
            (b'M', 8) => Elements::Datetime(self.unit, read(bytes, i64::from_le_bytes)),
            (b'm', 8) => Elements::Timedelta(self.unit, read(bytes, i64::from_le_bytes)),
            (b'U', width) => {
                let texts = bytes.chunks_exact(width).map(ucs4).collect::<Option<_>>();
                let texts = texts.ok_or_else(|| Error::malformed(what, "text beyond Unicode"))?;
                Elements::Text(width / 4, texts)
            }
            (b'S', width) => {
                let items = bytes.chunks_exact(width).map(|item| {
                    let end = item
                        .iter()
                        .rposition(|&byte| byte != 0)
                        .map_or(0, |at| at + 1);
                    item.get(..end).unwrap_or_default().into()
                });
                Elements::Bytes(width, items.collect())
            }
            (kind, width) => {
                let detail = format!("{}{width}", char::from(kind));
                return Err(Error::unsupported("the dtype", detail));
            }
        })
    }
}

fn read<const N: usize, T>(bytes: &[u8], convert: fn([u8; N]) -> T) -> Vec<T> {
    let (items, _) = bytes.as_chunks::<N>();
    items.iter().map(|item| convert(*item)).collect()
}

fn pairs<T: Copy>(items: &[T]) -> Vec<[T; 2]> {
    let (pairs, _) = items.as_chunks::<2>();
    pairs.to_vec()
}

/// UCS-4 text, padded with zeros at the end.
fn ucs4(item: &[u8]) -> Option<Arc<str>> {
    let codes = read(item, u32::from_le_bytes);
    let end = codes
        .iter()
        .rposition(|&code| code != 0)
        .map_or(0, |at| at + 1);
    let text: Option<String> = codes
        .iter()
        .take(end)
        .map(|&code| char::from_u32(code))
        .collect();
    text.map(Arc::from)
}

/// Puts elements of any strides into C order.
pub(super) fn gather(
    data: &[u8],
    shape: &[usize],
    strides: &[i64],
    width: usize,
    budget: &mut Budget,
) -> Result<Vec<u8>, Error> {
    let what = "the strides";
    let items = count(shape).ok_or_else(|| Error::malformed(what, "the shape overflows"))?;
    let total = items.checked_mul(width).ok_or(Error::OutOfProportion)?;
    budget.charge(total)?;
    budget.charge(items)?;
    if strides.len() != shape.len() {
        return Err(Error::malformed(
            what,
            format!("{} for {} axes", strides.len(), shape.len()),
        ));
    }
    let mut out = Vec::with_capacity(total);
    let mut at = vec![0usize; shape.len()];
    let mut offset = 0i64;
    for _ in 0..items {
        let start = usize::try_from(offset).ok();
        let item = start.and_then(|start| data.get(start..start.checked_add(width)?));
        out.extend_from_slice(item.ok_or_else(|| Error::malformed(what, "lead out of the data"))?);
        offset = advance(&mut at, shape, strides, offset)
            .ok_or_else(|| Error::malformed(what, "overflow"))?;
    }
    Ok(out)
}

/// Steps to the next element in C order.
fn advance(at: &mut [usize], shape: &[usize], strides: &[i64], mut offset: i64) -> Option<i64> {
    for ((position, &length), &stride) in at.iter_mut().zip(shape).zip(strides).rev() {
        *position += 1;
        offset = offset.checked_add(stride)?;
        if *position < length {
            return Some(offset);
        }
        offset = offset.checked_sub(stride.checked_mul(i64::try_from(*position).ok()?)?)?;
        *position = 0;
    }
    Some(offset)
}

/// The strides of contiguous elements; in Fortran order the first axis runs fastest.
pub(super) fn contiguous(shape: &[usize], width: usize, fortran: bool) -> Option<Vec<i64>> {
    let mut strides = vec![0; shape.len()];
    let mut step = i64::try_from(width).ok()?;
    let axes: Vec<usize> = if fortran {
        (0..shape.len()).collect()
    } else {
        (0..shape.len()).rev().collect()
    };
    for axis in axes {
        if let (Some(stride), Some(&length)) = (strides.get_mut(axis), shape.get(axis)) {
            *stride = step;
            step = step.checked_mul(i64::try_from(length.max(1)).ok()?)?;
        }
    }
    Some(strides)
}

#[cfg(test)]
mod tests {
    use super::{Budget, Elements, Layout, contiguous, gather};

    #[test]
    fn fortran_order_is_turned() {
        let data: Vec<u8> = (0..6).collect();
        let strides = contiguous(&[2, 3], 1, true).unwrap();
        let turned = gather(&data, &[2, 3], &strides, 1, &mut Budget::for_input(6)).unwrap();
        assert_eq!(turned, [0, 2, 4, 1, 3, 5]);
    }

    #[test]
    fn strides_cannot_leave_the_data_or_blow_up() {
        let mut budget = Budget::for_input(4);
        assert!(gather(&[0; 4], &[2], &[4], 1, &mut budget).is_err());
        assert!(gather(&[0; 4], &[2], &[-1], 1, &mut budget).is_err());
        assert!(gather(&[0; 4], &[usize::MAX, 2], &[0, 0], 1, &mut budget).is_err());
        assert!(gather(&[0; 4], &[1 << 40], &[0], 1, &mut budget).is_err());
    }

    #[test]
    fn dtypes_are_read() {
        let text = Layout::parse("<U2")
            .unwrap()
            .elements(b"a\0\0\0\0\0\0\0")
            .unwrap();
        assert_eq!(text, Elements::Text(2, vec!["a".into()]));
        assert_eq!(Layout::parse("<M8[us]").unwrap().width, 8);
        for code in [
            "",
            "<",
            ">f8",
            "f",
            "<M8[ns",
            "V12",
            "U99999999999999999999",
        ] {
            let layout = Layout::parse(code);
            assert!(
                layout.is_err() || layout.unwrap().elements(&[0; 24]).is_err(),
                "{code}"
            );
        }
    }
}
