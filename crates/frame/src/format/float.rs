//! Floats: the shortest text that reads back to the same value, laid out as Python's `repr`.

use arrow::datatypes::{ArrowPrimitiveType, Float16Type};

/// The half-width float of Arrow.
pub(crate) type F16 = <Float16Type as ArrowPrimitiveType>::Native;

/// `1.0`, `0.1`, `1e+16`, `1e-05`, `NaN`, `Infinity`, `-0.0`.
pub fn f64_text(value: f64) -> String {
    special(value).unwrap_or_else(|| layout(&format!("{value:e}")))
}

/// The same for a 32-bit float, with the digits that a 32-bit float needs.
pub fn f32_text(value: f32) -> String {
    special(f64::from(value)).unwrap_or_else(|| layout(&format!("{value:e}")))
}

/// The same for a 16-bit float.
pub(crate) fn f16_text(value: F16) -> String {
    let wide = value.to_f32();
    if let Some(word) = special(f64::from(wide)) {
        return word;
    }
    // Five significant digits always suffice for eleven bits.
    let shortest = (0..5)
        .map(|digits| format!("{wide:.digits$e}"))
        .find(|text| {
            text.parse::<f32>()
                .is_ok_and(|back| F16::from_f32(back) == value)
        });
    layout(&shortest.unwrap_or_else(|| format!("{wide:e}")))
}

fn special(value: f64) -> Option<String> {
    let word = if value.is_nan() {
        "NaN"
    } else if value == f64::INFINITY {
        "Infinity"
    } else if value == f64::NEG_INFINITY {
        "-Infinity"
    } else {
        return None;
    };
    Some(word.to_owned())
}

/// Turns `1.25e-7` into Python's layout: plain between 1e-4 and 1e16, else with an exponent.
fn layout(scientific: &str) -> String {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    if !(-4..16).contains(&exponent) {
        let mark = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{mantissa}e{mark}{:02}", exponent.unsigned_abs());
    }
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    if exponent < 0 {
        let zeros = "0".repeat(exponent.unsigned_abs() as usize - 1);
        return format!("{sign}0.{zeros}{digits}");
    }
    let whole = exponent as usize + 1;
    if digits.len() <= whole {
        return format!("{sign}{digits:0<whole$}.0");
    }
    let (before, after) = digits.split_at(whole);
    format!("{sign}{before}.{after}")
}

#[cfg(test)]
mod tests {
    use super::{F16, f16_text, f32_text, f64_text};

    #[test]
    fn python_writes_the_same() {
        for (value, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.1, "0.1"),
            (100.0, "100.0"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.5e16, "1.5e+16"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1.25e-7, "1.25e-07"),
            (123_456.789, "123456.789"),
            (1.797_693_134_862_315_7e308, "1.7976931348623157e+308"),
            (5e-324, "5e-324"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "Infinity"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(f64_text(value), text);
        }
        assert_eq!(f32_text(0.1), "0.1");
        assert_eq!(f32_text(16_777_216.0), "16777216.0");
        assert_eq!(f16_text(F16::from_f32(0.1)), "0.1");
        assert_eq!(f16_text(F16::from_f32(65504.0)), "65500.0");
        assert_eq!(f16_text(F16::from_f32(1.0 / 3.0)), "0.3333");
    }
}
