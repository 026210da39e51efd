//! What the keys of a column mean: typed text to a key, exactly, and a key to text.

pub(crate) mod number;
pub(crate) mod time;

use crate::filter::Expected;
use crate::format::float::{F16, f16_text, f32_text, f64_text};
use crate::format::{Style, decimal, time as written};
use crate::keys::{float_key, is_moment, key_float};
use arrow::datatypes::*;

/// What a column's keys are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Meaning {
    Bool,
    Int,
    Decimal(i8),
    /// A float of so many bits.
    Float(u8),
    Date,
    /// A point of time in so many decimal places of a second.
    Moment {
        places: u32,
        zone: Option<String>,
    },
    Clock(u32),
    Span(u32),
    Months,
    Text,
    Bytes,
    /// Values are not compared.
    Unordered,
}

/// Where a typed number lies among the keys: at `floor`, or between it and the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    pub(crate) floor: i256,
    pub(crate) exact: bool,
}

impl Cut {
    pub(crate) fn at(key: impl Into<i128>) -> Self {
        Self {
            floor: i256::from_i128(key.into()),
            exact: true,
        }
    }
}

impl Meaning {
    pub(crate) fn of(data_type: &DataType, interval: bool) -> Self {
        match data_type {
            DataType::Boolean => Self::Bool,
            other if other.is_integer() => Self::Int,
            DataType::Decimal32(_, scale)
            | DataType::Decimal64(_, scale)
            | DataType::Decimal128(_, scale)
            | DataType::Decimal256(_, scale) => Self::Decimal(*scale),
            DataType::Float16 => Self::Float(16),
            DataType::Float32 => Self::Float(32),
            DataType::Float64 => Self::Float(64),
            DataType::Date32 => Self::Date,
            DataType::Date64 => Self::Moment {
                places: 3,
                zone: None,
            },
            DataType::Timestamp(unit, zone) => Self::Moment {
                places: places(unit),
                zone: zone.as_deref().map(str::to_owned),
            },
            DataType::Time32(unit) | DataType::Time64(unit) => Self::Clock(places(unit)),
            DataType::Duration(unit) => Self::Span(places(unit)),
            DataType::Interval(IntervalUnit::YearMonth) => Self::Months,
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Self::Text,
            DataType::Binary
            | DataType::LargeBinary
            | DataType::BinaryView
            | DataType::FixedSizeBinary(_) => Self::Bytes,
            DataType::Dictionary(_, values) => Self::of(values, interval),
            other if is_moment(other) && interval => Self::Span(9),
            other if is_moment(other) => Self::Moment {
                places: 9,
                zone: None,
            },
            _ => Self::Unordered,
        }
    }

    /// Whether keys are integers, not bytes.
    pub(crate) fn is_numeric(&self) -> bool {
        !matches!(self, Self::Text | Self::Bytes | Self::Unordered)
    }

    /// What is expected of typed text.
    pub(crate) fn expected(&self) -> Expected {
        match self {
            Self::Bool => Expected::Bool,
            Self::Int | Self::Decimal(_) | Self::Months => Expected::Number,
            Self::Float(_) => Expected::Float,
            Self::Date => Expected::Date,
            Self::Moment { .. } => Expected::Time,
            Self::Clock(_) => Expected::Clock,
            Self::Span(_) => Expected::Span,
            Self::Bytes => Expected::Hex,
            Self::Text | Self::Unordered => Expected::Nothing,
        }
    }

    /// Where typed text lies among the keys.
    pub(crate) fn read(&self, text: &str, style: Style<'_>) -> Option<Cut> {
        let text = text.trim();
        match self {
            Self::Bool => match text.to_ascii_lowercase().as_str() {
                "true" | "1" => Some(Cut::at(1)),
                "false" | "0" => Some(Cut::at(0)),
                _ => None,
            },
            Self::Int => number::read(text, 0),
            Self::Decimal(scale) => number::read(text, i64::from(*scale)),
            Self::Float(bits) => read_float(text, *bits).map(|value| Cut::at(float_key(value))),
            Self::Date => time::date(text).map(Cut::at),
            Self::Moment { places, zone } => time::moment(text, *places, zone.as_deref(), style),
            Self::Clock(places) => time::clock(text, *places),
            Self::Span(places) => time::span(text, *places),
            Self::Months => number::read(text.trim_end_matches("months").trim_end(), 0),
            Self::Text | Self::Bytes | Self::Unordered => None,
        }
    }

