//! A reader over the pasted text that knows just enough of Python: names, numbers, texts, lists of
//! texts, comments and brackets.

use super::{PasteError, PasteErrorKind, Place};

/// A value in a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Literal {
    /// `None`
    None,
    /// `True`, `False`
    Flag,
    /// A number as written, underscores removed.
    Number(String),
    /// A text.
    Text(String),
    /// A list or tuple of texts.
    Texts(Vec<String>),
}

pub(super) struct Reader<'t> {
    text: &'t str,
    at: Place,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: Place {
                offset: 0,
                line: 1,
                column: 1,
            },
        }
    }

    pub(super) fn place(&self) -> Place {
        self.at
    }

    /// Goes behind `name(`; names inside comments, texts and longer names do not count.
    pub(super) fn seek_call(&mut self, name: &str) -> Result<(), PasteError> {
        loop {
            self.blanks();
            let Some(c) = self.peek() else {
                return Err(self.error(PasteErrorKind::NoCall));
            };
            if c == '\'' || c == '"' {
                // A text elsewhere that does not end is not our business.
                if self.text_literal().is_err() {
                    self.next();
                }
            } else if is_name(c) {
                let found = self.name();
                self.blanks();
                if found == name && self.eat('(') {
                    self.blanks();
                    return Ok(());
                }
            } else {
                self.next();
            }
        }
    }

    /// Eats the closing bracket if it is here.
    pub(super) fn closes(&mut self) -> bool {
        self.eat(')')
    }

    /// Reads `name =`, if that is what stands here.
    pub(super) fn keyword(&mut self) -> Option<String> {
        let before = self.at;
        let name = self.name();
        self.blanks();
        let equals = self.rest().starts_with('=') && !self.rest().starts_with("==");
        if name.is_empty() || !equals {
            self.at = before;
            return None;
        }
        self.next();
        self.blanks();
        Some(name)
    }

    /// Reads a value and the blanks behind it.
    pub(super) fn value(&mut self) -> Result<Literal, PasteError> {
        let at = self.at;
        let Some(c) = self.peek() else {
            return Err(self.error(PasteErrorKind::CutOff));
        };
        let value = match c {
            '\'' | '"' => Literal::Text(self.texts()?),
            '[' => Literal::Texts(self.list('[', ']')?),
            '(' => Literal::Texts(self.list('(', ')')?),
            '-' | '+' | '.' | '0'..='9' => self.number(),
            c if is_name(c) => match self.name().as_str() {
                "None" => Literal::None,
                "True" | "False" => Literal::Flag,
                "u" | "r" if matches!(self.peek(), Some('\'' | '"')) => {
                    Literal::Text(self.texts()?)
                }
                _ => {
                    return Err(PasteError {
                        at,
                        kind: PasteErrorKind::ExpectedValue,
                    });
                }
            },
            _ => {
                return Err(PasteError {
                    at,
                    kind: PasteErrorKind::ExpectedValue,
                });
            }
        };
        self.blanks();
        Ok(value)
    }

    /// Goes behind a value of any kind: to the comma or bracket that ends it.
    pub(super) fn skip_value(&mut self) -> Result<(), PasteError> {
        let (start, mut depth) = (self.at, 0_u32);
        loop {
            self.blanks();
            match self.peek() {
                None => return Err(self.error(PasteErrorKind::CutOff)),
                Some(',' | ')') if depth == 0 => break,
                Some('\'' | '"') => {
                    self.text_literal()?;
                }
                Some(c) => {
                    match c {
                        '(' | '[' | '{' => depth += 1,
                        ')' | ']' | '}' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    self.next();
                }
            }
        }
        match self.at == start {
            true => Err(self.error(PasteErrorKind::ExpectedValue)),
            false => Ok(()),
        }
    }

    /// Eats a comma; before a closing bracket there need not be one.
    pub(super) fn comma(&mut self) -> Result<(), PasteError> {
        if self.eat(',') {
            self.blanks();
            return Ok(());
        }
        match self.peek() {
            Some(')') => Ok(()),
            None => Err(self.error(PasteErrorKind::CutOff)),
            Some(_) => Err(self.error(PasteErrorKind::ExpectedComma)),
        }
    }

    fn number(&mut self) -> Literal {
        let from = self.at.offset;
        while self
            .peek()
            .is_some_and(|c| c.is_ascii_alphanumeric() || "+-._".contains(c))
        {
            self.next();
        }
        let written = self.text.get(from..self.at.offset).unwrap_or("");
        let plain = written.strip_prefix('+').unwrap_or(written);
        Literal::Number(plain.replace('_', ""))
    }

    fn list(&mut self, open: char, close: char) -> Result<Vec<String>, PasteError> {
        self.eat(open);
        let mut items = Vec::new();
        loop {
            self.blanks();
            if self.eat(close) {
                return Ok(items);
            }
            match self.peek() {
                Some('\'' | '"') => items.push(self.texts()?),
                None => return Err(self.error(PasteErrorKind::CutOff)),
                Some(_) => return Err(self.error(PasteErrorKind::ExpectedValue)),
            }
            self.blanks();
            if !self.eat(',') && self.peek() != Some(close) {
                return Err(self.error(match self.peek() {
                    None => PasteErrorKind::CutOff,
                    Some(_) => PasteErrorKind::ExpectedComma,
                }));
            }
        }
    }

    /// Texts side by side are one.
    fn texts(&mut self) -> Result<String, PasteError> {
        let mut whole = String::new();
        while matches!(self.peek(), Some('\'' | '"')) {
            whole.push_str(&self.text_literal()?);
            self.blanks();
        }
        Ok(whole)
    }

    fn text_literal(&mut self) -> Result<String, PasteError> {
        let start = self.at;
        let unclosed = PasteError {
            at: start,
            kind: PasteErrorKind::UnclosedText,
        };
        let Some(quote) = self.next() else {
            return Err(unclosed);
        };
        let mut value = String::new();
        loop {
            match self.next() {
                Some(c) if c == quote => return Ok(value),
                Some('\\') => match self.next() {
                    Some('n') => value.push('\n'),
                    Some('t') => value.push('\t'),
                    Some('r') => value.push('\r'),
                    Some('x') => self.code(2, &mut value),
                    Some('u') => self.code(4, &mut value),
                    Some('\n') => {}
                    Some(c) if matches!(c, '\\' | '\'' | '"') => value.push(c),
                    Some(c) => value.extend(['\\', c]),
                    None => break,
                },
                Some('\n') | None => break,
                Some(c) => value.push(c),
            }
        }
        self.at = start;
        Err(unclosed)
    }

    /// `\xhh` and `\uhhhh`; what is no such code stays as written.
    fn code(&mut self, digits: usize, value: &mut String) {
        let hex = self.rest().get(..digits).unwrap_or("");
        let code = if hex.len() == digits && hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)
        } else {
            None
        };
        match code {
            Some(c) => {
                for _ in 0..digits {
                    self.next();
                }
                value.push(c);
            }
            None => value.extend(['\\', if digits == 2 { 'x' } else { 'u' }]),
        }
    }

    fn name(&mut self) -> String {
        let from = self.at.offset;
        while self
            .peek()
            .is_some_and(|c| is_name(c) || c.is_ascii_digit())
        {
            self.next();
        }
        self.text.get(from..self.at.offset).unwrap_or("").to_owned()
    }

    /// Blanks, line breaks, joined lines and comments.
    fn blanks(&mut self) {
        while let Some(c) = self.peek() {
            let comment = c == '#';
            if !(c.is_whitespace() || c == '\\' || comment) {
                return;
            }
            self.next();
            while comment && self.peek().is_some_and(|c| c != '\n') {
                self.next();
            }
        }
    }

    fn eat(&mut self, c: char) -> bool {
        let here = self.peek() == Some(c);
        if here {
            self.next();
        }
        here
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at.offset..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
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

    fn error(&self, kind: PasteErrorKind) -> PasteError {
        PasteError { at: self.at, kind }
    }
}

fn is_name(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}
