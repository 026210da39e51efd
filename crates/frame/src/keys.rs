//! Cells of a column as keys: integers (or bytes) whose order and equality are those of the values.
//!
//! Everything that compares cells goes through here once: integers, decimals (unscaled), times (in
//! ticks), truth values and floats (by an order-preserving map of their bits) are integers of 64,
//! 128 or 256 bits; text and binary are bytes.

mod texts;

use arrow::array::{Array, AsArray};
use arrow::buffer::NullBuffer;
use arrow::datatypes::*;
use std::borrow::Cow;
pub(crate) use texts::Texts;

/// The cells of one array as keys.
pub(crate) struct Lane<'a> {
    pub(crate) keys: Keys<'a>,
    /// Which cells have a value; all when there is none.
    pub(crate) nulls: Option<NullBuffer>,
}

/// Keys of one width; what stands where there is no value is arbitrary.
pub(crate) enum Keys<'a> {
    Small(Cow<'a, [i64]>),
    Wide(Cow<'a, [i128]>),
    Huge(Cow<'a, [i256]>),
    Bytes(Texts<'a>),
    /// The type has no order.
    Unordered,
}

impl Lane<'_> {
    pub(crate) fn is_null(&self, at: usize) -> bool {
        self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(at))
    }

    /// The bytes of a cell of text or binary.
    pub(crate) fn bytes_at(&self, at: usize) -> Option<Vec<u8>> {
        match &self.keys {
            Keys::Bytes(texts) if !self.is_null(at) => Some(texts.get(at).to_vec()),
            _ => None,
        }
    }
}

/// The key of a float: NaN greatest, the two zeros alike.
pub(crate) fn float_key(value: f64) -> i64 {
    if value.is_nan() {
        return i64::MAX;
    }
    flip((value + 0.0).to_bits().cast_signed())
}

/// The float of a key.
pub(crate) fn key_float(key: i64) -> f64 {
    match key {
        i64::MAX => f64::NAN,
        key => f64::from_bits(flip(key).cast_unsigned()),
    }
}

fn flip(bits: i64) -> i64 {
    bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
}

/// The cells of an array as keys.
pub(crate) fn lane(array: &dyn Array) -> Lane<'_> {
    match array.data_type() {
        DataType::Dictionary(..) => dictionary(array),
        DataType::Struct(_) => moments(array),
        _ => Lane {
            keys: keys(array),
            nulls: array.logical_nulls().filter(|nulls| nulls.null_count() > 0),
        },
    }
}

fn keys(array: &dyn Array) -> Keys<'_> {
    macro_rules! widen {
        ($kind:ty) => {
            Keys::Small(Cow::Owned(
                array
                    .as_primitive::<$kind>()
                    .values()
                    .iter()
                    .map(|&value| value.into())
                    .collect(),
            ))
        };
    }
    macro_rules! same {
        ($kind:ty) => {
            Keys::Small(Cow::Borrowed(array.as_primitive::<$kind>().values()))
        };
    }
    match array.data_type() {
        DataType::Boolean => {
            Keys::Small(array.as_boolean().values().iter().map(i64::from).collect())
        }
        DataType::Int8 => widen!(Int8Type),
        DataType::Int16 => widen!(Int16Type),
        DataType::Int32 => widen!(Int32Type),
        DataType::Int64 => same!(Int64Type),
        DataType::UInt8 => widen!(UInt8Type),
        DataType::UInt16 => widen!(UInt16Type),
        DataType::UInt32 => widen!(UInt32Type),
        DataType::UInt64 => {
            let values = array.as_primitive::<UInt64Type>().values();
            Keys::Wide(values.iter().map(|&value| i128::from(value)).collect())
        }
        DataType::Decimal32(..) => widen!(Decimal32Type),
        DataType::Decimal64(..) => same!(Decimal64Type),
        DataType::Decimal128(..) => Keys::Wide(Cow::Borrowed(
            array.as_primitive::<Decimal128Type>().values(),
        )),
        DataType::Decimal256(..) => Keys::Huge(Cow::Borrowed(
            array.as_primitive::<Decimal256Type>().values(),
        )),
        DataType::Float16 | DataType::Float32 | DataType::Float64 => floats(array),
        DataType::Date32 => widen!(Date32Type),
        DataType::Date64 => same!(Date64Type),
        DataType::Timestamp(TimeUnit::Second, _) => same!(TimestampSecondType),
        DataType::Timestamp(TimeUnit::Millisecond, _) => same!(TimestampMillisecondType),
        DataType::Timestamp(TimeUnit::Microsecond, _) => same!(TimestampMicrosecondType),
        DataType::Timestamp(TimeUnit::Nanosecond, _) => same!(TimestampNanosecondType),
        DataType::Duration(TimeUnit::Second) => same!(DurationSecondType),
        DataType::Duration(TimeUnit::Millisecond) => same!(DurationMillisecondType),
        DataType::Duration(TimeUnit::Microsecond) => same!(DurationMicrosecondType),
        DataType::Duration(TimeUnit::Nanosecond) => same!(DurationNanosecondType),
        DataType::Time32(TimeUnit::Second) => widen!(Time32SecondType),
        DataType::Time32(_) => widen!(Time32MillisecondType),
        DataType::Time64(TimeUnit::Microsecond) => same!(Time64MicrosecondType),
        DataType::Time64(_) => same!(Time64NanosecondType),
        DataType::Interval(IntervalUnit::YearMonth) => widen!(IntervalYearMonthType),
        _ => texts::of(array).map_or(Keys::Unordered, Keys::Bytes),
    }
}

