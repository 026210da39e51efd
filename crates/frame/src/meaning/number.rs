//! Decimal text of any length to an integer at a scale, with what is lost.

use super::Cut;
use arrow::datatypes::i256;

/// The most digits that always fit.
const DIGITS: i64 = 76;

/// `-12.5e3` at a scale: the integer at or below the value times ten to the scale.
pub(crate) fn read(text: &str, scale: i64) -> Option<Cut> {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (text.get(..at)?, exponent(text.get(at + 1..)?)?),
        None => (text, 0),
    };
    let (negative, mantissa) = match mantissa.as_bytes().first()? {
        b'-' => (true, &mantissa[1..]),
        b'+' => (false, &mantissa[1..]),
        _ => (false, mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let shift = exponent - i64::try_from(fraction.len()).ok()? + scale;
    Some(place(negative, digits.trim_start_matches('0'), shift))
}

/// An exponent; beyond a million it makes no difference any more.
fn exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.parse::<i64>().unwrap_or(i64::MAX).min(1_000_000_000);
    Some(if text.starts_with('-') { -size } else { size })
}

/// Digits without leading zeros times ten to the shift.
fn place(negative: bool, digits: &str, shift: i64) -> Cut {
    let length = digits.len() as i64;
    if digits.is_empty() {
        return Cut {
            floor: i256::ZERO,
            exact: true,
        };
    }
    if length + shift > DIGITS {
        let floor = if negative { i256::MIN } else { i256::MAX };
        return Cut {
            floor,
            exact: false,
        };
    }
    let kept = usize::try_from((length + shift).max(0))
        .unwrap_or(0)
        .min(digits.len());
    let (kept, lost) = digits.split_at(kept);
    let zeros = usize::try_from(shift).unwrap_or(0);
    let whole = i256::from_string(&format!("0{kept}{}", "0".repeat(zeros))).unwrap_or(i256::MAX);
    let exact = lost.bytes().all(|byte| byte == b'0');
    let floor = match (negative, exact) {
        (false, _) => whole,
        (true, true) => whole.wrapping_neg(),
        (true, false) => whole.wrapping_neg().wrapping_sub(i256::ONE),
    };
    Cut { floor, exact }
}

#[cfg(test)]
mod tests {
    use super::{Cut, read};
    use arrow::datatypes::i256;

    fn cut(floor: i128, exact: bool) -> Option<Cut> {
        Some(Cut {
            floor: i256::from_i128(floor),
            exact,
        })
    }

    #[test]
    fn every_digit_counts() {
        assert_eq!(read("0.1", 18), cut(100_000_000_000_000_000, true));
        assert_eq!(read("1e3", 0), cut(1000, true));
        assert_eq!(read("-1.0000000000000000000001", 0), cut(-2, false));
        assert_eq!(read("1.0000000000000000000001", 0), cut(1, false));
        assert_eq!(read("1e-400", 10), cut(0, false));
        assert_eq!(read("-1e-400", 10), cut(-1, false));
        assert_eq!(read("-0.000", 2), cut(0, true));
        assert_eq!(
            read("1e999999999999", 0).map(|cut| cut.floor),
            Some(i256::MAX)
        );
        assert_eq!(read("-1e77", 0).map(|cut| cut.floor), Some(i256::MIN));
        assert_eq!(read(&"9".repeat(76), 0).map(|cut| cut.exact), Some(true));
    }
}
