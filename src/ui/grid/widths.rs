//! The widths of the columns in characters, from the headings and the first rows.

use std::collections::BTreeMap;

use super::model::{Column, Patch};
use super::track::text_width;

/// How many rows of text are enough to decide.
pub(super) const SAMPLE: u64 = 20;
/// Narrowest and widest column.
const BOUNDS: (usize, usize) = (5, 44);
/// Room for the type, the marks and the menu beside the name.
const MARKS: usize = 5;

/// Widths in characters.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Widths {
    /// The width of each column, by its key, and from how many rows.
    known: BTreeMap<u32, (usize, u64)>,
    /// Whether every column has one from as many rows as there are, or from enough.
    pub(super) done: bool,
}

impl Widths {
    /// The widths after `before`. Once enough rows of a column were seen it stays as it is; while
    /// there were fewer, it may still grow.
    pub(super) fn next(
        before: Option<&Self>,
        columns: &[Column],
        patch: &Patch,
        rows: u64,
    ) -> Self {
        let mut now = before.cloned().unwrap_or_default();
        let sampled = patch.rows.1 - patch.rows.0;
        let held =
            |at: usize| at < patch.pinned || (patch.columns.0..patch.columns.1).contains(&at);
        for (at, column) in columns.iter().enumerate() {
            let (width, seen) = now.known.get(&column.key).copied().unwrap_or_default();
            if width > 0 && (seen >= SAMPLE || !held(at) || sampled <= seen) {
                continue;
            }
            let (found, sampled) = match held(at) {
                true => (measured(column, at, patch), sampled),
                false => (measured(column, at, &Patch::default()), 0),
            };
            now.known.insert(column.key, (width.max(found), sampled));
        }
        now.done = sampled >= SAMPLE.min(rows.max(1));
        now
    }

    /// The width of a column in characters.
    pub(super) fn of(&self, column: &Column) -> usize {
        self.known
            .get(&column.key)
            .map_or(BOUNDS.0, |(width, _)| *width)
    }
}

fn measured(column: &Column, at: usize, patch: &Patch) -> usize {
    let heading = text_width(&column.name) + text_width(&column.badge) + MARKS;
    let texts = (patch.rows.0..patch.rows.1.min(patch.rows.0 + 64))
        .filter_map(|row| patch.cell(row, at))
        .map(|cell| text_width(&cell.text) + 1);
    texts
        .chain([heading])
        .max()
        .unwrap_or(heading)
        .clamp(BOUNDS.0, BOUNDS.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::grid::model::Cell;

    fn columns(names: &[&str]) -> Vec<Column> {
        (0..)
            .zip(names)
            .map(|(key, name)| Column {
                key,
                name: (*name).into(),
                ..Column::default()
            })
            .collect()
    }

    fn patch(rows: u64, texts: &[&str]) -> Patch {
        let row = texts.iter().map(|text| Cell {
            text: (*text).into(),
            kind: "text",
        });
        Patch {
            rows: (0, rows),
            pinned: 0,
            columns: (0, texts.len()),
            cells: (0..rows).flat_map(|_| row.clone()).collect(),
        }
    }

    #[test]
    fn widths_follow_heading_and_text_within_bounds() {
        let columns = columns(&["id", "城市名称", "x"]);
        let widths = Widths::next(
            None,
            &columns,
            &patch(1, &["1", "上海", &"y".repeat(100)]),
            1,
        );
        let chars: Vec<usize> = columns.iter().map(|column| widths.of(column)).collect();
        assert_eq!(chars, [7, 13, 44]);
        assert!(widths.done);
        assert!(!Widths::next(None, &columns, &Patch::default(), 10).done);
    }

    #[test]
    fn columns_grow_until_enough_rows_were_seen() {
        let columns = columns(&["a"]);
        let few = Widths::next(None, &columns, &patch(6, &["123456789"]), 6);
        assert_eq!((few.of(&columns[0]), few.done), (10, true));
        let same = Widths::next(Some(&few), &columns, &patch(3, &["123456789012345"]), 6);
        assert_eq!(same.of(&columns[0]), 10);
        let more = Widths::next(Some(&few), &columns, &patch(30, &["123456789012345"]), 30);
        assert_eq!(more.of(&columns[0]), 16);
        let late = Widths::next(
            Some(&more),
            &columns,
            &patch(64, &["x".repeat(40).as_str()]),
            100,
        );
        assert_eq!(late, more);
    }

    #[test]
    fn a_moved_column_keeps_its_width() {
        let mut columns = columns(&["short", "long"]);
        let before = Widths::next(
            None,
            &columns,
            &patch(20, &["1", "12345678901234567890"]),
            20,
        );
        columns.reverse();
        let after = Widths::next(Some(&before), &columns, &patch(20, &["1", "2"]), 20);
        assert_eq!([after.of(&columns[0]), after.of(&columns[1])], [21, 10]);
    }
}
