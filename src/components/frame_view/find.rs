//! Finds text in the cells: the next one, the one before, and how many there are.

use leptos::{ev, html, prelude::*};

use super::sight::Sight;
use crate::format;
use crate::frames::{Answer, Question};
use crate::text::sentences;
use crate::ui::grid::keys::Cursor;

/// How far a search came.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Came {
    cells: u64,
    rows: u64,
    done: bool,
    /// The search for the next one has come to this row.
    at: Option<u64>,
    /// There is none in this direction.
    none: bool,
}

/// The search field.
#[component]
pub fn Find(
    /// The frame and its arrangement.
    sight: Sight,
) -> impl IntoView {
    let t = sentences();
    let node = NodeRef::<html::Input>::new();
    let (text, came) = (RwSignal::new(String::new()), RwSignal::new(Came::default()));
    let count = move || {
        let text = text.get_untracked();
        came.set(Came::default());
        if text.is_empty() {
            return;
        }
        let question = Question::Count { text, case: false };
        sight.frame.question(question, move |answer| {
            if let Answer::Counted { cells, rows, done } = answer {
                came.try_update(|came| (came.cells, came.rows, came.done) = (cells, rows, done));
            }
        });
    };
    let next = move |forward: bool| {
        let text = text.get_untracked();
        let rows = sight.rows.get_untracked();
        if text.is_empty() || rows == 0 {
            return;
        }
        let columns = sight.seen.with_untracked(|seen| seen.columns.len() as u64);
        let at = sight.cursor.get_untracked();
        let from = beside(at, forward, rows, columns);
        came.update(|came| (came.at, came.none) = (None, false));
        let question = Question::Find {
            text,
            case: false,
            row: from.0,
            column: from.1,
            forward,
        };
        sight.frame.question(question, move |answer| match answer {
            Answer::Searching { row } => {
                came.try_update(|came| came.at = Some(row));
            }
            Answer::Found { at } => {
                came.try_update(|came| (came.at, came.none) = (None, at.is_none()));
                if let Some((row, column)) = at {
                    let column = usize::try_from(column).unwrap_or(usize::MAX);
                    sight.cursor.try_set(Some(Cursor::on(row, column)));
                }
            }
            _ => {}
        });
    };
    let typed = move |event: ev::Event| {
        text.set(event_target_value(&event));
        count();
    };
    let keyed = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            next(!event.shift_key());
        }
        "Escape" => {
            text.set(String::new());
            count();
        }
        _ => {}
    };
    // Other rows are searched anew; what is found in other columns too.
    Effect::new(move |before: Option<()>| {
        sight.seen.track();
        if before.is_some() {
            count();
        }
    });
    let said = move || {
        let words = &t.get().grid;
        let came = came.get();
        if text.with(String::is_empty) {
            return String::new();
        }
        match (came.at, came.none, came.done) {
            (Some(row), ..) => (words.find_at)(&sight.number(row)),
            (_, true, _) => words.find_none.to_owned(),
            (_, _, done) => (words.find_count)(&format::grouped(came.cells), done),
        }
    };
    view! {
        <div class="frame-find">
            <input
                type="search"
                node_ref=node
                autocomplete="off"
                spellcheck="false"
                aria-label=move || t.get().grid.find
                placeholder=move || t.get().grid.find
                title=move || t.get().grid.find_keys
                prop:value=move || text.get()
                on:input=typed
                on:keydown=keyed
            />
            <button type="button" class="icon-button" aria-label=move || t.get().grid.find_before on:click=move |_| next(false)>"↑"</button>
            <button type="button" class="icon-button" aria-label=move || t.get().grid.find_next on:click=move |_| next(true)>"↓"</button>
            <output class="frame-find-said">{said}</output>
        </div>
    }
}

/// The cell next to the chosen one, row by row; the first or the last one where none is chosen.
fn beside(at: Option<Cursor>, forward: bool, rows: u64, columns: u64) -> (u64, u64) {
    let last = (rows.saturating_sub(1), columns.saturating_sub(1));
    let Some(at) = at.map(|at| (at.row, at.column as u64)) else {
        return if forward { (0, 0) } else { last };
    };
    match forward {
        true if at.1 < last.1 => (at.0, at.1 + 1),
        true if at.0 < last.0 => (at.0 + 1, 0),
        true => (0, 0),
        false if at.1 > 0 => (at.0, at.1 - 1),
        false if at.0 > 0 => (at.0 - 1, last.1),
        false => last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_begins_beside_the_chosen_cell_and_goes_round() {
        let at = |row, column| Some(Cursor::on(row, column));
        assert_eq!(beside(None, true, 3, 2), (0, 0));
        assert_eq!(beside(None, false, 3, 2), (2, 1));
        assert_eq!(beside(at(0, 0), true, 3, 2), (0, 1));
        assert_eq!(beside(at(0, 1), true, 3, 2), (1, 0));
        assert_eq!(beside(at(2, 1), true, 3, 2), (0, 0));
        assert_eq!(beside(at(1, 0), false, 3, 2), (0, 1));
        assert_eq!(beside(at(0, 0), false, 3, 2), (2, 1));
    }
}
