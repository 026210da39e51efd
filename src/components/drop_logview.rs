//! Where a saved Logview is opened: chosen by a button, or dropped.

use leptos::prelude::*;
use web_sys::{DragEvent, HtmlInputElement};

use crate::api::archive::{self, Damage};
use crate::api::{self, files};
use crate::text::Text;
use crate::text::sentences;

/// The drop zone.
#[component]
pub fn DropLogview(
    /// Called when a file was read and is the one to show.
    taken: Callback<()>,
) -> impl IntoView {
    let t = sentences();
    let over = RwSignal::new(false);
    let wrong = RwSignal::new(None::<fn(&Text) -> &'static str>);
    let take = move |file: web_sys::File| {
        api::spawn(async move {
            let outcome = match files::read_text(&file, archive::MOST).await {
                Some(text) => archive::open(text.as_bytes()).map_err(words),
                None => Err((|t| t.archive.too_large) as fn(&Text) -> &'static str),
            };
            wrong.try_set(outcome.err());
            if outcome.is_ok() {
                taken.try_run(());
            }
        });
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            take(file);
        }
    };
    let chosen = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            take(file);
        }
        // The same file can be chosen again after it was changed.
        input.set_value("");
    };
    let alert = move || {
        wrong
            .get()
            .map(|words| view! { <p class="archive-wrong" role="alert">{words(t.get())}</p> })
    };
    view! {
        <section
            class="archive-drop"
            aria-label=move || t.get().archive.drop_label
            data-over=move || over.get().to_string()
            on:dragover=move |event: DragEvent| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <label class="button archive-choose">
                <input type="file" class="visually-hidden" accept=".json,application/json" on:change=chosen/>
                {move || t.get().archive.choose}
            </label>
            <span class="quiet">{move || t.get().archive.drop}</span>
            {alert}
        </section>
    }
}

fn words(damage: Damage) -> fn(&Text) -> &'static str {
    match damage {
        Damage::Foreign => |t| t.archive.foreign,
        Damage::Newer => |t| t.archive.newer,
        Damage::Damaged => |t| t.archive.damaged,
    }
}
