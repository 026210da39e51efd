//! Rows of text, in one piece of memory.

use super::Why;

/// What a cell of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// No value.
    Null,
    /// A value.
    Text,
    /// A value whose letters are damaged.
    Damaged,
}

/// Rows of text.
#[derive(Debug, Default)]
pub struct Fields {
    text: String,
    cells: Vec<(usize, State)>,
    /// Behind the last cell of each row.
    rows: Vec<usize>,
    /// The number of the first row.
    pub(crate) first: u64,
    /// What is wrong with whole rows: which, what, and its text.
    pub(crate) wrong: Vec<(usize, Why, String)>,
}

impl Fields {
    /// No rows yet; the first one has this number.
    pub(crate) fn at(first: u64) -> Self {
        Self {
            first,
            ..Self::default()
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a cell to the row that is not ended.
    pub(crate) fn push(&mut self, bytes: &[u8], state: State) {
        let state = match std::str::from_utf8(bytes) {
            Ok(text) => {
                self.text.push_str(text);
                state
            }
            Err(_) => {
                self.text.push_str(&String::from_utf8_lossy(bytes));
                State::Damaged
            }
        };
        self.cells.push((self.text.len(), state));
    }

    /// How many cells the row has that is not ended.
    pub(crate) fn open(&self) -> usize {
        self.cells.len() - self.rows.last().copied().unwrap_or(0)
    }

    /// Ends the row.
    pub(crate) fn end_row(&mut self) {
        self.rows.push(self.cells.len());
    }

    /// Takes back the cells of the row that is not ended.
    pub(crate) fn take_open(&mut self) -> Vec<(String, State)> {
        let kept = self.rows.last().copied().unwrap_or(0);
        let mut start = kept.checked_sub(1).map_or(0, |at| self.cells[at].0);
        let begun = start;
        let open = self.cells.drain(kept..).map(|(end, state)| {
            let text = self.text.get(start..end).unwrap_or_default().to_owned();
            start = end;
            (text, state)
        });
        let open = open.collect();
        self.text.truncate(begun);
        open
    }

    /// How many cells a row has.
    pub(crate) fn width(&self, row: usize) -> usize {
        let (from, to) = self.extent(row);
        to - from
    }

    /// A cell; none beyond the end of its row.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Option<(&str, State)> {
        let (from, to) = self.extent(row);
        let at = from.checked_add(column).filter(|at| *at < to)?;
        let (end, state) = self.cells.get(at)?;
        let start = at.checked_sub(1).map_or(0, |before| self.cells[before].0);
        Some((self.text.get(start..*end)?, *state))
    }

    /// The first row, and the rows without it.
    pub(crate) fn split_first(mut self) -> (Vec<String>, Self) {
        let names = (0..self.width(0)).filter_map(|at| self.cell(0, at));
        let names: Vec<String> = names.map(|(text, _)| text.to_owned()).collect();
        let count = names.len();
        let cut = count.checked_sub(1).map_or(0, |last| self.cells[last].0);
        self.text.drain(..cut);
        self.cells.drain(..count);
        self.cells.iter_mut().for_each(|(end, _)| *end -= cut);
        self.rows.drain(..1);
        self.rows.iter_mut().for_each(|end| *end -= count);
        (names, self)
    }

    fn extent(&self, row: usize) -> (usize, usize) {
        let from = row.checked_sub(1).map_or(0, |before| self.rows[before]);
        (from, self.rows.get(row).copied().unwrap_or(from))
    }
}
