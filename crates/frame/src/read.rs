//! Text to values, exactly: what a cell of a text file says. A value that would lose a digit, and
//! text that is no value, are none.

use crate::format::Style;
use crate::meaning::{number, time};
use crate::zone::Zone;
use arrow::datatypes::i256;

/// A number, times ten to the scale.
pub fn number(text: &str, scale: i8) -> Option<i256> {
    let cut = number::read(text, i64::from(scale))?;
    cut.exact.then_some(cut.floor)
}

/// The days since 1970-01-01.
pub fn date(text: &str) -> Option<i32> {
    time::date(text).and_then(|days| i32::try_from(days).ok())
}

/// A point of time in so many decimal places of a second since 1970-01-01 00:00:00. An instant is
/// of UTC: without an offset in the text its time is that of the zone. Another is what it is, and an
/// offset does not fit it.
pub fn moment(text: &str, places: u32, instant: bool, zone: Option<&Zone>) -> Option<i64> {
    let style = Style {
        instant,
        zone,
        ..Style::default()
    };
    let cut = time::moment(text, places, None, style)?;
    cut.floor
        .to_i128()
        .filter(|_| cut.exact)
        .and_then(|ticks| i64::try_from(ticks).ok())
}

/// Bytes in hexadecimal digits.
pub fn hex(text: &str) -> Option<Vec<u8>> {
    crate::meaning::unhex(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_rounded() {
        assert_eq!(
            number("9007199254740993", 0),
            Some(i256::from_i128(9_007_199_254_740_993))
        );
        assert_eq!(number("1.205", 2), None);
        assert_eq!(number("1.200", 2), Some(i256::from_i128(120)));
        assert_eq!(date("2026-02-29"), None);
        assert_eq!(date("1969-12-31"), Some(-1));
        assert_eq!(moment("1970-01-01 00:00:00.0005", 3, true, None), None);
    }

    #[test]
    fn an_instant_has_a_zone_and_a_plain_time_has_none() {
        let east = Zone::fixed(8 * 3_600);
        assert_eq!(moment("1970-01-01 08:00:01", 0, true, Some(&east)), Some(1));
        assert_eq!(moment("1970-01-01T08:00:01+08:00", 0, true, None), Some(1));
        assert_eq!(
            moment("1970-01-01 08:00:01", 0, false, Some(&east)),
            Some(28_801)
        );
        assert_eq!(moment("1970-01-01 08:00:01Z", 0, false, None), None);
    }
}