    /// The bytes that typed text stands for.
    pub(crate) fn read_bytes(&self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Text => Some(text.as_bytes().to_vec()),
            Self::Bytes => unhex(text.trim()),
            _ => None,
        }
    }

    /// The text of a key that is an integer, as a cell shows it.
    pub(crate) fn text(&self, key: i256, style: Style<'_>) -> String {
        let ticks = key.to_i128().unwrap_or(i128::MAX);
        match self {
            Self::Bool => (ticks != 0).to_string(),
            Self::Decimal(scale) => decimal::text(&key, *scale),
            Self::Float(bits) => float_text(key_float(i64::try_from(ticks).unwrap_or(0)), *bits),
            Self::Date => written::date(ticks),
            Self::Moment { places, zone } => {
                written::moment(ticks, *places, zone.as_deref(), style)
            }
            Self::Clock(places) => written::clock(ticks, *places),
            Self::Span(places) => written::span(ticks, *places),
            Self::Months => format!("{key} months"),
            Self::Int | Self::Text | Self::Bytes | Self::Unordered => key.to_string(),
        }
    }
}

/// A float in the shortest text of its width.
pub(crate) fn float_text(value: f64, bits: u8) -> String {
    match bits {
        16 => f16_text(F16::from_f64(value)),
        32 => f32_text(narrow(value)),
        _ => f64_text(value),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the width is what is asked for"
)]
fn narrow(value: f64) -> f32 {
    value as f32
}

/// The float of a width that is nearest to a 64-bit one.
pub(crate) fn rounded(value: f64, bits: u8) -> f64 {
    match bits {
        16 => F16::from_f64(value).to_f64(),
        32 => f64::from(narrow(value)),
        _ => value,
    }
}

fn read_float(text: &str, bits: u8) -> Option<f64> {
    match bits {
        32 => text.parse::<f32>().ok().map(f64::from),
        _ => text.parse::<f64>().ok().map(|value| rounded(value, bits)),
    }
}

fn places(unit: &TimeUnit) -> u32 {
    match unit {
        TimeUnit::Second => 0,
        TimeUnit::Millisecond => 3,
        TimeUnit::Microsecond => 6,
        TimeUnit::Nanosecond => 9,
    }
}

pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text
        .strip_prefix("0x")
        .or(text.strip_prefix("0X"))
        .unwrap_or(text);
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|value| u8::try_from(value).ok())
    };
    let pairs = digits.as_bytes().chunks_exact(2);
    pairs
        .map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Cut, Meaning, unhex};
    use crate::format::Style;
    use arrow::datatypes::i256;

    #[test]
    fn typed_numbers_lie_exactly_among_the_keys() {
        let read = |meaning: Meaning, text| meaning.read(text, Style::default());
        assert_eq!(
            read(Meaning::Int, "9007199254740993"),
            Some(Cut::at(9_007_199_254_740_993i64))
        );
        let between = Cut {
            floor: i256::from_i128(-2),
            exact: false,
        };
        assert_eq!(read(Meaning::Int, "-1.5"), Some(between));
        assert_eq!(read(Meaning::Decimal(2), "1.20"), Some(Cut::at(120)));
        assert_eq!(read(Meaning::Decimal(-2), "1200"), Some(Cut::at(12)));
        assert_eq!(read(Meaning::Bool, "TRUE"), Some(Cut::at(1)));
        for text in ["", "1x", "--1", "1.2.3", "1e", ".", "NaN", "0x10", "１"] {
            assert_eq!(read(Meaning::Int, text), None, "{text}");
        }
    }

    #[test]
    fn hexadecimal_in_pairs() {
        assert_eq!(unhex("0x00fF"), Some(vec![0, 255]));
        assert_eq!(unhex(""), Some(vec![]));
        assert_eq!(unhex("abc"), None);
        assert_eq!(unhex("é"), None);
    }
}
