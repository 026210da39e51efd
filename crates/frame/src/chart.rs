//! The points of a chart: aggregated or sampled to a bounded number, and saying so.
//!
//! Labels, counts and sums are exact text; the numbers beside them are only where to draw.

mod bars;
mod heat;
mod points;

use crate::format::Style;
use crate::keys::{Keys, Lane};
use crate::meaning::Meaning;
use crate::profile::figures::{self, Whole};
use crate::rows::each;
use crate::{Bin, Rows, Table};
use arrow::datatypes::i256;
use serde::{Deserialize, Serialize};

/// A bar: a category.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// The category's text; none for NULL.
    pub label: Option<String>,
    /// Whether the label is only the beginning.
    pub clipped: bool,
    /// How many rows.
    pub count: u64,
    /// The exact sum of the value column over them, if one was asked for.
    pub sum: Option<String>,
    /// Where the bar ends: the sum, or the count.
    pub at: f64,
}

/// Bars by category.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bars {
    /// The categories, greatest first (by sum, or by count).
    pub bars: Vec<Bar>,
    /// How many more categories there are.
    pub others: u64,
    /// How many rows those have.
    pub other_rows: u64,
    /// How many rows were looked at.
    pub rows: u64,
    /// How many rows were left out because there were too many categories to tell them all apart.
    pub uncounted: u64,
}

/// A point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Where to draw.
    pub x: f64,
    /// Where to draw.
    pub y: f64,
    /// The exact text of the first value.
    pub x_text: String,
    /// The exact text of the second value.
    pub y_text: String,
    /// The position in the view that it comes from.
    pub position: u64,
}

/// Points of a line or a scatter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Points {
    /// The points; of a line in the order of x.
    pub points: Vec<Point>,
    /// How many rows were looked at.
    pub rows: u64,
    /// How many rows have no point: a value is NULL, NaN or infinite.
    pub without: u64,
    /// Every n-th row with a point was taken; 1 means all were.
    pub every: u64,
}

/// A grid of counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Heat {
    /// Columns of the grid.
    pub x: Vec<String>,
    /// Rows of the grid.
    pub y: Vec<String>,
    /// Counts, row by row.
    pub counts: Vec<u64>,
    /// How many rows were looked at.
    pub rows: u64,
    /// How many rows have no field: a value is NULL, NaN or infinite, or of a category that is not
    /// among the most frequent.
    pub without: u64,
}

/// Why there is no chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChartError {
    /// The table has no such column.
    #[error("there is no column {0}")]
    Column(usize),
    /// The column is not of numbers or times.
    #[error("column {column} is {badge}: neither numbers nor times")]
    NotNumeric {
        /// The column's name.
        column: String,
        /// Its type, as its badge says.
        badge: String,
    },
}

/// Counts by category, and sums of a value column of integers or decimals (of floats: compensated);
/// at most `most` bars.
pub fn bars(
    table: &Table,
    rows: &Rows,
    category: usize,
    value: Option<usize>,
    most: usize,
) -> Result<Bars, ChartError> {
    known(table, category)?;
    if let Some(value) = value {
        numeric(table, value)?;
    }
    Ok(bars::of(table, rows, category, value, most))
}

/// A line through numbers or times by another column's, at most `most` points; without an x column
/// by position.
pub fn line(
    table: &Table,
    rows: &Rows,
    x: Option<usize>,
    y: usize,
    most: usize,
) -> Result<Points, ChartError> {
    numeric(table, y)?;
    if let Some(x) = x {
        numeric(table, x)?;
    }
    let mut points = points::of(table, rows, x, y, most);
    points.points.sort_by(|a, b| a.x.total_cmp(&b.x));
    Ok(points)
}

/// Points of two columns in the view's order, at most `most`.
pub fn scatter(
    table: &Table,
    rows: &Rows,
    x: usize,
    y: usize,
    most: usize,
) -> Result<Points, ChartError> {
    numeric(table, x)?;
    numeric(table, y)?;
    Ok(points::of(table, rows, Some(x), y, most))
}

