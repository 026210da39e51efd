//! Dates, instants, times of day and spans of time, at the full precision of their unit.
//!
//! An instant without a zone is written as it is. With a fixed offset it is shifted and the offset
//! follows; with a named zone it is written in UTC (there is no zone database here), so that the
//! text is exact, and the column's badge names the zone; unless the caller gives a [`crate::Zone`].

use super::Style;
use super::clip::Clip;
use crate::window::Kind;
use arrow::array::{Array, AsArray};
use arrow::datatypes::*;

const DAY: i128 = 86_400;

/// Writes a value of a temporal type that is not null.
pub(super) fn write(array: &dyn Array, at: usize, style: Style<'_>, out: &mut Clip) -> Kind {
    let text = match array.data_type() {
        DataType::Date32 => date(i128::from(array.as_primitive::<Date32Type>().value(at))),
        DataType::Date64 => instant(i128::from(array.as_primitive::<Date64Type>().value(at)), 3),
        DataType::Timestamp(unit, zone) => {
            let (ticks, places) = timestamp(array, at, unit);
            moment(ticks, places, zone.as_deref(), style)
        }
        DataType::Time32(TimeUnit::Second) => clock(
            i128::from(array.as_primitive::<Time32SecondType>().value(at)),
            0,
        ),
        DataType::Time32(_) => clock(
            i128::from(array.as_primitive::<Time32MillisecondType>().value(at)),
            3,
        ),
        DataType::Time64(TimeUnit::Microsecond) => clock(
            i128::from(array.as_primitive::<Time64MicrosecondType>().value(at)),
            6,
        ),
        DataType::Time64(_) => clock(
            i128::from(array.as_primitive::<Time64NanosecondType>().value(at)),
            9,
        ),
        DataType::Duration(unit) => {
            let (ticks, places) = duration(array, at, unit);
            span(ticks, places)
        }
        _ => calendar(array, at),
    };
    out.push(&text);
    Kind::Time
}

fn timestamp(array: &dyn Array, at: usize, unit: &TimeUnit) -> (i128, u32) {
    let (ticks, places) = match unit {
        TimeUnit::Second => (array.as_primitive::<TimestampSecondType>().value(at), 0),
        TimeUnit::Millisecond => (
            array.as_primitive::<TimestampMillisecondType>().value(at),
            3,
        ),
        TimeUnit::Microsecond => (
            array.as_primitive::<TimestampMicrosecondType>().value(at),
            6,
        ),
        TimeUnit::Nanosecond => (array.as_primitive::<TimestampNanosecondType>().value(at), 9),
    };
    (i128::from(ticks), places)
}

fn duration(array: &dyn Array, at: usize, unit: &TimeUnit) -> (i128, u32) {
    let (ticks, places) = match unit {
        TimeUnit::Second => (array.as_primitive::<DurationSecondType>().value(at), 0),
        TimeUnit::Millisecond => (array.as_primitive::<DurationMillisecondType>().value(at), 3),
        TimeUnit::Microsecond => (array.as_primitive::<DurationMicrosecondType>().value(at), 6),
        TimeUnit::Nanosecond => (array.as_primitive::<DurationNanosecondType>().value(at), 9),
    };
    (i128::from(ticks), places)
}

/// Months, days and nanoseconds, which do not add up to one number.
fn calendar(array: &dyn Array, at: usize) -> String {
    match array.data_type() {
        DataType::Interval(IntervalUnit::YearMonth) => {
            format!(
                "{} months",
                array.as_primitive::<IntervalYearMonthType>().value(at)
            )
        }
        DataType::Interval(IntervalUnit::DayTime) => {
            let value = array.as_primitive::<IntervalDayTimeType>().value(at);
            format!("{} days {} ms", value.days, value.milliseconds)
        }
        DataType::Interval(IntervalUnit::MonthDayNano) => {
            let value = array.as_primitive::<IntervalMonthDayNanoType>().value(at);
            format!(
                "{} months {} days {} ns",
                value.months, value.days, value.nanoseconds
            )
        }
        other => format!("<{other}>"),
    }
}

/// A point of time. In a zone an instant is shifted; the offset follows where the type has a zone,
/// and where the clocks were put back, so that the text still tells which of the two it is.
pub(crate) fn moment(ticks: i128, places: u32, zone: Option<&str>, style: Style<'_>) -> String {
    let Some(shown) = style.zone.filter(|_| style.instant || zone.is_some()) else {
        return zoned(ticks, places, zone);
    };
    let unit = 10i128.pow(places);
    let Ok(seconds) = i64::try_from(ticks.div_euclid(unit)) else {
        return zoned(ticks, places, zone);
    };
    let offset = shown.offset(seconds);
    let text = instant(ticks + i128::from(offset) * unit, places);
    let local = seconds.saturating_add(i64::from(offset));
    match zone.is_some() || shown.instant(local) != seconds {
        true => text + &suffix(offset),
        false => text,
    }
}

/// `+08:00`, with seconds where there are any.
fn suffix(offset: i32) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let seconds = offset.unsigned_abs();
    let whole = format!("{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    match seconds % 60 {
        0 => whole,
        rest => format!("{whole}:{rest:02}"),
    }
}

