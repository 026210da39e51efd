//! What is open beside the grid: the chosen cell taken apart, the chosen row as a form, or what a
//! column holds.

pub mod cell;
pub mod column;
pub mod long;
pub mod record;
pub mod tree;

use leptos::{ev, prelude::*};

use super::sight::{Panel, Sight};
use crate::text::sentences;
use cell::CellPanel;
use column::ColumnPanel;
use record::RecordPanel;

/// The panel, when one is open.
#[component]
pub fn Side(
    /// The frame and its arrangement.
    sight: Sight,
    /// Gives the focus back to the grid.
    on_close: Callback<()>,
) -> impl IntoView {
    let t = sentences();
    let open = Memo::new(move |_| sight.panel.get());
    let title = move || {
        let text = &t.get().grid;
        match open.get() {
            Some(Panel::Cell) => text.cell.to_owned(),
            Some(Panel::Record) => text.record.to_owned(),
            Some(Panel::Column(key)) => (text.column_title)(&sight.column_name(key)),
            None => String::new(),
        }
    };
    let close = move || {
        sight.panel.set(None);
        on_close.run(());
    };
    let keyed = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close();
        }
    };
    let body = move || match open.get()? {
        Panel::Cell => Some(view! { <CellPanel sight=sight/> }.into_any()),
        Panel::Record => Some(view! { <RecordPanel sight=sight/> }.into_any()),
        Panel::Column(key) => Some(view! { <ColumnPanel sight=sight column=key/> }.into_any()),
    };
    view! {
        <Show when=move || open.get().is_some()>
            <section class="frame-side" aria-label=title on:keydown=keyed>
                <div class="frame-side-head">
                    <h3>{title}</h3>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=move || t.get().grid.close
                        on:click=move |_| close()
                    >"×"</button>
                </div>
                {body}
            </section>
        </Show>
    }
}
