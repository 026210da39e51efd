//! What can be asked about the rows of a frame, and the answers.

use frame::chart::{Bars, Heat, Points};
use frame::{
    Bin, Branch, Condition, Copied, FilterError, Form, Inspection, Key, Profile, SortError,
};
use serde::{Deserialize, Serialize};

use super::{Cell, Span};

/// What is looked at: which columns in which order, which rows in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The columns of the frame in the order of the grid; none for all as they come.
    pub columns: Option<Vec<u32>>,
    /// What the rows must fulfil.
    pub conditions: Vec<Condition>,
    /// By which columns they are sorted.
    pub keys: Vec<Key>,
}

/// Why an arrangement cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// A condition cannot be asked.
    #[error("{0}")]
    Filter(FilterError),
    /// A column cannot be sorted by.
    #[error("{0}")]
    Sort(SortError),
}

/// Something that is asked about what is looked at. Rows and columns are places in the view, unless
/// said otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// Text of some cells, uncut, for the clipboard.
    Copy {
        /// The rows.
        rows: Span,
        /// The columns.
        columns: Span,
        /// How they are written.
        form: Form,
    },
    /// One cell, taken apart.
    Inspect {
        /// Its row.
        row: u64,
        /// Its column.
        column: u64,
    },
    /// Children of a value inside a nested cell.
    Branch {
        /// The cell's row.
        row: u64,
        /// The cell's column.
        column: u64,
        /// The way to the value.
        way: Vec<u64>,
        /// The first child that is wanted.
        first: u64,
    },
    /// Every shown column of one row.
    Record {
        /// The row.
        row: u64,
    },
    /// The next cell that contains a text; the cell it begins at is looked at too.
    Find {
        /// The text.
        text: String,
        /// Whether upper and lower case differ.
        case: bool,
        /// The row it begins at.
        row: u64,
        /// The column it begins at.
        column: u64,
        /// Towards the end, or towards the beginning.
        forward: bool,
    },
    /// How many cells contain a text.
    Count {
        /// The text.
        text: String,
        /// Whether upper and lower case differ.
        case: bool,
    },
    /// What a column holds, over the rows of the view.
    Profile {
        /// The column of the frame.
        column: u32,
    },
    /// The points of a chart, over the rows of the view. Columns are those of the frame.
    Chart(Picture),
    /// The query that the view equals.
    Equal {
        /// The table's name, in parts.
        name: Vec<String>,
        /// Keys and values of the partition.
        partition: Vec<(String, String)>,
        /// How many rows are read at most.
        limit: Option<u64>,
    },
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Picture {
    /// Counts or sums by category.
    Bars {
        /// The categories.
        category: u32,
        /// What is summed up; none counts rows.
        value: Option<u32>,
    },
    /// A line.
    Line {
        /// Along; none takes the rows as they stand.
        x: Option<u32>,
        /// Up.
        y: u32,
    },
    /// Points.
    Scatter {
        /// Along.
        x: u32,
        /// Up.
        y: u32,
    },
    /// How often values come.
    Histogram {
        /// Of which column.
        column: u32,
    },
    /// How often two values come together.
    Heat {
        /// Along.
        x: u32,
        /// Up.
        y: u32,
    },
}

/// The points of a chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Chart {
    /// Of [`Picture::Bars`].
    Bars(Bars),
    /// Of [`Picture::Line`] and [`Picture::Scatter`].
    Points(Points),
    /// Of [`Picture::Histogram`].
    Histogram(Vec<Bin>),
    /// Of [`Picture::Heat`].
    Heat(Heat),
}

/// What is known of a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The text for the clipboard.
    Copied(Copied),
    /// The cell, taken apart.
    Inspected(Box<Inspection>),
    /// Children of a nested value.
    Branch(Branch),
    /// The cells of one row, in the order of the view's columns.
    Record(Vec<Cell>),
    /// The search goes on; it has come to this row.
    Searching {
        /// The row.
        row: u64,
    },
    /// The cell that contains the text, if any does.
    Found {
        /// Row and column.
        at: Option<(u64, u64)>,
    },
    /// How many cells contain the text among the rows that were looked at.
    Counted {
        /// Matching cells.
        cells: u64,
        /// Rows that were looked at.
        rows: u64,
        /// Whether all were.
        done: bool,
    },
    /// What the column holds.
    Profile(Box<Profile>),
    /// The points of the chart.
    Chart(Box<Chart>),
    /// The view as a query.
    Equal {
        /// In MaxCompute SQL.
        sql: String,
        /// In pandas.
        pandas: String,
    },
    /// There is no answer.
    None {
        /// Why, for the folded detail.
        detail: String,
    },
}
