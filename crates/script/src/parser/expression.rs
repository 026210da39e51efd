//! Operators and their precedence, lowest first:
//! comparisons, `|`, `^`, `&`, `+ -`, `* / // % @`, `- + ~`, `**`.

use super::{Parsed, Parser};
use crate::ast::{Binary, Expr, ExprKind, Unary};
use crate::error::{Error, ErrorKind, Feature};

/// The operators between two operands that group to the left, one row for each level.
const LEVELS: &[&[Binary]] = &[
    &[Binary::Or],
    &[Binary::Xor],
    &[Binary::And],
    &[Binary::Add, Binary::Subtract],
    &[
        Binary::Multiply,
        Binary::Divide,
        Binary::FloorDivide,
        Binary::Modulo,
        Binary::MatMul,
    ],
];

const COMPARISONS: &[Binary] = &[
    Binary::Equal,
    Binary::NotEqual,
    Binary::LessEqual,
    Binary::GreaterEqual,
    Binary::Less,
    Binary::Greater,
];

impl Parser<'_> {
    /// One expression, or several with commas between them: a tuple without brackets.
    pub(super) fn expression_list(&mut self) -> Parsed<Expr> {
        let first = self.expression()?;
        if self.mark_here() != Some(",") {
            return Ok(first);
        }
        let start = first.span;
        let mut items = vec![first];
        while self.eat(",") {
            if self.is_newline() || self.mark_here() == Some("=") {
                break;
            }
            items.push(self.expression()?);
        }
        self.node(start.to(self.previous_span()), ExprKind::Tuple(items))
    }

    /// One expression without commas outside brackets.
    pub(super) fn expression(&mut self) -> Parsed<Expr> {
        self.deeper(|parser| {
            let value = parser.comparison()?;
            parser.refuse_words()?;
            Ok(value)
        })
    }

    /// Words between two values that Python has and we have not.
    fn refuse_words(&self) -> Parsed<()> {
        let feature = match self.name() {
            Some("if") => Feature::Conditional,
            Some("for" | "async") => Feature::Comprehension,
            Some(word @ ("and" | "or" | "not")) => Feature::BooleanWord(word.to_owned()),
            Some(word @ ("in" | "is")) => Feature::Membership(word.to_owned()),
            _ => match self.mark_here() {
                Some(mark @ ("<<" | ">>")) => Feature::Mark(mark.to_owned()),
                _ => return Ok(()),
            },
        };
        Err(Error::new(self.span(), ErrorKind::Unsupported(feature)))
    }

    fn comparison(&mut self) -> Parsed<Expr> {
        let left = self.level(0)?;
        let Some(operator) = self.operator(COMPARISONS) else {
            return Ok(left);
        };
        let right = self.level(0)?;
        if self.operator_here(COMPARISONS).is_some() {
            let kind = ErrorKind::Unsupported(Feature::ChainedComparison);
            return Err(Error::new(self.span(), kind));
        }
        self.binary(operator, left, right)
    }

    /// Reads operands and the operators between them from `loosest` on (a row of [`LEVELS`]). One
    /// call for all levels: a call for each would cost ten times the stack for every bracket.
    fn level(&mut self, loosest: usize) -> Parsed<Expr> {
        let mut left = self.unary()?;
        while let Some((level, operator)) = self.operator_from(loosest) {
            self.at += 1;
            let right = self.level(level + 1)?;
            left = self.binary(operator, left, right)?;
        }
        Ok(left)
    }

    /// The operator that stands here and its level, when it binds at least as tightly.
    fn operator_from(&self, loosest: usize) -> Option<(usize, Binary)> {
        let levels = LEVELS.iter().enumerate().skip(loosest);
        levels
            .filter_map(|(level, among)| Some((level, self.operator_here(among)?)))
            .next()
    }

    fn unary(&mut self) -> Parsed<Expr> {
        let start = self.span();
        let operator = match self.mark_here() {
            Some("-") => Unary::Negative,
            Some("+") => Unary::Positive,
            Some("~") => Unary::Invert,
            _ => return self.power(),
        };
        self.at += 1;
        let operand = self.deeper(Self::unary)?;
        let span = start.to(operand.span);
        self.node(span, ExprKind::Unary(operator, Box::new(operand)))
    }

    /// `**` groups to the right and binds tighter than a sign before it, not after it.
    fn power(&mut self) -> Parsed<Expr> {
        let base = self.postfix()?;
        if !self.eat("**") {
            return Ok(base);
        }
        let exponent = self.deeper(Self::unary)?;
        self.binary(Binary::Power, base, exponent)
    }

    fn binary(&self, operator: Binary, left: Expr, right: Expr) -> Parsed<Expr> {
        let span = left.span.to(right.span);
        self.node(
            span,
            ExprKind::Binary(operator, Box::new(left), Box::new(right)),
        )
    }

    fn operator(&mut self, among: &[Binary]) -> Option<Binary> {
        let operator = self.operator_here(among)?;
        self.at += 1;
        Some(operator)
    }

    fn operator_here(&self, among: &[Binary]) -> Option<Binary> {
        let mark = self.mark_here()?;
        among
            .iter()
            .copied()
            .find(|operator| operator.as_str() == mark)
    }
}
