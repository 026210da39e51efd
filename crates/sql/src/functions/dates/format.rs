//! Date formats. MaxCompute's own: `yyyy mm dd hh mi ss ff3`, in either case. Java's, as `DATE_FORMAT`
//! takes them: `yyyy MM dd HH mm ss SSS`, where case matters.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Year,
    ShortYear,
    Month,
    Day,
    Hour,
    Hour12,
    Minute,
    Second,
    Milli,
    Nano,
    HalfDay,
}

const ODPS: [(&str, Piece); 9] = [
    ("yyyy", Piece::Year),
    ("ff9", Piece::Nano),
    ("ff3", Piece::Milli),
    ("yy", Piece::ShortYear),
    ("mi", Piece::Minute),
    ("mm", Piece::Month),
    ("dd", Piece::Day),
    ("hh", Piece::Hour),
    ("ss", Piece::Second),
];

const JAVA: [(&str, Piece); 10] = [
    ("yyyy", Piece::Year),
    ("SSS", Piece::Milli),
    ("yy", Piece::ShortYear),
    ("MM", Piece::Month),
    ("dd", Piece::Day),
    ("HH", Piece::Hour),
    ("hh", Piece::Hour12),
    ("mm", Piece::Minute),
    ("ss", Piece::Second),
    ("a", Piece::HalfDay),
];

/// A format cut into its pieces and the text between them.
fn cut(pattern: &str, known: &[(&str, Piece)], any_case: bool) -> Vec<Result<Piece, char>> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let found = known.iter().find(|(name, _)| {
            rest.get(..name.len()).is_some_and(|head| match any_case {
                true => head.eq_ignore_ascii_case(name),
                false => head == *name,
            })
        });
        match found {
            Some((name, piece)) => {
                pieces.push(Ok(*piece));
                rest = &rest[name.len()..];
            }
            None => {
                pieces.push(Err(first));
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    pieces
}

fn write(time: NaiveDateTime, pieces: &[Result<Piece, char>]) -> String {
    let mut text = String::new();
    for piece in pieces {
        // Writing into a string cannot fail.
        let _ = match piece {
            Err(c) => text.write_char(*c),
            Ok(Piece::Year) => write!(text, "{:04}", time.year()),
            Ok(Piece::ShortYear) => write!(text, "{:02}", time.year().rem_euclid(100)),
            Ok(Piece::Month) => write!(text, "{:02}", time.month()),
            Ok(Piece::Day) => write!(text, "{:02}", time.day()),
            Ok(Piece::Hour) => write!(text, "{:02}", time.hour()),
            Ok(Piece::Hour12) => write!(text, "{:02}", time.hour12().1),
            Ok(Piece::Minute) => write!(text, "{:02}", time.minute()),
            Ok(Piece::Second) => write!(text, "{:02}", time.second()),
            Ok(Piece::Milli) => write!(text, "{:03}", time.nanosecond() / 1_000_000),
            Ok(Piece::Nano) => write!(text, "{:09}", time.nanosecond()),
            Ok(Piece::HalfDay) => write!(text, "{}", if time.hour12().0 { "PM" } else { "AM" }),
        };
    }
    text
}

/// A time in a format of MaxCompute.
pub(super) fn odps(time: NaiveDateTime, pattern: &str) -> String {
    write(time, &cut(pattern, &ODPS, true))
}

/// A time in a format of Java.
pub(super) fn java(time: NaiveDateTime, pattern: &str) -> String {
    write(time, &cut(pattern, &JAVA, false))
}

/// Reads a time in a format of MaxCompute. Every number has all its digits.
pub(super) fn parse(text: &str, pattern: &str) -> Option<NaiveDateTime> {
    let (mut year, mut month, mut day) = (1970, 1, 1);
    let (mut hour, mut minute, mut second, mut nano) = (0, 0, 0, 0);
    let mut rest = text;
    for piece in cut(pattern, &ODPS, true) {
        let piece = match piece {
            Err(c) => {
                rest = rest.strip_prefix(c)?;
                continue;
            }
            Ok(piece) => piece,
        };
        let size = match piece {
            Piece::Year => 4,
            Piece::Milli => 3,
            Piece::Nano => 9,
            _ => 2,
        };
        let digits = rest.get(..size)?;
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let number: u32 = digits.parse().ok()?;
        rest = &rest[size..];
        match piece {
            Piece::Year => year = i32::try_from(number).ok()?,
            Piece::ShortYear => year = 2000 + i32::try_from(number).ok()?,
            Piece::Month => month = number,
            Piece::Day => day = number,
            Piece::Minute => minute = number,
            Piece::Second => second = number,
            Piece::Milli => nano = number * 1_000_000,
            Piece::Nano => nano = number,
            _ => hour = number,
        }
    }
    if !rest.is_empty() {
        return None;
    }
    NaiveDate::from_ymd_opt(year, month, day)?.and_hms_nano_opt(hour, minute, second, nano)
}
