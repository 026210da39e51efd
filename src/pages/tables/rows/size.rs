//! How large rows are before they are read: whoever asks for all of them is told first.

use odps::types::{Column, Type};

/// Below this nobody is asked before a whole table is read.
const SMALL_ROWS: u64 = 100_000;
/// The same, as it will be in memory.
const SMALL_BYTES: u64 = 64 << 20;
/// What a value of no fixed length takes in memory besides its text.
const LOOSE: u64 = 24;
/// How much larger than its stored form text may be: columns are compressed.
const PACKED: u64 = 4;

/// What is known of the rows before they are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// How many rows there are.
    pub rows: Option<u64>,
    /// Bytes in storage, compressed.
    pub stored: Option<u64>,
    /// About how many bytes in memory.
    pub memory: Option<u64>,
}

impl Size {
    /// The size of rows with these columns.
    pub fn of(rows: Option<u64>, stored: Option<u64>, columns: &[Column]) -> Self {
        let fixed: u64 = columns.iter().map(|column| width(&column.kind)).sum();
        let memory = rows.and_then(|rows| {
            let fixed = rows.checked_mul(fixed)?;
            let loose = columns.iter().any(|column| width(&column.kind) == LOOSE);
            let packed = if loose {
                stored.unwrap_or(0).checked_mul(PACKED)?
            } else {
                0
            };
            fixed.checked_add(packed)
        });
        Self {
            rows,
            stored,
            memory,
        }
    }

    /// Whether it is read without a question.
    pub fn is_small(&self) -> bool {
        self.rows.is_some_and(|rows| rows <= SMALL_ROWS)
            && self.memory.is_some_and(|bytes| bytes <= SMALL_BYTES)
    }
}

/// Bytes of a value in memory.
fn width(kind: &Type) -> u64 {
    match kind {
        Type::Tinyint | Type::Boolean => 1,
        Type::Smallint => 2,
        Type::Int | Type::Float | Type::Date => 4,
        Type::Bigint | Type::Double | Type::Datetime | Type::Timestamp | Type::TimestampNtz => 8,
        Type::Decimal(_) => 16,
        _ => LOOSE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_table_is_asked_about() {
        let columns = |kind: Type| vec![Column::new("a", kind)];
        let size = Size::of(Some(1_000_000), Some(5 << 20), &columns(Type::Bigint));
        assert_eq!(size.memory, Some(8_000_000));
        assert!(!size.is_small());
        let text = Size::of(Some(1_000), Some(1_000), &columns(Type::String));
        assert_eq!(text.memory, Some(28_000));
        assert!(text.is_small());
        assert!(!Size::of(None, None, &columns(Type::Bigint)).is_small());
        assert_eq!(
            Size::of(Some(u64::MAX), None, &columns(Type::Bigint)).memory,
            None
        );
    }
}
