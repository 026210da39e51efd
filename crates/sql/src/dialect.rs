//! The words of MaxCompute that `sqlparser` reads otherwise: names, string literals, casts to
//! MaxCompute types, typed literals, `DIV`, and functions whose names are keywords elsewhere.

mod reserved;

use datafusion::sql::sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentList,
    FunctionArguments, Ident, ObjectName, Value,
};
use datafusion::sql::sqlparser::dialect::{Dialect, Precedence};
use datafusion::sql::sqlparser::keywords::{self, Keyword};
use datafusion::sql::sqlparser::parser::{Parser, ParserError};
use datafusion::sql::sqlparser::tokenizer::{Span, Token};
use odps::types::Type;

pub(crate) use reserved::is_reserved;

/// The name of the function that carries out casts; no user can write it.
pub(crate) const CAST: &str = "$cast";

/// The dialect for tokenizer and parser.
#[derive(Debug)]
pub(crate) struct MaxCompute;

/// Names that are called like functions here and are syntax in other dialects.
const CALLED: [&str; 14] = [
    "array",
    "map",
    "struct",
    "if",
    "left",
    "right",
    "date",
    "datetime",
    "timestamp",
    "replace",
    "char",
    "truncate",
    "substr",
    "substring",
];

impl Dialect for MaxCompute {
    fn is_delimited_identifier_start(&self, ch: char) -> bool {
        ch == '`'
    }

    fn is_identifier_start(&self, ch: char) -> bool {
        // `@x` is a variable of a script.
        ch.is_alphabetic() || ch == '_' || ch == '@'
    }

    fn is_identifier_part(&self, ch: char) -> bool {
        ch.is_alphanumeric() || ch == '_'
    }

    fn supports_string_literal_backslash_escape(&self) -> bool {
        true
    }

    fn supports_filter_during_aggregation(&self) -> bool {
        true
    }

    fn supports_group_by_expr(&self) -> bool {
        true
    }

    fn supports_bang_not_operator(&self) -> bool {
        true
    }

    fn supports_bitwise_shift_operators(&self) -> bool {
        true
    }

    fn supports_window_function_null_treatment_arg(&self) -> bool {
        true
    }

    fn supports_select_item_multi_column_alias(&self) -> bool {
        true
    }

    fn supports_values_as_table_factor(&self) -> bool {
        true
    }

    fn supports_parens_around_table_factor(&self) -> bool {
        true
    }

    fn supports_group_by_with_modifier(&self) -> bool {
        true
    }

    fn supports_from_first_select(&self) -> bool {
        true
    }

    fn supports_string_literal_concatenation(&self) -> bool {
        true
    }

    fn supports_lambda_functions(&self) -> bool {
        true
    }

    fn is_reserved_for_identifier(&self, word: Keyword) -> bool {
        is_reserved(word) || keywords::RESERVED_FOR_IDENTIFIER.contains(&word)
    }

    fn is_select_item_alias(&self, explicit: bool, word: &Keyword, _: &mut Parser) -> bool {
        !is_reserved(*word) && (explicit || !keywords::RESERVED_FOR_COLUMN_ALIAS.contains(word))
    }

    fn is_table_factor_alias(&self, explicit: bool, word: &Keyword, _: &mut Parser) -> bool {
        !is_reserved(*word) && (explicit || !keywords::RESERVED_FOR_TABLE_ALIAS.contains(word))
    }

    fn parse_prefix(&self, parser: &mut Parser) -> Option<Result<Expr, ParserError>> {
        let token = parser.peek_token();
        let Token::Word(word) = &token.token else {
            return None;
        };
        let next = parser.peek_nth_token(1).token;
        match (word.value.as_str(), next) {
            ("cast", Token::LParen) => Some(cast(parser)),
            (
                "date" | "datetime" | "timestamp" | "timestamp_ntz" | "json" | "decimal",
                Token::SingleQuotedString(text) | Token::DoubleQuotedString(text),
            ) => {
                let kind = word.value.clone();
                parser.advance_token();
                parser.advance_token();
                let text = Expr::Value(Value::SingleQuotedString(text).with_span(token.span));
                Some(Ok(cast_to(text, &kind, token.span)))
            }
            (name, Token::LParen) if word.quote_style.is_none() && CALLED.contains(&name) => {
                let name = ObjectName::from(vec![Ident::with_span(token.span, name)]);
                parser.advance_token();
                Some(parser.parse_function(name))
            }
            _ if is_reserved(word.keyword) && !reserved::begins(word.keyword) => {
                Some(parser.expected("an expression", token))
            }
            _ => None,
        }
    }

