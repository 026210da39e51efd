//! The type of a column of text: the narrowest that takes every cell seen without loss.

/// The digits that a decimal of MaxCompute has at most, and those behind its point.
const DIGITS: usize = 38;
const SCALE: usize = 18;
/// Numbers up to so many digits are the same in a double.
const EXACT: usize = 15;

/// What was seen of a column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    bool: bool,
    int: bool,
    /// An integer beyond 64 bits.
    huge: bool,
    decimal: bool,
    float: bool,
    date: bool,
    moment: bool,
    text: bool,
    whole: usize,
    scale: usize,
    /// The most decimal places of a second.
    places: usize,
}

impl Seen {
    /// Looks at a cell.
    pub(crate) fn see(&mut self, text: &str) {
        if self.text {
            return;
        }
        let lower =
            text.len() <= 5 && matches!(text.to_ascii_lowercase().as_str(), "true" | "false");
        if lower {
            self.bool = true;
        } else if let Some((whole, fraction)) = number(text) {
            self.whole = self.whole.max(whole.len());
            match fraction {
                Some(fraction) => {
                    self.decimal = true;
                    self.scale = self.scale.max(fraction.len());
                }
                None => {
                    self.int = true;
                    self.huge |= text.parse::<i64>().is_err();
                }
            }
        } else if float(text) {
            self.float = true;
        } else if text.len() >= 8 && frame::read::date(text).is_some() {
            self.date = true;
        } else if let Some(places) = moment(text) {
            self.moment = true;
            self.places = self.places.max(places);
        } else {
            self.text = true;
        }
    }

    /// The type, as MaxCompute names it.
    pub(crate) fn kind(&self) -> String {
        let numbers = self.int || self.decimal || self.float;
        let times = self.date || self.moment;
        let text = self.text || u8::from(self.bool) + u8::from(numbers) + u8::from(times) != 1;
        if text {
            return "string".to_owned();
        }
        match () {
            () if self.bool => "boolean".to_owned(),
            () if self.float && self.whole + self.scale > EXACT => "string".to_owned(),
            () if self.float => "double".to_owned(),
            () if self.decimal || self.huge => self.decimal_kind(),
            () if self.int => "bigint".to_owned(),
            () if !self.moment => "date".to_owned(),
            () if self.places <= 3 => "datetime".to_owned(),
            () => "timestamp".to_owned(),
        }
    }

    /// As many digits before the point as there can be: the rows that were not seen may need them.
    fn decimal_kind(&self) -> String {
        match self.scale <= SCALE && self.whole + self.scale <= DIGITS {
            true => format!("decimal({DIGITS},{})", self.scale),
            false => "string".to_owned(),
        }
    }
}

/// The digits of a number as programs write it. One with zeros before it, or a plus, is a code and no
/// number, and `-0` would lose its sign.
fn number(text: &str) -> Option<(&str, Option<&str>)> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let plain = all(whole) && (whole == "0" || !whole.starts_with('0'));
    let plain = plain && fraction.is_none_or(all);
    let zero = text.starts_with('-') && !text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    (plain && !zero).then_some((whole, fraction))
}

/// A number with an exponent, or one that is none.
fn float(text: &str) -> bool {
    let plain = text.strip_prefix('-').unwrap_or(text);
    let word = matches!(
        plain.to_ascii_lowercase().as_str(),
        "nan" | "inf" | "infinity"
    );
    let exponent = || {
        let (mantissa, exponent) = plain.split_once(['e', 'E'])?;
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        number(mantissa)?;
        digits
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then_some(())
    };
    word || exponent().is_some_and(|()| plain.parse::<f64>().is_ok())
}

/// The decimal places of a point of time.
fn moment(text: &str) -> Option<usize> {
    let longer = text.len() >= 15 && text.as_bytes().get(4) == Some(&b'-');
    longer.then_some(())?;
    frame::read::moment(text, 9, true, None)?;
    let fraction = text.split_once('.').map_or("", |(_, rest)| rest);
    Some(fraction.bytes().take_while(u8::is_ascii_digit).count())
}

#[cfg(test)]
mod tests {
    use super::Seen;

    fn kind(cells: &[&str]) -> String {
        let mut seen = Seen::default();
        cells.iter().for_each(|cell| seen.see(cell));
        seen.kind()
    }

    #[test]
    fn the_narrowest_type_without_loss() {
        let table: [(&[&str], &str); 18] = [
            (&["1", "-9223372036854775808", "9007199254740993"], "bigint"),
            (&["9223372036854775808"], "decimal(38,0)"),
            (&[&"9".repeat(39)], "string"),
            (&["1", "0.25"], "decimal(38,2)"),
            (
                &["99999999999999999999.999999999999999999"],
                "decimal(38,18)",
            ),
            (&["0.1234567890123456789"], "string"),
            (&["1e5", "1", "NaN", "-inf"], "double"),
            (&["1e5", "9007199254740993"], "string"),
            (&["007"], "string"),
            (&["-0"], "string"),
            (&["+86"], "string"),
            (&["true", "FALSE"], "boolean"),
            (&["true", "1"], "string"),
            (&["2026-02-28"], "date"),
            (&["2026-02-29"], "string"),
            (&["2026-02-28", "2026-02-28 10:00:00.123"], "datetime"),
            (&["2026-02-28T10:00:00.1234567Z"], "timestamp"),
            (&[], "string"),
        ];
        for (cells, wanted) in table {
            assert_eq!(kind(cells), wanted, "{cells:?}");
        }
    }
}
