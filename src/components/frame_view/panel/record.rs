//! The chosen row as a form: one line for each column, for tables that are wider than the screen.

use leptos::prelude::*;

use super::super::sight::Sight;
use crate::frames::{Answer, Cell, CellKind, Question};
use crate::text::sentences;
use crate::ui::grid::keys::Cursor;

/// So many columns are listed; the search finds the others.
const LISTED: usize = 400;

/// The row.
#[component]
pub fn RecordPanel(
    /// The frame and its arrangement.
    sight: Sight,
) -> impl IntoView {
    let t = sentences();
    let (cells, typed) = (
        RwSignal::new(Vec::<Cell>::new()),
        RwSignal::new(String::new()),
    );
    let row = Memo::new(move |_| {
        sight.seen.track();
        sight.cursor.get().map(|at| at.row)
    });
    Effect::new(move |_| {
        let Some(row_now) = row.get() else {
            cells.set(Vec::new());
            return;
        };
        sight
            .frame
            .question(Question::Record { row: row_now }, move |answer| {
                if let Answer::Record(found) = answer
                    && row.try_get_untracked().flatten() == Some(row_now)
                {
                    cells.try_set(found);
                }
            });
    });
    let step = move |down: bool| {
        let last = sight.rows.get_untracked().saturating_sub(1);
        sight.cursor.update(|at| {
            let now = at.unwrap_or_default();
            let row = match down {
                true => (now.row + 1).min(last),
                false => now.row.saturating_sub(1),
            };
            *at = Some(Cursor::on(row, now.column));
        });
    };
    let lines = Memo::new(move |_| {
        let wanted = typed.with(|text| text.trim().to_lowercase());
        let (columns, keys) = (
            sight.columns(),
            sight.seen.with(|seen| seen.columns.clone()),
        );
        let line = |(place, cell): (usize, Cell)| {
            let column = columns.get(*keys.get(place)? as usize)?;
            let fits = column.name.to_lowercase().contains(&wanted)
                || cell.text.to_lowercase().contains(&wanted);
            fits.then(|| (place, column.name.clone(), column.kind.clone(), cell))
        };
        let all = cells.get().into_iter().enumerate();
        all.filter_map(line).take(LISTED).collect::<Vec<_>>()
    });
    let place = move || {
        let text = &t.get().grid;
        row.get()
            .map(|row| (text.row_of)(&sight.number(row)))
            .unwrap_or_else(|| text.choose_row.to_owned())
    };
    let choose = move |column: usize| {
        sight.cursor.update(|at| {
            let row = at.unwrap_or_default().row;
            *at = Some(Cursor::on(row, column));
        });
    };
    let line = move |(place, name, kind, cell): (usize, String, String, Cell)| {
        let absent = (cell.kind == CellKind::Null || cell.text.is_empty()).then_some("true");
        let dots = if cell.cut.is_some() { "…" } else { "" };
        let text = move || match (cell.kind, cell.text.is_empty()) {
            (CellKind::Null, _) => "NULL".to_owned(),
            (CellKind::Text, true) => "''".to_owned(),
            _ => format!("{}{dots}", cell.text),
        };
        view! {
            <div>
                <dt>
                    <button type="button" class="frame-record-name" on:click=move |_| choose(place)>{name}</button>
                    <span class="grid-badge">{kind}</span>
                </dt>
                <dd data-absent=absent>{text}</dd>
            </div>
        }
    };
    view! {
        <p class="frame-side-lead">
            <span>{place}</span>
            <button type="button" class="icon-button" aria-label=move || t.get().grid.row_before on:click=move |_| step(false)>"↑"</button>
            <button type="button" class="icon-button" aria-label=move || t.get().grid.row_next on:click=move |_| step(true)>"↓"</button>
        </p>
        <input
            type="search"
            autocomplete="off"
            aria-label=move || t.get().grid.find_column
            placeholder=move || t.get().grid.find_column
            prop:value=move || typed.get()
            on:input=move |event| typed.set(event_target_value(&event))
        />
        <dl class="frame-record">{move || lines.get().into_iter().map(line).collect_view()}</dl>
    }
}
