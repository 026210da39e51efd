//! Counts over two columns.

use super::{Heat, bars, key, keys_of, place};
use crate::keys::{Lane, lane};
use crate::meaning::Meaning;
use crate::profile::figures::{edges, finite};
use crate::{Rows, Table, format};
use arrow::array::Array;
use arrow::datatypes::i256;
use std::collections::HashMap;

/// How many characters of a category's text tell it apart.
const LABEL: usize = 1000;

/// The fields along one side.
enum Side<'a> {
    Ranges(Vec<(i256, i256)>, Vec<Lane<'a>>),
    Names(HashMap<String, usize>),
}

pub(super) fn of(table: &Table, rows: &Rows, x: usize, y: usize, most: usize) -> Heat {
    let most = most.clamp(1, 200);
    let ((x_side, x_names), (y_side, y_names)) =
        (side(table, rows, x, most), side(table, rows, y, most));
    let mut counts = vec![0u64; x_names.len() * y_names.len()];
    let total = rows.len(table);
    let mut with = 0;
    for position in 0..total {
        let field = || {
            let (which, at) = table.place(rows.row(position)?)?;
            let x = x_side.field(table, x, which, at)?;
            let y = y_side.field(table, y, which, at)?;
            Some(y * x_names.len() + x)
        };
        if let Some(count) = field().and_then(|field| counts.get_mut(field)) {
            *count += 1;
            with += 1;
        }
    }
    Heat {
        x: x_names,
        y: y_names,
        counts,
        rows: total,
        without: total - with,
    }
}

fn side<'a>(table: &'a Table, rows: &Rows, column: usize, most: usize) -> (Side<'a>, Vec<String>) {
    let (meaning, style) = (table.meaning(column), table.style(column));
    if !meaning.is_numeric() || meaning == Meaning::Bool {
        let bars = bars::of(table, rows, column, None, most + 1).bars;
        let names = bars.into_iter().filter_map(|bar| bar.label).take(most);
        let names: Vec<String> = names.collect();
        let places = names.iter().cloned().zip(0..).collect();
        return (Side::Names(places), names);
    }
    let mut keys = keys_of(table, rows, column);
    keys.retain(|key| place(*key, &meaning).is_finite());
    let ends = [keys.iter().min().copied(), keys.iter().max().copied()];
    let ends: Vec<i256> = ends.into_iter().flatten().collect();
    let ranges = match finite(&ends, &meaning) {
        [least, .., greatest] => edges(*least, *greatest, &meaning, most),
        _ => Vec::new(),
    };
    let text = |(low, high): &(i256, i256)| match low == high {
        true => meaning.text(*low, style),
        false => format!(
            "{} … {}",
            meaning.text(*low, style),
            meaning.text(*high, style)
        ),
    };
    let names = ranges.iter().map(text).collect();
    let lanes = table
        .batches()
        .iter()
        .map(|batch| lane(batch.column(column)));
    (Side::Ranges(ranges, lanes.collect()), names)
}

impl Side<'_> {
    fn field(&self, table: &Table, column: usize, which: usize, at: usize) -> Option<usize> {
        match self {
            Self::Ranges(ranges, lanes) => {
                let key = key(lanes.get(which)?, at)?;
                let after = ranges.partition_point(|(low, _)| *low <= key);
                let field = after.checked_sub(1)?;
                (key <= ranges[field].1).then_some(field)
            }
            Self::Names(names) => {
                let array = table.batches().get(which)?.column(column);
                if array.is_null(at) {
                    return None;
                }
                let cell = format::cell(array.as_ref(), at, table.style(column), LABEL);
                names.get(&cell.text).copied()
            }
        }
    }
}
