//! Where something stands in the text: what an error points at.

/// A stretch of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
    /// Line of the first byte, from 1.
    pub line: u32,
    /// Column of the first byte in characters, from 1.
    pub column: u32,
}

impl Span {
    /// The empty stretch before the first character.
    pub(crate) fn first() -> Span {
        Span {
            line: 1,
            column: 1,
            ..Span::default()
        }
    }

    /// The stretch from the start of `self` to the end of `last`.
    pub fn to(self, last: Span) -> Span {
        Span {
            end: last.end.max(self.start),
            ..self
        }
    }

    /// The empty stretch right after `self`, for something that is missing there.
    pub fn after(self) -> Span {
        let width = u32::try_from(self.end.saturating_sub(self.start)).unwrap_or(u32::MAX);
        Span {
            start: self.end,
            end: self.end,
            line: self.line,
            column: self.column.saturating_add(width),
        }
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}
