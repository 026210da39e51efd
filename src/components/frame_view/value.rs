//! The whole value of the chosen cell under the grid: a cell of the grid is one cut line.

use leptos::prelude::*;

use crate::api::frames::Frame;
use crate::format;
use crate::frames::{Cell, CellKind, Window};
use crate::text::sentences;
use crate::ui::grid::keys::Cursor;

/// The chosen cell, as text.
#[component]
pub fn Value(
    /// The frame.
    frame: Frame,
    /// The chosen cell.
    cursor: RwSignal<Option<Cursor>>,
    /// The cell whose uncut text was asked for, and the ticket of the answer.
    whole: RwSignal<Option<(Cursor, u32)>>,
) -> impl IntoView {
    let t = sentences();
    let place = move || {
        let at = cursor.get()?;
        let column = frame
            .head
            .with(|head| head.as_ref()?.columns.get(at.column).cloned())?;
        Some((at, column))
    };
    let heading = move || {
        let text = &t.get().tables.frame;
        place().map_or(text.choose.to_owned(), |(at, column)| {
            (text.value)(
                &format::grouped(at.row + 1),
                &format!("{} {}", column.name, column.kind),
            )
        })
    };
    let cell = move || {
        let (at, _) = place()?;
        frame.window.with(|window| find(window, at))
    };
    let uncut = move || {
        let (asked, ticket) = whole.get()?;
        let same = cursor
            .get()
            .is_some_and(|at| (at.row, at.column) == (asked.row, asked.column));
        let copied = frame
            .copied
            .get()
            .filter(|copied| same && copied.ticket == ticket)?;
        Some(copied.text)
    };
    let text_of = move || {
        let text = &t.get().tables.frame;
        let cell = cell()?;
        Some(match (cell.kind, cell.text.is_empty()) {
            (CellKind::Null, _) => text.value_null.to_owned(),
            (CellKind::Text, true) => text.value_empty.to_owned(),
            _ => uncut().unwrap_or(cell.text),
        })
    };
    let absent = move || {
        let absent = |cell: Cell| {
            cell.kind == CellKind::Null || (cell.kind == CellKind::Text && cell.text.is_empty())
        };
        cell().is_some_and(absent).then_some("true")
    };
    let cut = move || {
        let all = cell()?.cut.filter(|_| uncut().is_none())?;
        let shown = cell()?.text.chars().count() as u64;
        Some((t.get().tables.frame.value_cut)(
            &format::grouped(shown),
            &format::grouped(all),
        ))
    };
    view! {
        <div class="frame-value" data-empty=move || cursor.get().is_none().then_some("true")>
            <span class="frame-value-place" title=move || t.get().tables.frame.keys>{heading}</span>
            <span class="frame-value-text" data-absent=absent>{text_of}</span>
            <span class="frame-value-cut">{cut}</span>
        </div>
    }
}

fn find(window: &Window, at: Cursor) -> Option<Cell> {
    let column = u64::try_from(at.column).ok()?;
    let inside = (window.rows.start..window.rows.end).contains(&at.row)
        && (window.columns.start..window.columns.end).contains(&column);
    if !inside {
        return None;
    }
    let down = (at.row - window.rows.start).checked_mul(window.columns.len())?;
    let index = down.checked_add(column - window.columns.start)?;
    window.cells.get(usize::try_from(index).ok()?).cloned()
}
