//! The words of the language: what the lexer hands to the parser.

use crate::Span;

/// One word with its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
}

/// What kind of word it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TokenKind {
    /// A name or a keyword; the parser tells them apart.
    Name(String),
    /// A whole number.
    Integer(i64),
    /// A number with a point or an exponent.
    Float(f64),
    /// A text literal, escapes resolved.
    Text(String),
    /// An operator or a piece of punctuation, as written.
    Mark(&'static str),
    /// The end of a logical line: a line break outside brackets, or a semicolon.
    Newline,
    /// The end of the text.
    End,
}

impl TokenKind {
    /// The word as it is shown in a message.
    pub(crate) fn shown(&self) -> String {
        match self {
            TokenKind::Name(name) => name.clone(),
            TokenKind::Integer(value) => value.to_string(),
            TokenKind::Float(value) => format!("{value:?}"),
            TokenKind::Text(text) => format!("'{text}'"),
            TokenKind::Mark(mark) => (*mark).to_owned(),
            TokenKind::Newline => String::from("end of line"),
            TokenKind::End => String::from("end of text"),
        }
    }
}

/// All marks, longest first, so that `**` is not read as two `*`.
pub(crate) const MARKS: &[&str] = &[
    "**=", "//=", "...", ">>=", "<<=", "**", "//", "==", "!=", "<=", ">=", "->", ":=", "+=", "-=",
    "*=", "/=", "%=", "&=", "|=", "^=", "@=", "<<", ">>", "+", "-", "*", "/", "%", "@", "&", "|",
    "^", "~", "<", ">", "(", ")", "[", "]", "{", "}", ",", ":", ".", "=",
];

/// Words that cannot be names.
pub(crate) const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];
