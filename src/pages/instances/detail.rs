//! `/instances/:id`: everything about one instance.

use leptos::prelude::*;

use crate::components::logview::{Logview, watch};
use crate::components::page::Page;
use crate::route::Route;
use crate::text::sentences;

/// One instance.
#[component]
pub fn Instance(
    /// Its id.
    id: String,
) -> impl IntoView {
    let t = sentences();
    let facts = watch(id.clone());
    let title = id.clone();
    let cluster = {
        let href = Route::Cluster(id.clone()).path();
        move || {
            let is_mars = facts
                .reading
                .with(|reading| reading.value.as_ref().is_some_and(|f| f.is_mars()));
            let href = href.clone();
            is_mars.then(|| {
                view! {
                    <p>
                        {move || t.get().instances.is_cluster}" "
                        <a href=href>{move || t.get().instances.open_cluster}</a>
                    </p>
                }
            })
        }
    };
    view! {
        <Page title=Signal::stored(title)>
            {cluster}
            <Logview id facts/>
        </Page>
    }
}
