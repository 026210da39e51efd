//! One cell of a sheet, as XML.

use crate::note::{Change, Notes};
use frame::{Cell, Kind};

/// Styles by their places in `styles.xml`.
pub(super) const HEAD: usize = 1;
pub(super) const TEXT: usize = 2;
const WHOLE: usize = 3;
const DATE: usize = 4;
const SECONDS: usize = 5;
const MILLIS: usize = 6;
/// The style of numbers with one decimal place; those with more follow.
const PLACES: usize = 7;
/// The most decimal places that a style has.
pub(super) const MOST_PLACES: usize = 15;

/// Digits that Excel keeps of a number.
const DIGITS: usize = 15;
/// UTF-16 units that a cell holds.
const LENGTH: usize = 32_767;

/// `A`, `B` … `Z`, `AA` … of a column counted from 0.
pub(super) fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Writes a value; no value is no cell.
pub(super) fn write(
    value: &Cell,
    decimal: bool,
    at: &str,
    row: u64,
    notes: &mut Notes,
    out: &mut String,
) {
    let mut instead = |change| {
        notes.cell(change);
        cut_text(&value.text, at, row, notes, out);
    };
    match value.kind {
        Kind::Null => {}
        Kind::Bool => {
            let truth = u8::from(value.text == "true");
            out.push_str(&format!("<c r=\"{at}{row}\" t=\"b\"><v>{truth}</v></c>"));
        }
        Kind::Nan => instead(Change::NotFiniteAsText),
        Kind::Number if !value.text.ends_with(|last: char| last.is_ascii_digit()) => {
            instead(Change::NotFiniteAsText);
        }
        Kind::Number if fits(&value.text, decimal) => number(&value.text, decimal, at, row, out),
        Kind::Number => instead(Change::NumbersAsText),
        Kind::Time => match serial(&value.text) {
            Some((serial, style)) => out.push_str(&format!(
                "<c r=\"{at}{row}\" s=\"{style}\"><v>{serial}</v></c>"
            )),
            None => instead(Change::TimesAsText),
        },
        _ => cut_text(&value.text, at, row, notes, out),
    }
}

/// Whether Excel keeps every digit. A float's own digits are those that its 64 bits have.
fn fits(text: &str, decimal: bool) -> bool {
    if !decimal && text.contains(['.', 'e', 'E']) {
        return true;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits: String = [whole.trim_start_matches('-'), fraction].concat();
    let digits = digits.trim_start_matches('0');
    let digits = if fraction.is_empty() {
        digits.trim_end_matches('0')
    } else {
        digits
    };
    digits.len() <= DIGITS
}

fn number(text: &str, decimal: bool, at: &str, row: u64, out: &mut String) {
    let places = text
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    let style = match places {
        0 if !text.contains(['e', 'E']) => WHOLE,
        1..=MOST_PLACES if decimal => PLACES + places - 1,
        _ => 0,
    };
    out.push_str(&format!(
        "<c r=\"{at}{row}\" s=\"{style}\"><v>{text}</v></c>"
    ));
}

/// A text as long as a cell can be.
fn cut_text(value: &str, at: &str, row: u64, notes: &mut Notes, out: &mut String) {
    let mut units = 0;
    let end = value.char_indices().find_map(|(place, character)| {
        units += character.len_utf16();
        (units > LENGTH).then_some(place)
    });
    if end.is_some() {
        notes.cell(Change::Cut);
    }
    let kept = end.and_then(|end| value.get(..end)).unwrap_or(value);
    text(kept, at, row, TEXT, out);
}

/// A text, which is never taken for a formula.
pub(super) fn text(value: &str, at: &str, row: u64, style: usize, out: &mut String) {
    out.push_str(&format!(
        "<c r=\"{at}{row}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"
    ));
    escape(value, out);
    out.push_str("</t></is></c>");
}

/// XML text; what XML cannot say, and what reads like such an escape, as `_xHHHH_`.
fn escape(value: &str, out: &mut String) {
    for (at, character) in value.char_indices() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if is_escape(value.get(at..).unwrap_or_default()) => out.push_str("_x005F_"),
            '\t' | '\n' => out.push(character),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => {
                out.push_str(&format!("_x{:04X}_", u32::from(character)));
            }
            other => out.push(other),
        }
    }
}

/// Whether a text begins like `_x000A_`.
fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.get(1) == Some(&b'x')
        && bytes.get(6) == Some(&b'_')
        && (bytes.get(2..6)).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// Excel's number of a date or a moment of at most milliseconds, and its style. Excel's calendar is
