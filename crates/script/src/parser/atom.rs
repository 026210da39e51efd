//! Literals, names and brackets, and what may follow them: attributes, calls, indices.

use super::{Parsed, Parser};
use crate::ast::{Argument, Expr, ExprKind};
use crate::error::{Error, ErrorKind, Expected, Feature};
use crate::token::{KEYWORDS, TokenKind};

impl Parser<'_> {
    /// An atom and everything that is attached to it.
    pub(super) fn postfix(&mut self) -> Parsed<Expr> {
        let mut value = self.atom()?;
        loop {
            let start = value.span;
            let kind = if self.eat(".") {
                let at = self.span();
                let name = self.plain_name()?;
                ExprKind::Attribute(Box::new(value), name, at)
            } else if self.eat("(") {
                let arguments = self.arguments()?;
                ExprKind::Call(Box::new(value), arguments)
            } else if self.eat("[") {
                let parts = self.subscripts()?;
                ExprKind::Index(Box::new(value), parts)
            } else {
                return Ok(value);
            };
            value = self.node(start.to(self.previous_span()), kind)?;
        }
    }

    fn atom(&mut self) -> Parsed<Expr> {
        let span = self.span();
        let Some(token) = self.token() else {
            return Err(self.unexpected(Expected::Value));
        };
        let kind = match &token.kind {
            TokenKind::Integer(value) => ExprKind::Integer(*value),
            TokenKind::Float(value) => ExprKind::Float(*value),
            TokenKind::Text(_) => return self.texts(),
            TokenKind::Name(name) => self.word(name)?,
            TokenKind::Mark("...") => ExprKind::Ellipsis,
            TokenKind::Mark("(") => return self.bracketed(),
            TokenKind::Mark("[") => return self.list(),
            TokenKind::Mark("{") => return self.dict(),
            TokenKind::Mark("*" | "**") => {
                return Err(Error::new(span, ErrorKind::Unsupported(Feature::Unpacking)));
            }
            TokenKind::Mark(_) | TokenKind::Newline | TokenKind::End => {
                return Err(self.unexpected(Expected::Value));
            }
        };
        self.at += 1;
        self.node(span, kind)
    }

    fn word(&self, word: &str) -> Parsed<ExprKind> {
        let feature = match word {
            "True" => return Ok(ExprKind::Bool(true)),
            "False" => return Ok(ExprKind::Bool(false)),
            "None" => return Ok(ExprKind::None),
            "lambda" => Feature::Lambda,
            "not" => Feature::BooleanWord(word.to_owned()),
            word if KEYWORDS.contains(&word) => return Err(self.unexpected(Expected::Value)),
            word => return Ok(ExprKind::Name(word.to_owned())),
        };
        Err(Error::new(self.span(), ErrorKind::Unsupported(feature)))
    }

    /// Text literals side by side are one text.
    fn texts(&mut self) -> Parsed<Expr> {
        let start = self.span();
        let mut whole = String::new();
        while let Some(TokenKind::Text(text)) = self.token().map(|token| &token.kind) {
            whole.push_str(text);
            self.at += 1;
        }
        self.node(start.to(self.previous_span()), ExprKind::Text(whole))
    }

    /// `(x)`, `()`, `(x,)`, `(x, y)`
    fn bracketed(&mut self) -> Parsed<Expr> {
        let start = self.span();
        self.at += 1;
        if self.eat(")") {
            return self.node(start.to(self.previous_span()), ExprKind::Tuple(Vec::new()));
        }
        let first = self.expression()?;
        if self.eat(")") {
            // The brackets belong to what is underlined.
            return Ok(Expr {
                span: start.to(self.previous_span()),
                ..first
            });
        }
        if self.mark_here() != Some(",") {
            return Err(self.unexpected(Expected::CommaOrClose));
        }
        self.at += 1;
        let mut items = vec![first];
        items.extend(self.items(")")?);
        self.node(start.to(self.previous_span()), ExprKind::Tuple(items))
    }

    fn list(&mut self) -> Parsed<Expr> {
        let start = self.span();
        self.at += 1;
        let items = self.items("]")?;
        self.node(start.to(self.previous_span()), ExprKind::List(items))
    }

    /// Expressions with commas up to the closing bracket, which is eaten.
    fn items(&mut self, close: &str) -> Parsed<Vec<Expr>> {
        let mut items = Vec::new();
        loop {
            if self.eat(close) {
                return Ok(items);
            }
            items.push(self.expression()?);
            if !self.eat(",") && self.mark_here() != Some(close) {
                return Err(self.unexpected(Expected::CommaOrClose));
            }
        }
    }

    fn dict(&mut self) -> Parsed<Expr> {
        let start = self.span();
        self.at += 1;
        let mut items = Vec::new();
        while !self.eat("}") {
            let key = self.expression()?;
            if matches!(self.mark_here(), Some("," | "}")) {
                let at = start.to(key.span);
                return Err(Error::new(at, ErrorKind::Unsupported(Feature::Set)));
            }
            if !self.eat(":") {
                return Err(self.unexpected(Expected::Colon));
            }
            let value = self.expression()?;
            items.push((key, value));
            if !self.eat(",") && self.mark_here() != Some("}") {
                return Err(self.unexpected(Expected::CommaOrClose));
            }
        }
        self.node(start.to(self.previous_span()), ExprKind::Dict(items))
    }

    fn arguments(&mut self) -> Parsed<Vec<Argument>> {
        let mut arguments: Vec<Argument> = Vec::new();
        loop {
            if self.eat(")") {
                return Ok(arguments);
            }
            let argument = self.argument()?;
            check_order(&arguments, &argument)?;
            arguments.push(argument);
            if !self.eat(",") && self.mark_here() != Some(")") {
                return Err(self.unexpected(Expected::CommaOrClose));
            }
        }
    }

    fn argument(&mut self) -> Parsed<Argument> {
        let span = self.span();
        let is_keyword = self.name().is_some_and(|name| !KEYWORDS.contains(&name))
            && self
                .tokens
                .get(self.at + 1)
                .is_some_and(|t| t.kind == TokenKind::Mark("="));
        if !is_keyword {
            return Ok(Argument {
                name: None,
                value: self.expression()?,
            });
        }
        let name = self.plain_name()?;
        self.at += 1;
        Ok(Argument {
            name: Some((name, span)),
            value: self.expression()?,
        })
    }

    fn subscripts(&mut self) -> Parsed<Vec<Expr>> {
        let mut parts = Vec::new();
        loop {
            parts.push(self.subscript()?);
            let more = self.eat(",");
            if self.eat("]") {
                return Ok(parts);
            }
            if !more {
                return Err(self.unexpected(Expected::CommaOrClose));
            }
        }
    }

    fn subscript(&mut self) -> Parsed<Expr> {
        let start = self.span();
        let first = self.slice_part()?;
        if !self.eat(":") {
            return first.ok_or_else(|| self.unexpected(Expected::Value));
        }
        let stop = self.slice_part()?;
        let step = if self.eat(":") {
            self.slice_part()?
        } else {
            None
        };
        let boxed = |part: Option<Expr>| part.map(Box::new);
        let kind = ExprKind::Slice(boxed(first), boxed(stop), boxed(step));
        self.node(start.to(self.previous_span()), kind)
    }

    fn slice_part(&mut self) -> Parsed<Option<Expr>> {
        match self.mark_here() {
            Some(":" | "]" | ",") => Ok(None),
            _ => self.expression().map(Some),
        }
    }
}

fn check_order(before: &[Argument], argument: &Argument) -> Parsed<()> {
    match &argument.name {
        None if before.iter().any(|argument| argument.name.is_some()) => Err(Error::new(
            argument.value.span,
            ErrorKind::PositionalAfterKeyword,
        )),
        Some((name, at))
            if before
                .iter()
                .any(|b| b.name.as_ref().is_some_and(|b| b.0 == *name)) =>
        {
            Err(Error::new(*at, ErrorKind::RepeatedArgument(name.clone())))
        }
        _ => Ok(()),
    }
}
