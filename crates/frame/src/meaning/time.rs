//! Typed dates, points of time, times of day and spans to ticks.

use super::{Cut, number};
use crate::format::Style;
use crate::format::time::fixed_offset;
use arrow::datatypes::i256;

/// The days since 1970-01-01 of `2026-11-22`; years beyond four digits with a sign.
pub(crate) fn date(text: &str) -> Option<i128> {
    let (sign, rest) = match text.as_bytes().first()? {
        b'-' => (-1, text.get(1..)?),
        b'+' => (1, text.get(1..)?),
        _ => (1, text),
    };
    let mut parts = rest.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !(4..=15).contains(&year.len()) {
        return None;
    }
    let year = sign * whole(year)?;
    let (month, day) = (whole(month)?, whole(day)?);
    let leap = year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0);
    let most = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=most).contains(&day).then(|| days(year, month, day))
}

/// The inverse of `format::time::date`.
fn days(year: i128, month: i128, day: i128) -> i128 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let month = (month + 9) % 12;
    let of_year = (153 * month + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn whole(text: &str) -> Option<i128> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

/// `2026-11-22 14:53:50.123`, or a date alone for its midnight; an offset may follow.
pub(crate) fn moment(text: &str, places: u32, zone: Option<&str>, style: Style<'_>) -> Option<Cut> {
    let split = text.find([' ', 'T']);
    let (day, rest) = match split {
        Some(at) => (text.get(..at)?, text.get(at + 1..)?.trim()),
        None => (text, "00:00"),
    };
    let day = date(day)?;
    let (rest, offset) = match rest.find(['+', '-', 'Z', 'z']) {
        Some(at) => (rest.get(..at)?, Some(seconds_east(rest.get(at..)?)?)),
        None => (rest, None),
    };
    let (seconds, fraction) = clock_parts(rest.trim_end(), 24)?;
    let local = day * 86_400 + seconds;
    let seconds = match (
        offset,
        zone,
        style.zone.filter(|_| style.instant || zone.is_some()),
    ) {
        (Some(offset), ..) if style.instant || zone.is_some() => local - i128::from(offset),
        (Some(_), ..) => return None,
        (None, _, Some(zone)) => i128::from(zone.instant(i64::try_from(local).ok()?)),
        (None, Some(name), None) => local - i128::from(fixed_offset(name).unwrap_or(0)) * 60,
        (None, None, None) => local,
    };
    ticks(seconds, fraction, places)
}

/// The seconds of `+08:00`, `-0330`, `+08:05:43` or `Z`.
fn seconds_east(text: &str) -> Option<i32> {
    if let Some((minutes, seconds)) = text.rsplit_once(':').filter(|_| text.len() == 9) {
        let seconds: i32 = whole(seconds).filter(|s| *s < 60)?.try_into().ok()?;
        let minutes = fixed_offset(minutes)?;
        let sign = if text.starts_with('-') { -1 } else { 1 };
        return Some(minutes * 60 + sign * seconds);
    }
    match text {
        "z" => Some(0),
        text => fixed_offset(text).map(|minutes| minutes * 60),
    }
}

/// `14:53:50.123`.
pub(super) fn clock(text: &str, places: u32) -> Option<Cut> {
    let (seconds, fraction) = clock_parts(text, 24)?;
    ticks(seconds, fraction, places)
}

/// `1 days 02:03:04.5`, `-1 days +23:59:59.5`, `3 days`, `02:03:04`.
pub(super) fn span(text: &str, places: u32) -> Option<Cut> {
    let (days, rest) = match text.split_once("day") {
        Some((days, rest)) => (days.trim(), rest.strip_prefix('s').unwrap_or(rest).trim()),
        None => ("0", text),
    };
    let (sign, number) = match days.strip_prefix('-') {
        Some(number) => (-1, number),
        None => (1, days),
    };
    let days = sign * whole(number).filter(|days| *days < 1 << 60)?;
    let rest = rest.strip_prefix('+').unwrap_or(rest);
    let (seconds, fraction) = match rest {
        "" => (0, ""),
        rest => clock_parts(rest, 1 << 40)?,
    };
    ticks(days * 86_400 + seconds, fraction, places)
}

/// The seconds and the digits of the fraction of `14:53[:50[.123]]`.
fn clock_parts(text: &str, hours_below: i128) -> Option<(i128, &str)> {
    let (text, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut parts = text.split(':');
    let hours = whole(parts.next()?)?;
    let minutes = whole(parts.next()?)?;
    let seconds = parts.next().map_or(Some(0), whole)?;
    let sound = hours < hours_below && minutes < 60 && seconds < 60 && parts.next().is_none();
    sound.then_some((hours * 3600 + minutes * 60 + seconds, fraction))
}

fn ticks(seconds: i128, fraction: &str, places: u32) -> Option<Cut> {
    let part = number::read(&format!("0.{fraction}0"), i64::from(places))?;
    let whole = seconds.checked_mul(10i128.pow(places))?;
    Some(Cut {
        floor: i256::from_i128(whole).checked_add(part.floor)?,
        exact: part.exact,
    })
}

#[cfg(test)]
mod tests {
    use super::{clock, date, moment, span};
    use crate::format::{Style, time};
    use crate::meaning::Cut;

    #[test]
    fn dates_read_back() {
        for days in [
            -1_000_000, -719_529, -719_528, -1, 0, 11_016, 20_779, 2_932_897, 99_999_999,
        ] {
            assert_eq!(date(&time::date(days)), Some(days));
        }
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-1",
            "26-01-01",
            "2026-01-00",
            "2026-01-01-1",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn points_of_time_with_and_without_an_offset() {
        let plain = Style::default();
        let instant = Style {
            instant: true,
            ..plain
        };
        assert_eq!(
            moment("1970-01-02", 3, None, plain),
            Some(Cut::at(86_400_000))
        );
        assert_eq!(
            moment("1970-01-01T00:00:01.5", 3, None, plain),
            Some(Cut::at(1500))
        );
        assert_eq!(
            moment("1970-01-01 08:00:00+08:00", 0, None, instant),
            Some(Cut::at(0))
        );
        assert_eq!(moment("1970-01-01 08:00:00+08:00", 0, None, plain), None);
        assert_eq!(
            moment("1970-01-01 08:05:43+08:05:43", 0, None, instant),
            Some(Cut::at(0))
        );
        assert_eq!(
            moment("1970-01-01 08:00", 0, Some("+08:00"), plain),
            Some(Cut::at(0))
        );
        assert!(
            !moment("1970-01-01 00:00:00.0001", 3, None, plain)
                .unwrap()
                .exact
        );
        assert_eq!(moment("1970-01-01 24:00:00", 0, None, plain), None);
    }

    #[test]
    fn spans_read_back() {
        for ticks in [
            -500_000_000i64,
            0,
            1,
            90_061_000_000_000,
            i64::MIN,
            i64::MAX,
        ] {
            assert_eq!(span(&time::span(ticks.into(), 9), 9), Some(Cut::at(ticks)));
        }
        assert_eq!(clock("23:59:59.999", 3), Some(Cut::at(86_399_999)));
        assert_eq!(span("x days", 9), None);
    }
}
