//! Decimals: all digits, the scale's digits after the point, no float in between.

use std::fmt::Display;

/// The text of an unscaled integer with so many digits after the point.
pub(crate) fn text(unscaled: &impl Display, scale: i8) -> String {
    let digits = unscaled.to_string();
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits.as_str()),
    };
    let places = usize::from(scale.unsigned_abs());
    if scale == 0 || (scale < 0 && digits == "0") {
        return format!("{sign}{digits}");
    }
    if scale < 0 {
        return format!("{sign}{digits}{}", "0".repeat(places));
    }
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, fraction) = padded.split_at(padded.len() - places);
    format!("{sign}{whole}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::text;
    use arrow::datatypes::i256;

    #[test]
    fn the_point_is_put_where_the_scale_says() {
        assert_eq!(text(&12_345i128, 2), "123.45");
        assert_eq!(text(&-5i128, 3), "-0.005");
        assert_eq!(text(&0i128, 18), "0.000000000000000000");
        assert_eq!(text(&7i128, 0), "7");
        assert_eq!(text(&7i128, -3), "7000");
        assert_eq!(text(&0i128, -3), "0");
        assert_eq!(
            text(&i128::MIN, 38),
            "-1.70141183460469231731687303715884105728"
        );
        let big = i256::from_string("9".repeat(54).as_str()).unwrap();
        assert_eq!(
            text(&big, 18),
            format!("{}.{}", "9".repeat(36), "9".repeat(18))
        );
    }
}
