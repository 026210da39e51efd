//! Where the cursor stands: behind a dot, in a call, in a text, or where a name may begin.

use crate::error::ErrorKind;
use crate::lexer;
use crate::token::{Token, TokenKind};

/// The cursor's surroundings. Pieces are pieces of the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Context<'t> {
    /// What stands before the statement.
    pub(super) before: &'t str,
    /// The first byte of what is being written.
    pub(super) from: usize,
    /// What may follow.
    pub(super) place: Place<'t>,
    /// The open brackets of the statement, the innermost first.
    pub(super) open: Vec<Open<'t>>,
}

/// What may follow.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place<'t> {
    /// A name.
    Name,
    /// A part of this expression.
    Attribute(&'t str),
    /// The rest of a text literal.
    Text,
}

/// An open bracket.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Open<'t> {
    /// The bracket.
    pub(super) bracket: char,
    /// The expression before it, if it is called or indexed.
    pub(super) of: Option<&'t str>,
}

/// Reads a text up to the cursor. Nothing: inside a comment or a number.
pub(super) fn context(text: &str) -> Option<Context<'_>> {
    let (mut tokens, errors) = lexer::tokens(text);
    // The line break and the end that the lexer always adds.
    tokens.truncate(tokens.len().saturating_sub(2));
    let line = text.rfind('\n').map_or(0, |at| at + 1);
    let quote = errors
        .iter()
        .find(|error| error.kind == ErrorKind::UnclosedText && error.at.start >= line);
    if let Some(quote) = quote {
        tokens.retain(|token| token.span.end <= quote.at.start);
    }
    let start = tokens
        .iter()
        .rposition(|token| token.kind == TokenKind::Newline)
        .map_or(0, |at| at + 1);
    let statement = tokens.get(start..).unwrap_or_default();
    let behind = tokens.last().map_or(0, |token| token.span.end);
    let begins = start.checked_sub(1).and_then(|at| tokens.get(at));
    let before = text.get(..begins.map_or(0, |token| token.span.end))?;
    if let Some(quote) = quote {
        let rest = text.get(quote.at.start..)?;
        let marks = rest.len() - rest.trim_start_matches(['"', '\'']).len();
        return Some(Context {
            before,
            from: quote.at.start + marks.max(1),
            place: Place::Text,
            open: open(text, statement),
        });
    }
    if text.get(behind..)?.contains('#') {
        return None;
    }
    let (written, from) = match statement.split_last() {
        Some((last, rest)) if last.span.end == text.len() => match last.kind {
            TokenKind::Name(_) => (rest, last.span.start),
            TokenKind::Mark(_) => (statement, text.len()),
            _ => return None,
        },
        _ => (statement, text.len()),
    };
    let place = match written.split_last() {
        Some((dot, of)) if dot.kind == TokenKind::Mark(".") => {
            Place::Attribute(expression(text, of)?)
        }
        _ => Place::Name,
    };
    Some(Context {
        before,
        from,
        place,
        open: open(text, written),
    })
}

/// The open brackets of a statement, the innermost first.
fn open<'t>(text: &'t str, tokens: &[Token]) -> Vec<Open<'t>> {
    let mut found: Vec<(char, usize)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Mark("(") => found.push(('(', at)),
            TokenKind::Mark("[") => found.push(('[', at)),
            TokenKind::Mark("{") => found.push(('{', at)),
            TokenKind::Mark(")" | "]" | "}") => {
                found.pop();
            }
            _ => {}
        }
    }
    let open = found.into_iter().rev().map(|(bracket, at)| Open {
        bracket,
        of: match bracket {
            '{' => None,
            _ => tokens.get(..at).and_then(|of| expression(text, of)),
        },
    });
    open.collect()
}

/// The expression that these tokens end in: names, calls, indices and the dots between them.
fn expression<'t>(text: &'t str, tokens: &[Token]) -> Option<&'t str> {
    let mut at = tokens.len();
    loop {
        at = at.checked_sub(1)?;
        let token = tokens.get(at)?;
        match &token.kind {
            TokenKind::Mark(")" | "]") => {
                at = opening(tokens, at)?;
                let called = at.checked_sub(1).and_then(|at| tokens.get(at));
                if called.is_some_and(ends_value) {
                    continue;
                }
            }
            TokenKind::Name(_) | TokenKind::Text(_) if ends_value(token) => {}
            _ => return None,
        }
        let dot = at.checked_sub(1).and_then(|at| tokens.get(at));
        if dot.is_some_and(|dot| dot.kind == TokenKind::Mark(".")) {
            at -= 1;
            continue;
        }
        let (first, last) = (tokens.get(at)?, tokens.last()?);
        return text.get(first.span.start..last.span.end);
    }
}

/// Whether a call or an index may follow.
fn ends_value(token: &Token) -> bool {
    match &token.kind {
        TokenKind::Name(name) => !crate::token::KEYWORDS.contains(&name.as_str()),
        TokenKind::Text(_) | TokenKind::Mark(")" | "]") => true,
        _ => false,
    }
}

/// The bracket that the one at this place closes.
fn opening(tokens: &[Token], close: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for at in (0..=close).rev() {
        match tokens.get(at)?.kind {
            TokenKind::Mark(")" | "]" | "}") => depth += 1,
            TokenKind::Mark("(" | "[" | "{") => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Place, context};

    fn open(text: &str) -> Vec<(char, Option<&str>)> {
        let context = context(text).expect("a place");
        context
            .open
            .into_iter()
            .map(|open| (open.bracket, open.of))
            .collect()
    }

    #[test]
    fn what_stands_before_a_dot_is_found() {
        for (text, of) in [
            ("mt.", "mt"),
            ("mt.random.ra", "mt.random"),
            ("a = df['x'].str.", "df['x'].str"),
            ("a + (b * c).su", "(b * c)"),
            ("f(x)[0](y).", "f(x)[0](y)"),
            ("t = 1\nsum(mt.ones((2, 3)).", "mt.ones((2, 3))"),
            ("x = [df.", "df"),
        ] {
            let found = context(text).expect("a place");
            assert_eq!(found.place, Place::Attribute(of), "{text}");
        }
    }

    #[test]
    fn comments_and_numbers_offer_nothing() {
        for text in ["a # mt.", "x = 12", "x = 1.", "a = b\n# c"] {
            assert_eq!(context(text), None, "{text}");
        }
        assert!(context("a # b\nc").is_some());
    }

    #[test]
    fn open_brackets_are_found_inside_texts_too() {
        assert_eq!(open("df['co"), [('[', Some("df"))]);
        assert_eq!(open("df[['a', 'co"), [('[', None), ('[', Some("df"))]);
        assert_eq!(open("df.groupby('"), [('(', Some("df.groupby"))]);
        assert_eq!(open("mt.sum(a, ax"), [('(', Some("mt.sum"))]);
        assert_eq!(open("mt.sum(a) + "), []);
        let text = context("df[\"co").expect("a place");
        assert_eq!((text.from, text.place), (4, Place::Text));
    }

    #[test]
    fn what_stands_before_the_statement_is_kept() {
        let found = context("a = 1\nb = a; c = b.").expect("a place");
        assert_eq!(found.before.trim_end_matches(';'), "a = 1\nb = a");
    }
}
