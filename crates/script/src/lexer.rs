//! Text to words, after the rules of Python's lexical analysis: line breaks inside brackets do not
//! count, comments and blank lines vanish, a backslash joins two lines. Never panics; what cannot
//! be read becomes an error and reading goes on behind it.

mod literal;
mod number;

use crate::error::{Error, ErrorKind, Feature};
use crate::span::Span;
use crate::token::{MARKS, Token, TokenKind};

/// The longest text that is read: an expression box, not a program.
pub(crate) const LONGEST: usize = 64 * 1024;

/// Reads the whole text. The tokens always end in [`TokenKind::End`].
pub(crate) fn tokens(text: &str) -> (Vec<Token>, Vec<Error>) {
    let mut lexer = Lexer::new(text);
    if text.len() > LONGEST {
        let at = lexer.span_from(lexer.mark());
        lexer
            .errors
            .push(Error::new(at, ErrorKind::TooLong { limit: LONGEST }));
    } else {
        lexer.run();
    }
    let end = lexer.span_from(lexer.mark());
    lexer.push(TokenKind::Newline, end);
    lexer.push(TokenKind::End, end);
    (lexer.tokens, lexer.errors)
}

/// The first word of a text, or what is wrong with it.
#[cfg(test)]
fn first(text: &str) -> Result<TokenKind, ErrorKind> {
    let (tokens, errors) = tokens(text);
    match errors.into_iter().next() {
        Some(error) => Err(error.kind),
        None => Ok(tokens
            .into_iter()
            .next()
            .expect("there is always an end")
            .kind),
    }
}

/// A remembered place.
#[derive(Clone, Copy)]
struct Place {
    offset: usize,
    line: u32,
    column: u32,
}

struct Lexer<'t> {
    text: &'t str,
    at: Place,
    /// Indentation of the first line that holds something; the others must have the same.
    indent: Option<usize>,
    open: Vec<(char, Span)>,
    tokens: Vec<Token>,
    errors: Vec<Error>,
}

impl<'t> Lexer<'t> {
    fn new(text: &'t str) -> Self {
        // A byte order mark is no part of the program.
        let offset = if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        Self {
            text,
            at: Place {
                offset,
                line: 1,
                column: 1,
            },
            indent: None,
            open: Vec::new(),
            tokens: Vec::new(),
            errors: Vec::new(),
        }
    }

    fn run(&mut self) {
        let mut line_start = true;
        while let Some(c) = self.peek() {
            if line_start && self.open.is_empty() {
                self.check_indent();
                line_start = false;
                continue;
            }
            match c {
                '\n' => {
                    let from = self.mark();
                    self.next();
                    if self.open.is_empty() {
                        self.push(TokenKind::Newline, self.span_from(from));
                        line_start = true;
                    }
                }
                ' ' | '\t' | '\r' | '\u{c}' => {
                    self.next();
                }
                '#' => {
                    while self.peek().is_some_and(|c| c != '\n') {
                        self.next();
                    }
                }
                '\\' if self.after_backslash_is_line_end() => self.join_lines(),
                ';' if self.open.is_empty() => {
                    let from = self.mark();
                    self.next();
                    self.push(TokenKind::Newline, self.span_from(from));
                }
                _ => self.word(c),
            }
        }
        for (open, at) in std::mem::take(&mut self.open) {
            self.errors
                .push(Error::new(at, ErrorKind::UnclosedBracket { open }));
        }
    }

    /// Eats the blanks at the start of a line; a pasted block may be indented as a whole.
    fn check_indent(&mut self) {
        let from = self.mark();
        while self
            .peek()
            .is_some_and(|c| matches!(c, ' ' | '\t' | '\r' | '\u{c}'))
        {
            self.next();
        }
        if self.peek().is_none_or(|c| matches!(c, '\n' | '#')) {
            return;
        }
        let width = self.at.offset - from.offset;
        match self.indent {
            None => self.indent = Some(width),
            Some(first) if first == width => {}
            Some(_) => {
                let at = self.span_from(from);
                self.errors
                    .push(Error::new(at, ErrorKind::UnexpectedIndent));
            }
        }
    }

