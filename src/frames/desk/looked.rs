//! What is looked at in one frame: the arrangement that is shown, the one that is on its way, and
//! the rectangle of cells that the page asked for last.

use frame::{Rows, Table};

use super::super::load::Load;
use super::super::{FrameId, Refusal, Span, Tell, View, Window};
use super::{cell, to_index};

/// How many characters of a cell a window carries; the whole text is had by a question.
const CELL: usize = 240;
/// How many cells one window carries at most: a question for more is a mistake.
const CELLS: u64 = 100_000;
/// How many rows are filtered in one go.
const BUDGET: u64 = 250_000;

/// What is looked at.
#[derive(Default)]
pub(super) struct Looked {
    now: Sifted,
    coming: Option<Sifted>,
    wanted: Option<Wanted>,
    /// How many rows there were when it was settled last.
    seen: u64,
    settled: bool,
}

#[derive(Clone, Copy)]
struct Wanted {
    rows: Span,
    pinned: u64,
    columns: Span,
}

/// The rows that an arrangement shows, as far as they are known.
#[derive(Default)]
struct Sifted {
    epoch: u32,
    view: View,
    rows: Rows,
    /// Where a sort follows: what the filter kept, in the table's order.
    kept: Vec<u32>,
    /// The row that the filter comes to next.
    next_row: u64,
    /// How many rows the table had when they were sorted.
    sorted: u64,
}

/// How far an arrangement came.
enum Come {
    /// All rows that the table has by now are in it.
    Whole { changed: bool },
    /// More have to be filtered.
    Part,
}

impl Looked {
    /// Shows something else as soon as it is known.
    pub(super) fn arrange(&mut self, epoch: u32, view: View) {
        self.coming = Some(Sifted {
            epoch,
            view,
            ..Sifted::default()
        });
    }

    /// Filters and sorts anew: what is kept depends on the zone of typed times.
    pub(super) fn again(&mut self) {
        let view = std::mem::take(&mut self.now.view);
        self.now = Sifted {
            epoch: self.now.epoch,
            view,
            ..Sifted::default()
        };
        self.settled = false;
    }

    /// Keeps in mind which cells are on the screen.
    pub(super) fn want(&mut self, rows: Span, pinned: u64, columns: Span) {
        self.wanted = Some(Wanted {
            rows,
            pinned,
            columns,
        });
    }

    /// Which arrangement is shown.
    pub(super) fn epoch(&self) -> u32 {
        self.now.epoch
    }

    /// How many rows are shown.
    pub(super) fn len(&self, table: &Table) -> u64 {
        self.now.rows.len(table)
    }

    /// The rows that are shown.
    pub(super) fn rows(&self) -> &Rows {
        &self.now.rows
    }

    /// What is shown.
    pub(super) fn view(&self) -> &View {
        &self.now.view
    }

    /// The columns that are shown, as places in the table.
    pub(super) fn columns(&self, table: &Table) -> Vec<usize> {
        let all = table.columns().len();
        match &self.now.view.columns {
            None => (0..all).collect(),
            Some(columns) => (columns.iter())
                .map(|column| *column as usize)
                .filter(|column| *column < all)
                .collect(),
        }
    }

    /// Whether nothing is left to filter or to sort for now.
    pub(super) fn settled(&self) -> bool {
        self.settled
    }

    /// Filters and sorts what has come, a bounded part of it.
    pub(super) fn settle(&mut self, frame: FrameId, load: &Load) -> Vec<Tell> {
        let Some(table) = load.table() else {
            self.settled = true;
            return Vec::new();
        };
        let runs = load.progress().phase.runs();
        let mut tells = Vec::new();
        if let Some(mut coming) = self.coming.take() {
            let epoch = coming.epoch;
            match coming.advance(table, runs) {
                Err(refusal) => {
                    let refusal = Some(refusal);
                    tells.push(Tell::Arranged {
                        frame,
                        epoch,
                        refusal,
                    });
                }
                Ok(Come::Part) => {
                    self.coming = Some(coming);
                    self.settled = false;
                    return tells;
                }
                Ok(Come::Whole { .. }) => {
                    self.now = coming;
                    tells.extend(self.shown(frame, load));
                }
            }
        }
        let come = self.now.advance(table, runs);
        self.settled = !matches!(come, Ok(Come::Part));
        // Rows that were asked for before they were there are told as soon as they are.
        let length = self.len(table);
        let waits = self
            .wanted
            .is_some_and(|wanted| self.seen < wanted.rows.end);
        let came = waits && length > self.seen;
        self.seen = length;
        if came || matches!(come, Ok(Come::Whole { changed: true })) {
            tells.extend(self.window(frame, load));
        }
        tells
    }

