//! What lies under the pointer and what pressing there selects.

use super::keys::Cursor;

/// What lies under the pointer.
#[derive(Clone, Copy)]
pub(super) enum Hit {
    /// A cell.
    Cell(u64, usize),
    /// The number of a row.
    Row(u64),
}

impl Hit {
    /// The cursor after pressing; `extend` is the one to extend.
    pub(super) fn cursor(self, extend: Option<Cursor>, columns: usize) -> Cursor {
        let last = columns.saturating_sub(1);
        match (self, extend) {
            (Self::Cell(row, column), Some(at)) => Cursor { row, column, ..at },
            (Self::Cell(row, column), None) => Cursor::on(row, column),
            (Self::Row(row), extend) => Cursor {
                row,
                column: 0,
                from_row: extend.map_or(row, |at| at.from_row),
                from_column: last,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_number_selects_the_row() {
        let row = Hit::Row(4).cursor(None, 3);
        assert!(row.holds(4, 0) && row.holds(4, 2) && !row.holds(5, 0));
        let more = Hit::Row(6).cursor(Some(row), 3);
        assert!(more.holds(4, 1) && more.holds(6, 2));
    }
}
