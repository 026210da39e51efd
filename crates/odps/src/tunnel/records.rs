//! Rows as the tunnel's flat protobuf stream, in both directions.
//!
//! A record is its fields (ordinal from 1; NULL is left out), then field 33553408 with the CRC-32C of
//! ordinals and values. At the end stand the number of records (33554430) and the CRC-32C of the
//! records' checksums (33554431). There is no length in front of anything but texts and bytes.
//! Authority: `writer.py` and `reader.py` of PyODPS 0.9.0.1 and 0.13.1, and the recorded bodies
//! `tunnel_{up,down}load_protobuf*.json`. Arrow types are those of
//! [`super::schema::record_type`].

use crate::types::Type;

mod column;
mod decimal;
mod reader;
mod source;
mod view;
mod writer;

pub use decimal::parse_decimal;
pub use reader::Reader;
pub use writer::Writer;

const END_OF_RECORD: u32 = 33_553_408;
const END_OF_METRICS: u32 = 33_554_176;
const COUNT: u32 = 33_554_430;
const CHECKSUM: u32 = 33_554_431;

const VARINT: u32 = 0;
const FIXED64: u32 = 1;
const BYTES: u32 = 2;
const FIXED32: u32 = 5;

/// The longest text or bytes in a field, which upload sessions announce.
pub const MAX_FIELD_SIZE: u64 = 8 << 20;

/// What is wrong with a stream of records, or with rows that are to become one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordsError {
    /// The stream ends before its end.
    #[error("the stream ends at byte {at}, before its checksum")]
    Truncated {
        /// Where it ends.
        at: u64,
    },
    /// The stream cannot be read any further.
    #[error("the stream cannot be read after byte {at}: {source}")]
    Unreadable {
        /// What was read.
        at: u64,
        /// Why: a coding that is damaged, or a connection that broke.
        source: std::io::Error,
    },
    /// A record does not match its checksum.
    #[error("record {record} is damaged: its checksum is {found:08x}, not {expected:08x}")]
    BadChecksum {
        /// Records before it.
        record: u64,
        /// The checksum in the stream.
        expected: u32,
        /// The checksum of the values.
        found: u32,
    },
    /// The stream does not match the count or the checksum at its end.
    #[error("the stream is damaged: it says {what} {expected} of {found}")]
    BadTotal {
        /// Which of the two.
        what: &'static str,
        /// What stands at the end.
        expected: u64,
        /// What was read.
        found: u64,
    },
    /// Bytes that are no records of these columns.
    #[error("byte {at}: {reason}")]
    Malformed {
        /// Where.
        at: u64,
        /// What is wrong.
        reason: String,
    },
    /// A column has no form in records, or its values are not of its type.
    #[error("{kind} has no form in records here")]
    NoForm {
        /// The type.
        kind: String,
    },
    /// The values do not make an Arrow array.
    #[error(transparent)]
    Arrow(#[from] arrow::error::ArrowError),
}

/// How a value of the type is told apart on the wire.
fn wire_type(kind: &Type) -> Option<u32> {
    Some(match kind {
        Type::Tinyint | Type::Smallint | Type::Int | Type::Bigint => VARINT,
        Type::Boolean | Type::Date | Type::Datetime | Type::IntervalYearMonth => VARINT,
        Type::Float => FIXED32,
        Type::Double => FIXED64,
        Type::Void | Type::Other(_) => return None,
        _ => BYTES,
    })
}

fn zig_zag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

fn zag_zig(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

#[cfg(test)]
mod tests;
