//! What the grid shows: columns and a patch of cells. The owner of the data fills them in.

/// A column's heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type, shown as a badge.
    pub badge: String,
    /// Whether its values stand on the right.
    pub numeric: bool,
    /// Whether it labels the rows.
    pub label: bool,
}

/// A cell as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// The value of `data-kind`, by which the stylesheet tells kinds apart.
    pub kind: &'static str,
}

/// A rectangle of cells; what lies outside of it is not there yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    /// First row and one behind the last.
    pub rows: (u64, u64),
    /// First column and one behind the last.
    pub columns: (usize, usize),
    /// The cells, row by row.
    pub cells: Vec<Cell>,
}

impl Patch {
    /// The cell at a place of the whole grid.
    pub fn cell(&self, row: u64, column: usize) -> Option<&Cell> {
        if row >= self.rows.1 || !(self.columns.0..self.columns.1).contains(&column) {
            return None;
        }
        let down = usize::try_from(row.checked_sub(self.rows.0)?).ok()?;
        let width = self.columns.1 - self.columns.0;
        self.cells
            .get(down.checked_mul(width)? + (column - self.columns.0))
    }
}

/// The rectangle that the grid wants to show, with what it may need next around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// First row and one behind the last.
    pub rows: (u64, u64),
    /// First column and one behind the last.
    pub columns: (usize, usize),
}

/// Words of the grid itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The name of the grid.
    pub label: String,
    /// The heading of the row numbers.
    pub row: String,
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
    /// First column and one behind the last.
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
