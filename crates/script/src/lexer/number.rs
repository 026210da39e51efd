//! Numbers.

use super::{Lexer, Place};
use crate::error::{Error, ErrorKind, Feature};
use crate::token::TokenKind;

impl Lexer<'_> {
    /// Reads a number: decimal with underscores and exponent, or hexadecimal, octal, binary.
    pub(super) fn number(&mut self, from: Place) {
        let radix = match self.rest().get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("0x") => 16,
            Some("0o") => 8,
            Some("0b") => 2,
            _ => 10,
        };
        let mut last = ' ';
        while let Some(c) = self.peek() {
            let sign = radix == 10
                && matches!(c, '+' | '-')
                && matches!(last, 'e' | 'E')
                && self.digit_follows();
            // The word goes on as long as it could be one number, so that `12ab` is one error.
            if !(c.is_ascii_alphanumeric() || c == '_' || (c == '.' && radix == 10) || sign) {
                break;
            }
            last = c;
            self.next();
        }
        let written = &self.text[from.offset..self.at.offset];
        let kind = read_number(written, radix);
        let span = self.span_from(from);
        match kind {
            Ok(kind) => self.push(kind, span),
            Err(kind) => {
                self.errors.push(Error::new(span, kind));
                // The parser goes on as if a number stood here.
                self.push(TokenKind::Integer(0), span);
            }
        }
    }
}

fn read_number(written: &str, radix: u32) -> Result<TokenKind, ErrorKind> {
    let bad = || ErrorKind::BadNumber(written.to_owned());
    if radix == 10 && written.ends_with(['j', 'J']) {
        return Err(ErrorKind::Unsupported(Feature::Complex));
    }
    let body = if radix == 10 {
        written
    } else {
        written.get(2..).unwrap_or("")
    };
    // After a radix prefix Python allows one underscore, else only between digits.
    let body = if radix == 10 {
        body
    } else {
        body.strip_prefix('_').unwrap_or(body)
    };
    if !underscores_are_fine(body) {
        return Err(bad());
    }
    let digits: String = body.chars().filter(|c| *c != '_').collect();
    if digits.is_empty() {
        return Err(bad());
    }
    let is_float = radix == 10 && digits.contains(['.', 'e', 'E']);
    if is_float {
        // Rust reads `inf` and `nan` too; these never get here, the first character is a digit.
        return digits.parse().map(TokenKind::Float).map_err(|_| bad());
    }
    if !digits.chars().all(|c| c.is_digit(radix)) {
        return Err(bad());
    }
    if radix == 10 && digits.len() > 1 && digits.starts_with('0') && digits.contains(|c| c != '0') {
        // `012` was octal in Python 2 and is an error since.
        return Err(bad());
    }
    i64::from_str_radix(&digits, radix)
        .map(TokenKind::Integer)
        .map_err(|_| ErrorKind::NumberTooLarge(written.to_owned()))
}

/// An underscore stands between two digits and nowhere else.
fn underscores_are_fine(body: &str) -> bool {
    let bytes = body.as_bytes();
    bytes.iter().enumerate().all(|(place, byte)| {
        *byte != b'_' || {
            let before = place.checked_sub(1).and_then(|i| bytes.get(i));
            let after = bytes.get(place + 1);
            before.is_some_and(u8::is_ascii_hexdigit) && after.is_some_and(u8::is_ascii_hexdigit)
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::error::ErrorKind;
    use crate::lexer::first;
    use crate::token::TokenKind;

    #[test]
    fn numbers_are_read_as_python_reads_them() {
        assert_eq!(first("1_000"), Ok(TokenKind::Integer(1000)));
        assert_eq!(first("0xFF"), Ok(TokenKind::Integer(255)));
        assert_eq!(first("0b_101"), Ok(TokenKind::Integer(5)));
        assert_eq!(first("00"), Ok(TokenKind::Integer(0)));
        assert_eq!(first("1."), Ok(TokenKind::Float(1.0)));
        assert_eq!(first(".5"), Ok(TokenKind::Float(0.5)));
        assert_eq!(first("1_0e-3"), Ok(TokenKind::Float(0.01)));
        assert_eq!(
            first("9223372036854775807"),
            Ok(TokenKind::Integer(i64::MAX))
        );
    }

    #[test]
    fn numbers_that_python_refuses_are_errors() {
        for text in ["1__0", "1_", "0x", "012", "12ab", "1.2.3", "0b12", "1e"] {
            assert_eq!(
                first(text),
                Err(ErrorKind::BadNumber(text.into())),
                "{text}"
            );
        }
        assert!(matches!(
            first("9223372036854775808"),
            Err(ErrorKind::NumberTooLarge(_))
        ));
        assert!(matches!(first("2j"), Err(ErrorKind::Unsupported(_))));
    }
}
