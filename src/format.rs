//! Numbers, sizes, durations and times as text. Pure functions: the zone's offset is an argument.

use wire::Millis;

/// `12 345 678` in groups of three by a thin space; for viewing, never for copying.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{2009}');
        }
        out.push(digit);
    }
    out
}

/// `1.5 GiB`: one decimal below ten, IEC units.
pub fn bytes(size: u64) -> String {
    const UNITS: [&str; 6] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
    let mut unit = 0;
    let mut whole = size;
    let mut rest = 0;
    while whole >= 1024 && unit + 1 < UNITS.len() {
        rest = whole % 1024;
        whole /= 1024;
        unit += 1;
    }
    match unit {
        0 => format!("{whole} B"),
        _ if whole < 10 => format!("{whole}.{} {}", rest * 10 / 1024, UNITS[unit]),
        _ => format!("{whole} {}", UNITS[unit]),
    }
}

/// `0:07`, `12:05`, `3:04:05`: elapsed time without words.
pub fn elapsed(ms: Millis) -> String {
    let seconds = ms / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// `0.62 s` below ten seconds, [`elapsed`] above.
pub fn brief(ms: Millis) -> String {
    match ms {
        0..10_000 => format!("{}.{:02} s", ms / 1000, ms % 1000 / 10),
        _ => elapsed(ms),
    }
}

/// The name of the browser's zone (`Asia/Shanghai`).
pub fn browser_zone() -> Option<String> {
    let format = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new());
    js_sys::Reflect::get(&format.resolved_options(), &"timeZone".into())
        .ok()?
        .as_string()
}

/// `14:03:22` at an offset of minutes from UTC.
pub fn time_of_day(at: Millis, offset: i32) -> String {
    let second = shifted(at, offset).rem_euclid(86_400);
    format!(
        "{:02}:{:02}:{:02}",
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// `2026-11-22 14:03:22 +08:00` at an offset of minutes from UTC.
pub fn moment(at: Millis, offset: i32) -> String {
    let (year, month, day) = date(shifted(at, offset).div_euclid(86_400));
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs();
    format!(
        "{year}-{month:02}-{day:02} {} {sign}{:02}:{:02}",
        time_of_day(at, offset),
        minutes / 60,
        minutes % 60
    )
}

fn shifted(at: Millis, offset: i32) -> i64 {
    i64::try_from(at / 1000).unwrap_or(i64::MAX / 2) + i64::from(offset) * 60
}

/// Day of the proleptic Gregorian calendar, counted from 1970-01-01 (Hinnant's algorithm).
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::{brief, bytes, elapsed, grouped, moment, time_of_day};

    #[test]
    fn numbers() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000_000), "1\u{2009}000\u{2009}000");
        assert_eq!(
            grouped(u64::MAX)
                .chars()
                .filter(char::is_ascii_digit)
                .count(),
            20
        );
    }

    #[test]
    fn sizes() {
        assert_eq!(bytes(1023), "1023 B");
        assert_eq!(bytes(1536), "1.5 KiB");
        assert_eq!(bytes(16 * 1024 * 1024 * 1024), "16 GiB");
        assert_eq!(bytes(u64::MAX), "16383 PiB");
    }

    #[test]
    fn times() {
        assert_eq!(brief(620), "0.62 s");
        assert_eq!(brief(10_000), "0:10");
        assert_eq!(elapsed(7_400), "0:07");
        assert_eq!(elapsed(725_000), "12:05");
        assert_eq!(elapsed(11_045_000), "3:04:05");
        assert_eq!(time_of_day(0, 480), "08:00:00");
        assert_eq!(moment(1_795_359_802_000, 480), "2026-11-22 23:03:22 +08:00");
        assert_eq!(moment(951_782_400_000, -210), "2000-02-28 20:30:00 -03:30");
    }
}
