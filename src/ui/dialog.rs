//! A modal dialog: the native element, which keeps focus inside and closes on Escape.

use leptos::html;
use leptos::prelude::*;

/// A modal dialog. The first control with `autofocus` gets the focus.
#[component]
pub fn Dialog(
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// Called when the reader closes it without choosing.
    on_close: Callback<()>,
    /// Its heading, and its name.
    #[prop(into)]
    title: Signal<String>,
    /// What it says and asks.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                // Refused only for a dialog that is not on the page.
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let closed = move |_| {
        if open.get_untracked() {
            on_close.run(());
        }
    };
    view! {
        <dialog class="dialog" node_ref=node aria-label=move || title.get() on:close=closed>
            <h2>{move || title.get()}</h2>
            {children()}
        </dialog>
    }
}
