//! An address that is no page.

use leptos::prelude::*;

use crate::components::page::Page;
use crate::route::Route;
use crate::text::sentences;

/// Says so, with one way on.
#[component]
pub fn Missing() -> impl IntoView {
    let t = sentences();
    view! {
        <Page title=move || t.get().shell.missing.to_owned()>
            <p>{move || t.get().shell.missing_body}</p>
            <p><a href=Route::Overview.path()>{move || t.get().shell.missing_next}</a></p>
        </Page>
    }
}
