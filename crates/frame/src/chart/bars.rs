//! Bars by category.

use super::{Bar, Bars, near};
use crate::chart::place;
use crate::format::{self, decimal};
use crate::keys::lane;
use crate::meaning::Meaning;
use crate::{Kind, Rows, Table, f64_text};
use arrow::datatypes::i256;
use std::collections::HashMap;

/// How many categories are told apart.
const CATEGORIES: usize = 100_000;
/// How many characters of a category's text tell it apart.
const LABEL: usize = 1000;

/// What a category adds up to.
#[derive(Default)]
struct Sum {
    count: u64,
    whole: Option<i256>,
    over: bool,
    float: f64,
    lost: f64,
}

pub(super) fn of(
    table: &Table,
    rows: &Rows,
    category: usize,
    value: Option<usize>,
    most: usize,
) -> Bars {
    let mut sums: HashMap<Option<String>, Sum> = HashMap::new();
    let meaning = value.map(|value| table.meaning(value));
    let style = table.style(category);
    let (mut looked, mut uncounted) = (0, 0);
    let value_lanes: Vec<_> = table
        .batches()
        .iter()
        .map(|batch| {
            value
                .and_then(|value| batch.columns().get(value))
                .map(|array| lane(array))
        })
        .collect();
    for position in 0..rows.len(table) {
        let Some(row) = rows.row(position) else {
            continue;
        };
        let Some((which, at)) = table.place(row) else {
            continue;
        };
        let array = table.batches()[which].column(category);
        let cell = format::cell(array.as_ref(), at, style, LABEL);
        let label = (cell.kind != Kind::Null).then_some(cell.text);
        looked += 1;
        if sums.len() == CATEGORIES && !sums.contains_key(&label) {
            uncounted += 1;
            continue;
        }
        let sum = sums.entry(label).or_default();
        sum.count += 1;
        let key = value_lanes[which]
            .as_ref()
            .and_then(|lane| super::key(lane, at));
        if let (Some(key), Some(meaning)) = (key, &meaning) {
            sum.add(key, meaning);
        }
    }
    finish(sums, meaning.as_ref(), most, (looked, uncounted))
}

impl Sum {
    fn add(&mut self, key: i256, meaning: &Meaning) {
        if let Meaning::Float(_) = meaning {
            let value = place(key, meaning);
            let next = self.float + value;
            self.lost += match self.float.abs() >= value.abs() {
                true => (self.float - next) + value,
                false => (value - next) + self.float,
            };
            self.float = next;
            return;
        }
        match self.whole.unwrap_or(i256::ZERO).checked_add(key) {
            Some(sum) => self.whole = Some(sum),
            None => self.over = true,
        }
    }

    /// The exact text and where the bar ends.
    fn text(&self, meaning: Option<&Meaning>) -> (Option<String>, f64) {
        match meaning {
            None => (None, self.count as f64),
            Some(Meaning::Float(_)) => {
                let sum = if self.float.is_finite() {
                    self.float + self.lost
                } else {
                    self.float
                };
                (Some(f64_text(sum)), sum)
            }
            Some(_) if self.over => (None, 0.0),
            Some(Meaning::Decimal(scale)) => {
                let sum = self.whole.unwrap_or(i256::ZERO);
                (
                    Some(decimal::text(&sum, *scale)),
                    place(sum, &Meaning::Decimal(*scale)),
                )
            }
            Some(_) => {
                let sum = self.whole.unwrap_or(i256::ZERO);
                (Some(sum.to_string()), near(sum))
            }
        }
    }
}

fn finish(
    sums: HashMap<Option<String>, Sum>,
    meaning: Option<&Meaning>,
    most: usize,
    (rows, uncounted): (u64, u64),
) -> Bars {
    let bar = |(label, sum): (Option<String>, Sum)| {
        let (text, at) = sum.text(meaning);
        let clipped = label
            .as_ref()
            .is_some_and(|label| label.chars().count() >= LABEL);
        Bar {
            label,
            clipped,
            count: sum.count,
            sum: text,
            at,
        }
    };
    let mut bars: Vec<Bar> = sums.into_iter().map(bar).collect();
    bars.sort_by(|a, b| b.at.total_cmp(&a.at).then_with(|| a.label.cmp(&b.label)));
    let others = bars.split_off(most.min(bars.len()));
    Bars {
        bars,
        others: others.len() as u64,
        other_rows: others.iter().map(|bar| bar.count).sum(),
        rows,
        uncounted,
    }
}
