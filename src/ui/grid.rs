//! A grid of any size: only what is seen is in the document. Rows and columns are drawn from a
//! patch of cells that the owner supplies; the grid says which rectangle it wants.
//!
//! One tab stop (ARIA grid with `aria-activedescendant`), the whole keyboard, a rectangle of
//! selected cells. The drawn cells live in a sticky layer of the size of the port, and the scroll
//! bar belongs to an empty element behind it: so nothing moves before its text is there.

pub mod extent;
pub mod head;
mod hit;
pub mod keys;
pub mod model;
mod paint;
mod port;
mod state;
pub mod track;
mod widths;

use leptos::{ev, html, prelude::*};

use head::{Head, Headings, Strip};
use keys::{Act, Cursor, Held};
use model::{Column, Patch, Shown, View, Words};
use paint::{Painter, Scene, active_id, px};
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
    /// How many columns from the first on stay while the others move.
    #[prop(optional, into)]
    pinned: Signal<usize>,
    /// How many rows there are.
    #[prop(into)]
    rows: Signal<u64>,
    /// How many rows come before the first one: they count in the numbers of the rows.
    #[prop(optional, into)]
    first: Signal<u64>,
    /// The cells that are there.
    #[prop(into)]
    patch: Signal<Patch>,
    /// The focused cell and the selection; the grid moves it.
    cursor: RwSignal<Option<Cursor>>,
    /// Asks for the cells of a rectangle.
    on_view: Callback<View>,
    /// Does what a key or the headings ask that the grid cannot do itself.
    on_act: Callback<Act>,
    /// What stands under the name of a column.
    #[prop(optional_no_strip)]
    strip: Option<Strip>,
) -> impl IntoView {
    let scroller = NodeRef::<html::Div>::new();
    let probe = NodeRef::<html::Div>::new();
    let body = NodeRef::<html::Div>::new();
    let head_node = NodeRef::<html::Div>::new();
    let port = port::watch(scroller, head_node, probe);
    let model = Model::new(columns, pinned, rows, first, patch, port);
    let id = port::unique_id();

    Effect::new(move |_| {
        let view = model.view.get();
        let some = view.pinned > 0 || view.columns.1 > view.columns.0;
        if view.rows.1 > view.rows.0 && some {
            on_view.run(view);
        }
    });
    let scene = move || (model.shown.get(), cursor.get(), first.get());
    draw(body, id.clone(), scene, columns, patch);
    Effect::new(move |_| {
        // A cursor that somebody else moved is followed too; a selection of everything is not.
        let last = rows.get_untracked().saturating_sub(1);
        if let Some(at) = cursor
            .get()
            .filter(|at| last == 0 || at.rows() != (0, last))
        {
            model.reveal(at, scroller);
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
    let keyed = move |event: ev::KeyboardEvent| {
        let held = Held {
            alt: event.alt_key(),
            control: event.ctrl_key() || event.meta_key(),
            shift: event.shift_key(),
        };
        let at = cursor.get_untracked().unwrap_or_default();
        let Some(act) = keys::act(&event.key(), held, at, model.field()) else {
            return;
        };
        event.prevent_default();
        match act {
            Act::Move(to) => cursor.set(Some(to)),
            Act::All => cursor.set(Some(model.everything())),
            Act::Menu { column, .. } => on_act.run(Act::Menu {
                column,
                x: model.place_of(column),
            }),
            Act::Step { column, wider } => on_act.run(Act::Resize {
                column,
                width: Some(model.stepped(column, wider)),
            }),
            other => on_act.run(other),
        }
    };
    let last = move || columns.with_untracked(Vec::len);
    let pressed = move |event: ev::PointerEvent| {
        if event.button() == 0
            && let Some(hit) = model.hit(&event, scroller)
        {
            let at = cursor.get_untracked().filter(|_| event.shift_key());
            cursor.set(Some(hit.cursor(at, last())));
        }
    };
    let dragged = move |event: ev::PointerEvent| {
        if event.buttons() & 1 == 1
            && let Some(hit) = model.hit(&event, scroller)
            && let Some(at) = cursor.get_untracked()
        {
            let to = hit.cursor(Some(at), last());
            if to != at {
                cursor.set(Some(to));
            }
        }
    };
    let opened = move |event: ev::MouseEvent| {
        if event.detail() > 1 {
            on_act.run(Act::Open);
        }
    };
    let focused = move |_| {
        let empty = cursor.with_untracked(Option::is_none);
        if empty && rows.get_untracked() > 0 {
            cursor.set(Some(Cursor::default()));
        }
    };
    let active = move || {
        let Cursor { row, column, .. } = cursor.get()?;
        let shown = model.shown.get();
        let seen = (shown.rows.0..shown.rows.1).contains(&row)
            && (column < shown.pinned || (shown.columns.0..shown.columns.1).contains(&column));
        seen.then(|| active_id(&id, row, column))
    };
    let templates = Memo::new(move |_| model.templates());
    let head = Head {
        words,
        columns,
        model,
        scroller,
        on_act,
        strip,
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
            on:dblclick=opened
            on:focus=focused
            style:--grid-pinned=move || templates.with(|both| both.0.clone())
            style:--grid-columns=move || templates.with(|both| both.1.clone())
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
                    <Headings head=head node=head_node/>
                    <div class="grid-body" role="rowgroup" node_ref=body></div>
                </div>
            </div>
            <div class="grid-probe" aria-hidden="true" node_ref=probe>"0000000000"</div>
        </div>
    }
}

/// Keeps the cells in the document as the signals say.
fn draw(
    body: NodeRef<html::Div>,
    id: String,
    scene: impl Fn() -> (Shown, Option<Cursor>, u64) + 'static,
    columns: Signal<Vec<Column>>,
    patch: Signal<Patch>,
) {
    let painter = StoredValue::new_local(None::<Painter>);
    Effect::new(move |_| {
        let Some(body) = body.get() else { return };
        let (shown, cursor, first) = scene();
        painter.update_value(|painter| {
            if painter.is_none() {
                *painter = Painter::new((*body).clone().into(), id.clone());
            }
            let Some(painter) = painter else { return };
            patch.with(|patch| {
                columns.with(|columns| {
                    let scene = Scene {
                        shown,
                        first,
                        patch,
                        columns,
                        cursor,
                    };
                    // Refused only by a document that is going away.
                    let _ = painter.paint(&scene);
                });
            });
        });
    });
}