    fn get_next_precedence(&self, parser: &Parser) -> Option<Result<u8, ParserError>> {
        match parser.peek_token_ref().token {
            Token::Word(ref word) if word.keyword == Keyword::DIV => {
                Some(Ok(self.prec_value(Precedence::MulDivModOp)))
            }
            _ => None,
        }
    }

    fn parse_infix(
        &self,
        parser: &mut Parser,
        left: &Expr,
        precedence: u8,
    ) -> Option<Result<Expr, ParserError>> {
        if !parser.parse_keyword(Keyword::DIV) {
            return None;
        }
        let right = parser.parse_subexpr(precedence);
        Some(right.map(|right| Expr::BinaryOp {
            left: Box::new(left.clone()),
            op: BinaryOperator::MyIntegerDivide,
            right: Box::new(right),
        }))
    }
}

/// `CAST ( expression AS type )`
fn cast(parser: &mut Parser) -> Result<Expr, ParserError> {
    let span = parser.peek_token().span;
    parser.expect_keyword(Keyword::CAST)?;
    parser.expect_token(&Token::LParen)?;
    let value = parser.parse_expr()?;
    parser.expect_keyword(Keyword::AS)?;
    let kind = parse_type(parser)?;
    parser.expect_token(&Token::RParen)?;
    Ok(cast_to(value, &kind.to_string(), span))
}

fn cast_to(value: Expr, kind: &str, span: Span) -> Expr {
    call(CAST, vec![value, text(kind)], span)
}

/// Reads a MaxCompute type such as `array<struct<a:decimal(10,2)>>`.
pub(crate) fn parse_type(parser: &mut Parser) -> Result<Type, ParserError> {
    let first = parser.peek_token();
    let Token::Word(word) = &first.token else {
        return parser.expected("a data type", first);
    };
    let mut written = word.value.clone();
    parser.advance_token();
    let mut depth = 0_i32;
    loop {
        let token = parser.peek_token().token;
        match &token {
            Token::LParen | Token::Lt => depth += 1,
            Token::RParen | Token::Gt if depth > 0 => depth -= 1,
            Token::ShiftRight if depth > 1 => depth -= 2,
            Token::EOF => break,
            _ if depth > 0 => {}
            _ => break,
        }
        written.push_str(&token.to_string());
        parser.advance_token();
        if depth == 0 {
            break;
        }
    }
    match written.parse::<Type>() {
        Ok(Type::Other(_)) | Err(_) => Err(ParserError::ParserError(format!(
            "invalid type '{written}'{}",
            first.span.start
        ))),
        Ok(Type::Decimal(None)) => Ok(Type::Decimal(Some((38, 18)))),
        Ok(kind) => Ok(kind),
    }
}

/// A literal of text.
pub(crate) fn text(value: impl Into<String>) -> Expr {
    Expr::Value(Value::SingleQuotedString(value.into()).into())
}

/// A literal number.
pub(crate) fn number(value: impl ToString) -> Expr {
    Expr::Value(Value::Number(value.to_string(), false).into())
}

/// A call of a function.
pub(crate) fn call(name: &str, args: Vec<Expr>, span: Span) -> Expr {
    let args = args
        .into_iter()
        .map(|arg| FunctionArg::Unnamed(FunctionArgExpr::Expr(arg)))
        .collect();
    Expr::Function(Function {
        name: ObjectName::from(vec![Ident::with_span(span, name)]),
        uses_odbc_syntax: false,
        parameters: FunctionArguments::None,
        args: FunctionArguments::List(FunctionArgumentList {
            duplicate_treatment: None,
            args,
            clauses: Vec::new(),
        }),
        filter: None,
        null_treatment: None,
        over: None,
        within_group: Vec::new(),
    })
}
