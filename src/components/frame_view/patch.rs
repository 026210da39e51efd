//! Headings and cells as the grid takes them.

use leptos::prelude::*;

use super::sight::Sight;
use crate::frames::{CellKind, Window};
use crate::ui::grid::model::{Cell, Column, Patch, Sorted};

/// The headings of what is seen.
pub(super) fn columns(sight: Sight) -> Vec<Column> {
    let all = sight.columns();
    sight.seen.with(|seen| {
        let column = |key: &u32| {
            let column = all.get(*key as usize)?;
            let place = *key as usize;
            let sort = seen.keys.iter().position(|one| one.column == place);
            Some(Column {
                key: *key,
                name: column.name.clone(),
                badge: column.kind.clone(),
                numeric: column.numeric,
                label: column.index,
                width: sight.layout.with(|layout| layout.width(*key)),
                sort: sort.map(|at| Sorted {
                    descending: seen.keys[at].descending,
                    rank: (seen.keys.len() > 1).then_some(at + 1),
                }),
                filtered: seen.conditions.iter().any(|one| one.column == place),
            })
        };
        seen.columns.iter().filter_map(column).collect()
    })
}

/// The cells of a window. What is absent, what is empty and the word NULL look different.
pub(super) fn patch(window: &Window) -> Patch {
    let cell = |cell: &crate::frames::Cell| match (cell.kind, cell.text.as_str()) {
        (CellKind::Null, _) => Cell {
            text: "NULL".to_owned(),
            kind: "null",
        },
        (CellKind::Text, "") => Cell {
            text: "''".to_owned(),
            kind: "empty",
        },
        (kind, text) => {
            let dots = if cell.cut.is_some() { "…" } else { "" };
            Cell {
                text: format!("{}{dots}", one_line(text)),
                kind: kind_word(kind),
            }
        }
    };
    Patch {
        rows: (window.rows.start, window.rows.end),
        pinned: to_index(window.pinned),
        columns: (to_index(window.columns.start), to_index(window.columns.end)),
        cells: window.cells.iter().map(cell).collect(),
    }
}

fn to_index(column: u64) -> usize {
    usize::try_from(column).unwrap_or(usize::MAX)
}

/// Line breaks, tabs and other control characters as marks: a row of the grid is one line, and what
/// turns the direction of text may not turn that of the row.
fn one_line(text: &str) -> String {
    let plain = |c: char| !c.is_control() && !is_direction(c);
    if text.chars().all(plain) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' => out.push('↵'),
            '\t' => out.push('⇥'),
            c if u32::from(c) < 0x20 => {
                out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'));
            }
            c if c.is_control() || is_direction(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// The marks that embed, override or isolate a direction.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}')
}

fn kind_word(kind: CellKind) -> &'static str {
    match kind {
        CellKind::Text => "text",
        CellKind::Number => "number",
        CellKind::NotFinite => "not-finite",
        CellKind::Truth => "truth",
        CellKind::Moment => "moment",
        CellKind::Bytes => "bytes",
        CellKind::Nested => "nested",
        CellKind::Null => "null",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frames::Span;

    #[test]
    fn absent_empty_and_the_word_null_look_different() {
        let cell = |text: &str, kind| crate::frames::Cell {
            text: text.into(),
            kind,
            cut: None,
        };
        let window = Window {
            rows: Span::new(0, 1),
            columns: Span::new(0, 5),
            cells: vec![
                cell("", CellKind::Null),
                cell("", CellKind::Text),
                cell("NULL", CellKind::Text),
                cell("NaN", CellKind::NotFinite),
                cell("a\nb", CellKind::Text),
            ],
            ..Window::default()
        };
        let patch = patch(&window);
        let shown: Vec<_> = patch
            .cells
            .iter()
            .map(|cell| (cell.text.as_str(), cell.kind))
            .collect();
        assert_eq!(
            shown,
            [
                ("NULL", "null"),
                ("''", "empty"),
                ("NULL", "text"),
                ("NaN", "not-finite"),
                ("a↵b", "text")
            ]
        );
    }

    #[test]
    fn control_characters_and_turned_text_stay_in_their_line() {
        assert_eq!(one_line("a\r\nb\tc"), "a↵b⇥c");
        assert_eq!(one_line("x\u{0}y\u{1b}z"), "x\u{2400}y\u{241b}z");
        assert_eq!(one_line("a\u{202e}cba\u{202c}"), "a\u{fffd}cba\u{fffd}");
        assert_eq!(one_line("销售 שלום"), "销售 שלום");
    }
}
