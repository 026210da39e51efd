//! The order of rows by columns.
//!
//! Stable: rows that are equal in every key keep the order they have. Integers, decimals and times
//! by value; NaN is greater than every other float (as in MaxCompute's 2.0 types, Spark and DuckDB)
//! and -0.0 equals 0.0; text and binary by bytes (which for UTF-8 is by code point); false before
//! true. Lists, maps, structs and calendar intervals of mixed units have no order and are refused.

pub(crate) mod radix;

use crate::keys::{Keys, Lane, lane};
use crate::meaning::Meaning;
use crate::{Rows, Table};
use arrow::datatypes::DataType;
use serde::{Deserialize, Serialize};

/// A column to order by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// The column's place in the table.
    pub column: usize,
    /// Greatest first.
    pub descending: bool,
    /// NULLs before all values, whatever the direction.
    pub nulls_first: bool,
}

/// Why rows cannot be ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SortError {
    /// The table has no such column.
    #[error("there is no column {0}")]
    Column(usize),
    /// The type has no order.
    #[error("column {column} cannot be ordered: {badge} has no order")]
    Unordered {
        /// The column's name.
        column: String,
        /// Its type, as its badge says.
        badge: String,
    },
    /// More rows than a view can number.
    #[error("{0} rows are more than can be ordered")]
    TooMany(u64),
}

impl Table {
    /// The rows of a view in the order of the keys; the first key counts most.
    pub fn sort(&self, rows: &Rows, keys: &[Key]) -> Result<Vec<u32>, SortError> {
        for key in keys {
            self.orderable(key.column)?;
        }
        let count = rows.len(self);
        if count > u64::from(u32::MAX) || self.rows() > u64::from(u32::MAX) {
            return Err(SortError::TooMany(count.max(self.rows())));
        }
        let all = self.rows() as u32;
        let mut order: Vec<u32> = match rows {
            Rows::All => (0..all).collect(),
            Rows::These(rows) => rows.iter().copied().filter(|&row| row < all).collect(),
        };
        // Each pass is stable, so the key that counts most comes last.
        for key in keys.iter().rev() {
            order = Pass::new(self, key).run(&order);
        }
        Ok(order)
    }

    fn orderable(&self, column: usize) -> Result<(), SortError> {
        let known = self
            .columns()
            .get(column)
            .ok_or(SortError::Column(column))?;
        match self.meaning(column) {
            Meaning::Unordered if *self.schema().field(column).data_type() != DataType::Null => {
                Err(SortError::Unordered {
                    column: known.name.clone(),
                    badge: known.badge.clone(),
                })
            }
            _ => Ok(()),
        }
    }
}

/// One key over all batches.
struct Pass<'a> {
    lanes: Vec<Lane<'a>>,
    ends: &'a [u64],
    key: Key,
}

impl<'a> Pass<'a> {
    fn new(table: &'a Table, key: &Key) -> Self {
        let arrays = table.batches().iter().map(|batch| batch.column(key.column));
        Self {
            lanes: arrays.map(|array| lane(array.as_ref())).collect(),
            ends: table.ends(),
            key: *key,
        }
    }

    fn run(&self, order: &[u32]) -> Vec<u32> {
        let mut nulls = Vec::new();
        let mut valid = Vec::with_capacity(order.len());
        self.visit(order, |lane, at, row| match lane.is_null(at) {
            true => nulls.push(row),
            false => valid.push(row),
        });
        let sorted = self.values(valid);
        match self.key.nulls_first {
            true => [nulls, sorted].concat(),
            false => [sorted, nulls].concat(),
        }
    }