fn floats(array: &dyn Array) -> Keys<'_> {
    let keys = match array.data_type() {
        DataType::Float16 => {
            let values = array.as_primitive::<Float16Type>().values();
            values
                .iter()
                .map(|value| float_key(value.to_f64()))
                .collect()
        }
        DataType::Float32 => {
            let values = array.as_primitive::<Float32Type>().values();
            values
                .iter()
                .map(|&value| float_key(f64::from(value)))
                .collect()
        }
        _ => {
            let values = array.as_primitive::<Float64Type>().values();
            values.iter().map(|&value| float_key(value)).collect()
        }
    };
    Keys::Small(Cow::Owned(keys))
}

/// Instants (or spans) that travel as a struct of seconds and nanoseconds, in nanoseconds.
fn moments(array: &dyn Array) -> Lane<'_> {
    let fields = array.as_struct();
    let parts = match fields.columns() {
        [sec, nano] if is_moment(array.data_type()) => sec
            .as_primitive_opt::<Int64Type>()
            .zip(nano.as_primitive_opt::<Int32Type>()),
        _ => None,
    };
    let Some((sec, nano)) = parts else {
        return Lane {
            keys: Keys::Unordered,
            nulls: array.nulls().cloned(),
        };
    };
    let pairs = sec.values().iter().zip(nano.values());
    let ticks = pairs.map(|(&sec, &nano)| i128::from(sec) * 1_000_000_000 + i128::from(nano));
    let inner = NullBuffer::union(sec.nulls(), nano.nulls());
    Lane {
        keys: Keys::Wide(ticks.collect()),
        nulls: NullBuffer::union(array.nulls(), inner.as_ref()),
    }
}

/// Whether a type is a struct of `sec: int64` and `nano: int32`.
pub(crate) fn is_moment(data_type: &DataType) -> bool {
    let DataType::Struct(fields) = data_type else {
        return false;
    };
    let shape = |at: usize| {
        fields
            .get(at)
            .map(|field| (field.name().as_str(), field.data_type()))
    };
    fields.len() == 2
        && shape(0) == Some(("sec", &DataType::Int64))
        && shape(1) == Some(("nano", &DataType::Int32))
}

/// A dictionary's values, each where its key says.
fn dictionary(array: &dyn Array) -> Lane<'_> {
    let dictionary = array.as_any_dictionary();
    let (values, places) = (
        lane(dictionary.values().as_ref()),
        dictionary.normalized_keys(),
    );
    let nulls = array.logical_nulls().filter(|nulls| nulls.null_count() > 0);
    fn pick<T: Copy + Default>(from: &[T], places: &[usize]) -> Cow<'static, [T]> {
        places
            .iter()
            .map(|&at| from.get(at).copied().unwrap_or_default())
            .collect()
    }
    let keys = match values.keys {
        Keys::Small(from) => Keys::Small(pick(&from, &places)),
        Keys::Wide(from) => Keys::Wide(pick(&from, &places)),
        Keys::Huge(from) => Keys::Huge(pick(&from, &places)),
        Keys::Bytes(from) => Keys::Bytes(from.pick(&places)),
        Keys::Unordered => Keys::Unordered,
    };
    Lane { keys, nulls }
}

#[cfg(test)]
mod tests {
    use super::{float_key, key_float};

    #[test]
    fn floats_keep_their_order_as_keys() {
        let ordered = [
            f64::NEG_INFINITY,
            f64::MIN,
            -1.0,
            -5e-324,
            0.0,
            5e-324,
            1.0,
            f64::MAX,
            f64::INFINITY,
            f64::NAN,
        ];
        for pair in ordered.windows(2) {
            assert!(float_key(pair[0]) < float_key(pair[1]), "{pair:?}");
        }
        assert_eq!(float_key(-0.0), float_key(0.0));
        assert_eq!(float_key(-f64::NAN), float_key(f64::NAN));
        assert_eq!(key_float(float_key(-1.5)), -1.5);
        assert!(key_float(float_key(f64::NAN)).is_nan());
    }
}
