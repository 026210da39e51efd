//! Which rows fulfil conditions.
//!
//! The meaning is SQL's: a comparison with NULL is not true, so `Compare`, `Between`, `Contains`
//! and `Like` never keep a row whose cell is NULL, `Compare::Ne` included; [`Test::Not`] keeps what
//! its test says *no* to, which again is not NULL. `Not(Null)` is `NotNull`.
//!
//! NaN equals NaN and is greater than every other float, infinity included (as in MaxCompute's
//! 2.0 types, Spark and DuckDB); -0.0 equals 0.0.

use crate::Table;
use serde::{Deserialize, Serialize};

mod compile;
pub(crate) mod matcher;
mod run;

/// The most rows that a selection can number.
const MOST: u64 = u32::MAX as u64;

/// A test of one column. Conditions of one query are joined by AND.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The column's place in the table.
    pub column: usize,
    /// What its cells must fulfil.
    pub test: Test,
}

/// How a cell stands to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    /// Equal.
    Eq,
    /// Not equal, and not NULL.
    Ne,
    /// Less.
    Lt,
    /// Less or equal.
    Le,
    /// Greater.
    Gt,
    /// Greater or equal.
    Ge,
}

/// What a cell must fulfil. Values are text as it is typed, read exactly in the column's type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// The cell has no value.
    Null,
    /// The cell has a value.
    NotNull,
    /// The cell stands so to a value.
    Compare {
        /// How.
        op: Compare,
        /// To what.
        value: String,
    },
    /// Neither below the one nor above the other.
    Between {
        /// The least value.
        low: String,
        /// The greatest value.
        high: String,
    },
    /// One of these; `None` is NULL, which is kept when it is named (this is more than SQL's IN).
    In(Vec<Option<String>>),
    /// The cell's text, as the grid shows it in full, contains this.
    Contains {
        /// The text.
        text: String,
        /// Whether upper and lower case differ.
        case: bool,
    },
    /// The cell's text is of this pattern: `%` any text, `_` one character, `\` takes the next
    /// character as it is.
    Like(String),
    /// The test says no.
    Not(Box<Test>),
}

/// What kind of value a column's type asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// Digits, with or without a point and an exponent.
    Number,
    /// A number, or `NaN`, `Infinity`, `-Infinity`.
    Float,
    /// `true` or `false`.
    Bool,
    /// `2026-11-22`.
    Date,
    /// `2026-11-22 14:53:50.123`, with an offset where the type is an instant.
    Time,
    /// `14:53:50.123`.
    Clock,
    /// `1 days 02:03:04.5`.
    Span,
    /// Pairs of hexadecimal digits.
    Hex,
    /// The type has no order: only NULL and text can be asked for.
    Nothing,
}

/// Why a condition cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FilterError {
    /// The table has no such column.
    #[error("there is no column {0}")]
    Column(usize),
    /// The value is not one of the column's type.
    #[error("{value:?} is no {badge} (column {column})")]
    Value {
        /// The column's name.
        column: String,
        /// The column's type, as its badge says.
        badge: String,
        /// What was typed.
        value: String,
        /// What is expected instead.
        expected: Expected,
    },
    /// The pattern ends with an escape that escapes nothing.
    #[error("the pattern {0:?} ends with a lone backslash")]
    Pattern(String),
}

/// The rows that were kept, and how far the table was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Kept rows, in the table's order.
    pub rows: Vec<u32>,
    /// The row to go on from when more rows have come.
    pub next_row: u64,
}

impl Table {
    /// The rows from `from_row` on that fulfil all conditions, among at most `budget` rows. Called
    /// again from [`Selection::next_row`], also when more batches have come, it goes on.
    pub fn select(
        &self,
        conditions: &[Condition],
        from_row: u64,
        budget: u64,
    ) -> Result<Selection, FilterError> {
        let asked = compile::all(self, conditions)?;
        let end = from_row.saturating_add(budget).min(self.rows()).min(MOST);
        let mut selection = Selection {
            rows: Vec::new(),
            next_row: from_row,
        };
        let mut start = 0;
        for (batch, &stop) in self.batches().iter().zip(self.ends()) {
            let (low, high) = (start.max(from_row), stop.min(end));
            if low < high {
                let count = (high - low) as usize;
                let part = batch.slice((low - start) as usize, count);
                keep(
                    &run::mask(self, &asked, &part),
                    low as u32,
                    &mut selection.rows,
                );
                selection.next_row = high;
            }
            start = stop;
        }
        Ok(selection)
    }

    /// Whether the conditions can be asked of this table; costs nothing.
    pub fn check(&self, conditions: &[Condition]) -> Result<(), FilterError> {
        compile::all(self, conditions).map(drop)
    }
}

/// Adds the rows of a mask, without a branch for each.
fn keep(mask: &[bool], first: u32, rows: &mut Vec<u32>) {
    let before = rows.len();
    rows.resize(before + mask.len() + 1, 0);
    let mut next = before;
    for (row, &kept) in (first..).zip(mask) {
        rows[next] = row;
        next += usize::from(kept);
    }
    rows.truncate(next);
}

#[cfg(test)]
mod tests;
