//! A script cut into its statements.

use crate::token::{Sort, Token, tokens};

/// A statement and its bytes in the script, without the semicolon and without what is around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The first byte.
    pub start: usize,
    /// One behind the last byte.
    pub end: usize,
    /// One behind the semicolon, or the end of the script.
    pub behind: usize,
}

impl Piece {
    /// The statement.
    pub fn text<'a>(&self, script: &'a str) -> &'a str {
        script.get(self.start..self.end).unwrap_or_default()
    }
}

/// What a statement gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Rows.
    Rows,
    /// A text, as of `DESC`.
    Text,
    /// Data or a definition is changed.
    Change,
    /// A flag for the statements behind it: the client's, the service has no such statement.
    Setting,
}

/// The statements of a script, in order. Empty ones are left out.
pub fn split(script: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for token in tokens(script) {
        if token.is_sign(';') {
            if let Some((start, end)) = open.take() {
                let behind = token.end;
                found.push(Piece { start, end, behind });
            }
        } else {
            open = Some((open.map_or(token.start, |(start, _)| start), token.end));
        }
    }
    if let Some((start, end)) = open {
        let behind = script.len();
        found.push(Piece { start, end, behind });
    }
    found
}

/// What a statement gives, by its first words.
pub fn kind(statement: &str) -> Kind {
    let tokens = tokens(statement);
    let mut words = tokens.iter().filter(|token| !token.is_sign('('));
    let Some(first) = words.next() else {
        return Kind::Change;
    };
    let is_any = |words: &[&str]| words.iter().any(|word| first.is(word));
    let changes = |token: &Token<'_>| token.is("insert");
    match () {
        () if first.is("set") => Kind::Setting,
        () if is_any(&["explain", "show", "desc", "describe", "list"]) => Kind::Text,
        // `FROM t INSERT …` and `WITH … INSERT …` write.
        () if is_any(&["select", "with", "from", "values"]) && !tokens.iter().any(changes) => {
            Kind::Rows
        }
        () => Kind::Change,
    }
}

/// The flag and its value of `SET flag=value`.
pub fn setting(statement: &str) -> Option<(String, String)> {
    let tokens = tokens(statement);
    let first = tokens.first().filter(|first| first.is("set"))?;
    let (key, value) = statement.get(first.end..)?.split_once('=')?;
    let (key, value) = (key.trim(), value.trim());
    let plain = tokens.get(1).is_some_and(|token| token.sort == Sort::Word);
    (plain && !key.is_empty() && !key.contains(char::is_whitespace))
        .then(|| (key.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(script: &str) -> Vec<&str> {
        split(script)
            .iter()
            .map(|piece| piece.text(script))
            .collect()
    }

    #[test]
    fn statements_are_apart() {
        let script = "-- first\nselect 1;;\n select ';' ; /* ; */ drop table x -- end\n";
        assert_eq!(texts(script), ["select 1", "select ';'", "drop table x"]);
        let pieces = split(script);
        assert_eq!(&script[pieces[0].end..pieces[0].behind], ";");
        assert_eq!(pieces[2].behind, script.len());
        assert!(split(" ; -- nothing\n;").is_empty());
    }

    #[test]
    fn what_statements_give() {
        let table = [
            ("select 1", Kind::Rows),
            ("(select 1)", Kind::Rows),
            ("/* x */ WITH a AS (select 1) select * from a", Kind::Rows),
            (
                "with a as (select 1) insert into t select * from a",
                Kind::Change,
            ),
            ("from t insert overwrite table x select 1", Kind::Change),
            ("explain select 1", Kind::Text),
            ("desc t", Kind::Text),
            ("insert into t values (1)", Kind::Change),
            ("create table x as select 1", Kind::Change),
            ("set odps.a=b", Kind::Setting),
            ("", Kind::Change),
        ];
        for (statement, wanted) in table {
            assert_eq!(kind(statement), wanted, "{statement}");
        }
    }

    #[test]
    fn flags() {
        let flag = |text| setting(text).map(|(key, value)| format!("{key}={value}"));
        assert_eq!(
            flag("set odps.sql.allow.fullscan = true").as_deref(),
            Some("odps.sql.allow.fullscan=true")
        );
        assert_eq!(flag("SET a=b=c").as_deref(), Some("a=b=c"));
        assert_eq!(flag("set"), None);
        assert_eq!(flag("set x"), None);
        assert_eq!(flag("select 1=1"), None);
    }

    proptest! {
        #[test]
        fn pieces_lie_in_the_script(script in "[-/*'\"`;\\\\\n a中]{0,60}") {
            let mut end = 0;
            for piece in split(&script) {
                prop_assert!(piece.start >= end && piece.end > piece.start && piece.behind >= piece.end);
                prop_assert!(script.get(piece.start..piece.end).is_some());
                end = piece.behind;
            }
        }
    }
}
