//! The keyboard of the grid: which key moves where. Pure, so that the table of keys is tested.

/// The cell that has the focus and the rectangle that is selected with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The row of the focused cell.
    pub row: u64,
    /// Its column.
    pub column: usize,
    /// The row where the selection began.
    pub from_row: u64,
    /// The column where the selection began.
    pub from_column: usize,
}

impl Cursor {
    /// A cursor on one cell, with nothing else selected.
    pub fn on(row: u64, column: usize) -> Self {
        Self {
            row,
            column,
            from_row: row,
            from_column: column,
        }
    }

    /// First and last selected row.
    pub fn rows(self) -> (u64, u64) {
        (self.row.min(self.from_row), self.row.max(self.from_row))
    }

    /// First and last selected column.
    pub fn columns(self) -> (usize, usize) {
        (
            self.column.min(self.from_column),
            self.column.max(self.from_column),
        )
    }

    /// Whether a cell is selected.
    pub fn holds(self, row: u64, column: usize) -> bool {
        let (top, bottom) = self.rows();
        let (left, right) = self.columns();
        (top..=bottom).contains(&row) && (left..=right).contains(&column)
    }
}

/// The size of the grid, as far as the keyboard cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// How many rows there are.
    pub rows: u64,
    /// How many columns.
    pub columns: usize,
    /// How many rows a page key moves.
    pub page: u64,
}

/// The modifier keys; Control and Command count as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Control, or Command on a Mac.
    pub control: bool,
    /// Shift, which extends the selection.
    pub shift: bool,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The cursor goes there.
    Move(Cursor),
    /// Everything is selected; the focused cell stays.
    All,
    /// The selection is copied, with or without the names of the columns.
    Copy {
        /// Whether the names of the columns come first.
        header: bool,
    },
    /// The focused cell is opened.
    Open,
}

/// What `key` does from `cursor`; none when the key is not the grid's.
pub fn act(key: &str, held: Held, cursor: Cursor, field: Field) -> Option<Act> {
    if field.rows == 0 || field.columns == 0 {
        return None;
    }
    let (last_row, last_column) = (field.rows - 1, field.columns - 1);
    let Cursor { row, column, .. } = cursor;
    let to = match (key, held.control) {
        ("ArrowUp", false) => (row.saturating_sub(1), column),
        ("ArrowDown", false) => (row + 1, column),
        ("ArrowLeft", false) => (row, column.saturating_sub(1)),
        ("ArrowRight", false) => (row, column + 1),
        ("ArrowUp", true) => (0, column),
        ("ArrowDown", true) => (last_row, column),
        ("ArrowLeft", true) | ("Home", false) => (row, 0),
        ("ArrowRight", true) | ("End", false) => (row, last_column),
        ("Home", true) => (0, 0),
        ("End", true) => (last_row, last_column),
        ("PageUp", false) => (row.saturating_sub(field.page), column),
        ("PageDown", false) => (row.saturating_add(field.page), column),
        ("a" | "A", true) => return Some(Act::All),
        ("c" | "C", true) => return Some(Act::Copy { header: held.shift }),
        ("Enter", false) => return Some(Act::Open),
        _ => return None,
    };
    let (row, column) = (to.0.min(last_row), to.1.min(last_column));
    Some(Act::Move(if held.shift {
        Cursor {
            row,
            column,
            ..cursor
        }
    } else {
        Cursor::on(row, column)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELD: Field = Field {
        rows: 100,
        columns: 5,
        page: 10,
    };

    fn go(key: &str, control: bool, from: (u64, usize)) -> (u64, usize) {
        match act(
            key,
            Held {
                control,
                shift: false,
            },
            Cursor::on(from.0, from.1),
            FIELD,
        ) {
            Some(Act::Move(to)) => (to.row, to.column),
            other => panic!("{key}: {other:?}"),
        }
    }

    #[test]
    fn every_movement_stays_inside() {
        let table = [
            ("ArrowUp", false, (0, 0), (0, 0)),
            ("ArrowUp", false, (5, 2), (4, 2)),
            ("ArrowDown", false, (99, 2), (99, 2)),
            ("ArrowLeft", false, (3, 0), (3, 0)),
            ("ArrowRight", false, (3, 4), (3, 4)),
            ("ArrowRight", false, (3, 3), (3, 4)),
            ("Home", false, (3, 3), (3, 0)),
            ("End", false, (3, 3), (3, 4)),
            ("Home", true, (3, 3), (0, 0)),
            ("End", true, (3, 3), (99, 4)),
            ("ArrowDown", true, (3, 3), (99, 3)),
            ("PageDown", false, (3, 3), (13, 3)),
            ("PageDown", false, (95, 3), (99, 3)),
            ("PageUp", false, (3, 3), (0, 3)),
        ];
        for (key, control, from, to) in table {
            assert_eq!(go(key, control, from), to, "{key} {control} {from:?}");
        }
    }

    #[test]
    fn shift_extends_and_a_plain_key_lets_go() {
        let shift = Held {
            control: false,
            shift: true,
        };
        let Some(Act::Move(wide)) = act("ArrowDown", shift, Cursor::on(2, 1), FIELD) else {
            panic!("no movement")
        };
        assert_eq!((wide.rows(), wide.columns()), ((2, 3), (1, 1)));
        assert!(wide.holds(2, 1) && wide.holds(3, 1) && !wide.holds(3, 2));
        let Some(Act::Move(one)) = act("ArrowUp", Held::default(), wide, FIELD) else {
            panic!("no movement")
        };
        assert_eq!(one, Cursor::on(2, 1));
    }

    #[test]
    fn copy_select_all_and_foreign_keys() {
        let control = Held {
            control: true,
            shift: false,
        };
        let both = Held {
            control: true,
            shift: true,
        };
        let at = Cursor::on(0, 0);
        assert_eq!(
            act("c", control, at, FIELD),
            Some(Act::Copy { header: false })
        );
        assert_eq!(act("C", both, at, FIELD), Some(Act::Copy { header: true }));
        assert_eq!(act("a", control, at, FIELD), Some(Act::All));
        assert_eq!(act("Enter", Held::default(), at, FIELD), Some(Act::Open));
        assert_eq!(act("Tab", Held::default(), at, FIELD), None);
        assert_eq!(act("c", Held::default(), at, FIELD), None);
        assert_eq!(
            act(
                "End",
                control,
                at,
                Field {
                    rows: 0,
                    columns: 5,
                    page: 1
                }
            ),
            None
        );
    }
}
