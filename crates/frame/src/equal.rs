//! The text of the query that a view equals: in MaxCompute SQL and in pandas.

pub(crate) mod literal;
mod pandas;
mod sql;

use crate::{Condition, FilterError, Key, Table};

/// What is shown of a table.
#[derive(Clone, Debug, Default)]
pub struct Query<'a> {
    /// The name, in up to three parts (`project.schema.table`); for pandas the variable.
    pub name: &'a [&'a str],
    /// Partition columns and values (`ds`, `20261122`).
    pub partition: &'a [(&'a str, &'a str)],
    /// The columns shown, in order; none means all.
    pub columns: &'a [usize],
    /// The conditions.
    pub conditions: &'a [Condition],
    /// The order.
    pub keys: &'a [Key],
    /// How many rows at most.
    pub limit: Option<u64>,
}

/// The MaxCompute SQL that gives what is shown. It needs `odps.sql.type.system.odps2=true` for the
/// literals of the newer types. Points of time stand as they were typed: the session's time zone
/// (`odps.sql.timezone`) must be the one that the table is shown in.
pub fn equal_sql(table: &Table, query: &Query<'_>) -> Result<String, FilterError> {
    table.check(query.conditions)?;
    sql::query(table, query)
}

/// The pandas expression that gives what is shown.
pub fn equal_pandas(table: &Table, query: &Query<'_>) -> Result<String, FilterError> {
    table.check(query.conditions)?;
    pandas::query(table, query)
}

/// A name of SQL in backquotes, where it needs them.
pub(crate) fn name(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let first = name
        .chars()
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    match first && name.chars().all(plain) && !is_word(name) {
        true => name.to_owned(),
        false => format!("`{}`", name.replace('`', "``")),
    }
}

/// A text of SQL in single quotes.
pub(crate) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for character in text.chars() {
        match character {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push_str("\\0"),
            other => out.push(other),
        }
    }
    out.push('\'');
    out
}

/// Reserved words of MaxCompute that are likely names of columns.
fn is_word(name: &str) -> bool {
    const WORDS: &str = " add all alter and array as asc between bigint binary boolean by case cast \
        char column comment create cross date datetime decimal delete desc describe distinct \
        double drop else end exists explain false float from full function group having if in \
        index inner insert int interval into is join key lateral left like limit map not null \
        offset on or order outer over overwrite partition primary range read right row rows \
        select set show string struct table then timestamp to true union unique update user \
        using values varchar view when where window with ";
    let lower = name.to_ascii_lowercase();
    WORDS.split_ascii_whitespace().any(|word| word == lower)
}

#[cfg(test)]
mod tests;
