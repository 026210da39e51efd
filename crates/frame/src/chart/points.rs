//! Points of two columns, every n-th when there are too many.

use super::{Point, Points, key, place};
use crate::keys::{Lane, lane};
use crate::{Rows, Table};
use arrow::datatypes::i256;

pub(super) fn of(table: &Table, rows: &Rows, x: Option<usize>, y: usize, most: usize) -> Points {
    let lanes_of = |column: usize| -> Vec<Lane<'_>> {
        table
            .batches()
            .iter()
            .map(|batch| lane(batch.column(column)))
            .collect()
    };
    let (xs, ys) = (x.map(lanes_of), lanes_of(y));
    let (x_meaning, y_meaning) = (x.map(|x| table.meaning(x)), table.meaning(y));
    let total = rows.len(table);
    // The position, both keys and both places of a row that has a point.
    let pair = |position: u64| -> Option<(Option<i256>, i256, f64, f64)> {
        let (which, at) = table.place(rows.row(position)?)?;
        let y_key = key(&ys[which], at)?;
        let (x_key, x_at) = match (&xs, &x_meaning) {
            (Some(xs), Some(meaning)) => {
                let x_key = key(&xs[which], at)?;
                (Some(x_key), place(x_key, meaning))
            }
            _ => (None, position as f64),
        };
        let y_at = place(y_key, &y_meaning);
        (x_at.is_finite() && y_at.is_finite()).then_some((x_key, y_key, x_at, y_at))
    };
    let with = (0..total)
        .filter(|&position| pair(position).is_some())
        .count() as u64;
    let every = with.div_ceil(most.max(1) as u64).max(1);
    let places = (0..total).filter_map(|position| Some((position, pair(position)?)));
    let points = places.step_by(usize::try_from(every).unwrap_or(usize::MAX));
    let points = points.map(|(position, (x_key, y_key, x_at, y_at))| Point {
        x: x_at,
        y: y_at,
        x_text: match (x_key, &x_meaning, x) {
            (Some(key), Some(meaning), Some(x)) => meaning.text(key, table.style(x)),
            _ => (position + 1).to_string(),
        },
        y_text: y_meaning.text(y_key, table.style(y)),
        position,
    });
    Points {
        points: points.collect(),
        rows: total,
        without: total - with,
        every,
    }
}
