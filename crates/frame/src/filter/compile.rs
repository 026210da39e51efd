//! Conditions to ranges of keys, bytes and patterns: everything typed is read once.

use super::matcher::Matcher;
use super::{Compare, Condition, FilterError, Test};
use crate::Table;
use crate::format::Style;
use crate::meaning::{Cut, Meaning};
use arrow::datatypes::i256;
use std::ops::Bound;

/// A condition that was read.
pub(super) struct Asked {
    pub(super) column: usize,
    pub(super) kind: Kind,
    /// Keeps the values that `kind` does not take.
    pub(super) negated: bool,
    /// Keeps NULL.
    pub(super) nulls: bool,
}

/// Which values are taken.
pub(super) enum Kind {
    /// None.
    Nothing,
    /// Keys in one of these ranges, both ends included; sorted, apart.
    Ranges(Vec<(i256, i256)>),
    /// Bytes between these.
    Bytes(Bound<Vec<u8>>, Bound<Vec<u8>>),
    /// One of these, sorted.
    Set(Vec<Vec<u8>>),
    /// Text that matches.
    Text(Matcher),
}

pub(super) fn all(table: &Table, conditions: &[Condition]) -> Result<Vec<Asked>, FilterError> {
    conditions
        .iter()
        .map(|condition| one(table, condition))
        .collect()
}

fn one(table: &Table, condition: &Condition) -> Result<Asked, FilterError> {
    let column = condition.column;
    if column >= table.columns().len() {
        return Err(FilterError::Column(column));
    }
    let reader = Reader {
        table,
        column,
        meaning: table.meaning(column),
        style: table.style(column),
    };
    let (mut test, mut negated) = (&condition.test, false);
    while let Test::Not(inner) = test {
        (test, negated) = (inner, !negated);
    }
    // `Null` and `NotNull` are never unknown, so their denial is each other.
    let kind = match test {
        Test::Null | Test::NotNull => {
            let nulls = (*test == Test::Null) != negated;
            return Ok(Asked {
                column,
                kind: Kind::Nothing,
                negated: !nulls,
                nulls,
            });
        }
        Test::Compare {
            op: Compare::Ne,
            value,
        } => {
            negated = !negated;
            reader.compare(Compare::Eq, value)?
        }
        Test::Compare { op, value } => reader.compare(*op, value)?,
        Test::Between { low, high } => reader.between(low, high)?,
        Test::In(values) => reader.set(values)?,
        Test::Contains { text, case } => Kind::Text(Matcher::contains(text, *case)),
        Test::Like(pattern) => {
            Kind::Text(Matcher::like(pattern).ok_or_else(|| FilterError::Pattern(pattern.clone()))?)
        }
        Test::Not(_) => Kind::Nothing,
    };
    let named = matches!(test, Test::In(values) if values.contains(&None));
    Ok(Asked {
        column,
        kind,
        negated,
        nulls: named && !negated,
    })
}

struct Reader<'a> {
    table: &'a Table,
    column: usize,
    meaning: Meaning,
    style: Style<'a>,
}

impl Reader<'_> {
    fn compare(&self, op: Compare, value: &str) -> Result<Kind, FilterError> {
        if self.meaning.is_numeric() {
            let cut = self.cut(value)?;
            let all = (Some(i256::MIN), Some(i256::MAX));
            let range = match op {
                Compare::Eq | Compare::Ne => (at_least(cut), at_most(cut)),
                Compare::Lt => (all.0, below(cut)),
                Compare::Le => (all.0, at_most(cut)),
                Compare::Gt => (above(cut), all.1),
                Compare::Ge => (at_least(cut), all.1),
            };
            return Ok(Kind::Ranges(whole([range])));
        }
        let value = self.bytes(value)?;
        Ok(match op {
            Compare::Eq | Compare::Ne => Kind::Set(vec![value]),
            Compare::Lt => Kind::Bytes(Bound::Unbounded, Bound::Excluded(value)),
            Compare::Le => Kind::Bytes(Bound::Unbounded, Bound::Included(value)),
            Compare::Gt => Kind::Bytes(Bound::Excluded(value), Bound::Unbounded),
            Compare::Ge => Kind::Bytes(Bound::Included(value), Bound::Unbounded),
        })
    }

    fn between(&self, low: &str, high: &str) -> Result<Kind, FilterError> {
        if self.meaning.is_numeric() {
            let range = (at_least(self.cut(low)?), at_most(self.cut(high)?));
            return Ok(Kind::Ranges(whole([range])));
        }
        let (low, high) = (self.bytes(low)?, self.bytes(high)?);
        Ok(Kind::Bytes(Bound::Included(low), Bound::Included(high)))
    }

    fn set(&self, values: &[Option<String>]) -> Result<Kind, FilterError> {
        let mut values = values.iter().flatten().peekable();
        if values.peek().is_none() {
            return Ok(Kind::Nothing);
        }
        if self.meaning.is_numeric() {
            let cuts: Vec<Cut> = values
                .map(|value| self.cut(value))
                .collect::<Result<_, _>>()?;
            let ranges = cuts.into_iter().map(|cut| (at_least(cut), at_most(cut)));
            return Ok(Kind::Ranges(whole(ranges)));
        }
        let mut set: Vec<Vec<u8>> = values
            .map(|value| self.bytes(value))
            .collect::<Result<_, _>>()?;
        set.sort_unstable();
        Ok(Kind::Set(set))
    }

    fn cut(&self, value: &str) -> Result<Cut, FilterError> {
        self.meaning
            .read(value, self.style)
            .ok_or_else(|| self.unreadable(value))
    }

    fn bytes(&self, value: &str) -> Result<Vec<u8>, FilterError> {
        self.meaning
            .read_bytes(value)
            .ok_or_else(|| self.unreadable(value))
    }

    fn unreadable(&self, value: &str) -> FilterError {
        let known = &self.table.columns()[self.column];
        FilterError::Value {
            column: known.name.clone(),
            badge: known.badge.clone(),
            value: value.to_owned(),
            expected: self.meaning.expected(),
        }
    }
}

fn at_most(cut: Cut) -> Option<i256> {
    Some(cut.floor)
}

fn above(cut: Cut) -> Option<i256> {
    cut.floor.checked_add(i256::ONE)
}

fn at_least(cut: Cut) -> Option<i256> {
    if cut.exact {
        Some(cut.floor)
    } else {
        above(cut)
    }
}

fn below(cut: Cut) -> Option<i256> {
    if cut.exact {
        cut.floor.checked_sub(i256::ONE)
    } else {
        Some(cut.floor)
    }
}

/// The ranges that hold something, in order.
fn whole(ranges: impl IntoIterator<Item = (Option<i256>, Option<i256>)>) -> Vec<(i256, i256)> {
    let ranges = ranges.into_iter().filter_map(|(low, high)| low.zip(high));
    let mut ranges: Vec<_> = ranges.filter(|(low, high)| low <= high).collect();
    ranges.sort_unstable();
    ranges.dedup();
    ranges
}
