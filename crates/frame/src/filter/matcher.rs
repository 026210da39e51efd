//! Text that contains a text, or is of a pattern of SQL's LIKE.

/// What a text is held against.
#[derive(Clone, Debug)]
pub(crate) enum Matcher {
    /// Contains this, exactly.
    Exact(String),
    /// Contains this; it is in lower case.
    Folded(String),
    /// Is of this pattern.
    Like(Vec<Part>),
}

/// A part of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Any text.
    Any,
    /// Any one character.
    One,
    /// This character.
    Char(char),
}

impl Matcher {
    pub(crate) fn contains(text: &str, case: bool) -> Self {
        match case {
            true => Self::Exact(text.to_owned()),
            false => Self::Folded(text.to_lowercase()),
        }
    }

    /// A pattern; none when it ends in an escape of nothing.
    pub(crate) fn like(pattern: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = pattern.chars();
        while let Some(next) = rest.next() {
            let part = match next {
                '%' => Part::Any,
                '_' => Part::One,
                '\\' => Part::Char(rest.next()?),
                other => Part::Char(other),
            };
            if part != Part::Any || parts.last() != Some(&Part::Any) {
                parts.push(part);
            }
        }
        Some(Self::Like(parts))
    }

    pub(crate) fn is_match(&self, text: &str) -> bool {
        match self {
            Self::Exact(needle) => text.contains(needle.as_str()),
            Self::Folded(needle) if text.is_ascii() => folded(needle.as_bytes(), text.as_bytes()),
            Self::Folded(needle) => text.to_lowercase().contains(needle.as_str()),
            Self::Like(parts) => like(parts, text),
        }
    }

    /// The same of bytes that are UTF-8 (those of a text array always are).
    pub(crate) fn matches_bytes(&self, text: &[u8]) -> bool {
        std::str::from_utf8(text).is_ok_and(|text| self.is_match(text))
    }
}

/// Whether ASCII text contains a needle of lower case.
fn folded(needle: &[u8], text: &[u8]) -> bool {
    let Some(&first) = needle.first() else {
        return true;
    };
    let same = |window: &[u8]| {
        window[0].to_ascii_lowercase() == first && window.eq_ignore_ascii_case(needle)
    };
    text.windows(needle.len()).any(same)
}

/// Goes back only to the last `%`, so that no pattern costs more than text times pattern.
fn like(parts: &[Part], text: &str) -> bool {
    let (mut part, mut rest) = (0, text.chars());
    let mut back: Option<(usize, std::str::Chars<'_>)> = None;
    loop {
        match parts.get(part) {
            Some(Part::Any) => {
                part += 1;
                back = Some((part, rest.clone()));
                continue;
            }
            None if rest.as_str().is_empty() => return true,
            expected => {
                let next = rest.next();
                let fits = match (expected, next) {
                    (Some(Part::One), Some(_)) => true,
                    (Some(Part::Char(want)), Some(got)) => *want == got,
                    _ => false,
                };
                if fits {
                    part += 1;
                    continue;
                }
            }
        }
        let Some((after, tried)) = &mut back else {
            return false;
        };
        if tried.next().is_none() {
            return false;
        }
        (part, rest) = (*after, tried.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::Matcher;

    #[test]
    fn patterns() {
        for (pattern, text, fits) in [
            ("", "", true),
            ("", "a", false),
            ("%", "", true),
            ("a%", "abc", true),
            ("%c", "abcabc", true),
            ("%b%", "abc", true),
            ("a_c", "a中c", true),
            ("a_c", "ac", false),
            ("100\\%", "100%", true),
            ("100\\%", "1000", false),
            ("a\\_c", "abc", false),
            ("\\\\", "\\", true),
            ("%ab_d%", "xxabcabxdyy", true),
            ("%a%a%a%", "aa", false),
            ("A", "a", false),
            ("%\n_", "a\nb", true),
        ] {
            assert_eq!(
                Matcher::like(pattern).unwrap().is_match(text),
                fits,
                "{pattern} {text}"
            );
        }
        assert!(Matcher::like("a\\").is_none());
        let slow = Matcher::like(&"%a".repeat(200)).unwrap();
        assert!(!slow.is_match(&"a".repeat(150)));
    }

    #[test]
    fn case_is_told_apart_only_when_asked() {
        assert!(Matcher::contains("ÉC", false).is_match("l'école"));
        assert!(!Matcher::contains("ÉC", true).is_match("l'école"));
        assert!(Matcher::contains("World", false).is_match("hello WORLD"));
        assert!(Matcher::contains("", true).is_match(""));
        assert!(Matcher::contains("k", false).is_match("\u{212a}"));
    }
}
