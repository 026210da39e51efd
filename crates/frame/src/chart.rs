//! The points of a chart: aggregated or sampled to a bounded number, and saying so.
//!
//! Labels, counts and sums are exact text; the numbers beside them are only where to draw.

use crate::{Rows, Table};
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
    /// Whether some rows were left out because the categories became too many to count.
    pub overflow: bool,
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

/// Counts by category, and sums of a value column of numbers; at most `most` bars.
pub fn bars(
    table: &Table,
    rows: &Rows,
    category: usize,
    value: Option<usize>,
    most: usize,
) -> Result<Bars, ChartError> {
    let _ = (table, rows, category, value, most);
    Ok(Bars::default())
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
    let _ = (table, rows, x, y, most);
    Ok(Points::default())
}

/// Points of two columns in the view's order, at most `most`.
pub fn scatter(
    table: &Table,
    rows: &Rows,
    x: usize,
    y: usize,
    most: usize,
) -> Result<Points, ChartError> {
    line(table, rows, Some(x), y, most)
}

/// The histogram of a column, at most `bins` bars of equal width.
pub fn histogram(
    table: &Table,
    rows: &Rows,
    column: usize,
    bins: usize,
) -> Result<Vec<crate::Bin>, ChartError> {
    let _ = (table, rows, column, bins);
    Ok(Vec::new())
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
    let _ = (table, rows, x, y, most);
    Ok(Heat::default())
}
