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
    /// Alt, or Option on a Mac: what it is held with is about the column.
    pub alt: bool,
    /// Control, or Command on a Mac.
    pub control: bool,
    /// Shift, which extends the selection.
    pub shift: bool,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq)]
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
    /// Text is looked for.
    Find,
    /// The menu of a column is opened.
    Menu {
        /// The column.
        column: usize,
        /// Where it begins, in pixels from the left of the grid; the grid fills it in.
        x: f64,
    },
    /// A column is sorted by; `add` keeps the columns that are sorted by already.
    Sort {
        /// The column.
        column: usize,
        /// Whether it comes behind the others.
        add: bool,
    },
    /// A column becomes so many pixels wide.
    Resize {
        /// The column.
        column: usize,
        /// The width; none follows the text.
        width: Option<f64>,
    },
    /// A column is made wider or narrower by one step.
    Step {
        /// The column.
        column: usize,
        /// Whether wider.
        wider: bool,
    },
    /// A column takes the place of another.
    Place {
        /// The column.
        column: usize,
        /// Where it goes.
        to: usize,
    },
}

/// What `key` does from `cursor`; none when the key is not the grid's.
pub fn act(key: &str, held: Held, cursor: Cursor, field: Field) -> Option<Act> {
    if field.rows == 0 || field.columns == 0 {
        return None;
    }
    let (last_row, last_column) = (field.rows - 1, field.columns - 1);
    let Cursor { row, column, .. } = cursor;
    if held.alt {
        return of_column(key, held, column, last_column);
    }
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
        (" ", true) => {
            return Some(Act::Move(Cursor {
                from_row: last_row,
                row: 0,
                ..Cursor::on(0, column)
            }));
        }
        (" ", false) if held.shift => {
            return Some(Act::Move(Cursor {
                from_column: last_column,
                ..Cursor::on(row, 0)
            }));
        }
        ("ContextMenu", false) | ("F10", false) if key != "F10" || held.shift => {
            return Some(Act::Menu { column, x: 0.0 });
        }
        ("f" | "F", true) => return Some(Act::Find),
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

/// What a key does to the focused column while Alt is held.
fn of_column(key: &str, held: Held, column: usize, last: usize) -> Option<Act> {
    match (key, held.shift) {
        ("ArrowDown", _) => Some(Act::Menu { column, x: 0.0 }),
        ("ArrowLeft", true) => Some(Act::Place {
            column,
            to: column.saturating_sub(1),
        }),
        ("ArrowRight", true) => Some(Act::Place {
            column,
            to: (column + 1).min(last),
        }),
        ("ArrowLeft" | "ArrowRight", false) => Some(Act::Step {
            column,
            wider: key == "ArrowRight",
        }),
        _ => None,
    }
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
                ..Held::default()
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
            shift: true,
            ..Held::default()
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
            ..Held::default()
        };
        let both = Held {
            control: true,
            shift: true,
            alt: false,
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

    #[test]
    fn alt_is_about_the_column() {
        let alt = Held {
            alt: true,
            ..Held::default()
        };
        let both = Held { shift: true, ..alt };
        let at = Cursor::on(3, 4);
        assert_eq!(
            act("ArrowDown", alt, at, FIELD),
            Some(Act::Menu { column: 4, x: 0.0 })
        );
        assert_eq!(
            act("ArrowRight", alt, at, FIELD),
            Some(Act::Step {
                column: 4,
                wider: true
            })
        );
        assert_eq!(
            act("ArrowLeft", both, at, FIELD),
            Some(Act::Place { column: 4, to: 3 })
        );
        assert_eq!(
            act("ArrowRight", both, at, FIELD),
            Some(Act::Place { column: 4, to: 4 })
        );
        assert_eq!(act("Home", alt, at, FIELD), None);
    }

    #[test]
    fn a_whole_row_or_column_is_selected() {
        let (control, shift) = (
            Held {
                control: true,
                ..Held::default()
            },
            Held {
                shift: true,
                ..Held::default()
            },
        );
        let at = Cursor::on(3, 2);
        let Some(Act::Move(column)) = act(" ", control, at, FIELD) else {
            panic!("no movement")
        };
        assert_eq!((column.rows(), column.columns()), ((0, 99), (2, 2)));
        let Some(Act::Move(row)) = act(" ", shift, at, FIELD) else {
            panic!("no movement")
        };
        assert_eq!((row.rows(), row.columns()), ((3, 3), (0, 4)));
        assert_eq!(
            act("F10", shift, at, FIELD),
            Some(Act::Menu { column: 2, x: 0.0 })
        );
        assert_eq!(act("F10", Held::default(), at, FIELD), None);
    }
}
