//! What the grid shows: columns and a patch of cells. The owner of the data fills them in.

/// A column's heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// Which column of the data it is: stays when columns are moved or hidden.
    pub key: u32,
    /// Its name.
    pub name: String,
    /// Its type, shown as a badge.
    pub badge: String,
    /// Whether its values stand on the right.
    pub numeric: bool,
    /// Whether it labels the rows.
    pub label: bool,
    /// The width that the user gave it, in pixels; none follows the text.
    pub width: Option<f64>,
    /// How the rows are sorted by it.
    pub sort: Option<Sorted>,
    /// Whether a filter is on it.
    pub filtered: bool,
}

/// How the rows are sorted by a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sorted {
    /// From the greatest to the least.
    pub descending: bool,
    /// Its place among the columns that are sorted by, from 1; none when it is the only one.
    pub rank: Option<usize>,
}

/// A cell as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// The value of `data-kind`, by which the stylesheet tells kinds apart.
    pub kind: &'static str,
}

/// A rectangle of cells beside the pinned columns of the same rows; what lies outside of it is not
/// there yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    /// First row and one behind the last.
    pub rows: (u64, u64),
    /// How many columns from the first on are there as pinned ones.
    pub pinned: usize,
    /// First column and one behind the last; not before the pinned ones.
    pub columns: (usize, usize),
    /// The cells, row by row.
    pub cells: Vec<Cell>,
}

impl Patch {
    /// The cell at a place of the whole grid.
    pub fn cell(&self, row: u64, column: usize) -> Option<&Cell> {
        if row >= self.rows.1 {
            return None;
        }
        let across = match column {
            pinned if pinned < self.pinned => pinned,
            moving if (self.columns.0..self.columns.1).contains(&moving) => {
                self.pinned + (moving - self.columns.0)
            }
            _ => return None,
        };
        let down = usize::try_from(row.checked_sub(self.rows.0)?).ok()?;
        let width = self.pinned + (self.columns.1 - self.columns.0);
        self.cells.get(down.checked_mul(width)? + across)
    }
}

/// The rectangle that the grid wants to show, with what it may need next around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// First row and one behind the last.
    pub rows: (u64, u64),
    /// How many columns from the first on are wanted as pinned ones.
    pub pinned: usize,
    /// First column and one behind the last; not before the pinned ones.
    pub columns: (usize, usize),
}

/// Words of the grid itself.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// The name of the grid.
    pub label: String,
    /// The heading of the row numbers.
    pub row: String,
    /// The name of the button that opens the menu of a column, from the column's name.
    pub menu: Option<fn(&str) -> String>,
    /// What a filter mark says.
    pub filtered: String,
}

/// The rectangle of cells that is drawn and how far it is shifted, in pixels.
///
/// It always lies inside the patch: while new cells are on their way the old ones stay, so that
/// scrolling never shows an empty frame.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shown {
    /// First row and one behind the last.
    pub rows: (u64, u64),
    /// How far the first row is shifted.
    pub y: f64,
    /// How many pinned columns are drawn.
    pub pinned: usize,
    /// First column behind the pinned ones and one behind the last.
    pub columns: (usize, usize),
    /// How far the first column is shifted.
    pub x: f64,
}

/// The part of `have` that is drawn for `want`, and whether all of `want` is in it.
pub fn held(want: (u64, u64), have: (u64, u64)) -> ((u64, u64), bool) {
    if have.0 <= want.0 && want.1 <= have.1 {
        return (want, true);
    }
    let count = (want.1 - want.0).min(have.1 - have.0);
    let start = want.0.clamp(have.0, have.1 - count);
    ((start, start + count), false)
}

/// `want` with one of its own lengths around it, on marks of `step`, so that it changes rarely.
pub fn around(want: (u64, u64), step: u64, items: u64) -> (u64, u64) {
    let length = want.1.saturating_sub(want.0);
    let start = want.0.saturating_sub(length) / step * step;
    let end = (want.1 + length).div_ceil(step) * step;
    (start, end.min(items))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_knows_only_its_own_cells() {
        let cells = (0..6)
            .map(|n| Cell {
                text: n.to_string(),
                kind: "number",
            })
            .collect();
        let patch = Patch {
            rows: (10, 12),
            pinned: 0,
            columns: (1, 4),
            cells,
        };
        assert_eq!(patch.cell(10, 1).map(|cell| cell.text.as_str()), Some("0"));
        assert_eq!(patch.cell(11, 3).map(|cell| cell.text.as_str()), Some("5"));
        assert_eq!(patch.cell(12, 1), None);
        assert_eq!(patch.cell(9, 1), None);
        assert_eq!(patch.cell(10, 0), None);
        assert_eq!(patch.cell(10, 4), None);
    }

    #[test]
    fn pinned_columns_stand_before_the_others() {
        let cells = (0..6)
            .map(|n| Cell {
                text: n.to_string(),
                kind: "number",
            })
            .collect();
        let patch = Patch {
            rows: (0, 2),
            pinned: 1,
            columns: (7, 9),
            cells,
        };
        let text = |row, column| patch.cell(row, column).map(|cell| cell.text.as_str());
        assert_eq!(
            [text(0, 0), text(0, 7), text(0, 8)],
            [Some("0"), Some("1"), Some("2")]
        );
        assert_eq!(
            [text(1, 0), text(1, 8), text(1, 1)],
            [Some("3"), Some("5"), None]
        );
    }

    #[test]
    fn what_is_drawn_never_leaves_the_patch() {
        assert_eq!(held((20, 40), (0, 100)), ((20, 40), true));
        assert_eq!(held((90, 110), (0, 100)), ((80, 100), false));
        assert_eq!(held((500, 520), (0, 100)), ((80, 100), false));
        assert_eq!(held((0, 20), (50, 60)), ((50, 60), false));
        assert_eq!(held((0, 20), (0, 0)), ((0, 0), false));
    }

    #[test]
    fn the_wanted_rows_have_a_margin_and_change_rarely() {
        assert_eq!(around((0, 20), 32, 1000), (0, 64));
        assert_eq!(around((5, 25), 32, 1000), (0, 64));
        assert_eq!(around((100, 120), 32, 1000), (64, 160));
        assert_eq!(around((980, 1000), 32, 1000), (960, 1000));
        assert_eq!(around((0, 0), 32, 0), (0, 0));
    }
}
