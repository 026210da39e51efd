//! Shows the notes about the reader's own actions.

use leptos::prelude::*;

use crate::state::toasts::{Toast, Toasts};
use crate::text::sentences;
use crate::ui::icon::{Glyph, Icon};

/// The notes, in a polite live region.
#[component]
pub fn Toaster() -> impl IntoView {
    let t = sentences();
    let list = Toasts::expect().list();
    view! {
        <div class="toaster" role="status" aria-live="polite" aria-label=move || t.get().shell.notices>
            <For each=move || list.get() key=|toast| toast.id let:toast>
                <Note toast/>
            </For>
        </div>
    }
}

#[component]
fn Note(toast: Toast) -> impl IntoView {
    let (t, toasts) = (sentences(), Toasts::expect());
    let glyph = if toast.failed {
        Glyph::Failed
    } else {
        Glyph::Good
    };
    let close = move |_| toasts.close(toast.id);
    view! {
        <div class="toast" data-failed=toast.failed.then_some("true")>
            <Icon glyph/>
            <span>{toast.text}</span>
            <button class="icon-button" aria-label=move || t.get().shell.close on:click=close>
                <Icon glyph=Glyph::Close/>
            </button>
        </div>
    }
}
