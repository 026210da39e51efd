//! The formats, and what can be chosen in them.

use serde::{Deserialize, Serialize};

/// A format of files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Fields between delimiters, as RFC 4180.
    #[default]
    Csv,
    /// The same between tabs.
    Tsv,
    /// One JSON object a line.
    JsonLines,
    /// An Excel workbook.
    Xlsx,
    /// Parquet, packed by snappy.
    Parquet,
    /// An Arrow IPC file.
    Arrow,
    /// A Markdown table.
    Markdown,
}

impl Format {
    /// Every format, in the order of a choice.
    pub const ALL: [Self; 7] = [
        Self::Csv,
        Self::Xlsx,
        Self::Parquet,
        Self::Tsv,
        Self::JsonLines,
        Self::Arrow,
        Self::Markdown,
    ];

    /// The ending of file names.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::JsonLines => "jsonl",
            Self::Xlsx => "xlsx",
            Self::Parquet => "parquet",
            Self::Arrow => "arrow",
            Self::Markdown => "md",
        }
    }

    /// The media type.
    pub fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Tsv => "text/tab-separated-values",
            Self::JsonLines => "application/jsonl",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Arrow => "application/vnd.apache.arrow.file",
            Self::Markdown => "text/markdown",
        }
    }

    /// Whether fields stand between delimiters.
    pub fn delimited(self) -> bool {
        matches!(self, Self::Csv | Self::Tsv)
    }

    /// Whether a note has a place in the file itself.
    pub fn holds_note(self) -> bool {
        !matches!(self, Self::Csv | Self::Tsv | Self::JsonLines)
    }
}

/// When fields stand in quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quoting {
    /// Where they must.
    #[default]
    Minimal,
    /// All but the word for no value.
    All,
}

/// What ends a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineEnd {
    /// A line feed.
    #[default]
    Lf,
    /// Carriage return and line feed, as RFC 4180.
    CrLf,
}

/// What can be chosen; each format takes what it knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// CSV, TSV: a byte-order mark, by which Excel knows UTF-8.
    pub bom: bool,
    /// CSV, TSV: the word for no value, never in quotes.
    pub null: String,
    /// CSV: what separates fields.
    pub delimiter: char,
    /// CSV, TSV: when fields stand in quotes.
    pub quoting: Quoting,
    /// CSV, TSV, JSON lines: what ends a line.
    pub line_end: LineEnd,
    /// JSON lines: decimals, and integers beyond 2^53, as strings.
    pub exact_strings: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            bom: false,
            null: String::new(),
            delimiter: ',',
            quoting: Quoting::Minimal,
            line_end: LineEnd::Lf,
            exact_strings: false,
        }
    }
}

impl LineEnd {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
        }
    }
}
