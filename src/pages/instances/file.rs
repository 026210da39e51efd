//! `/instances/file/open`: a Logview from a file. Nothing of it comes from the service.

use leptos::prelude::*;

use crate::api::archive;
use crate::components::drop_logview::DropLogview;
use crate::components::kept_logview::{KeptLogview, Origin};
use crate::components::page::Page;
use crate::text::sentences;

/// A Logview from a file.
#[component]
pub fn LogviewFile() -> impl IntoView {
    let t = sentences();
    let shown = RwSignal::new_local(archive::opened());
    let title = move || {
        shown
            .with(|shown| shown.as_ref().map(|archive| archive.instance.clone()))
            .unwrap_or_else(|| t.get().archive.file_title.to_owned())
    };
    let panel = move || {
        shown
            .get()
            .map(|archive| view! { <KeptLogview archive origin=Origin::File/> })
    };
    view! {
        <Page title=Signal::derive(title) lead=move || t.get().archive.file_lead>
            <DropLogview taken=Callback::new(move |()| shown.set(archive::opened()))/>
            {panel}
        </Page>
    }
}
