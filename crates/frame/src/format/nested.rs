//! Lists, maps and structs, in a notation like JSON; and instants that travel as a struct.

use super::clip::Clip;
use super::{Style, time, write as write_value};
use crate::window::Kind;
use arrow::array::{Array, ArrayRef, AsArray, StructArray};
use arrow::datatypes::*;

/// Writes a value of a nested type that is not null.
pub(super) fn write(array: &dyn Array, at: usize, style: Style<'_>, out: &mut Clip) -> Kind {
    match array.data_type() {
        DataType::List(_) => list(&array.as_list::<i32>().value(at), style, out),
        DataType::LargeList(_) => list(&array.as_list::<i64>().value(at), style, out),
        DataType::ListView(_) => list(&array.as_list_view::<i32>().value(at), style, out),
        DataType::LargeListView(_) => list(&array.as_list_view::<i64>().value(at), style, out),
        DataType::FixedSizeList(..) => list(&array.as_fixed_size_list().value(at), style, out),
        DataType::Map(..) => map(&array.as_map().value(at), style, out),
        DataType::Struct(_) => {
            let array = array.as_struct();
            match seconds(array, at) {
                Some(nanos) if style.interval => out.push(&time::span(nanos, 9)),
                Some(nanos) => out.push(&time::moment(nanos, 9, None, style)),
                None => {
                    fields(array, at, style, out);
                    return Kind::Nested;
                }
            }
            return Kind::Time;
        }
        other => {
            out.push(&format!("<{other}>"));
            return Kind::Unknown;
        }
    }
    Kind::Nested
}

/// The nanoseconds of a struct of `sec: int64` and `nano: int32`.
fn seconds(array: &StructArray, at: usize) -> Option<i128> {
    let [sec, nano] = array.columns() else {
        return None;
    };
    let names: Vec<&str> = array.column_names();
    if names != ["sec", "nano"] || sec.is_null(at) || nano.is_null(at) {
        return None;
    }
    let sec = sec.as_primitive_opt::<Int64Type>()?.value(at);
    let nano = nano.as_primitive_opt::<Int32Type>()?.value(at);
    Some(i128::from(sec) * 1_000_000_000 + i128::from(nano))
}

fn list(items: &ArrayRef, style: Style<'_>, out: &mut Clip) {
    out.push("[");
    for at in 0..items.len() {
        if at > 0 {
            out.push(", ");
        }
        item(items.as_ref(), at, style, out);
    }
    out.push("]");
}

fn map(entries: &StructArray, style: Style<'_>, out: &mut Clip) {
    let [keys, values] = entries.columns() else {
        out.push("{}");
        return;
    };
    out.push("{");
    for at in 0..entries.len() {
        if at > 0 {
            out.push(", ");
        }
        item(keys.as_ref(), at, style, out);
        out.push(": ");
        item(values.as_ref(), at, style, out);
    }
    out.push("}");
}

fn fields(array: &StructArray, at: usize, style: Style<'_>, out: &mut Clip) {
    out.push("{");
    for (place, (name, column)) in array
        .column_names()
        .into_iter()
        .zip(array.columns())
        .enumerate()
    {
        if place > 0 {
            out.push(", ");
        }
        quoted(name, out);
        out.push(": ");
        item(column.as_ref(), at, style, out);
    }
    out.push("}");
}

/// A value inside another: text, times and bytes in quotes, no value as `null`.
fn item(array: &dyn Array, at: usize, style: Style<'_>, out: &mut Clip) {
    if array.is_null(at) {
        out.push("null");
        return;
    }
    match array.data_type() {
        DataType::Utf8 => quoted(array.as_string::<i32>().value(at), out),
        DataType::LargeUtf8 => quoted(array.as_string::<i64>().value(at), out),
        DataType::Utf8View => quoted(array.as_string_view().value(at), out),
        other if bare(other) => {
            write_value(array, at, style, out);
        }
        DataType::Struct(_) if seconds(array.as_struct(), at).is_none() => {
            write_value(array, at, style, out);
        }
        _ => {
            let mut inner = Clip::new(usize::MAX);
            let kind = write_value(array, at, style, &mut inner);
            let (text, ..) = inner.finish();
            match kind {
                Kind::Text | Kind::Time | Kind::Binary => quoted(&text, out),
                Kind::Null => out.push("null"),
                _ => out.push(&text),
            }
        }
    }
}

/// Whether values of this type stand inside another without quotes.
fn bare(data_type: &DataType) -> bool {
    data_type.is_numeric()
        || matches!(
            data_type,
            DataType::Boolean | DataType::Map(..) | DataType::List(_)
        )
        || matches!(
            data_type,
            DataType::LargeList(_) | DataType::FixedSizeList(..)
        )
}

/// A JSON string.
pub(crate) fn quoted(text: &str, out: &mut Clip) {
    out.push("\"");
    for part in text.split_inclusive(|c: char| c == '"' || c == '\\' || c.is_control()) {
        let mut characters = part.chars();
        match characters.next_back() {
            Some('"') => escaped(characters.as_str(), "\\\"", out),
            Some('\\') => escaped(characters.as_str(), "\\\\", out),
            Some('\n') => escaped(characters.as_str(), "\\n", out),
            Some('\r') => escaped(characters.as_str(), "\\r", out),
            Some('\t') => escaped(characters.as_str(), "\\t", out),
            Some(other) if other.is_control() => {
                let code = format!("\\u{:04x}", u32::from(other));
                escaped(characters.as_str(), &code, out);
            }
            _ => out.push(part),
        }
    }
    out.push("\"");
}

fn escaped(before: &str, escape: &str, out: &mut Clip) {
    out.push(before);
    out.push(escape);
}
