//! Dates of the wire: RFC 1123 in headers and documents, ISO 8601 in the clock-skew message.
//!
//! Only arithmetic: the time itself is always an argument.

use wire::Millis;

const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const SECONDS_PER_DAY: u64 = 86_400;

/// Writes `Sun, 22 Nov 2026 14:53:50 GMT`; milliseconds are cut off.
pub fn rfc1123(at: Millis) -> String {
    let Civil {
        year,
        month,
        day,
        hour,
        minute,
        second,
        ..
    } = civil(at);
    let weekday = DAYS[(at / 1000 / SECONDS_PER_DAY % 7) as usize];
    let month = MONTHS[month as usize - 1];
    format!("{weekday}, {day:02} {month} {year} {hour:02}:{minute:02}:{second:02} GMT")
}

/// Reads `Sun, 22 Nov 2026 14:53:50 GMT`. The day of the week is not checked.
pub fn parse_rfc1123(text: &str) -> Option<Millis> {
    let mut parts = text.trim().split_once(',')?.1.split_ascii_whitespace();
    let day: u64 = parts.next()?.parse().ok()?;
    let name = parts.next()?;
    let month = MONTHS
        .iter()
        .position(|month| month.eq_ignore_ascii_case(name))? as u64
        + 1;
    let year: u64 = parts.next()?.parse().ok()?;
    let mut clock = parts.next()?.split(':');
    let mut number = || clock.next()?.parse::<u64>().ok();
    let (hour, minute, second) = (number()?, number()?, number()?);
    if parts.next()? != "GMT"
        || !(1970..=9999).contains(&year)
        || !(1..=31).contains(&day)
        || hour > 23
        || minute > 59
        || second > 60
    {
        return None;
    }
    let days = days_before(year, month).checked_add(day - 1)?;
    Some((days * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second) * 1000)
}

/// Writes `2026-11-22T14:53:50.000Z`.
pub fn iso8601(at: Millis) -> String {
    let Civil {
        year,
        month,
        day,
        hour,
        minute,
        second,
        milli,
    } = civil(at);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
}

/// Writes the UTC day as `20261122`.
pub fn day(at: Millis) -> String {
    let Civil {
        year, month, day, ..
    } = civil(at);
    format!("{year:04}{month:02}{day:02}")
}

/// Reads `2026-11-22T14:53:50Z`, with or without a fraction of a second, which is cut to
/// milliseconds.
pub fn parse_iso8601(text: &str) -> Option<Millis> {
    let (day, clock) = text.trim().strip_suffix('Z')?.split_once('T')?;
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let numbers = |text: &str, separator| -> Option<[u64; 3]> {
        let parts: Option<Vec<u64>> = text
            .split(separator)
            .map(|part| part.parse().ok())
            .collect();
        parts?.try_into().ok()
    };
    let [year, month, day] = numbers(day, '-')?;
    let [hour, minute, second] = numbers(clock, ':')?;
    let sound = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60
        && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !sound {
        return None;
    }
    let milli: u64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    let days = days_before(year, month) + day - 1;
    Some((days * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second) * 1000 + milli)
}

struct Civil {
    year: u64,
    month: u64,
    day: u64,
    hour: u64,
    minute: u64,
    second: u64,
    milli: u64,
}

/// Days from 1970-01-01 to the first of the month, in the Gregorian calendar.
fn days_before(year: u64, month: u64) -> u64 {
    // March is month 0 here, so that the leap day is the last of its year.
    let (y, m) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 - 719_468
}

fn civil(at: Millis) -> Civil {
    let seconds = at / 1000;
    let days = seconds / SECONDS_PER_DAY;
    // The average year is 365.2425 days, so the guess is never more than one year off.
    let mut year = 1970 + days * 10_000 / 3_652_425;
    while days_before(year, 1) > days {
        year -= 1;
    }
    while days_before(year + 1, 1) <= days {
        year += 1;
    }
    let month = (2..=12)
        .rev()
        .find(|&month| days_before(year, month) <= days)
        .unwrap_or(1);
    Civil {
        year,
        month,
        day: days - days_before(year, month) + 1,
        hour: seconds / 3600 % 24,
        minute: seconds / 60 % 60,
        second: seconds % 60,
        milli: at % 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments() {
        assert_eq!(rfc1123(0), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(rfc1123(1_795_359_230_999), "Sun, 22 Nov 2026 14:53:50 GMT");
        assert_eq!(
            parse_rfc1123("Sun, 22 Nov 2026 14:53:50 GMT"),
            Some(1_795_359_230_000)
        );
        assert_eq!(iso8601(951_782_400_007), "2000-02-29T00:00:00.007Z");
        assert_eq!(day(951_782_400_007), "20000229");
        for (text, at) in [
            ("2000-02-29T00:00:00Z", 951_782_400_000),
            ("2000-02-29T00:00:00.007Z", 951_782_400_007),
            ("2000-02-29T00:00:00.0078Z", 951_782_400_007),
        ] {
            assert_eq!(parse_iso8601(text), Some(at), "{text}");
        }
    }

    #[test]
    fn every_day_of_four_centuries_comes_back() {
        for day in 0..146_097 {
            let at = day * SECONDS_PER_DAY * 1000 + 86_399_000;
            assert_eq!(parse_rfc1123(&rfc1123(at)), Some(at), "{}", rfc1123(at));
        }
    }

    #[test]
    fn nonsense_is_no_date() {
        for text in [
            "",
            ",",
            "x, 1 Jan",
            "Sun, 99 Nov 2026 00:00:00 GMT",
            "Sun, 22 Nov 0 0:0:0 GMT",
            "Sun, 22 Nov 2026 14:53:50 CET",
            "Sun, 22 Nov 99999999999999999999 00:00:00 GMT",
        ] {
            assert_eq!(parse_rfc1123(text), None, "{text}");
            assert_eq!(parse_iso8601(text), None, "{text}");
        }
        for text in [
            "2026-11-22",
            "2026-11-22T14:53:50",
            "0-0-0T0:0:0Z",
            "2026-13-01T00:00:00Z",
            "2026-11-22T14:53Z",
            "2026-11-22T14:53:50.xZ",
        ] {
            assert_eq!(parse_iso8601(text), None, "{text}");
        }
    }
}
