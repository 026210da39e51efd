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
    /// How many rows were seen.
    sampled: u64,
    /// Whether as many were seen as there are, or enough.
    pub(super) done: bool,
}

impl Widths {
    /// The widths after `before`. Once enough rows were seen nothing moves; while there were fewer,
    /// columns may still grow.
    pub(super) fn next(
        before: Option<&Self>,
        columns: &[Column],
        patch: &Patch,
        rows: u64,
    ) -> Self {
        let before = before.filter(|before| before.done && before.columns == columns.len());
        let Some(before) = before else {
            return Self::of(columns, patch, rows);
        };
        if before.sampled >= SAMPLE || patch.rows.1 - patch.rows.0 <= before.sampled {
            return before.clone();
        }
        let mut now = Self::of(columns, patch, rows);
        for (width, before) in now.chars.iter_mut().zip(&before.chars) {
            *width = (*width).max(*before);
        }
        // What is seen of many columns may be few of them: the others keep their width.
        now.done = true;
        now
    }

    fn of(columns: &[Column], patch: &Patch, rows: u64) -> Self {
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
            sampled,
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
    #[test]
    fn columns_grow_until_enough_rows_were_seen() {
        let columns = [Column {
            name: "a".into(),
            ..Column::default()
        }];
        let patch = |rows: u64, text: &str| {
            let cells = (0..rows)
                .map(|_| Cell {
                    text: text.into(),
                    kind: "text",
                })
                .collect();
            Patch {
                rows: (0, rows),
                columns: (0, 1),
                cells,
            }
        };
        let few = Widths::next(None, &columns, &patch(6, "123456789"), 6);
        assert_eq!((few.chars[0], few.done), (10, true));
        let same = Widths::next(Some(&few), &columns, &patch(3, "123456789012345"), 6);
        assert_eq!(same, few);
        let more = Widths::next(Some(&few), &columns, &patch(30, "123456789012345"), 30);
        assert_eq!(more.chars[0], 16);
        let late = Widths::next(Some(&more), &columns, &patch(64, &"x".repeat(40)), 100);
        assert_eq!(late, more);
    }
}
