//! Text literals: quotes, prefixes, escapes.

use super::{Lexer, Place};
use crate::error::{Error, ErrorKind};
use crate::token::TokenKind;

impl Lexer<'_> {
    /// Reads a text literal, single or triple quoted; the prefix has been read.
    pub(super) fn text_literal(&mut self, from: Place, prefix: &str) {
        let Some(quote) = self.next() else { return };
        let triple = self
            .rest()
            .starts_with([quote, quote].iter().collect::<String>().as_str());
        if triple {
            self.next();
            self.next();
        }
        let raw = prefix.contains('r');
        let mut value = String::new();
        loop {
            let Some(c) = self.peek() else {
                self.unclosed(from, value);
                return;
            };
            if c == quote && (!triple || self.closes_triple(quote)) {
                for _ in 0..if triple { 3 } else { 1 } {
                    self.next();
                }
                break;
            }
            if c == '\n' && !triple {
                self.unclosed(from, value);
                return;
            }
            let place = self.mark();
            self.next();
            if c == '\\' && raw {
                value.push(c);
                if let Some(next) = self.peek().filter(|c| triple || *c != '\n') {
                    value.push(next);
                    self.next();
                }
            } else if c == '\\' {
                self.escape(place, &mut value);
            } else if c == '\r' && self.peek() == Some('\n') {
                // Python reads every line end as one character, which comes next.
            } else {
                value.push(c);
            }
        }
        let span = self.span_from(from);
        self.push(TokenKind::Text(value), span);
    }

    fn closes_triple(&self, quote: char) -> bool {
        self.rest().chars().take(3).filter(|c| *c == quote).count() == 3
    }

    fn unclosed(&mut self, from: Place, value: String) {
        let span = self.span_from(from);
        self.errors.push(Error::new(span, ErrorKind::UnclosedText));
        self.push(TokenKind::Text(value), span);
    }

    /// The rest of `\012`: one to three octal digits.
    fn octal(&mut self, first: char, value: &mut String) {
        let mut code = first.to_digit(8).unwrap_or(0);
        for _ in 0..2 {
            let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) else {
                break;
            };
            code = code * 8 + digit;
            self.next();
        }
        // At most 0o777, which is a character.
        value.extend(char::from_u32(code));
    }

    fn escape(&mut self, from: Place, value: &mut String) {
        let Some(c) = self.next() else { return };
        let digits = match c {
            'n' => return value.push('\n'),
            't' => return value.push('\t'),
            'r' => return value.push('\r'),
            'a' => return value.push('\u{7}'),
            'b' => return value.push('\u{8}'),
            'f' => return value.push('\u{c}'),
            'v' => return value.push('\u{b}'),
            '0'..='7' => return self.octal(c, value),
            '\\' | '\'' | '"' => return value.push(c),
            '\n' => return,
            // A line may end as on Windows.
            '\r' if self.peek() == Some('\n') => {
                self.next();
                return;
            }
            'x' => 2,
            'u' => 4,
            'U' => 8,
            // The names of characters are a table of their own, larger than the language.
            'N' => {
                let at = self.span_from(from);
                let kind = ErrorKind::BadEscape(c.to_string());
                return self.errors.push(Error::new(at, kind));
            }
            // Python keeps the backslash of an escape that it does not know.
            _ => {
                value.push('\\');
                return value.push(c);
            }
        };
        let hex = self.rest().get(..digits).unwrap_or("").to_owned();
        let read = u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32);
        match read.filter(|_| hex.bytes().all(|b| b.is_ascii_hexdigit())) {
            Some(read) => {
                for _ in 0..digits {
                    self.next();
                }
                value.push(read);
            }
            None => {
                let at = self.span_from(from);
                self.errors
                    .push(Error::new(at, ErrorKind::BadEscape(c.to_string())));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::error::ErrorKind;
    use crate::lexer::first;
    use crate::token::TokenKind;

    #[test]
    fn texts_know_escapes_raw_and_triple_quotes() {
        let text = |text: &str| Ok(TokenKind::Text(text.into()));
        assert_eq!(first(r#"'a\n\x41\u4e2d'"#), text("a\nA中"));
        assert_eq!(first(r#"r'a\n'"#), text(r"a\n"));
        assert_eq!(first("'''a\n'b'''"), text("a\n'b"));
        assert_eq!(first(r#""\d""#), text(r"\d"));
        assert_eq!(first("'abc"), Err(ErrorKind::UnclosedText));
        for (escape, bad) in [
            ("xg1", "x"),
            ("ud800", "u"),
            ("U00110000", "U"),
            ("N{DOT}", "N"),
        ] {
            let escaped = first(&format!("'\\{escape}'"));
            assert_eq!(escaped, Err(ErrorKind::BadEscape(bad.into())), "{escape}");
        }
        assert_eq!(first(r"'\a\b\f\v\0'"), text("\u{7}\u{8}\u{c}\u{b}\0"));
        assert_eq!(first(r"'\012\1018\777'"), text("\nA8\u{1ff}"));
        assert_eq!(first("'''a\r\nb\\\r\nc'''"), text("a\nbc"));
    }
}
