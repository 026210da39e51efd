//! What a column holds: counts, extremes, sums, quantiles, a histogram, the most frequent values.
//!
//! Everything about numbers, times and truth values is exact. Of text and binary the count of
//! distinct values is exact up to a bound and estimated (HyperLogLog) beyond; [`Distinct`] says
//! which. Work is cut into steps so that a worker can answer between them.

pub(crate) mod figures;
mod hyper;
mod words;

use crate::keys::{Keys, Lane};
use crate::meaning::Meaning;
use crate::rows::each;
use crate::{Rows, Table};
use arrow::datatypes::{DataType, i256};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use words::Words;

/// How many values differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Distinct {
    /// So many.
    Exact(u64),
    /// About so many: HyperLogLog with a standard error of 0.8 %.
    About(u64),
    /// Not counted: values of this type are not compared.
    Unknown,
}

/// A value and how often it comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Top {
    /// The value as text, as `Test::Compare` reads it; a long text is cut.
    pub text: String,
    /// Whether the text is only the beginning.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clipped: bool,
    /// How many rows have it.
    pub count: u64,
}

/// A bar of a histogram: the values from `low` to `high`, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    /// The least value that falls in, as `Test::Between` reads it.
    pub low: String,
    /// The greatest value that falls in, as `Test::Between` reads it.
    pub high: String,
    /// How many rows fall in.
    pub count: u64,
}

/// What only numbers and times have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    /// The sum: exact digits for integers and decimals, compensated for floats; none for dates and
    /// instants, and none where it does not fit in 256 bits.
    pub sum: Option<String>,
    /// The mean. Of integers and decimals exact to `mean_places` digits, rounded half away from
    /// zero; of floats the finite ones' mean.
    pub mean: Option<String>,
    /// Digits after the point of the mean; none for floats.
    pub mean_places: Option<u32>,
    /// The values at 5, 25, 50, 75 and 95 per cent: the least value with at least that share of
    /// values at or below it (so always one of the values). NaN is left out.
    pub quantiles: Vec<String>,
    /// At most 32 bars over the finite values, of equal width.
    pub histogram: Vec<Bin>,
}

/// Lengths of texts in characters, of binary in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lengths {
    /// The shortest.
    pub min: u64,
    /// The longest.
    pub max: u64,
    /// All together.
    pub total: u64,
    /// The mean with two places after the point.
    pub mean: String,
    /// How many are empty.
    pub empty: u64,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The column's place in the table.
    pub column: usize,
    /// Of how many rows this speaks.
    pub rows: u64,
    /// How many of them have no value.
    pub nulls: u64,
    /// How many values differ, NULL not counted.
    pub distinct: Distinct,
    /// The least value, NaN left out; none where the type has no order.
    pub min: Option<String>,
    /// The greatest value, NaN left out.
    pub max: Option<String>,
    /// Of numbers and times.
    pub numbers: Option<Numbers>,
    /// Of text and binary.
    pub lengths: Option<Lengths>,
    /// The most frequent values, at most 10, the most frequent first; empty when they were not
    /// counted exactly.
    pub top: Vec<Top>,
    /// How many are NaN.
    pub nan: u64,
    /// How many are infinite.
    pub infinite: u64,
    /// Of truth values, how many are true.
    pub trues: Option<u64>,
    /// Of truth values, how many are false.
    pub falses: Option<u64>,
}

/// How many of the most frequent values are told.
const TOPS: usize = 10;

/// A profile in the making.
#[derive(Debug)]
pub struct Profiler {
    column: usize,
    meaning: Meaning,
    /// The position to go on from.
    next: u64,
    nulls: u64,
    state: State,
}

/// The values seen so far.
#[derive(Debug)]
enum State {
    Small(Vec<i64>),
    Wide(Vec<i128>),
    Huge(Vec<i256>),
    Words(Words),
    Unordered,
}

