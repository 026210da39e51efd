//! Text to arrays, and arrays of one type to those of another: exactly, or not at all.

use std::borrow::Cow;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, BinaryBuilder, BooleanBuilder, PrimitiveArray, StringBuilder, new_null_array,
};
use arrow::compute::cast;
use arrow::datatypes::*;
use frame::{Zone, read};

/// What a cell is.
pub(crate) enum Given<'a> {
    Null,
    Text(Cow<'a, str>),
    /// Its letters are damaged.
    Damaged(Cow<'a, str>),
}

/// What becomes of the cells of a column.
pub(crate) struct Shape<'a> {
    pub(crate) data_type: &'a DataType,
    /// Points of time are instants.
    pub(crate) instant: bool,
    /// The letters that fit.
    pub(crate) letters: Option<u32>,
    pub(crate) zone: Option<&'a Zone>,
}

/// The longest text or piece of bytes that a cell holds.
const LONGEST: usize = 8 << 20;

/// Makes a column; what does not fit is told and left out.
pub(crate) fn column<'a>(
    shape: &Shape<'_>,
    rows: usize,
    cell: impl Fn(usize) -> Given<'a>,
    bad: &mut dyn FnMut(usize, &str, bool),
) -> ArrayRef {
    let mut each = |row: usize, take: &mut dyn FnMut(&str) -> bool| match cell(row) {
        Given::Null => false,
        Given::Damaged(text) => {
            bad(row, &text, true);
            false
        }
        Given::Text(text) => {
            let taken = take(&text);
            if !taken {
                bad(row, &text, false);
            }
            taken
        }
    };
    macro_rules! values {
        ($kind:ty, $read:expr) => {{
            let mut values = Vec::with_capacity(rows);
            for row in 0..rows {
                let mut value = None;
                each(row, &mut |text| {
                    value = $read(text);
                    value.is_some()
                });
                values.push(value);
            }
            let array: PrimitiveArray<$kind> = values.into_iter().collect();
            Arc::new(array.with_data_type(shape.data_type.clone()))
        }};
    }
    let whole = |text: &str| read::number(text.trim(), 0)?.to_i128();
    match shape.data_type {
        DataType::Int8 => values!(Int8Type, |text| whole(text)?.try_into().ok()),
        DataType::Int16 => values!(Int16Type, |text| whole(text)?.try_into().ok()),
        DataType::Int32 => values!(Int32Type, |text| whole(text)?.try_into().ok()),
        DataType::Int64 => values!(Int64Type, |text| whole(text)?.try_into().ok()),
        DataType::Float32 => values!(Float32Type, |text: &str| text.trim().parse().ok()),
        DataType::Float64 => values!(Float64Type, |text: &str| text.trim().parse().ok()),
        DataType::Decimal128(precision, scale) => values!(Decimal128Type, |text: &str| {
            let value = read::number(text.trim(), *scale)?.to_i128()?;
            let fits = value.unsigned_abs() < 10_u128.pow(u32::from(*precision));
            fits.then_some(value)
        }),
        DataType::Decimal256(precision, scale) => values!(Decimal256Type, |text: &str| {
            let value = read::number(text.trim(), *scale)?;
            let digits = value.wrapping_abs().to_string().len();
            (digits <= usize::from(*precision)).then_some(value)
        }),
        DataType::Date32 => values!(Date32Type, |text: &str| read::date(text.trim())),
        DataType::Timestamp(unit, None) => {
            let places = places(*unit);
            let value = |text: &str| read::moment(text.trim(), places, shape.instant, shape.zone);
            match unit {
                TimeUnit::Second => values!(TimestampSecondType, value),
                TimeUnit::Millisecond => values!(TimestampMillisecondType, value),
                TimeUnit::Microsecond => values!(TimestampMicrosecondType, value),
                TimeUnit::Nanosecond => values!(TimestampNanosecondType, value),
            }
        }
        DataType::Boolean => {
            let mut values = BooleanBuilder::with_capacity(rows);
            for row in 0..rows {
                let mut value = None;
                each(row, &mut |text| {
                    value = truth(text.trim());
                    value.is_some()
                });
                values.append_option(value);
            }
            Arc::new(values.finish())
        }
        DataType::Utf8 => {
            let mut values = StringBuilder::with_capacity(rows, rows * 16);
            let fits = |text: &str| {
                let letters = shape.letters.map(|most| most as usize);
                text.len() <= LONGEST && letters.is_none_or(|most| text.chars().count() <= most)
            };
            for row in 0..rows {
                let taken = each(row, &mut |text| {
                    let fits = fits(text);
                    if fits {
                        values.append_value(text);
                    }
                    fits
                });
                if !taken {
                    values.append_null();
                }
            }
            Arc::new(values.finish())
        }
        DataType::Binary => {
            let mut values = BinaryBuilder::with_capacity(rows, rows * 16);
            for row in 0..rows {
                let taken = each(row, &mut |text| {
                    let bytes = read::hex(text.trim()).filter(|bytes| bytes.len() <= LONGEST);
                    bytes.map(|bytes| values.append_value(bytes)).is_some()
                });
                if !taken {
                    values.append_null();
                }
            }
            Arc::new(values.finish())
        }
        other => {
            (0..rows).for_each(|row| {
                each(row, &mut |_| false);
            });
            new_null_array(other, rows)
        }
    }
}

fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn places(unit: TimeUnit) -> u32 {
    match unit {
        TimeUnit::Second => 0,
        TimeUnit::Millisecond => 3,
        TimeUnit::Microsecond => 6,
        TimeUnit::Nanosecond => 9,
    }
}

/// The array without what only saves room: dictionaries, views, wide offsets.
pub(crate) fn plain(array: &ArrayRef) -> ArrayRef {
    let to = match array.data_type() {
        DataType::Dictionary(_, values) => {
            let values = cast(array, values).unwrap_or_else(|_| array.clone());
            return match values.data_type() {
                DataType::Dictionary(..) => values,
                _ => plain(&values),
            };
        }
        DataType::LargeUtf8 | DataType::Utf8View => DataType::Utf8,
        DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
            DataType::Binary
        }
        _ => return array.clone(),
    };
    cast(array, &to).unwrap_or_else(|_| array.clone())
}

/// The array as another type, where that is a question of names only.
pub(crate) fn renamed(array: &ArrayRef, to: &DataType) -> Option<ArrayRef> {
    if array.data_type() == to {
        return Some(array.clone());
    }
    let nested = array.data_type().is_nested() && alike(array.data_type(), to);
    nested.then(|| cast(array, to).ok()).flatten()
}

/// Whether two types differ in names of inner fields only.
pub(crate) fn alike(one: &DataType, other: &DataType) -> bool {
    match (one, other) {
        (DataType::List(a), DataType::List(b)) | (DataType::Map(a, _), DataType::Map(b, _)) => {
            alike(a.data_type(), b.data_type())
        }
        (DataType::Struct(a), DataType::Struct(b)) => {
            a.len() == b.len()
                && (a.iter().zip(b)).all(|(a, b)| alike(a.data_type(), b.data_type()))
        }
        _ => one == other,
    }
}

/// Points of time in another unit; none where the array holds no points of time, or the wish is none.
/// Times without a zone are those of the reader's zone where an instant is wanted.
pub(crate) fn moments(
    array: &ArrayRef,
    shape: &Shape<'_>,
    bad: &mut dyn FnMut(usize, &str, bool),
) -> Option<ArrayRef> {
    let (DataType::Timestamp(from, zone), DataType::Timestamp(to, None)) =
        (array.data_type(), shape.data_type)
    else {
        return None;
    };
    let ticks = cast(array, &DataType::Int64).ok()?;
    let ticks = ticks.as_any().downcast_ref::<PrimitiveArray<Int64Type>>()?;
    let local = zone.is_none() && shape.instant;
    let shift = |ticks: i64| match shape.zone.filter(|_| local) {
        Some(zone) => {
            let unit = 10_i64.pow(places(*from));
            let (seconds, rest) = (ticks.div_euclid(unit), ticks.rem_euclid(unit));
            zone.instant(seconds).checked_mul(unit)?.checked_add(rest)
        }
        None => Some(ticks),
    };
    let (from, to_places) = (places(*from), places(*to));
    let scale = |ticks: i64| match to_places.checked_sub(from) {
        Some(more) => ticks.checked_mul(10_i64.pow(more)),
        None => {
            let unit = 10_i64.pow(from - to_places);
            (ticks % unit == 0).then_some(ticks / unit)
        }
    };
    let mut values = Vec::with_capacity(ticks.len());
    for (row, ticks) in ticks.iter().enumerate() {
        let value = ticks.and_then(shift).and_then(scale);
        if let Some(ticks) = ticks.filter(|_| value.is_none()) {
            bad(row, &format!("{ticks}e-{from} s"), false);
        }
        values.push(value);
    }
    let array: PrimitiveArray<Int64Type> = values.into_iter().collect();
    let array: ArrayRef = Arc::new(array);
    cast(&array, shape.data_type).ok()
}
