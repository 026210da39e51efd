//! Decimals as text, exactly.

use arrow::datatypes::i256;

/// The digits of the widest decimal.
const DIGITS: usize = 76;

/// Reads a decimal as an integer of units of `10^-scale`, rounded half away from zero where it has
/// more digits, as the service does. Nothing for what is no number or does not fit `precision`.
pub fn parse_decimal(text: &str, precision: u8, scale: u8) -> Option<i256> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all = || whole.bytes().chain(part.bytes());
    if all().next().is_none() || !all().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    // How many digits stand before the end of the unit.
    let kept = i64::try_from(whole.len()).ok()? + i64::from(exponent) + i64::from(scale);
    let mut value = i256::ZERO;
    let ten = i256::from_i128(10);
    let mut written = 0_usize;
    let mut up = false;
    for (at, digit) in (0_i64..).zip(all()) {
        let digit = digit - b'0';
        if at < kept {
            written += usize::from(written > 0 || digit > 0);
            if written > DIGITS {
                return None;
            }
            value = value
                .wrapping_mul(ten)
                .wrapping_add(i256::from_i128(digit.into()));
        } else if at == kept {
            up = digit >= 5;
            break;
        }
    }
    let missing = kept - i64::try_from(whole.len() + part.len()).ok()?;
    if value != i256::ZERO {
        for _ in 0..missing.max(0) {
            written += 1;
            if written > DIGITS {
                return None;
            }
            value = value.wrapping_mul(ten);
        }
    }
    if up {
        value = value.wrapping_add(i256::ONE);
    }
    let limit = ten.checked_pow(precision.into())?;
    (value < limit).then(|| {
        if negative {
            value.wrapping_neg()
        } else {
            value
        }
    })
}

#[cfg(test)]
mod tests {
    use super::parse_decimal;
    use arrow::datatypes::i256;

    #[test]
    fn every_way_of_writing_a_decimal() {
        for (text, value) in [
            ("12.34", Some(1234)),
            ("-0.01", Some(-1)),
            ("+7", Some(700)),
            (".5", Some(50)),
            ("5.", Some(500)),
            ("0", Some(0)),
            ("-0.00", Some(0)),
            ("1E+2", Some(10_000)),
            ("0E-18", Some(0)),
            ("0E+99", Some(0)),
            ("1234e-3", Some(123)),
            ("1.005", Some(101)),
            ("-1.005", Some(-101)),
            ("0.004999", Some(0)),
            ("99999999.99", Some(9_999_999_999)),
            ("99999999.995", None),
            ("100000000", None),
            ("1E+99", None),
            ("1E+999999999999", None),
            ("1E+2147483647", None),
            ("1E-2147483648", Some(0)),
            ("", None),
            (".", None),
            ("-", None),
            ("NaN", None),
            ("1.2.3", None),
            ("１", None),
        ] {
            let read = parse_decimal(text, 10, 2);
            assert_eq!(read, value.map(i256::from_i128), "{text}");
        }
        let wide = "9".repeat(76);
        let value = parse_decimal(&wide, 76, 0).map(|value| value.to_string());
        assert_eq!(value, Some(wide.clone()));
        assert_eq!(parse_decimal(&format!("{wide}9"), 76, 0), None);
    }
}
