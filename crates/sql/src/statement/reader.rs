//! Reading a statement token by token, with errors that name the token and its place.

use datafusion::sql::sqlparser::ast::helpers::attached_token::AttachedToken;
use datafusion::sql::sqlparser::ast::{
    Expr, Ident, LateralView, ObjectName, Query, TableWithJoins, Value, With,
};
use datafusion::sql::sqlparser::parser::{Parser, ParserError};
use datafusion::sql::sqlparser::tokenizer::{Location, Token, Word};
use odps::tables::PartitionSpec;
use odps::types::Type;

use super::Written;
use crate::dialect::{MaxCompute, is_reserved, parse_type};
use crate::error::{Position, SqlError};
use crate::script::{Piece, position};

/// A statement that is being read.
pub(crate) struct Reader<'a> {
    parser: Parser<'a>,
    script: &'a str,
    end: Option<Position>,
}

/// How deep expressions and subqueries may nest.
const DEPTH: usize = 100;

impl<'a> Reader<'a> {
    pub(crate) fn new(piece: &Piece, script: &'a str) -> Self {
        Self {
            parser: Parser::new(&MaxCompute)
                .with_recursion_limit(DEPTH)
                .with_tokens_with_locations(piece.tokens.clone()),
            script,
            end: piece.tokens.last().and_then(|t| position(t.span.end)),
        }
    }

    /// The next token as a plain word.
    pub(crate) fn peek_word(&self) -> Option<String> {
        match &self.parser.peek_token_ref().token {
            Token::Word(word) if word.quote_style.is_none() => Some(word.value.clone()),
            _ => None,
        }
    }

    pub(crate) fn peek_symbol(&self, symbol: &str) -> bool {
        let token = &self.parser.peek_token_ref().token;
        !matches!(token, Token::Word(_) | Token::SingleQuotedString(_))
            && token.to_string() == symbol
    }

    /// Whether a bracket that comes next holds a query rather than a list of names.
    pub(crate) fn opens_query(&self) -> bool {
        match &self.parser.peek_nth_token_ref(1).token {
            Token::LParen => true,
            Token::Word(word) => {
                word.quote_style.is_none()
                    && matches!(word.value.as_str(), "select" | "with" | "values")
            }
            _ => false,
        }
    }

    pub(crate) fn advance(&mut self) {
        self.parser.advance_token();
    }

    /// Takes a word if it is the next.
    pub(crate) fn word(&mut self, word: &str) -> bool {
        let found = self.peek_word().is_some_and(|next| next == word);
        if found {
            self.parser.advance_token();
        }
        found
    }

    /// Takes all of these words or none.
    pub(crate) fn words(&mut self, words: &[&str]) -> bool {
        let here = (0..words.len()).all(|at| {
            matches!(&self.parser.peek_nth_token_ref(at).token,
                Token::Word(word) if word.quote_style.is_none() && word.value == words[at])
        });
        if here {
            for _ in words {
                self.parser.advance_token();
            }
        }
        here
    }

    pub(crate) fn expect(&mut self, word: &str) -> Result<(), SqlError> {
        if self.word(word) {
            Ok(())
        } else {
            Err(self.unexpected(&word.to_uppercase()))
        }
    }

    pub(crate) fn has_symbol(&mut self, symbol: &str) -> bool {
        let found = self.peek_symbol(symbol);
        if found {
            self.parser.advance_token();
        }
        found
    }

    pub(crate) fn symbol(&mut self, symbol: &str) -> Result<(), SqlError> {
        if self.has_symbol(symbol) {
            Ok(())
        } else {
            Err(self.unexpected(&format!("'{symbol}'")))
        }
    }

    /// A name: a word that is not reserved, or any in back quotes.
    pub(crate) fn name(&mut self) -> Result<String, SqlError> {
        match &self.parser.peek_token_ref().token {
            Token::Word(word) if is_name(word) => {
                let name = word.value.clone();
                self.parser.advance_token();
                Ok(name)
            }
            _ => Err(self.unexpected("a name")),
        }
    }

