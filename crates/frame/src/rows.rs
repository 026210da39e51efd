//! Which rows of a table, in which order: what a filter and a sort leave behind.

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
