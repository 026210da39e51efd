//! Text and binary arrays of every layout, as bytes.

use arrow::array::*;
use arrow::datatypes::DataType;

/// The bytes of each cell.
pub(crate) enum Texts<'a> {
    Short { ends: &'a [i32], data: &'a [u8] },
    Long { ends: &'a [i64], data: &'a [u8] },
    Views(&'a StringViewArray),
    ByteViews(&'a BinaryViewArray),
    Fixed(&'a FixedSizeBinaryArray),
    Picked(Vec<&'a [u8]>),
}

pub(super) fn of(array: &dyn Array) -> Option<Texts<'_>> {
    Some(match array.data_type() {
        DataType::Utf8 => {
            let array = array.as_string::<i32>();
            Texts::Short {
                ends: array.value_offsets(),
                data: array.value_data(),
            }
        }
        DataType::Binary => {
            let array = array.as_binary::<i32>();
            Texts::Short {
                ends: array.value_offsets(),
                data: array.value_data(),
            }
        }
        DataType::LargeUtf8 => {
            let array = array.as_string::<i64>();
            Texts::Long {
                ends: array.value_offsets(),
                data: array.value_data(),
            }
        }
        DataType::LargeBinary => {
            let array = array.as_binary::<i64>();
            Texts::Long {
                ends: array.value_offsets(),
                data: array.value_data(),
            }
        }
        DataType::Utf8View => Texts::Views(array.as_string_view()),
        DataType::BinaryView => Texts::ByteViews(array.as_binary_view()),
        DataType::FixedSizeBinary(_) => Texts::Fixed(array.as_fixed_size_binary()),
        _ => return None,
    })
}

impl<'a> Texts<'a> {
    /// The bytes of a cell, which must lie inside the array.
    pub(crate) fn get(&self, at: usize) -> &'a [u8] {
        match self {
            Self::Short { ends, data } => data
                .get(ends[at] as usize..ends[at + 1] as usize)
                .unwrap_or_default(),
            Self::Long { ends, data } => data
                .get(ends[at] as usize..ends[at + 1] as usize)
                .unwrap_or_default(),
            Self::Views(array) => array.value(at).as_bytes(),
            Self::ByteViews(array) => array.value(at),
            Self::Fixed(array) => array.value(at),
            Self::Picked(cells) => cells[at],
        }
    }

    /// The cells at these places; what lies outside is empty.
    pub(super) fn pick(&self, places: &[usize]) -> Self {
        let cell = |&at: &usize| if at < self.len() { self.get(at) } else { &[] };
        Self::Picked(places.iter().map(cell).collect())
    }

    fn len(&self) -> usize {
        match self {
            Self::Short { ends, .. } => ends.len().saturating_sub(1),
            Self::Long { ends, .. } => ends.len().saturating_sub(1),
            Self::Views(array) => array.len(),
            Self::ByteViews(array) => array.len(),
            Self::Fixed(array) => array.len(),
            Self::Picked(cells) => cells.len(),
        }
    }
}