    /// `table`, `project.table` or `project.schema.table`.
    pub(crate) fn table(&mut self) -> Result<Written, SqlError> {
        let place = self.place();
        let mut parts = vec![self.name()?];
        while parts.len() < 3 && self.has_symbol(".") {
            parts.push(self.name()?);
        }
        Ok(Written { parts, place })
    }

    pub(crate) fn string(&mut self) -> Result<String, SqlError> {
        match &self.parser.peek_token_ref().token {
            Token::SingleQuotedString(text) => {
                let text = text.clone();
                self.parser.advance_token();
                Ok(text)
            }
            _ => Err(self.unexpected("a string")),
        }
    }

    pub(crate) fn number<T: std::str::FromStr>(&mut self) -> Result<T, SqlError> {
        match &self.parser.peek_token_ref().token {
            Token::Number(text, _) => match text.parse() {
                Ok(number) => {
                    self.parser.advance_token();
                    Ok(number)
                }
                Err(_) => Err(self.unexpected("a whole number")),
            },
            _ => Err(self.unexpected("a number")),
        }
    }

    /// One or more, with commas between them.
    pub(crate) fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, SqlError>,
    ) -> Result<Vec<T>, SqlError> {
        let mut items = vec![item(self)?];
        while self.has_symbol(",") {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// The text of the tokens up to a symbol or the end, without spaces.
    pub(crate) fn until(&mut self, stop: impl Fn(&str) -> bool) -> String {
        let mut text = String::new();
        loop {
            let part = match &self.parser.peek_token_ref().token {
                Token::EOF => return text,
                Token::SingleQuotedString(part) => part.clone(),
                Token::Word(word) => word.value.clone(),
                other if stop(&other.to_string()) => return text,
                other => other.to_string(),
            };
            text.push_str(&part);
            self.parser.advance_token();
        }
    }

    pub(crate) fn kind(&mut self) -> Result<Type, SqlError> {
        let read = parse_type(&mut self.parser);
        read.map_err(|error| self.parse_error(error))
    }

    pub(crate) fn query(&mut self) -> Result<Box<Query>, SqlError> {
        let read = self.parser.parse_query();
        read.map_err(|error| self.parse_error(error))
    }

    /// `WITH name AS (…), …`
    pub(crate) fn with(&mut self) -> Result<With, SqlError> {
        let token = self.parser.get_current_token().clone();
        self.expect("with")?;
        let read = self.parser.parse_comma_separated(Parser::parse_cte);
        let cte_tables = read.map_err(|error| self.parse_error(error))?;
        Ok(With {
            with_token: AttachedToken(token),
            recursive: false,
            cte_tables,
        })
    }

    /// What stands behind `FROM`.
    pub(crate) fn tables(&mut self) -> Result<Vec<TableWithJoins>, SqlError> {
        let read = self
            .parser
            .parse_comma_separated(Parser::parse_table_and_joins);
        read.map_err(|error| self.parse_error(error))
    }

    /// What stands behind `LATERAL VIEW`.
    pub(crate) fn lateral_view(&mut self) -> Result<LateralView, SqlError> {
        let outer = self.word("outer");
        let lateral_view = self.expr()?;
        let name = Ident::new(self.name()?);
        let mut lateral_col_alias = Vec::new();
        if self.word("as") {
            lateral_col_alias = self.list(|reader| Ok(Ident::new(reader.name()?)))?;
        }
        Ok(LateralView {
            lateral_view,
            lateral_view_name: ObjectName::from(vec![name]),
            lateral_col_alias,
            outer,
        })
    }

    /// Whether nothing follows.
    pub(crate) fn at_end(&self) -> bool {
        self.parser.peek_token_ref().token == Token::EOF
    }

    pub(crate) fn expr(&mut self) -> Result<Expr, SqlError> {
        let read = self.parser.parse_expr();
        read.map_err(|error| self.parse_error(error))
    }

    /// `(pt='1', region='cn')`, all values given.
    pub(crate) fn spec(&mut self) -> Result<PartitionSpec, SqlError> {
        self.symbol("(")?;
        let parts = self.list(|reader| {
            let name = reader.name()?;
            reader.symbol("=")?;
            Ok((name, reader.value()?))
        })?;
        self.symbol(")")?;
        Ok(PartitionSpec(parts))
    }

    fn value(&mut self) -> Result<String, SqlError> {
        let place = self.place();
        literal(&self.expr()?)
            .ok_or_else(|| SqlError::semantic("a partition value must be a constant").at(place))
    }

    /// The place of the next token.
    pub(crate) fn place(&self) -> Option<Position> {
        position(self.parser.peek_token_ref().span.start).or(self.end)
    }

    /// The submitted text from the next token to the end of the statement.
    pub(crate) fn rest(&self) -> String {
        let from = self.place().and_then(|place| offset(self.script, place));
        let to = self.end.and_then(|place| offset(self.script, place));
        from.zip(to)
            .and_then(|(from, to)| self.script.get(from..to))
            .unwrap_or_default()
            .to_owned()
    }

    /// Reads something and gives the text that it was read from.
    pub(crate) fn source<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, SqlError>,
    ) -> Result<String, SqlError> {
        let from = self.place().and_then(|place| offset(self.script, place));
        read(self)?;
        let last = self.parser.get_current_token().span.end;
        let to = position(last).and_then(|place| offset(self.script, place));
        Ok(from
            .zip(to)
            .and_then(|(from, to)| self.script.get(from..to))
            .unwrap_or_default()
            .to_owned())
    }

    pub(crate) fn unexpected(&self, expected: &str) -> SqlError {
        let token = match &self.parser.peek_token_ref().token {
            Token::EOF => "<EOF>".to_owned(),
            other => other.to_string(),
        };
        SqlError::parse(format_args!("invalid token '{token}', expect {expected}")).at(self.place())
    }

    pub(crate) fn end(&self) -> Result<(), SqlError> {
        match self.at_end() {
            true => Ok(()),
            false => Err(self.unexpected("the end of the statement")),
        }
    }

    /// `sqlparser` puts the place at the end of its sentence.
    fn parse_error(&self, error: ParserError) -> SqlError {
        let (ParserError::ParserError(text) | ParserError::TokenizerError(text)) = error else {
            return SqlError::parse("the statement nests too deep").at(self.place());
        };
        let (sentence, place) = match text.split_once(" at Line: ") {
            Some((sentence, place)) => (sentence.to_owned(), read_place(place)),
            None => (text, None),
        };
        let message = match sentence
            .strip_prefix("Expected")
            .map(|rest| rest.trim_start_matches([':', ' ']))
            .and_then(|rest| rest.split_once(", found: "))
        {
            Some((expected, "EOF")) => format!("invalid token '<EOF>', expect {expected}"),
            Some((expected, found)) => format!("invalid token '{found}', expect {expected}"),
            None => sentence,
        };
        SqlError::parse(message).at(place.or(self.end))
    }
}

fn is_name(word: &Word) -> bool {
    let variable = word.quote_style.is_none() && word.value.starts_with('@');
    !word.value.is_empty() && !variable && !is_reserved(word.keyword)
}

/// The text of a constant.
pub(crate) fn literal(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Value(value) => match &value.value {
            Value::SingleQuotedString(text) | Value::Number(text, _) => Some(text.clone()),
            _ => None,
        },
        Expr::UnaryOp { op, expr } => literal(expr).map(|text| format!("{op}{text}")),
        _ => None,
    }
}

/// `1, Column: 15`
fn read_place(text: &str) -> Option<Position> {
    let (line, column) = text.split_once(", Column: ")?;
    position(Location {
        line: line.parse().ok()?,
        column: column.trim_end().parse().ok()?,
    })
}

fn offset(text: &str, place: Position) -> Option<usize> {
    let mut start = 0;
    for _ in 1..place.line {
        start += text.get(start..)?.find('\n')? + 1;
    }
    let before = usize::try_from(place.column).ok()?.checked_sub(1)?;
    let line = text.get(start..)?;
    let mut places = line.char_indices().map(|(at, _)| at);
    Some(start + places.nth(before).unwrap_or(line.len()))
}
