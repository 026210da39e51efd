//! The value of the chosen cell under the grid: a cell of the grid is one cut line.

use leptos::prelude::*;

use super::sight::Sight;
use crate::format;
use crate::frames::{Cell, CellKind, Window};
use crate::text::sentences;
use crate::ui::grid::keys::Cursor;

/// The chosen cell, as text.
#[component]
pub fn Value(
    /// The frame and its arrangement.
    sight: Sight,
) -> impl IntoView {
    let t = sentences();
    let (frame, cursor) = (sight.frame, sight.cursor);
    let place = move || {
        let at = cursor.get()?;
        let key = sight
            .seen
            .with(|seen| seen.columns.get(at.column).copied())?;
        Some((at, sight.column(key)?))
    };
    let heading = move || {
        let text = &t.get().tables.frame;
        place().map_or(text.choose.to_owned(), |(at, column)| {
            (text.value)(
                &sight.number(at.row),
                &format!("{} {}", column.name, column.kind),
            )
        })
    };
    let cell = move || {
        let (at, _) = place()?;
        frame.window.with(|window| find(window, at))
    };
    let text_of = move || {
        let text = &t.get().tables.frame;
        let cell = cell()?;
        Some(match (cell.kind, cell.text.is_empty()) {
            (CellKind::Null, _) => text.value_null.to_owned(),
            (CellKind::Text, true) => text.value_empty.to_owned(),
            _ => cell.text,
        })
    };
    let absent = move || {
        let absent = |cell: Cell| {
            cell.kind == CellKind::Null || (cell.kind == CellKind::Text && cell.text.is_empty())
        };
        cell().is_some_and(absent).then_some("true")
    };
    let cut = move || {
        let cell = cell()?;
        let (shown, all) = (cell.text.chars().count() as u64, cell.cut?);
        Some((t.get().tables.frame.value_cut)(
            &format::grouped(shown),
            &format::grouped(all),
        ))
    };
    view! {
        <div class="frame-value" data-empty=move || cursor.get().is_none().then_some("true")>
            <span class="frame-value-place" title=move || t.get().tables.frame.keys>{heading}</span>
            <span class="frame-value-text" data-absent=absent dir="auto">{text_of}</span>
            <span class="frame-value-cut">{cut}</span>
        </div>
    }
}

fn find(window: &Window, at: Cursor) -> Option<Cell> {
    let column = u64::try_from(at.column).ok()?;
    if !(window.rows.start..window.rows.end).contains(&at.row) {
        return None;
    }
    let across = match column < window.pinned {
        true => column,
        false if (window.columns.start..window.columns.end).contains(&column) => {
            window.pinned + column - window.columns.start
        }
        false => return None,
    };
    let width = window.pinned + window.columns.len();
    let index = (at.row - window.rows.start)
        .checked_mul(width)?
        .checked_add(across)?;
    window.cells.get(usize::try_from(index).ok()?).cloned()
}
