//! Places in a text: lines and columns of the service, bytes of Rust, UTF-16 units of a browser.

/// A line and a column, both from 1; columns are characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Place {
    /// The byte of this place in a text; of one that is outside, the nearest inside.
    pub fn byte(self, text: &str) -> usize {
        let mut start = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            if number + 1 == self.line {
                let content = line.trim_end_matches(['\n', '\r']);
                let within = content.char_indices().nth(self.column.saturating_sub(1));
                return start + within.map_or(content.len(), |(at, _)| at);
            }
            start += line.len();
        }
        text.len()
    }
}

/// What an error text of the service says: `ODPS-0130071:[1,8] Semantic analysis exception - …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorText {
    /// `ODPS-0130071`
    pub code: Option<String>,
    /// Where in the statement.
    pub place: Option<Place>,
    /// The words behind both, first line only.
    pub sentence: String,
}

impl ErrorText {
    /// Reads an error text.
    pub fn read(text: &str) -> Self {
        let found = text.find("ODPS-").map(|at| &text[at..]);
        let Some(rest) = found else {
            let sentence = text.trim().lines().next().unwrap_or_default().to_owned();
            return Self {
                code: None,
                place: None,
                sentence,
            };
        };
        let digits = rest[5..]
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len() - 5);
        let (code, rest) = rest.split_at(5 + digits);
        let rest = rest.trim_start_matches([':', ' ']);
        let (place, rest) = match bracket(rest) {
            Some((place, rest)) => (Some(place), rest),
            None => (None, rest),
        };
        Self {
            code: Some(code.to_owned()),
            place,
            sentence: rest.trim().lines().next().unwrap_or_default().to_owned(),
        }
    }
}

/// `[1,8] rest`
fn bracket(text: &str) -> Option<(Place, &str)> {
    let (inside, rest) = text.strip_prefix('[')?.split_once(']')?;
    let (line, column) = inside.split_once(',')?;
    let place = Place {
        line: line.trim().parse().ok()?,
        column: column.trim().parse().ok()?,
    };
    Some((place, rest))
}

/// The byte of a place that a browser counts in UTF-16 units.
pub fn byte_of_utf16(text: &str, units: usize) -> usize {
    let mut count = 0;
    for (at, c) in text.char_indices() {
        if count >= units {
            return at;
        }
        count += c.len_utf16();
    }
    text.len()
}

/// The UTF-16 units before a byte.
pub fn utf16_of_byte(text: &str, byte: usize) -> usize {
    let before = text.char_indices().take_while(|(at, _)| *at < byte);
    before.map(|(_, c)| c.len_utf16()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_the_service() {
        let error =
            ErrorText::read("ODPS-0130071:[2,8] Semantic analysis exception - no column x\nat y");
        assert_eq!(error.code.as_deref(), Some("ODPS-0130071"));
        assert_eq!(error.place, Some(Place { line: 2, column: 8 }));
        assert_eq!(error.sentence, "Semantic analysis exception - no column x");
        let error = ErrorText::read("FAILED: ODPS-0420095: Access Denied");
        assert_eq!(
            (error.code.as_deref(), error.place),
            (Some("ODPS-0420095"), None)
        );
        assert_eq!(error.sentence, "Access Denied");
        for text in [
            "",
            "ODPS-",
            "ODPS-1:[",
            "ODPS-1:[x,1] y",
            "no words",
            "中文",
        ] {
            assert_eq!(ErrorText::read(text).place, None, "{text}");
        }
    }

    #[test]
    fn a_place_is_a_byte() {
        let text = "select 1,\r\n  城市, 𝒳x\nfrom t";
        let at = |line, column| &text[Place { line, column }.byte(text)..];
        assert!(at(1, 8).starts_with("1,"));
        assert!(at(2, 3).starts_with("城市"));
        assert!(at(2, 8).starts_with("x\nfrom"));
        assert!(at(1, 99).starts_with("\r\n"));
        assert_eq!(at(9, 1), "");
        assert!(at(0, 0).is_empty());
    }

    #[test]
    fn units_of_the_browser_and_bytes() {
        let text = "a城𝒳b";
        for (units, byte) in [(0, 0), (1, 1), (2, 4), (4, 8), (5, 9), (99, 9)] {
            assert_eq!(byte_of_utf16(text, units), byte);
            if units < 99 {
                assert_eq!(utf16_of_byte(text, byte), units);
            }
        }
    }
}
