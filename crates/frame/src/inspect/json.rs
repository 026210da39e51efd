//! JSON text laid out, digit for digit: nothing is parsed into numbers.

/// The deepest nesting that is laid out.
const DEEP: usize = 128;

/// Whether a text is one JSON value.
pub(crate) fn sound(text: &str) -> bool {
    Layout::new(text).run().is_some()
}

/// The text laid out in lines, when it is a JSON object or array.
pub(super) fn pretty(text: &str) -> Option<String> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    Layout::new(text).run()
}

struct Layout<'a> {
    rest: &'a str,
    out: String,
}

impl<'a> Layout<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            rest: text,
            out: String::with_capacity(text.len() * 2),
        }
    }

    fn run(mut self) -> Option<String> {
        self.value(0)?;
        self.space();
        self.rest.is_empty().then_some(self.out)
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn line(&mut self, deep: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n("  ", deep));
    }

    fn value(&mut self, deep: usize) -> Option<()> {
        self.space();
        match self.rest.as_bytes().first()? {
            b'{' => self.group(deep, '}'),
            b'[' => self.group(deep, ']'),
            b'"' => self.string(),
            _ => self.word(),
        }
    }

    fn group(&mut self, deep: usize, end: char) -> Option<()> {
        if deep >= DEEP {
            return None;
        }
        self.take(1)?;
        self.space();
        if let Some(rest) = self.rest.strip_prefix(end) {
            self.rest = rest;
            self.out.push(end);
            return Some(());
        }
        loop {
            self.line(deep + 1);
            if end == '}' {
                self.space();
                self.string()?;
                self.space();
                self.rest = self.rest.strip_prefix(':')?;
                self.out.push_str(": ");
            }
            self.value(deep + 1)?;
            self.space();
            match self.rest.strip_prefix(',') {
                Some(rest) => {
                    self.rest = rest;
                    self.out.push(',');
                }
                None => break,
            }
        }
        self.rest = self.rest.strip_prefix(end)?;
        self.line(deep);
        self.out.push(end);
        Some(())
    }

    fn take(&mut self, count: usize) -> Option<()> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.out.push_str(taken);
        self.rest = rest;
        Some(())
    }

    fn string(&mut self) -> Option<()> {
        let bytes = self.rest.as_bytes();
        if bytes.first() != Some(&b'"') {
            return None;
        }
        let mut at = 1;
        loop {
            match bytes.get(at)? {
                b'"' => return self.take(at + 1),
                b'\\' => match bytes.get(at + 1)? {
                    b'u' => {
                        let digits = bytes.get(at + 2..at + 6)?;
                        digits.iter().all(u8::is_ascii_hexdigit).then_some(())?;
                        at += 6;
                    }
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => at += 2,
                    _ => return None,
                },
                0..0x20 => return None,
                _ => at += 1,
            }
        }
    }

    fn word(&mut self) -> Option<()> {
        let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.');
        let end = self.rest.find(|c| !inside(c)).unwrap_or(self.rest.len());
        let word = self.rest.get(..end)?;
        (matches!(word, "true" | "false" | "null") || is_number(word)).then_some(())?;
        self.take(end)
    }
}

fn is_number(word: &str) -> bool {
    let word = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match word.find(['e', 'E']) {
        Some(at) => (&word[..at], Some(&word[at + 1..])),
        None => (word, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let plain = digits(whole) && (whole == "0" || !whole.starts_with('0'));
    plain
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|text| digits(text.strip_prefix(['-', '+']).unwrap_or(text)))
}

#[cfg(test)]
mod tests {
    use super::{pretty, sound};

    #[test]
    fn laid_out_digit_for_digit() {
        let text = r#"{"id":12345678901234567890.10, "a":[1e400,{},[] ,"x\"\u00e9"],"b":null}"#;
        let lines = "{\n  \"id\": 12345678901234567890.10,\n  \"a\": [\n    1e400,\n    {},\n    [],\n    \"x\\\"\\u00e9\"\n  ],\n  \"b\": null\n}";
        assert_eq!(pretty(text).as_deref(), Some(lines));
        assert_eq!(pretty("12"), None);
        assert!(sound("12") && sound(" \"a\" ") && sound("-0.5E+3"));
    }

    #[test]
    fn what_is_no_json_is_left_alone() {
        for text in [
            "",
            "{",
            "[1,]",
            "{\"a\" 1}",
            "[01]",
            "[1.]",
            "[NaN]",
            "[\"\u{1}\"]",
            "{a:1}",
            "[1] 2",
            "[\"\\x\"]",
            "[+1]",
        ] {
            assert_eq!(pretty(text), None, "{text}");
        }
        assert_eq!(pretty(&"[".repeat(100_000)), None);
    }
}