    /// Tells that this arrangement is shown from now on, with its cells.
    pub(super) fn shown(&self, frame: FrameId, load: &Load) -> Vec<Tell> {
        let arranged = Tell::Arranged {
            frame,
            epoch: self.now.epoch,
            refusal: None,
        };
        let window = self.window(frame, load);
        [arranged].into_iter().chain(window).collect()
    }

    /// The cells that were asked for last, as far as they are there.
    pub(super) fn window(&self, frame: FrameId, load: &Load) -> Option<Tell> {
        let (table, wanted) = (load.table()?, self.wanted?);
        let all = self.columns(table);
        let count = all.len() as u64;
        let pinned = wanted.pinned.min(count);
        let columns = Span::new(wanted.columns.start.max(pinned), wanted.columns.end).below(count);
        let length = self.len(table);
        let most = CELLS / (pinned + columns.len()).max(1);
        let height = wanted.rows.len().min(most);
        // After a filter there may be fewer rows than were looked at.
        let start = match wanted.rows.start < length {
            true => wanted.rows.start,
            false => length.saturating_sub(height),
        };
        let rows = Span::new(start, start.saturating_add(height)).below(length);
        let places = (0..pinned).chain(columns.start..columns.end);
        let places: Vec<usize> = places
            .filter_map(|place| all.get(to_index(place)).copied())
            .collect();
        let text = table.view(&self.now.rows, rows.start..rows.end, &places, CELL);
        let window = Window {
            epoch: self.now.epoch,
            total: length,
            rows,
            pinned,
            columns,
            cells: text.rows.into_iter().flatten().map(cell).collect(),
        };
        Some(Tell::Window { frame, window })
    }
}

impl Sifted {
    fn advance(&mut self, table: &Table, runs: bool) -> Result<Come, Refusal> {
        let (filtered, ordered) = (!self.view.conditions.is_empty(), !self.view.keys.is_empty());
        if !filtered && !ordered {
            self.rows = Rows::All;
            return Ok(Come::Whole { changed: false });
        }
        if table.rows() < self.next_row || table.rows() < self.sorted {
            // The frame began again.
            (self.next_row, self.sorted) = (0, 0);
            self.kept.clear();
            self.rows = Rows::These(Vec::new());
        }
        if filtered {
            let conditions = &self.view.conditions;
            let found = table
                .select(conditions, self.next_row, BUDGET)
                .map_err(Refusal::Filter)?;
            self.next_row = found.next_row;
            match (ordered, &mut self.rows) {
                (true, _) => self.kept.extend(found.rows),
                (false, Rows::These(rows)) => rows.extend(found.rows),
                (false, rows) => *rows = Rows::These(found.rows),
            }
            if self.next_row < table.rows() {
                return Ok(Come::Part);
            }
        }
        if ordered {
            return self.order(table, runs, filtered);
        }
        Ok(Come::Whole { changed: false })
    }

    /// Sorts again when enough rows have come, and when all have.
    fn order(&mut self, table: &Table, runs: bool, filtered: bool) -> Result<Come, Refusal> {
        let rows = table.rows();
        let first = self.sorted == 0 && matches!(self.rows, Rows::All);
        let enough = rows >= self.sorted.saturating_add(self.sorted / 2) || !runs;
        let mut changed = false;
        if first || (rows != self.sorted && enough) {
            let base = match filtered {
                true => Rows::These(std::mem::take(&mut self.kept)),
                false => Rows::All,
            };
            let sorted = table.sort(&base, &self.view.keys).map_err(Refusal::Sort)?;
            if let Rows::These(kept) = base {
                self.kept = kept;
            }
            self.rows = Rows::These(sorted);
            self.sorted = rows;
            changed = true;
        }
        Ok(Come::Whole { changed })
    }
}