    /// Calls with the lane, the place in it and the row, for each row in turn.
    fn visit(&self, order: &[u32], mut call: impl FnMut(&Lane<'a>, usize, u32)) {
        let (mut start, mut end, mut current) = (0, 0, None);
        for &row in order {
            let at = u64::from(row);
            if at < start || at >= end {
                let which = self.ends.partition_point(|&end| end <= at);
                start = which.checked_sub(1).map_or(0, |before| self.ends[before]);
                end = self.ends.get(which).copied().unwrap_or(start);
                current = self.lanes.get(which);
            }
            if let Some(lane) = current {
                call(lane, (at - start) as usize, row);
            }
        }
    }

    /// Rows that have a value.
    fn values(&self, rows: Vec<u32>) -> Vec<u32> {
        match self.lanes.first().map(|lane| &lane.keys) {
            Some(Keys::Small(_)) => self.by_words(rows, 1),
            Some(Keys::Wide(_)) => self.by_words(rows, 2),
            Some(Keys::Huge(_)) => self.by_words(rows, 4),
            Some(Keys::Bytes(_)) => self.by_bytes(&rows),
            _ => rows,
        }
    }

    /// Integers by words of 64 bits, the lowest first.
    fn by_words(&self, mut rows: Vec<u32>, words: usize) -> Vec<u32> {
        for word in 0..words {
            let flip = if self.key.descending { u64::MAX } else { 0 };
            let mut items: Vec<(u64, u32)> = Vec::with_capacity(rows.len());
            self.visit(&rows, |lane, at, row| {
                items.push((word_of(&lane.keys, at, word) ^ flip, row));
            });
            by_word(items, &mut rows);
        }
        rows
    }

    /// Bytes by eight after what all share, by digits; then those that are still alike one by one.
    fn by_bytes(&self, rows: &[u32]) -> Vec<u32> {
        let mut items: Vec<(u32, &[u8])> = Vec::with_capacity(rows.len());
        self.visit(rows, |lane, at, row| {
            if let Keys::Bytes(texts) = &lane.keys {
                items.push((row, texts.get(at)));
            }
        });
        let shared = shared(&items);
        let flip = if self.key.descending { u64::MAX } else { 0 };
        let word = |text: &[u8]| prefix(text.get(shared..).unwrap_or_default());
        let words = items.iter().zip(0..);
        let words = words.map(|((_, text), place)| (word(text) ^ flip, place));
        let mut places: Vec<u32> = (0..items.len() as u32).collect();
        by_word(words.collect(), &mut places);
        let text = |place: &u32| items[*place as usize].1;
        for same in places.chunk_by_mut(|a, b| word(text(a)) == word(text(b))) {
            match self.key.descending {
                true => same.sort_by(|a, b| text(b).cmp(text(a))),
                false => same.sort_by(|a, b| text(a).cmp(text(b))),
            }
        }
        places
            .into_iter()
            .map(|place| items[place as usize].0)
            .collect()
    }
}

/// How many bytes all texts begin with alike.
fn shared(items: &[(u32, &[u8])]) -> usize {
    let first = items.first().map_or(&[][..], |item| item.1);
    items
        .iter()
        .fold(first.len(), |shared, (_, text)| match text.get(..shared) {
            Some(start) if *start == first[..shared] => shared,
            _ => first.iter().zip(*text).take_while(|(a, b)| a == b).count(),
        })
}

/// A word of a key, of which the highest is turned so that negative numbers come first.
fn word_of(keys: &Keys<'_>, at: usize, word: usize) -> u64 {
    const SIGN: u64 = 1 << 63;
    match keys {
        Keys::Small(keys) => keys[at].cast_unsigned() ^ SIGN,
        Keys::Wide(keys) => {
            let key = keys[at].cast_unsigned() ^ (u128::from(SIGN) << 64);
            (key >> (64 * word)) as u64
        }
        Keys::Huge(keys) => {
            let (low, high) = keys[at].to_parts();
            let high = high.cast_unsigned() ^ (u128::from(SIGN) << 64);
            let half = if word < 2 { low } else { high };
            (half >> (64 * (word % 2))) as u64
        }
        Keys::Bytes(_) | Keys::Unordered => 0,
    }
}

/// Orders rows by a word, stably.
fn by_word(mut items: Vec<(u64, u32)>, rows: &mut [u32]) {
    if items.is_sorted_by_key(|item| item.0) {
        return;
    }
    let least = items.iter().map(|item| item.0).min().unwrap_or(0);
    let most = items.iter().map(|item| item.0).max().unwrap_or(0);
    let (bits, below) = (radix::width(most - least), radix::width(items.len() as u64));
    if items.len() < 512 {
        items.sort_by_key(|item| item.0);
    } else if bits + below <= 64 {
        // Key and place in one number: half the memory to move.
        let places = 0u64..;
        let pack = |(item, place): (&(u64, u32), u64)| (item.0 - least) << below | place;
        let mut packed: Vec<u64> = items.iter().zip(places).map(pack).collect();
        radix::sort(&mut packed, bits, |item, shift| item >> (below + shift));
        let mask = (1 << below) - 1;
        for (row, item) in rows.iter_mut().zip(packed) {
            *row = items[(item & mask) as usize].1;
        }
        return;
    } else {
        for item in &mut items {
            item.0 -= least;
        }
        radix::sort(&mut items, bits, |item, shift| item.0 >> shift);
    }
    for (row, item) in rows.iter_mut().zip(items) {
        *row = item.1;
    }
}

/// The first eight bytes as a number of the same order.
fn prefix(text: &[u8]) -> u64 {
    let mut first = [0; 8];
    let count = text.len().min(8);
    first[..count].copy_from_slice(&text[..count]);
    u64::from_be_bytes(first)
}
