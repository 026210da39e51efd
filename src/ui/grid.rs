//! A grid of any size: only what is seen is in the document. Rows and columns are drawn from a
//! patch of cells that the owner supplies; the grid says which rectangle it wants.
//!
//! One tab stop (ARIA grid with `aria-activedescendant`), the whole keyboard, a rectangle of
//! selected cells. The drawn cells live in a sticky layer of the size of the port, and the scroll
//! bar belongs to an empty element behind it: so nothing moves before its text is there.

pub mod extent;
mod hit;
pub mod keys;
pub mod model;
mod port;
mod state;
pub mod track;
mod widths;

use leptos::{ev, html, prelude::*};

use keys::{Act, Cursor, Held};
use model::{Cell, Column, Patch, View, Words};
use state::Model;
use track::Track;

/// A virtual grid of rows and columns.
#[component]
pub fn Grid(
    /// Its own words.
    #[prop(into)]
    words: Signal<Words>,
    /// The columns.
    #[prop(into)]
    columns: Signal<Vec<Column>>,
    /// How many rows there are.
    #[prop(into)]
    rows: Signal<u64>,
    /// The cells that are there.
    #[prop(into)]
    patch: Signal<Patch>,
    /// The focused cell and the selection; the grid moves it.
    cursor: RwSignal<Option<Cursor>>,
    /// Asks for the cells of a rectangle.
    on_view: Callback<View>,
    /// Does what a key asks that the grid cannot do itself: copy, open.
    on_act: Callback<Act>,
) -> impl IntoView {
    let scroller = NodeRef::<html::Div>::new();
    let probe = NodeRef::<html::Div>::new();
    let port = port::watch(scroller, probe);
    let model = Model::new(columns, rows, patch, port);
    let id = port::unique_id();

    Effect::new(move |_| {
        let view = model.view.get();
        if view.rows.1 > view.rows.0 && view.columns.1 > view.columns.0 {
            on_view.run(view);
        }
    });

    let scrolled = move |_| {
        if let Some(element) = scroller.get_untracked() {
            model.scrolled(
                f64::from(element.scroll_top()),
                f64::from(element.scroll_left()),
            );
        }
    };
    let wheel = move |event: ev::WheelEvent| model.wheel(&event, scroller);
    let go = move |to: Cursor| {
        cursor.set(Some(to));
        model.reveal(to, scroller);
    };
    let keyed = move |event: ev::KeyboardEvent| {
        let held = Held {
            control: event.ctrl_key() || event.meta_key(),
            shift: event.shift_key(),
        };
        let at = cursor.get_untracked().unwrap_or_default();
        let Some(act) = keys::act(&event.key(), held, at, model.field()) else {
            return;
        };
        event.prevent_default();
        match act {
            Act::Move(to) => go(to),
            Act::All => cursor.set(Some(model.everything())),
            Act::Copy { .. } | Act::Open => on_act.run(act),
        }
    };
    let pressed = move |event: ev::PointerEvent| {
        if let Some(hit) = (event.button() == 0)
            .then(|| model.hit(&event, scroller))
            .flatten()
        {
            let at = cursor.get_untracked().filter(|_| event.shift_key());
            cursor.set(Some(hit.cursor(at, columns.with_untracked(Vec::len))));
        }
    };
    let dragged = move |event: ev::PointerEvent| {
        if event.buttons() & 1 == 1
            && let Some(hit) = model.hit(&event, scroller)
            && let Some(at) = cursor.get_untracked()
        {
            cursor.set(Some(hit.cursor(Some(at), columns.with_untracked(Vec::len))));
        }
    };
    let focused = move |_| {
        let empty = cursor.with_untracked(Option::is_none);
        if empty && rows.get_untracked() > 0 {
            cursor.set(Some(Cursor::default()));
        }
    };
    let active = {
        let id = id.clone();
        move || {
            let Cursor { row, column, .. } = cursor.get()?;
            let shown = model.shown.get();
            let seen = (shown.rows.0..shown.rows.1).contains(&row)
                && (shown.columns.0..shown.columns.1).contains(&column);
            seen.then(|| format!("{id}-{row}-{column}"))
        }
    };
    let drawn_rows = move || {
        let (start, end) = model.shown.get().rows;
        start..end
    };
    let drawn_columns = move || {
        let (start, end) = model.shown.get().columns;
        start..end
    };
    let heading = move |column: usize| {
        let facts = columns
            .with_untracked(|all| all.get(column).cloned())
            .unwrap_or_default();
        let title = format!("{} · {}", facts.name, facts.badge);
        view! {
            <div
                class="grid-heading"
                role="columnheader"
                aria-colindex=column + 2
                data-numeric=facts.numeric.then_some("true")
                title=title
            >
                <span class="grid-name">{facts.name}</span>
                <span class="grid-badge">{facts.badge}</span>
            </div>
        }
    };
    let row_view = move |row: u64| {
        let id = id.clone();
        let cell_view = move |column: usize| {
            let cell = move || {
                let found = patch.with(|patch| patch.cell(row, column).cloned());
                found.unwrap_or_default()
            };
            let cell = Memo::new(move |_| cell());
            let (numeric, label) = columns.with_untracked(|all| {
                all.get(column)
                    .map_or((false, false), |column| (column.numeric, column.label))
            });
            view! {
                <div
                    class="grid-cell"
                    role="gridcell"
                    id=format!("{id}-{row}-{column}")
                    aria-colindex=column + 2
                    aria-selected=move || selected(cursor.get(), row, column)
                    data-kind=move || cell.with(|cell: &Cell| cell.kind)
                    data-numeric=numeric.then_some("true")
                    data-label=label.then_some("true")
                    data-active=move || is_active(cursor.get(), row, column)
                >
                    {move || cell.with(|cell| cell.text.clone())}
                </div>
            }
        };
        view! {
            <div class="grid-row" role="row" aria-rowindex=row + 2>
                <div class="grid-number" role="rowheader" aria-colindex="1">
                    {grouped(row + 1)}
                </div>
                <div class="grid-cells" role="presentation">
                    <For each=drawn_columns key=|column| *column children=cell_view />
                </div>
            </div>
        }
    };

    view! {
        <div
            class="grid"
            role="grid"
            tabindex="0"
            node_ref=scroller
            aria-label=move || words.with(|words| words.label.clone())
            aria-rowcount=move || rows.get() + 1
            aria-colcount=move || columns.with(Vec::len) + 1
            aria-multiselectable="true"
            aria-activedescendant=active
            on:scroll=scrolled
            on:wheel=wheel
            on:keydown=keyed
            on:pointerdown=pressed
            on:pointermove=dragged
            on:focus=focused
            style:--grid-columns=move || model.template()
            style:--grid-corner=move || px(model.corner.get())
            style:--grid-x=move || px(model.shown.get().x)
            style:--grid-y=move || px(model.shown.get().y)
        >
            <div
                class="grid-extent"
                role="presentation"
                style:inline-size=move || px(model.corner.get() + model.track.with(Track::whole))
                style:block-size=move || px(port.get().head + model.extent.get().element())
            >
                <div
                    class="grid-layer"
                    role="presentation"
                    style:inline-size=move || px(port.get().width)
                    style:block-size=move || px(port.get().height)
                >
                    <div class="grid-head" role="row" aria-rowindex="1">
                        <div class="grid-number" role="columnheader" aria-colindex="1">
                            {move || words.with(|words| words.row.clone())}
                        </div>
                        <div class="grid-cells" role="presentation">
                            <For each=drawn_columns key=|column| *column children=heading />
                        </div>
                    </div>
                    <div class="grid-body" role="rowgroup">
                        <For each=drawn_rows key=|row| *row children=row_view />
                    </div>
                </div>
            </div>
            <div class="grid-probe" aria-hidden="true" node_ref=probe>"0000000000"</div>
        </div>
    }
}

fn selected(cursor: Option<Cursor>, row: u64, column: usize) -> &'static str {
    if cursor.is_some_and(|cursor| cursor.holds(row, column)) {
        "true"
    } else {
        "false"
    }
}

fn is_active(cursor: Option<Cursor>, row: u64, column: usize) -> Option<&'static str> {
    cursor
        .is_some_and(|at| (at.row, at.column) == (row, column))
        .then_some("true")
}

fn px(size: f64) -> String {
    format!("{size}px")
}

/// A row number with spaces between groups of three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{2009}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn row_numbers_are_grouped() {
        assert_eq!(grouped(1), "1");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1\u{2009}234\u{2009}567");
    }
}