/// The histogram of a column, at most `bins` bars of equal width over its finite values.
pub fn histogram(
    table: &Table,
    rows: &Rows,
    column: usize,
    bins: usize,
) -> Result<Vec<Bin>, ChartError> {
    let meaning = numeric(table, column)?;
    let style = table.style(column);
    let keys = keys_of(table, rows, column);
    // Most keys are narrow, and those are put in order much faster.
    let narrow = |key: &i256| key.to_i128().and_then(|key| i64::try_from(key).ok());
    Ok(
        match keys.iter().map(narrow).collect::<Option<Vec<i64>>>() {
            Some(keys) => bins_of(keys, &meaning, style, bins),
            None => bins_of(keys, &meaning, style, bins),
        },
    )
}

fn bins_of<T: Whole>(
    mut keys: Vec<T>,
    meaning: &Meaning,
    style: Style<'_>,
    bins: usize,
) -> Vec<Bin> {
    T::sort(&mut keys);
    let nan = i256::from_i128(i64::MAX.into());
    let float = matches!(meaning, Meaning::Float(_));
    let real = keys.partition_point(|key| !float || key.huge() < nan);
    let finite = figures::finite(&keys[..real], meaning);
    figures::histogram(finite, meaning, style, bins)
}

/// Counts over two columns: numbers and times in at most `most` ranges of equal width, others by
/// their `most` most frequent values.
pub fn heat(
    table: &Table,
    rows: &Rows,
    x: usize,
    y: usize,
    most: usize,
) -> Result<Heat, ChartError> {
    known(table, x)?;
    known(table, y)?;
    Ok(heat::of(table, rows, x, y, most))
}

fn known(table: &Table, column: usize) -> Result<(), ChartError> {
    let there = column < table.columns().len();
    there.then_some(()).ok_or(ChartError::Column(column))
}

fn numeric(table: &Table, column: usize) -> Result<Meaning, ChartError> {
    known(table, column)?;
    let meaning = table.meaning(column);
    if meaning.is_numeric() && meaning != Meaning::Bool {
        return Ok(meaning);
    }
    let known = &table.columns()[column];
    Err(ChartError::NotNumeric {
        column: known.name.clone(),
        badge: known.badge.clone(),
    })
}

/// The key of a place of a lane, if it has a value that is an integer.
fn key(lane: &Lane<'_>, at: usize) -> Option<i256> {
    if lane.is_null(at) {
        return None;
    }
    match &lane.keys {
        Keys::Small(keys) => Some(keys[at].huge()),
        Keys::Wide(keys) => Some(keys[at].huge()),
        Keys::Huge(keys) => Some(keys[at]),
        Keys::Bytes(_) | Keys::Unordered => None,
    }
}

fn keys_of(table: &Table, rows: &Rows, column: usize) -> Vec<i256> {
    let mut keys = Vec::new();
    each(table, rows, 0..rows.len(table), column, |lane, places| {
        keys.extend(places.filter_map(|at| key(lane, at)));
    });
    keys
}

/// Where to draw a key: only for drawing, the text beside it is exact.
fn place(key: i256, meaning: &Meaning) -> f64 {
    match meaning {
        Meaning::Float(_) => figures::float_of(key),
        Meaning::Decimal(scale) => near(key) / 10f64.powi(i32::from(*scale)),
        Meaning::Moment { places, .. } | Meaning::Clock(places) | Meaning::Span(places) => {
            near(key) / 10f64.powi(i32::try_from(*places).unwrap_or(0))
        }
        _ => near(key),
    }
}

fn near(key: i256) -> f64 {
    match key.to_i128() {
        Some(key) => key as f64,
        None => key.to_string().parse().unwrap_or(f64::NAN),
    }
}

#[cfg(test)]
mod tests;
