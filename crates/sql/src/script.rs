//! A script as tokens: comments gone, names in lower case, string literals read, statements apart.
//!
//! Every token keeps its place in the submitted text, so that errors of any later stage can name it.

use datafusion::sql::sqlparser::keywords::Keyword;
use datafusion::sql::sqlparser::tokenizer::{
    Location, Token, TokenWithSpan, Tokenizer, TokenizerError, Word,
};

use crate::dialect::MaxCompute;
use crate::error::{Position, SqlError};

/// Operators in one statement; more would nest the tree deeper than stacks are.
const MAX_OPERATORS: usize = 1000;

/// The tokens of one statement, without the semicolon.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) tokens: Vec<TokenWithSpan>,
}

impl From<Location> for Position {
    fn from(place: Location) -> Self {
        Self {
            line: place.line,
            column: place.column,
        }
    }
}

/// A place in the text; nothing for tokens that were not written by the user.
pub(crate) fn position(place: Location) -> Option<Position> {
    (place.line > 0).then(|| place.into())
}

/// Runs something that goes down trees as deep as statements may be, with a stack that holds them.
pub(crate) fn deep<T>(act: impl FnOnce() -> T) -> T {
    const STACK: usize = 256 << 20;
    stacker::maybe_grow(STACK / 2, STACK, act)
}

/// Cuts a script into its statements. Empty statements are left out.
pub(crate) fn pieces(script: &str) -> Result<Vec<Piece>, SqlError> {
    let tokens = Tokenizer::new(&MaxCompute, script)
        .with_unescape(false)
        .tokenize_with_location()
        .map_err(|TokenizerError { message, location }| {
            SqlError::parse(message).at(position(location))
        })?;
    let mut pieces = Vec::new();
    let mut tokens_of_one = Vec::new();
    let mut operators = 0;
    for mut token in tokens {
        if let Token::Char(wide) = token.token
            && let Some(narrow) = narrow(wide)
        {
            token.token = narrow;
        }
        match &token.token {
            Token::Whitespace(_) => {}
            Token::SemiColon => {
                operators = 0;
                let tokens = std::mem::take(&mut tokens_of_one);
                pieces.push(Piece { tokens });
            }
            _ => {
                operators += usize::from(is_operator(&token.token));
                if operators > MAX_OPERATORS {
                    let place = position(token.span.start);
                    return Err(SqlError::parse("the statement is too complex").at(place));
                }
                push(&mut tokens_of_one, token)?;
            }
        }
    }
    pieces.push(Piece {
        tokens: tokens_of_one,
    });
    pieces.retain(|piece| !piece.tokens.is_empty());
    Ok(pieces)
}

/// Chinese punctuation means the same as the other.
fn narrow(wide: char) -> Option<Token> {
    Some(match wide {
        '，' => Token::Comma,
        '；' => Token::SemiColon,
        '（' => Token::LParen,
        '）' => Token::RParen,
        _ => return None,
    })
}

fn is_operator(token: &Token) -> bool {
    match token {
        Token::Word(word) => matches!(
            word.keyword,
            Keyword::AND | Keyword::OR | Keyword::DIV | Keyword::UNION | Keyword::NOT
        ),
        Token::Plus
        | Token::Minus
        | Token::Mul
        | Token::Div
        | Token::Mod
        | Token::StringConcat
        | Token::Pipe
        | Token::Ampersand
        | Token::Caret
        | Token::Eq
        | Token::DoubleEq
        | Token::LBracket => true,
        _ => false,
    }
}

fn push(tokens: &mut Vec<TokenWithSpan>, mut token: TokenWithSpan) -> Result<(), SqlError> {
    match &mut token.token {
        Token::Word(word) => {
            word.value = word.value.to_lowercase();
            if word.quote_style.is_none()
                && let Some(kind) = suffix(&word.value)
                && let Some(before) = tokens.last()
                && before.span.end == token.span.start
                && matches!(before.token, Token::Number(_, false))
            {
                return as_cast(tokens, kind);
            }
        }
        Token::SingleQuotedString(text) => *text = unescape(text, '\'', token.span.start)?,
        Token::DoubleQuotedString(text) => {
            token.token = Token::SingleQuotedString(unescape(text, '"', token.span.start)?);
        }
        Token::DoubleEq => token.token = Token::Eq,
        _ => {}
    }
    tokens.push(token);
    Ok(())
}

