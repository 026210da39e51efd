//! The text of Python values, as Python prints them.

use crate::v04::serialized::Value;
use frame::f64_text;

/// The text of a value that stands alone: text without quotes, everything else as `repr`.
pub(super) fn label(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::None => String::new(),
        other => text(other),
    }
}

/// `repr(value)`, as far as Python's and ours can agree.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::None => "None".into(),
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::Int(number) => number.to_string(),
        Value::BigInt(digits) | Value::Decimal(digits) => digits.to_string(),
        Value::Float(number) => float(*number),
        Value::Complex(re, im) => complex(*re, *im),
        Value::Text(text) => quoted(text),
        Value::Bytes(bytes) => bytes_text(bytes),
        Value::Datetime(nanos, zone) => instant(*nanos, zone.as_deref()),
        Value::Date(days) => date(i128::from(*days)),
        Value::Timedelta(nanos) => span(*nanos),
        Value::NaT => "NaT".into(),
        Value::List(items) => format!("[{}]", joined(items)),
        Value::Tuple(items) => match items.as_slice() {
            [only] => format!("({},)", text(only)),
            items => format!("({})", joined(items)),
        },
        Value::Set(items) if items.is_empty() => "set()".into(),
        Value::Set(items) => format!("{{{}}}", joined(items)),
        Value::Dict(pairs) => {
            let pairs: Vec<String> = pairs
                .iter()
                .map(|(key, value)| format!("{}: {}", text(key), text(value)))
                .collect();
            format!("{{{}}}", pairs.join(", "))
        }
        Value::Interval(ends, closed) => {
            let open = if matches!(&**closed, "left" | "both") {
                '['
            } else {
                '('
            };
            let close = if matches!(&**closed, "right" | "both") {
                ']'
            } else {
                ')'
            };
            format!("{open}{}, {}{close}", text(&ends.0), text(&ends.1))
        }
        Value::Array(array) => {
            let shape: Vec<String> = array.shape.iter().map(ToString::to_string).collect();
            format!(
                "<array of {}, shape ({})>",
                array.elements.dtype(),
                shape.join(", ")
            )
        }
        Value::Frame(frame) => {
            format!(
                "<DataFrame of {} rows, {} columns>",
                frame.rows.len(),
                frame.columns.len()
            )
        }
        Value::Series(series) => format!("<Series of {} rows>", series.rows.len()),
        Value::Index(index) => format!("<{} of {} labels>", index.class(), index.len()),
        Value::Categorical(labels) => format!("<Categorical of {} values>", labels.codes.len()),
        Value::Opaque(name) => format!("<{name}>"),
    }
}

fn joined(items: &[Value]) -> String {
    items.iter().map(text).collect::<Vec<_>>().join(", ")
}

fn float(number: f64) -> String {
    match f64_text(number).as_str() {
        "NaN" => "nan".into(),
        "Infinity" => "inf".into(),
        "-Infinity" => "-inf".into(),
        text => text.to_owned(),
    }
}

/// `(1+2j)`; whole parts lose their `.0` as in Python.
fn complex(re: f64, im: f64) -> String {
    let part = |number: f64| {
        let text = float(number);
        text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
    };
    let sign = if im.is_sign_negative() && !im.is_nan() {
        ""
    } else {
        "+"
    };
    format!("({}{sign}{}j)", part(re), part(im))
}

fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut out = String::from(quote);
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

fn bytes_text(bytes: &[u8]) -> String {
    let mut out = String::from("b'");
    for &byte in bytes {
        match byte {
            b'\'' | b'\\' => out.extend(['\\', char::from(byte)]),
            b' '..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push('\'');
    out
}

const DAY: i128 = 86_400_000_000_000;

fn instant(nanos: i128, zone: Option<&str>) -> String {
    let zone = match zone {
        None => String::new(),
        Some("UTC") => "+00:00".into(),
        Some(name) => format!("+00:00 [{name}]"),
    };
    format!(
        "{} {}{zone}",
        date(nanos.div_euclid(DAY)),
        clock(nanos.rem_euclid(DAY))
    )
}

fn clock(nanos: i128) -> String {
    let seconds = nanos / 1_000_000_000;
    let whole = format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    );
    match nanos % 1_000_000_000 {
        0 => whole,
        part if part % 1000 == 0 => format!("{whole}.{:06}", part / 1000),
        part => format!("{whole}.{part:09}"),
    }
}

fn span(nanos: i128) -> String {
    let (days, rest) = (nanos.div_euclid(DAY), nanos.rem_euclid(DAY));
    let sign = if days < 0 { "+" } else { "" };
    format!("{days} days {sign}{}", clock(rest))
}

fn date(days: i128) -> String {
    frame::date_text(days)
}

#[cfg(test)]
mod tests {
    use super::{Value, label, text};

    #[test]
    fn python_prints_the_same() {
        let list = Value::List(vec![Value::Int(1), Value::Text("a'b".into()), Value::None]);
        assert_eq!(text(&list), "[1, \"a'b\", None]");
        assert_eq!(text(&Value::Tuple(vec![Value::Float(1.0)])), "(1.0,)");
        assert_eq!(text(&Value::Bytes(b"z\x00".as_slice().into())), "b'z\\x00'");
        assert_eq!(text(&Value::Complex(3.0, -4.5)), "(3-4.5j)");
        assert_eq!(
            text(&Value::Datetime(1_500_000_000, None)),
            "1970-01-01 00:00:01.500000"
        );
        assert_eq!(text(&Value::Timedelta(-1)), "-1 days +23:59:59.999999999");
        assert_eq!(label(&Value::Text("v".into())), "v");
        assert_eq!(label(&Value::None), "");
        let interval = Value::Interval(Box::new((Value::Int(0), Value::Int(1))), "right".into());
        assert_eq!(text(&interval), "(0, 1]");
    }
}