    fn after_backslash_is_line_end(&self) -> bool {
        let rest = self.rest().get(1..).unwrap_or("");
        rest.starts_with('\n') || rest.starts_with("\r\n")
    }

    fn join_lines(&mut self) {
        while self.next().is_some_and(|c| c != '\n') {}
    }

    fn word(&mut self, c: char) {
        let from = self.mark();
        if c == '"' || c == '\'' {
            self.text_literal(from, "");
        } else if c.is_ascii_digit() || (c == '.' && self.digit_follows()) {
            self.number(from);
        } else if c == '_' || c.is_alphabetic() {
            self.name(from);
        } else if let Some(mark) = MARKS.iter().find(|mark| self.rest().starts_with(**mark)) {
            for _ in 0..mark.len() {
                self.next();
            }
            let span = self.span_from(from);
            self.bracket(mark, span);
            self.push(TokenKind::Mark(mark), span);
        } else {
            self.next();
            let at = self.span_from(from);
            self.errors
                .push(Error::new(at, ErrorKind::UnexpectedCharacter(c)));
        }
    }

    fn name(&mut self, from: Place) {
        while self.peek().is_some_and(|c| c == '_' || c.is_alphanumeric()) {
            self.next();
        }
        let name = &self.text[from.offset..self.at.offset];
        if self.peek().is_some_and(|c| matches!(c, '"' | '\'')) && is_text_prefix(name) {
            let prefix = name.to_ascii_lowercase();
            if prefix.contains(['f', 'b']) {
                let at = self.span_from(from);
                let kind = ErrorKind::Unsupported(Feature::TextPrefix(prefix.clone()));
                self.errors.push(Error::new(at, kind));
            }
            self.text_literal(from, &prefix);
            return;
        }
        let name = name.to_owned();
        let span = self.span_from(from);
        self.push(TokenKind::Name(name), span);
    }

    /// Keeps the stack of open brackets.
    fn bracket(&mut self, mark: &str, at: Span) {
        match mark {
            "(" => self.open.push(('(', at)),
            "[" => self.open.push(('[', at)),
            "{" => self.open.push(('{', at)),
            ")" | "]" | "}" => {
                let close = mark.chars().next().unwrap_or(')');
                let wanted = match close {
                    ')' => '(',
                    ']' => '[',
                    _ => '{',
                };
                match self.open.last() {
                    Some((open, _)) if *open == wanted => {
                        self.open.pop();
                    }
                    Some((open, opened_at)) => {
                        let kind = ErrorKind::UnclosedBracket { open: *open };
                        self.errors.push(Error::new(*opened_at, kind));
                        self.open.pop();
                        // `([3, 4)`: the bracket closes the one outside the forgotten one.
                        if self.open.last().is_some_and(|(open, _)| *open == wanted) {
                            self.open.pop();
                        }
                    }
                    None => {
                        self.errors
                            .push(Error::new(at, ErrorKind::UnmatchedBracket { close }));
                    }
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, kind: TokenKind, span: Span) {
        self.tokens.push(Token { kind, span });
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at.offset..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn digit_follows(&self) -> bool {
        self.rest()
            .chars()
            .nth(1)
            .is_some_and(|c| c.is_ascii_digit())
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at.offset += c.len_utf8();
        if c == '\n' {
            self.at.line += 1;
            self.at.column = 1;
        } else {
            self.at.column += 1;
        }
        Some(c)
    }

    fn mark(&self) -> Place {
        self.at
    }

    fn span_from(&self, from: Place) -> Span {
        Span {
            start: from.offset,
            end: self.at.offset,
            line: from.line,
            column: from.column,
        }
    }
}

fn is_text_prefix(name: &str) -> bool {
    matches!(
        name.to_ascii_lowercase().as_str(),
        "r" | "u" | "b" | "f" | "br" | "rb" | "fr" | "rf"
    )
}