/// The type that a suffix gives to a number: `10BD`, `3S`, `2Y`.
fn suffix(word: &str) -> Option<&'static str> {
    match word {
        "bd" => Some("decimal"),
        "s" => Some("smallint"),
        "y" => Some("tinyint"),
        _ => None,
    }
}

/// Puts `CAST(n AS kind)` in the place of the number that was read last.
fn as_cast(tokens: &mut Vec<TokenWithSpan>, kind: &str) -> Result<(), SqlError> {
    let Some(number) = tokens.pop() else {
        return Ok(());
    };
    let word = |value: &str, keyword| {
        Token::Word(Word {
            value: value.to_owned(),
            quote_style: None,
            keyword,
        })
    };
    let around = [
        word("cast", Keyword::CAST),
        Token::LParen,
        number.token.clone(),
        word("as", Keyword::AS),
        word(kind, Keyword::NoKeyword),
        Token::RParen,
    ];
    tokens.extend(around.map(|token| TokenWithSpan {
        token,
        span: number.span,
    }));
    Ok(())
}

/// Reads the inside of a string literal: `\n`, `\'`, `\001`, `\u4e2d` and doubled quotes.
fn unescape(raw: &str, quote: char, place: Location) -> Result<String, SqlError> {
    let mut text = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        if c == quote && chars.peek() == Some(&quote) {
            chars.next();
        }
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('b') => text.push('\u{8}'),
            Some('Z') => text.push('\u{1a}'),
            Some('u') => {
                let digits: String = chars.by_ref().take(4).collect();
                let code = u32::from_str_radix(&digits, 16).ok();
                let read = code.filter(|_| digits.len() == 4).and_then(char::from_u32);
                let Some(read) = read else {
                    return Err(bad_escape(&format!("u{digits}"), place));
                };
                text.push(read);
            }
            Some(first @ '0'..='7') => {
                let mut digits = String::from(first);
                while let Some(digit @ '0'..='7') = chars.peek().copied() {
                    digits.push(digit);
                    chars.next();
                }
                match (digits.as_str(), u8::from_str_radix(&digits, 8)) {
                    ("0", _) => text.push('\0'),
                    (_, Ok(code @ 0..=127)) if digits.len() == 3 => text.push(char::from(code)),
                    _ => return Err(bad_escape(&digits, place)),
                }
            }
            // LIKE patterns keep the backslash before their own wildcards.
            Some(wild @ ('%' | '_')) => text.extend(['\\', wild]),
            Some(other) => text.push(other),
            None => text.push('\\'),
        }
    }
    Ok(text)
}

fn bad_escape(what: &str, place: Location) -> SqlError {
    SqlError::parse(format_args!("unexpected escape sequence: {what}")).at(position(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(script: &str) -> Vec<Vec<String>> {
        let pieces = pieces(script).expect(script);
        let words = |piece: Piece| piece.tokens.iter().map(|t| t.token.to_string()).collect();
        pieces.into_iter().map(words).collect()
    }

    #[test]
    fn statements_and_comments() {
        let script = "-- a; b\nSELECT `A b`;; /* x;y */ select ';' -- end";
        assert_eq!(
            texts(script),
            [vec!["select", "`a b`"], vec!["select", "';'"]]
        );
    }

    #[test]
    fn chinese_punctuation() {
        assert_eq!(
            texts("select（1，'；'）；select 2"),
            [
                vec!["select", "(", "1", ",", "'；'", ")"],
                vec!["select", "2"]
            ]
        );
    }

    #[test]
    fn literals() {
        for (written, read) in [
            (r"'a\'b'", "a'b"),
            (r#""a'b\"c""#, "a'b\"c"),
            (r"'\\d+'", r"\d+"),
            (r"'\001\u4e2d\n'", "\u{1}中\n"),
            ("'it''s'", "it's"),
        ] {
            let mut pieces = pieces(written).expect(written);
            let token = pieces.remove(0).tokens.remove(0).token;
            assert_eq!(token, Token::SingleQuotedString(read.to_owned()));
        }
    }

    #[test]
    fn a_bad_escape_has_its_place() {
        let error = pieces("select 1,\n  '中\\01'").expect_err("bad");
        assert_eq!(
            error.to_string(),
            "ODPS-0130161:[2,3] Parse exception - unexpected escape sequence: 01"
        );
    }

    #[test]
    fn an_endless_chain_is_refused() {
        let script = format!("select 1{}", "+1".repeat(6000));
        assert_eq!(pieces(&script).expect_err("long").code, "ODPS-0130161");
    }
}
