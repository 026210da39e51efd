//! A button that copies a text and says what it copied.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::api;
use crate::state::toasts::Toasts;
use crate::text::sentences;
use crate::ui::icon::{Glyph, Icon};

/// Copies a text.
#[component]
pub fn Copy(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// What it is, for the note and the button's name.
    #[prop(into)]
    what: Signal<String>,
    /// Shows the word beside the icon.
    #[prop(optional)]
    worded: bool,
) -> impl IntoView {
    let (t, toasts) = (sentences(), Toasts::expect());
    let copy = move |_| {
        let (text, what) = (text.get_untracked(), what.get_untracked());
        api::spawn(async move {
            let shell = &t.now().shell;
            match write(&text).await {
                true => toasts.done((shell.copied)(&what)),
                false => toasts.failed(shell.copy_failed),
            }
        });
    };
    let name = move || format!("{}: {}", t.get().shell.copy, what.get());
    let word = worded.then(|| view! { <span>{move || t.get().shell.copy}</span> });
    view! {
        <button type="button" class="icon-button" aria-label=name title=name on:click=copy>
            <Icon glyph=Glyph::Copy/>
            {word}
        </button>
    }
}

/// Writes to the clipboard; `false` where the browser or the embedding page forbids it.
pub(crate) async fn write(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    if !window.is_secure_context() {
        return false;
    }
    JsFuture::from(window.navigator().clipboard().write_text(text))
        .await
        .is_ok()
}
