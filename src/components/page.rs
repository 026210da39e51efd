//! The frame of a page: heading, title of the document, actions.

use leptos::prelude::*;

use crate::text::sentences;

/// The frame of a page.
#[component]
pub fn Page(
    /// The heading; the document's title follows it.
    #[prop(into)]
    title: Signal<String>,
    /// One quiet line under the heading.
    #[prop(optional, into)]
    lead: ViewFn,
    /// Controls at the end of the heading's line.
    #[prop(optional, into)]
    actions: ViewFn,
    /// What the page shows.
    children: Children,
) -> impl IntoView {
    let t = sentences();
    Effect::new(move |_| {
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(&format!("{} · {}", title.get(), t.get().shell.product));
        }
    });
    view! {
        <header class="page-head">
            <div class="page-heading">
                <h1>{move || title.get()}</h1>
                <div class="page-lead">{move || lead.run()}</div>
            </div>
            <div class="page-actions">{move || actions.run()}</div>
        </header>
        {children()}
    }
}