impl Profiler {
    /// Begins the profile of a column; a column that the table does not have gives `None`.
    pub fn new(table: &Table, column: usize) -> Option<Self> {
        if column >= table.columns().len() {
            return None;
        }
        let meaning = table.meaning(column);
        let data_type = table.schema().field(column).data_type();
        let data_type = match data_type {
            DataType::Dictionary(_, values) => values.as_ref(),
            other => other,
        };
        let state = match (&meaning, data_type) {
            (Meaning::Unordered, _) => State::Unordered,
            (Meaning::Text | Meaning::Bytes, _) => {
                State::Words(Words::new(meaning == Meaning::Text))
            }
            (_, DataType::Decimal256(..)) => State::Huge(Vec::new()),
            (_, DataType::Decimal128(..) | DataType::UInt64 | DataType::Struct(_)) => {
                State::Wide(Vec::new())
            }
            _ => State::Small(Vec::new()),
        };
        Some(Self {
            column,
            meaning,
            next: 0,
            nulls: 0,
            state,
        })
    }

    /// Looks at up to `budget` more rows of the view, which must be the same one each time. True
    /// when all rows were looked at.
    pub fn step(&mut self, table: &Table, rows: &Rows, budget: u64) -> bool {
        let total = rows.len(table);
        let end = self.next.saturating_add(budget).min(total);
        if self.next == 0 {
            self.reserve(usize::try_from(total).unwrap_or(0));
        }
        each(table, rows, self.next..end, self.column, |lane, places| {
            self.take(lane, places)
        });
        self.next = end.max(self.next);
        self.next >= total
    }

    /// Takes the memory at once that every row will need at most.
    fn reserve(&mut self, rows: usize) {
        match &mut self.state {
            State::Small(all) => all.reserve_exact(rows),
            State::Wide(all) => all.reserve_exact(rows),
            State::Huge(all) => all.reserve_exact(rows),
            State::Words(_) | State::Unordered => {}
        }
    }

    fn take(&mut self, lane: &Lane<'_>, places: Range<usize>) {
        if let Some(nulls) = &lane.nulls {
            let valid = nulls.slice(places.start, places.len());
            self.nulls += valid.null_count() as u64;
            if valid.null_count() > 0 {
                for run in valid.valid_slices() {
                    self.add(lane, places.start + run.0..places.start + run.1);
                }
                return;
            }
        }
        self.add(lane, places);
    }

    fn add(&mut self, lane: &Lane<'_>, places: Range<usize>) {
        match (&mut self.state, &lane.keys) {
            (State::Small(all), Keys::Small(keys)) => all.extend_from_slice(&keys[places]),
            (State::Wide(all), Keys::Wide(keys)) => all.extend_from_slice(&keys[places]),
            (State::Huge(all), Keys::Huge(keys)) => all.extend_from_slice(&keys[places]),
            (State::Words(words), Keys::Bytes(texts)) => {
                places.for_each(|at| words.add(texts.get(at)));
            }
            _ => {}
        }
    }

    /// What was found of the rows looked at so far.
    pub fn finish(self, table: &Table) -> Profile {
        let mut profile = Profile {
            column: self.column,
            rows: self.next,
            nulls: self.nulls,
            distinct: Distinct::Unknown,
            min: None,
            max: None,
            numbers: None,
            lengths: None,
            top: Vec::new(),
            nan: 0,
            infinite: 0,
            trues: None,
            falses: None,
        };
        let (meaning, style) = (&self.meaning, table.style(self.column));
        match self.state {
            State::Small(keys) => figures::fill(keys, meaning, style, &mut profile),
            State::Wide(keys) => figures::fill(keys, meaning, style, &mut profile),
            State::Huge(keys) => figures::fill(keys, meaning, style, &mut profile),
            State::Words(words) => words.finish(&mut profile),
            State::Unordered => {}
        }
        profile
    }
}

impl Table {
    /// The profile of a column over a view, in one go.
    pub fn profile(&self, rows: &Rows, column: usize) -> Option<Profile> {
        let mut profiler = Profiler::new(self, column)?;
        while !profiler.step(self, rows, u64::MAX) {}
        Some(profiler.finish(self))
    }
}

#[cfg(test)]
mod tests;
