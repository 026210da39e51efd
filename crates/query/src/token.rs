//! Words, texts and signs of a script; comments and blanks are left out. An open text or comment
//! ends with the script.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A word, or a name in back quotes.
    Word,
    /// A text in single or double quotes.
    Text,
    /// A number.
    Number,
    /// One sign.
    Sign(char),
}

/// One token and its bytes in the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) sort: Sort,
    /// As it is written; a name without its back quotes.
    pub(crate) text: &'a str,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Token<'_> {
    pub(crate) fn is(&self, word: &str) -> bool {
        self.sort == Sort::Word && self.text.eq_ignore_ascii_case(word)
    }

    pub(crate) fn is_sign(&self, sign: char) -> bool {
        self.sort == Sort::Sign(sign)
    }
}

/// The tokens of a script.
pub(crate) fn tokens(script: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = script[at..].chars().next() {
        let rest = &script[at..];
        let length = match first {
            _ if first.is_whitespace() => {
                at += first.len_utf8();
                continue;
            }
            _ if rest.starts_with("--") => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            _ if rest.starts_with("/*") => {
                at += rest[2..].find("*/").map_or(rest.len(), |end| end + 4);
                continue;
            }
            '\'' | '"' => quoted(rest, first),
            '`' => rest[1..].find('`').map_or(rest.len(), |end| end + 2),
            _ if first.is_ascii_digit() => {
                run(rest, |c| c.is_ascii_alphanumeric() || c == '.' || c == '_')
            }
            _ if is_word(first) => run(rest, is_word),
            _ => first.len_utf8(),
        };
        let whole = &rest[..length];
        let (sort, text) = match first {
            '\'' | '"' => (Sort::Text, whole),
            '`' => (Sort::Word, whole.trim_matches('`')),
            _ if first.is_ascii_digit() => (Sort::Number, whole),
            _ if is_word(first) => (Sort::Word, whole),
            sign => (Sort::Sign(sign), whole),
        };
        found.push(Token {
            sort,
            text,
            start: at,
            end: at + length,
        });
        at += length;
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '@' | '#' | '$')
}

fn run(text: &str, of: impl Fn(char) -> bool) -> usize {
    text.find(|c| !of(c)).unwrap_or(text.len())
}

/// The length of a quoted text: a backslash takes the next sign with it.
fn quoted(text: &str, quote: char) -> usize {
    let mut signs = text.char_indices().skip(1);
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' => {
                signs.next();
            }
            _ if sign == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_and_comments_hide_what_they_hold() {
        let script = "select 'it\\'s; -- no' , `a;b` -- ; \n/* ; */ \"x;\";";
        let texts: Vec<&str> = tokens(script).iter().map(|token| token.text).collect();
        assert_eq!(
            texts,
            ["select", "'it\\'s; -- no'", ",", "a;b", "\"x;\"", ";"]
        );
    }

    #[test]
    fn what_is_open_ends_with_the_script() {
        for script in ["'abc", "`abc", "/* abc", "-- abc", "'abc\\"] {
            assert!(tokens(script).len() <= 1, "{script}");
        }
    }

    proptest! {
        #[test]
        fn tokens_are_in_order_and_within(script in "\\PC{0,60}|[-/*'\"`;\\\\\n a]{0,40}") {
            let mut end = 0;
            for token in tokens(&script) {
                prop_assert!(token.start >= end && token.end > token.start);
                prop_assert!(script.get(token.start..token.end).is_some());
                end = token.end;
            }
            prop_assert!(end <= script.len());
        }
    }
}
