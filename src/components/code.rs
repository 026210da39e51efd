//! A text to take away: shown as it is, with a button that copies it.

use leptos::prelude::*;

use super::copy::Copy;

/// A text to take away.
#[component]
pub fn Code(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// What it is.
    #[prop(into)]
    what: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="code">
            <pre tabindex="0" role="group" aria-label=move || what.get()>
                <code>{move || text.get()}</code>
            </pre>
            <Copy text what/>
        </div>
    }
}
