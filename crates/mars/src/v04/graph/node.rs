//! What a graph hands out: nodes, their labels, and the operands that refer to them.

use super::Dtype;

/// What kind of tileable a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An n-dimensional array (0-d: a scalar tensor).
    Tensor,
    /// A frame.
    DataFrame,
    /// One column with a row index.
    Series,
    /// The row index of a frame.
    Index,
}

impl Kind {
    /// The name that users know.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tensor => "tensor",
            Self::DataFrame => "DataFrame",
            Self::Series => "Series",
            Self::Index => "Index",
        }
    }
}

/// The memory order that the engine gives a tensor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// Rows are contiguous.
    C,
    /// Columns are contiguous.
    F,
}

impl Order {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::C => "C",
            Self::F => "F",
        }
    }
}

/// The name of a column or of a row.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Label {
    /// No name.
    Null,
    /// A position or another integer.
    Int(i64),
    /// Text.
    Text(String),
    /// One label of each level, as `('v', 'sum')` after several functions of a column.
    Levels(Vec<Label>),
}

impl From<&str> for Label {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Label {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => f.write_str("None"),
            Self::Int(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
            Self::Levels(levels) => {
                let level = |level: &Self| match level {
                    Self::Text(text) => format!("'{text}'"),
                    other => other.to_string(),
                };
                let levels: Vec<String> = levels.iter().map(level).collect();
                write!(f, "({})", levels.join(", "))
            }
        }
    }
}

/// A column of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub label: Label,
    /// Its type.
    pub dtype: Dtype,
}

/// What is known of the rows of a frame or series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// `RangeIndex(start, stop, step)`
    Range {
        /// The first label.
        start: i64,
        /// The label after the last.
        stop: i64,
        /// The distance.
        step: i64,
    },
    /// Labels known before the run, as those of `describe()`.
    Labels(Vec<Label>),
    /// Only the run will tell.
    Unknown {
        /// Identity: equal keys mean the same index.
        key: String,
        /// The type of the labels.
        dtype: Dtype,
        /// The name of the index.
        name: Label,
        /// Whether the library's client sorts the result by these labels after the fetch.
        sorted: bool,
    },
    /// Several levels, as after a group-by of several columns; only the run will tell the labels.
    Multi {
        /// Identity: equal keys mean the same index.
        key: String,
        /// The names of the levels.
        names: Vec<Label>,
    },
}

/// A handle on one tileable of a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub(super) key: String,
    pub(super) id: String,
    pub(super) kind: Kind,
    pub(super) shape: Vec<Option<u64>>,
    pub(super) dtype: Option<Dtype>,
    pub(super) order: Order,
    pub(super) columns: Vec<Column>,
    pub(super) name: Label,
    pub(super) rows: Rows,
}

impl Node {
    /// The key under which the result is fetched.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The second half of a reference inside the graph.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The length of each axis; `None` where only the run will tell.
    pub fn shape(&self) -> &[Option<u64>] {
        &self.shape
    }

    /// The number of axes.
    pub fn ndim(&self) -> usize {
        self.shape.len()
    }

    /// The type of the elements; `None` for a frame, whose columns have their own.
    pub fn dtype(&self) -> Option<&Dtype> {
        self.dtype.as_ref()
    }

    /// The columns of a frame; empty otherwise.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The name of a series.
    pub fn name(&self) -> &Label {
        &self.name
    }

    /// What is known of the row labels of a frame or series.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Tells whether the library's client sorts the fetched rows by their labels: the chunks of a
    /// group-by come in the order of a hash.
    pub fn sorted_after_fetch(&self) -> bool {
        matches!(
            self.rows,
            Rows::Unknown { sorted: true, .. } | Rows::Multi { .. }
        )
    }

    /// The shape as Python prints it, with `?` for what is not known yet.
    pub fn shape_text(&self) -> String {
        let axes: Vec<String> = self
            .shape
            .iter()
            .map(|axis| axis.map_or_else(|| "?".to_owned(), |length| length.to_string()))
            .collect();
        match axes.as_slice() {
            [one] => format!("({one},)"),
            _ => format!("({})", axes.join(", ")),
        }
    }
}