/// wrong before March 1900.
fn serial(text: &str) -> Option<(String, usize)> {
    let (date, clock) = match text.split_once(' ') {
        Some((date, clock)) => (date, Some(clock)),
        None => (text, None),
    };
    let days = days(date).filter(|days| *days >= 61)?;
    let Some(clock) = clock else {
        return Some((days.to_string(), DATE));
    };
    let (seconds, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > 3 {
        return None;
    }
    let millis = format!("{fraction:0<3}").parse::<u32>().ok()?;
    let mut units = seconds.split(':').map(|part| part.parse::<u32>().ok());
    let (hours, minutes, seconds) = (units.next()??, units.next()??, units.next()??);
    if units.next().is_some() {
        return None;
    }
    let millis = (hours * 3600 + minutes * 60 + seconds) * 1000 + millis;
    // The nearest float; Excel rounds it back to the millisecond.
    let part = f64::from(days) + f64::from(millis) / 86_400_000.0;
    let style = if fraction.is_empty() { SECONDS } else { MILLIS };
    Some((frame::f64_text(part), style))
}

/// The days of `2026-01-31` since 1899-12-30.
fn days(date: &str) -> Option<u32> {
    let bytes = date.as_bytes();
    let plain = |at: usize, byte: &u8| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    if bytes.len() != 10 || !bytes.iter().enumerate().all(|(at, byte)| plain(at, byte)) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| date.get(range)?.parse::<i64>().ok();
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    // Years that begin in March, so that the leap day is the last of its year.
    let (year, month) = match month > 2 {
        true => (year, month - 3),
        false => (year - 1, month + 9),
    };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let days = 365 * year + leaps + (153 * month + 2) / 5 + day - 1;
    u32::try_from(days - 693_899).ok()
}

#[cfg(test)]
mod tests {
    use super::{days, escape, fits, letters, serial};

    #[test]
    fn columns_have_letters() {
        let all = [0, 25, 26, 701, 702, 16_383].map(letters);
        assert_eq!(all, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn days_as_excel_counts_them() {
        assert_eq!(days("1900-03-01"), Some(61));
        assert_eq!(days("1970-01-01"), Some(25_569));
        assert_eq!(days("2000-02-29"), Some(36_585));
        assert_eq!(days("2026-11-22"), Some(46_348));
        assert_eq!(days("9999-12-31"), Some(2_958_465));
        assert_eq!(days("1899-12-29"), None);
        assert_eq!(days("-001-01-01"), None);
    }

    #[test]
    fn moments_of_milliseconds_are_numbers_and_finer_ones_are_not() {
        let number = |text: &str| serial(text).map(|(number, _)| number);
        assert_eq!(number("2026-01-01 12:00:00").as_deref(), Some("46023.5"));
        assert_eq!(number("1970-01-01 00:00:00").as_deref(), Some("25569.0"));
        for millis in [1, 6, 999] {
            let text = number(&format!("2026-01-01 23:59:59.{millis:03}000000")).unwrap();
            let back = (text.parse::<f64>().unwrap() - 46_023.0) * 86_400_000.0;
            assert_eq!(back.round(), 86_399_000.0 + f64::from(millis), "{text}");
        }
        for text in [
            "2026-01-01 00:00:00.123456796",
            "2026-01-01 00:00:00+08:00",
            "1900-02-28",
            "1 days 00:00:00",
            "14:00:00",
            "+10000-01-01",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_of_fifteen_digits_fit() {
        for text in [
            "999999999999999",
            "-1000000000000000000",
            "0",
            "0.1",
            "1e21",
        ] {
            assert!(fits(text, false), "{text}");
        }
        for text in [
            "9223372036854775807",
            "9007199254740993",
            "1234567890123456",
        ] {
            assert!(!fits(text, false), "{text}");
        }
        assert!(fits("0.000000000000000001", true));
        assert!(fits("1.500000000000000000", true));
        assert!(!fits("99999999999999999999.999999999999999999", true));
        assert!(!fits("1.000000000000000001", true));
    }

    #[test]
    fn text_is_xml() {
        let written = |text: &str| {
            let mut out = String::new();
            escape(text, &mut out);
            out
        };
        assert_eq!(written("<a&\"b\">\n"), "&lt;a&amp;\"b\"&gt;\n");
        assert_eq!(written("\u{0}\r\u{ffff}"), "_x0000__x000D__xFFFF_");
        assert_eq!(written("_x000D_ _x_"), "_x005F_x000D_ _x_");
    }
}