fn zoned(ticks: i128, places: u32, zone: Option<&str>) -> String {
    let Some(zone) = zone else {
        return instant(ticks, places);
    };
    let offset = fixed_offset(zone).unwrap_or(0);
    let shifted = ticks + i128::from(offset) * 60 * 10i128.pow(places);
    instant(shifted, places) + &suffix(offset * 60)
}

/// The minutes of `+08:00`, `-0330`, `Z` or `UTC`.
pub(crate) fn fixed_offset(zone: &str) -> Option<i32> {
    if matches!(zone, "Z" | "UTC" | "Etc/UTC" | "GMT") {
        return Some(0);
    }
    let (sign, rest) = match zone.as_bytes().first()? {
        b'+' => (1, zone.get(1..)?),
        b'-' => (-1, zone.get(1..)?),
        _ => return None,
    };
    let digits: String = rest.chars().filter(|c| *c != ':').collect();
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits
        .get(2..)
        .filter(|m| !m.is_empty())
        .map_or(Some(0), |m| m.parse().ok())?;
    Some(sign * (hours * 60 + minutes))
}

/// `2026-11-22 14:53:50.123`: an instant in so many decimal places of a second.
pub(crate) fn instant(ticks: i128, places: u32) -> String {
    let day = DAY * 10i128.pow(places);
    format!(
        "{} {}",
        date(ticks.div_euclid(day)),
        clock(ticks.rem_euclid(day), places)
    )
}

/// `14:53:50.123`; the fraction is left out when it is zero.
pub(crate) fn clock(ticks: i128, places: u32) -> String {
    let unit = 10i128.pow(places);
    let (seconds, fraction) = (ticks.div_euclid(unit), ticks.rem_euclid(unit));
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    let whole = format!("{hours:02}:{minutes:02}:{:02}", seconds % 60);
    match fraction {
        0 => whole,
        fraction => format!("{whole}.{fraction:0width$}", width = places as usize),
    }
}

/// `-1 days +23:59:59.5`, as pandas writes a span of time.
pub(crate) fn span(ticks: i128, places: u32) -> String {
    let day = DAY * 10i128.pow(places);
    let (days, rest) = (ticks.div_euclid(day), ticks.rem_euclid(day));
    let sign = if days < 0 { "+" } else { "" };
    format!("{days} days {sign}{}", clock(rest, places))
}

/// `2026-11-22` of a number of days since 1970-01-01, in the Gregorian calendar.
pub fn date(days: i128) -> String {
    // Eras of 400 years that start on 1 March, so that the leap day is the last of its year.
    let shifted = days + 719_468;
    let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let dom = day - (153 * month + 2) / 5 + 1;
    let (month, year) = if month < 10 {
        (month + 3, year)
    } else {
        (month - 9, year + 1)
    };
    let year = era * 400 + year;
    match year {
        0..=9999 => format!("{year:04}-{month:02}-{dom:02}"),
        year if year < 0 => format!("-{:04}-{month:02}-{dom:02}", -year),
        year => format!("+{year}-{month:02}-{dom:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{clock, date, fixed_offset, instant, span, zoned};

    #[test]
    fn dates_of_the_gregorian_calendar() {
        for (days, text) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (11_016, "2000-02-29"),
            (20_779, "2026-11-22"),
            (-719_528, "0000-01-01"),
            (-719_529, "-0001-12-31"),
            (2_932_896, "9999-12-31"),
            (2_932_897, "+10000-01-01"),
        ] {
            assert_eq!(date(days), text);
        }
    }

    #[test]
    fn instants_keep_their_precision() {
        assert_eq!(instant(0, 0), "1970-01-01 00:00:00");
        assert_eq!(instant(-1, 9), "1969-12-31 23:59:59.999999999");
        assert_eq!(instant(1_500, 3), "1970-01-01 00:00:01.500");
        assert_eq!(
            instant(i128::from(i64::MIN), 9),
            "1677-09-21 00:12:43.145224192"
        );
        assert_eq!(
            instant(i128::from(i64::MAX), 9),
            "2262-04-11 23:47:16.854775807"
        );
        assert!(instant(i128::from(i64::MIN), 0).starts_with("-292277022657-"));
    }

    #[test]
    fn fixed_offsets_shift_and_show() {
        assert_eq!(zoned(0, 0, Some("+08:00")), "1970-01-01 08:00:00+08:00");
        assert_eq!(zoned(0, 3, Some("-0330")), "1969-12-31 20:30:00-03:30");
        assert_eq!(zoned(0, 9, Some("UTC")), "1970-01-01 00:00:00+00:00");
        assert_eq!(
            zoned(0, 0, Some("Asia/Shanghai")),
            "1970-01-01 00:00:00+00:00"
        );
        for zone in ["", "+", "+8", "+ab:cd", "中", "+08:000"] {
            assert_eq!(fixed_offset(zone), None);
        }
    }

    #[test]
    fn spans_as_pandas_writes_them() {
        assert_eq!(span(-500_000_000, 9), "-1 days +23:59:59.500000000");
        assert_eq!(span(90_061, 0), "1 days 01:01:01");
        assert_eq!(clock(86_399_999, 3), "23:59:59.999");
    }
}
