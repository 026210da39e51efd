//! Assignments: `x = …`, `x, y = …`, `x[…] = …`, `x += …`.

use super::{Parsed, Parser};
use crate::ast::{Binary, Expr, ExprKind, Statement, StatementKind};
use crate::error::{Error, ErrorKind, Feature};

/// `+=` and the like, with what they stand for.
const AUGMENTED: &[(&str, Binary)] = &[
    ("+=", Binary::Add),
    ("-=", Binary::Subtract),
    ("*=", Binary::Multiply),
    ("/=", Binary::Divide),
    ("//=", Binary::FloorDivide),
    ("%=", Binary::Modulo),
    ("**=", Binary::Power),
    ("&=", Binary::And),
    ("|=", Binary::Or),
    ("^=", Binary::Xor),
    ("@=", Binary::MatMul),
];

impl Parser<'_> {
    pub(super) fn assignment_or_expression(&mut self) -> Parsed<Statement> {
        let target = self.expression_list()?;
        let mark = self.mark_here().unwrap_or_default();
        if let Some((_, operator)) = AUGMENTED.iter().find(|(known, _)| *known == mark) {
            return self.augmented(target, *operator);
        }
        if matches!(mark, ":=" | "->" | ">>=" | "<<=") {
            let kind = ErrorKind::Unsupported(Feature::Mark(mark.to_owned()));
            return Err(Error::new(self.span(), kind));
        }
        if !self.eat("=") {
            let span = target.span;
            return Ok(Statement {
                span,
                kind: StatementKind::Expression(target),
            });
        }
        let value = self.expression_list()?;
        if self.mark_here() == Some("=") {
            let kind = ErrorKind::Unsupported(Feature::AssignmentTarget);
            return Err(Error::new(self.span(), kind));
        }
        assigned(target, value)
    }

    /// `x += y` is `x = x + y`: nothing here can be changed in place.
    fn augmented(&mut self, target: Expr, operator: Binary) -> Parsed<Statement> {
        self.at += 1;
        let value = self.expression_list()?;
        let span = target.span.to(value.span);
        let kind = ExprKind::Binary(operator, Box::new(target.clone()), Box::new(value));
        assigned(target, self.node(span, kind)?)
    }
}

fn assigned(target: Expr, value: Expr) -> Parsed<Statement> {
    let at = target.span;
    let refused = || Error::new(at, ErrorKind::Unsupported(Feature::AssignmentTarget));
    let span = at.to(value.span);
    let kind = match target.kind {
        ExprKind::Name(name) => StatementKind::Assign { name, value },
        ExprKind::Tuple(items) | ExprKind::List(items) if !items.is_empty() => {
            let name = |item: Expr| match item.kind {
                ExprKind::Name(name) => Ok(name),
                _ => Err(refused()),
            };
            StatementKind::AssignSeveral {
                names: items.into_iter().map(name).collect::<Parsed<_>>()?,
                value,
            }
        }
        ExprKind::Index(of, parts) => match of.kind {
            ExprKind::Name(name) => StatementKind::AssignItem { name, parts, value },
            _ => return Err(refused()),
        },
        _ => return Err(refused()),
    };
    Ok(Statement { span, kind })
}
