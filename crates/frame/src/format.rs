//! The text of one value of an Arrow array.
//!
//! Authority for the types: the table of ODPS and Arrow types in the protocol notes. NULL, NaN and
//! infinities are words; times are written at the full precision of their unit.

pub(crate) mod clip;
pub(crate) mod decimal;
pub(crate) mod float;
pub(crate) mod nested;
pub(crate) mod time;

use crate::window::{Cell, Kind};
use crate::zone::Zone;
use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::*;
use clip::Clip;

/// What the type alone does not tell.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Style<'a> {
    /// A struct of seconds and nanoseconds is a span of time.
    pub(crate) interval: bool,
    /// A point of time without a zone in its type is an instant all the same.
    pub(crate) instant: bool,
    /// The zone that instants are written in.
    pub(crate) zone: Option<&'a Zone>,
}

/// The cell at a position, which must lie inside the array.
pub(crate) fn cell(array: &dyn Array, at: usize, style: Style<'_>, limit: usize) -> Cell {
    let mut out = Clip::new(limit);
    let kind = match at < array.len() {
        true => write(array, at, style, &mut out),
        false => null(&mut out),
    };
    let (text, length, clipped) = out.finish();
    Cell {
        text,
        kind,
        clipped,
        length,
    }
}

fn null(out: &mut Clip) -> Kind {
    out.push("NULL");
    Kind::Null
}

/// Writes a value and tells its kind.
pub(crate) fn write(array: &dyn Array, at: usize, style: Style<'_>, out: &mut Clip) -> Kind {
    if array.is_null(at) {
        return null(out);
    }
    match array.data_type() {
        DataType::Null => null(out),
        DataType::Boolean => {
            out.push(if array.as_boolean().value(at) {
                "true"
            } else {
                "false"
            });
            Kind::Bool
        }
        DataType::Float16 | DataType::Float32 | DataType::Float64 => write_float(array, at, out),
        DataType::Utf8 => text(array.as_string::<i32>().value(at), out),
        DataType::LargeUtf8 => text(array.as_string::<i64>().value(at), out),
        DataType::Utf8View => text(array.as_string_view().value(at), out),
        DataType::Binary => binary(array.as_binary::<i32>().value(at), out),
        DataType::LargeBinary => binary(array.as_binary::<i64>().value(at), out),
        DataType::BinaryView => binary(array.as_binary_view().value(at), out),
        DataType::FixedSizeBinary(_) => binary(array.as_fixed_size_binary().value(at), out),
        DataType::Decimal32(_, scale) => number(
            &decimal::text(&array.as_primitive::<Decimal32Type>().value(at), *scale),
            out,
        ),
        DataType::Decimal64(_, scale) => number(
            &decimal::text(&array.as_primitive::<Decimal64Type>().value(at), *scale),
            out,
        ),
        DataType::Decimal128(_, scale) => number(
            &decimal::text(&array.as_primitive::<Decimal128Type>().value(at), *scale),
            out,
        ),
        DataType::Decimal256(_, scale) => number(
            &decimal::text(&array.as_primitive::<Decimal256Type>().value(at), *scale),
            out,
        ),
        DataType::Dictionary(..) => write_dictionary(array, at, style, out),
        other if other.is_integer() => write_integer(array, at, out),
        other if other.is_temporal() => time::write(array, at, style, out),
        other if other.is_nested() => nested::write(array, at, style, out),
        other => {
            out.push(&format!("<{other}>"));
            Kind::Unknown
        }
    }
}

fn text(text: &str, out: &mut Clip) -> Kind {
    out.push(text);
    Kind::Text
}

fn number(text: &str, out: &mut Clip) -> Kind {
    out.push(text);
    Kind::Number
}

fn binary(bytes: &[u8], out: &mut Clip) -> Kind {
    for some in bytes.chunks(128) {
        if out.is_full() {
            break;
        }
        let digits = some.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let digits = digits.filter_map(|digit| char::from_digit(digit.into(), 16));
        out.push(&digits.collect::<String>());
    }
    out.claim(bytes.len() as u64 * 2);
    Kind::Binary
}

fn write_integer(array: &dyn Array, at: usize, out: &mut Clip) -> Kind {
    let text = match array.data_type() {
        DataType::Int8 => array.as_primitive::<Int8Type>().value(at).to_string(),
        DataType::Int16 => array.as_primitive::<Int16Type>().value(at).to_string(),
        DataType::Int32 => array.as_primitive::<Int32Type>().value(at).to_string(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(at).to_string(),
        DataType::UInt8 => array.as_primitive::<UInt8Type>().value(at).to_string(),
        DataType::UInt16 => array.as_primitive::<UInt16Type>().value(at).to_string(),
        DataType::UInt32 => array.as_primitive::<UInt32Type>().value(at).to_string(),
        _ => array.as_primitive::<UInt64Type>().value(at).to_string(),
    };
    number(&text, out)
}

fn write_float(array: &dyn Array, at: usize, out: &mut Clip) -> Kind {
    let text = match array.data_type() {
        DataType::Float16 => float::f16_text(array.as_primitive::<Float16Type>().value(at)),
        DataType::Float32 => float::f32_text(array.as_primitive::<Float32Type>().value(at)),
        _ => float::f64_text(array.as_primitive::<Float64Type>().value(at)),
    };
    out.push(&text);
    if text == "NaN" {
        Kind::Nan
    } else {
        Kind::Number
    }
}

/// A dictionary (a pandas category) shows its value.
fn write_dictionary(array: &dyn Array, at: usize, style: Style<'_>, out: &mut Clip) -> Kind {
    let dictionary = array.as_any_dictionary();
    let values: &ArrayRef = dictionary.values();
    let keys = dictionary.keys();
    let key = match keys.data_type() {
        DataType::Int8 => i64::from(keys.as_primitive::<Int8Type>().value(at)),
        DataType::Int16 => i64::from(keys.as_primitive::<Int16Type>().value(at)),
        DataType::Int32 => i64::from(keys.as_primitive::<Int32Type>().value(at)),
        DataType::Int64 => keys.as_primitive::<Int64Type>().value(at),
        DataType::UInt8 => i64::from(keys.as_primitive::<UInt8Type>().value(at)),
        DataType::UInt16 => i64::from(keys.as_primitive::<UInt16Type>().value(at)),
        DataType::UInt32 => i64::from(keys.as_primitive::<UInt32Type>().value(at)),
        _ => i64::try_from(keys.as_primitive::<UInt64Type>().value(at)).unwrap_or(-1),
    };
    match usize::try_from(key) {
        Ok(key) if key < values.len() => write(values.as_ref(), key, style, out),
        _ => null(out),
    }
}
