//! The widths of the columns in characters, from the headings and the first rows.

use super::model::{Column, Patch};
use super::track::text_width;

/// How many rows of text are enough to decide.
pub(super) const SAMPLE: u64 = 20;
/// Narrowest and widest column.
const BOUNDS: (usize, usize) = (5, 44);

/// Widths in characters.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Widths {
    /// Of how many columns.
    pub(super) columns: usize,
    /// The width of each.
    pub(super) chars: Vec<usize>,
    /// Whether enough rows were seen: from then on nothing moves.
    pub(super) done: bool,
}

impl Widths {
    /// The widths for what is known.
    pub(super) fn of(columns: &[Column], patch: &Patch, rows: u64) -> Self {
        let chars = (columns.iter().enumerate())
            .map(|(at, column)| {
                let heading = text_width(&column.name) + text_width(&column.badge) + 2;
                let texts = (patch.rows.0..patch.rows.1.min(patch.rows.0 + 64))
                    .filter_map(|row| patch.cell(row, at))
                    .map(|cell| text_width(&cell.text) + 1);
                texts
                    .chain([heading])
                    .max()
                    .unwrap_or(heading)
                    .clamp(BOUNDS.0, BOUNDS.1)
            })
            .collect();
        let sampled = patch.rows.1 - patch.rows.0;
        Self {
            columns: columns.len(),
            chars,
            done: sampled >= SAMPLE.min(rows.max(1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::grid::model::Cell;

    #[test]
    fn widths_follow_heading_and_text_within_bounds() {
        let column = |name: &str| Column {
            name: name.into(),
            ..Column::default()
        };
        let columns = [column("id"), column("城市名称"), column("x")];
        let texts = ["1", "上海", &"y".repeat(100)];
        let cells = texts
            .iter()
            .map(|text| Cell {
                text: (*text).into(),
                kind: "text",
            })
            .collect();
        let patch = Patch {
            rows: (0, 1),
            columns: (0, 3),
            cells,
        };
        let widths = Widths::of(&columns, &patch, 1);
        assert_eq!(widths.chars, [5, 10, 44]);
        assert!(widths.done);
        assert!(!Widths::of(&columns, &Patch::default(), 10).done);
    }
}
