//! What was changed on the way into a file, and what the file does not hold.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many columns a note names.
const NAMED: usize = 20;

/// A change that a format made necessary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Numbers with more digits than the format keeps are text.
    NumbersAsText,
    /// NaN and infinities are text.
    NotFiniteAsText,
    /// Times that the format cannot hold exactly are text.
    TimesAsText,
    /// Lists, maps and structures are text like JSON.
    NestedAsText,
    /// Bytes are hexadecimal digits.
    BytesAsHex,
    /// Values of types that the format lacks are text.
    TypeAsText,
    /// Names that came twice got a number.
    Renamed,
    /// Texts that a spreadsheet takes for formulas when it opens the file.
    Formulas,
    /// Texts longer than a cell can be were cut.
    Cut,
    /// Rows beyond the first sheet are on further sheets; counts the sheets.
    Sheets,
}

/// A change, with its extent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What was changed.
    pub change: Change,
    /// How many cells, or columns, or sheets.
    pub count: u64,
    /// The columns, the first of them, where the change is one of columns.
    pub columns: Vec<String>,
}

/// What the file holds of what there is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Where the rows are from.
    pub source: String,
    /// Rows that the view shows, when the file is the view.
    pub shown: Option<u64>,
    /// Rows that were fetched.
    pub fetched: u64,
    /// Rows that exist.
    pub exist: Option<u64>,
    /// What cut, in words.
    pub cut: Option<String>,
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// How many rows.
    pub rows: u64,
    /// What was changed.
    pub notes: Vec<Note>,
    /// What the file holds of what there is.
    pub ledger: Ledger,
}

/// The notes of a file that is being written.
#[derive(Debug, Default)]
pub(crate) struct Notes(BTreeMap<Change, (u64, Vec<String>)>);

impl Notes {
    /// One more cell.
    pub(crate) fn cell(&mut self, change: Change) {
        self.count(change, 1);
    }

    /// Some more.
    pub(crate) fn count(&mut self, change: Change, more: u64) {
        self.0.entry(change).or_default().0 += more;
    }

    /// One more column.
    pub(crate) fn column(&mut self, change: Change, name: &str) {
        let (count, columns) = self.0.entry(change).or_default();
        *count += 1;
        if columns.len() < NAMED {
            columns.push(name.to_owned());
        }
    }

    /// What is to be said.
    pub(crate) fn summary(self, rows: u64, ledger: &Ledger) -> Summary {
        let notes = (self.0.into_iter()).map(|(change, (count, columns))| Note {
            change,
            count,
            columns,
        });
        Summary {
            rows,
            notes: notes.collect(),
            ledger: ledger.clone(),
        }
    }
}

impl Summary {
    /// Takes in what another part of the same file held.
    pub fn join(&mut self, other: Self) {
        self.rows += other.rows;
        self.ledger = other.ledger;
        for note in other.notes {
            match (self.notes.iter_mut()).find(|known| known.change == note.change) {
                // Columns are the same in every part.
                Some(known) if !note.columns.is_empty() => known.count = note.count,
                Some(known) => known.count += note.count,
                None => self.notes.push(note),
            }
        }
    }
}
