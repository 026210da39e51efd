//! Which rows of a table, in which order: what a filter and a sort leave behind.

use crate::keys::{Lane, lane};
use crate::{Cell, Kind, Table, Window};
use std::ops::Range;

/// A view of a table's rows. Positions in the view count from 0; rows are rows of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    /// Every row, as the table has them; grows with the table.
    #[default]
    All,
    /// These rows, in this order.
    These(Vec<u32>),
}

impl Rows {
    /// How many rows the view of this table has by now.
    pub fn len(&self, table: &Table) -> u64 {
        match self {
            Self::All => table.rows(),
            Self::These(rows) => rows.len() as u64,
        }
    }

    /// Whether the view shows nothing.
    pub fn is_empty(&self, table: &Table) -> bool {
        self.len(table) == 0
    }

    /// The table's row at a position of the view.
    pub fn row(&self, position: u64) -> Option<u64> {
        match self {
            Self::All => Some(position),
            Self::These(rows) => {
                let at = usize::try_from(position).ok()?;
                rows.get(at).map(|&row| u64::from(row))
            }
        }
    }

    /// Where a row of the table stands in the view; looks through all of it unless it is in order.
    pub fn position(&self, row: u64) -> Option<u64> {
        match self {
            Self::All => Some(row),
            Self::These(rows) => {
                let row = u32::try_from(row).ok()?;
                rows.iter().position(|&one| one == row).map(|at| at as u64)
            }
        }
    }
}

impl Table {
    /// Positions of a view as text: `first_row` and `total_rows` count in the view.
    pub fn view(
        &self,
        rows: &Rows,
        positions: Range<u64>,
        columns: &[usize],
        cell_limit: usize,
    ) -> Window {
        let wanted: Vec<usize> = columns
            .iter()
            .copied()
            .filter(|&column| column < self.columns().len())
            .collect();
        let total_rows = rows.len(self);
        let end = positions.end.min(total_rows);
        let first_row = positions.start.min(end);
        let texts = (first_row..end).map(|position| {
            wanted
                .iter()
                .map(|&column| self.viewed(rows, position, column, cell_limit))
                .collect()
        });
        Window {
            first_row,
            total_rows,
            cell_limit,
            rows: texts.collect(),
            columns: wanted
                .iter()
                .map(|&column| self.columns()[column].clone())
                .collect(),
        }
    }

    /// A cell of a view. A row that the table does not have (a view of another table) is empty.
    fn viewed(&self, rows: &Rows, position: u64, column: usize, limit: usize) -> Cell {
        rows.row(position)
            .and_then(|row| self.cell(row, column, limit))
            .unwrap_or(Cell {
                text: String::new(),
                kind: Kind::Unknown,
                clipped: false,
                length: 0,
            })
    }
}

/// Calls with the keys of a column and places in them, for positions of a view in their order.
pub(crate) fn each(
    table: &Table,
    rows: &Rows,
    positions: Range<u64>,
    column: usize,
    mut call: impl FnMut(&Lane<'_>, Range<usize>),
) {
    let lane_of = |batch: usize| {
        let batch = table.batches().get(batch)?;
        batch
            .columns()
            .get(column)
            .map(|array| lane(array.as_ref()))
    };
    let start_of = |batch: usize| match batch.checked_sub(1) {
        Some(before) => table.ends()[before],
        None => 0,
    };
    let Rows::These(these) = rows else {
        for (batch, &end) in table.ends().iter().enumerate() {
            let start = start_of(batch);
            let (low, high) = (start.max(positions.start), end.min(positions.end));
            let array = table.batches()[batch].columns().get(column);
            if let Some(array) = array.filter(|_| low < high) {
                let count = (high - low) as usize;
                let part = array.slice((low - start) as usize, count);
                call(&lane(part.as_ref()), 0..count);
            }
        }
        return;
    };
    // Rows may jump between batches: what was made of a batch is kept.
    let mut lanes: Vec<Option<Lane<'_>>> = Vec::new();
    lanes.resize_with(table.batches().len(), || None);
    let (mut start, mut end, mut batch) = (0, 0, 0);
    let from = usize::try_from(positions.start).unwrap_or(usize::MAX);
    let to = usize::try_from(positions.end)
        .unwrap_or(usize::MAX)
        .min(these.len());
    for &row in these.get(from..to).unwrap_or_default() {
        let row = u64::from(row);
        if row < start || row >= end {
            batch = table.ends().partition_point(|&end| end <= row);
            let Some(&stop) = table.ends().get(batch) else {
                continue;
            };
            (start, end) = (start_of(batch), stop);
            if lanes[batch].is_none() {
                lanes[batch] = lane_of(batch);
            }
        }
        if let Some(lane) = &lanes[batch] {
            let at = (row - start) as usize;
            call(lane, at..at + 1);
        }
    }
}
