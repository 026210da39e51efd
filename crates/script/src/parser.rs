//! Words to a tree. A statement that cannot be read gives one error; reading goes on with the next
//! line, so that the page can underline all of them at once.

mod assign;
mod atom;
mod expression;

use crate::ast::{Ast, Expr, ExprKind, Statement, StatementKind};
use crate::error::{Error, ErrorKind, Expected, Feature};
use crate::span::Span;
use crate::token::{KEYWORDS, Token, TokenKind};

/// How high a tree may grow. Far more than a hand writes, far less than a stack holds (the smallest
/// is the browser's: 1 MiB for the whole program).
pub(crate) const HIGHEST: u16 = 100;
/// How deeply brackets and signs may be nested; each costs several calls of the parser.
pub(crate) const DEEPEST: u16 = 50;

/// Reads the statements out of the tokens of [`crate::lexer::tokens`].
pub(crate) fn parse(tokens: &[Token]) -> (Ast, Vec<Error>) {
    let mut parser = Parser {
        tokens,
        at: 0,
        depth: 0,
    };
    let mut ast = Ast::default();
    let mut errors = Vec::new();
    loop {
        while parser.eat_newline() {}
        if parser.is_end() {
            break;
        }
        match parser.statements() {
            Ok(statements) => ast.statements.extend(statements),
            Err(error) => {
                errors.push(error);
                parser.skip_line();
            }
        }
    }
    (ast, errors)
}

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
    depth: u16,
}

type Parsed<T> = Result<T, Error>;

impl<'t> Parser<'t> {
    /// One statement; `from mars import tensor, dataframe` gives several.
    fn statements(&mut self) -> Parsed<Vec<Statement>> {
        let start = self.span();
        let statements = match self.name() {
            Some("import") => self.import()?,
            Some("from") => self.imports_from()?,
            Some(word) if is_statement_word(word) => {
                let feature = Feature::Statement(word.to_owned());
                return Err(Error::new(start, ErrorKind::Unsupported(feature)));
            }
            _ => vec![self.assignment_or_expression()?],
        };
        if !self.is_newline() {
            return Err(self.unexpected(Expected::EndOfLine));
        }
        Ok(statements)
    }

    /// `import a.b as c, d`
    fn import(&mut self) -> Parsed<Vec<Statement>> {
        let mut statements = Vec::new();
        self.at += 1;
        loop {
            let start = self.span();
            let module = self.dotted_name()?;
            // Without `as`, Python binds the first part of the path.
            let first = module.split('.').next().unwrap_or_default().to_owned();
            let name = self.alias()?;
            let (module, name) = match name {
                Some(name) => (module, name),
                None => (first.clone(), first),
            };
            let span = start.to(self.previous_span());
            statements.push(Statement {
                span,
                kind: StatementKind::Import { module, name },
            });
            if !self.eat(",") {
                return Ok(statements);
            }
        }
    }

    /// `from a import b as c, d`
    fn imports_from(&mut self) -> Parsed<Vec<Statement>> {
        let mut statements = Vec::new();
        self.at += 1;
        let parent = self.dotted_name()?;
        if self.name() != Some("import") {
            return Err(self.unexpected(Expected::Import));
        }
        self.at += 1;
        let bracketed = self.eat("(");
        loop {
            let start = self.span();
            let part = self.plain_name()?;
            let name = self.alias()?.unwrap_or_else(|| part.clone());
            let span = start.to(self.previous_span());
            let module = format!("{parent}.{part}");
            statements.push(Statement {
                span,
                kind: StatementKind::Import { module, name },
            });
            let more = self.eat(",");
            if bracketed && self.eat(")") {
                return Ok(statements);
            }
            if !more {
                if bracketed {
                    return Err(self.unexpected(Expected::CommaOrClose));
                }
                return Ok(statements);
            }
        }
    }

    fn alias(&mut self) -> Parsed<Option<String>> {
        if self.name() != Some("as") {
            return Ok(None);
        }
        self.at += 1;
        self.plain_name().map(Some)
    }

    fn dotted_name(&mut self) -> Parsed<String> {
        let mut name = self.plain_name()?;
        while self.eat(".") {
            name.push('.');
            name.push_str(&self.plain_name()?);
        }
        Ok(name)
    }

    fn plain_name(&mut self) -> Parsed<String> {
        match self.name() {
            Some(name) if !KEYWORDS.contains(&name) => {
                let name = name.to_owned();
                self.at += 1;
                Ok(name)
            }
            _ => Err(self.unexpected(Expected::Name)),
        }
    }

    /// Builds a node and refuses it when the tree would grow too high.
    fn node(&self, span: Span, kind: ExprKind) -> Parsed<Expr> {
        let height = kind.height();
        if height > HIGHEST {
            return Err(Error::new(span, ErrorKind::TooDeep { limit: HIGHEST }));
        }
        Ok(Expr { span, kind, height })
    }

    /// Goes one level down for the time of `read`.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= DEEPEST {
            return Err(Error::new(
                self.span(),
                ErrorKind::TooDeep { limit: DEEPEST },
            ));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    /// Goes behind the end of the line; the lexer has joined lines inside brackets.
    fn skip_line(&mut self) {
        while !self.is_newline() && !self.is_end() {
            self.at += 1;
        }
    }

    fn unexpected(&self, expected: Expected) -> Error {
        let found = self
            .token()
            .map_or_else(String::new, |token| token.kind.shown());
        Error::new(self.span(), ErrorKind::UnexpectedToken { found, expected })
    }

    fn token(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    fn name(&self) -> Option<&'t str> {
        match self.token()?.kind {
            TokenKind::Name(ref name) => Some(name),
            _ => None,
        }
    }

    fn mark_here(&self) -> Option<&'static str> {
        match self.token()?.kind {
            TokenKind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    fn eat(&mut self, mark: &str) -> bool {
        let here = self.mark_here() == Some(mark);
        if here {
            self.at += 1;
        }
        here
    }

    fn is_newline(&self) -> bool {
        matches!(
            self.token().map(|token| &token.kind),
            Some(TokenKind::Newline)
        )
    }

    fn is_end(&self) -> bool {
        matches!(
            self.token().map(|token| &token.kind),
            None | Some(TokenKind::End)
        )
    }

    fn eat_newline(&mut self) -> bool {
        let here = self.is_newline();
        if here {
            self.at += 1;
        }
        here
    }

    fn span(&self) -> Span {
        self.token()
            .or(self.tokens.last())
            .map(|token| token.span)
            .unwrap_or_default()
    }

    fn previous_span(&self) -> Span {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.map(|token| token.span).unwrap_or_default()
    }
}

fn is_statement_word(word: &str) -> bool {
    matches!(
        word,
        "assert"
            | "async"
            | "break"
            | "class"
            | "continue"
            | "def"
            | "del"
            | "elif"
            | "else"
            | "except"
            | "finally"
            | "for"
            | "global"
            | "if"
            | "nonlocal"
            | "pass"
            | "raise"
            | "return"
            | "try"
            | "while"
            | "with"
            | "yield"
    )
}
