//! numpy's types as bytes need them: reinterpreting contiguous bytes.

use super::{Elements, Unit};
use crate::v04::serialized::Error;
use half::f16;
use std::sync::Arc;

/// A numpy type as bytes need it: kind, width, unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::v04::serialized) struct Layout {
    kind: u8,
    pub(in crate::v04::serialized) width: usize,
    unit: Unit,
}

impl Layout {
    /// Reads `<f8`, `|S2`, `<M8[ns]`, `O8`; big-endian types are not known here.
    pub(in crate::v04::serialized) fn parse(code: &str) -> Result<Self, Error> {
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

    pub(in crate::v04::serialized) fn is_object(&self) -> bool {
        self.kind == b'O'
    }

    pub(in crate::v04::serialized) fn with_unit(mut self, unit: &str) -> Option<Self> {
        self.unit = Unit::parse(unit)?;
        Some(self)
    }

    /// Reinterprets contiguous bytes.
    pub(in crate::v04::serialized) fn elements(&self, bytes: &[u8]) -> Result<Elements, Error> {
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

#[cfg(test)]
mod tests {
    use super::{Elements, Layout};

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
