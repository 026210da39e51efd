//! The file: chosen by a button, or dropped.

use leptos::prelude::*;
use web_sys::{DragEvent, HtmlInputElement};

use super::draft::Draft;
use crate::format;
use crate::text::sentences;
use crate::uploads::Failure;

/// The drop zone.
#[component]
pub fn Pick(
    /// What is chosen.
    draft: Draft,
    /// Another file cannot be chosen now.
    busy: Signal<bool>,
) -> impl IntoView {
    let t = sentences();
    let over = RwSignal::new(false);
    let drag = move |event: DragEvent| {
        event.prevent_default();
        over.set(!busy.get_untracked());
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(file) = files
            .and_then(|files| files.get(0))
            .filter(|_| !busy.get_untracked())
        {
            draft.take(file);
        }
    };
    let chosen = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            draft.take(file);
        }
        // The same file can be chosen again after it was changed.
        input.set_value("");
    };
    let word = move || match draft.file.with(Option::is_some) {
        true => t.get().uploads.other,
        false => t.get().uploads.choose,
    };
    view! {
        <section
            class="upload-drop"
            aria-label=move || t.get().uploads.file
            data-over=move || over.get().to_string()
            on:dragover=drag
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <label class="button upload-choose" data-weight="primary" aria-disabled=move || busy.get().then_some("true")>
                <input type="file" class="visually-hidden" disabled=busy on:change=chosen/>
                {word}
            </label>
            <span class="quiet">{move || t.get().uploads.drop}</span>
            <Facts draft=draft/>
        </section>
    }
}

/// What is known of the file, or why it cannot be read.
#[component]
fn Facts(
    /// What is chosen.
    draft: Draft,
) -> impl IntoView {
    let t = sentences();
    let line = move || {
        let text = &t.get().uploads;
        let name = draft
            .file
            .with(|file| file.as_ref().map(web_sys::File::name));
        let Some(name) = name else {
            return text.drop_hint.to_owned();
        };
        if draft.looking.get() {
            return format!("{name}: {}", text.looking);
        }
        let Some(seen) = draft.seen() else {
            return name;
        };
        let rows = format::grouped(seen.sampled);
        let all = (seen.rows.filter(|_| !seen.whole))
            .map(|rows| (text.rows_in_all)(&format::grouped(rows)));
        let looked = (text.looked)(&rows, seen.whole, &format::bytes(seen.bytes));
        format!("{name}: {looked} {}", all.unwrap_or_default())
    };
    let broken = move || match draft.looked.get() {
        Some(Err(failure)) if !draft.looking.get() => {
            let text = &t.get().uploads;
            let why = match &failure {
                Failure::File(error) => super::ended::file_words(text, error),
                Failure::Crashed(why) => why.clone(),
                _ => String::new(),
            };
            Some(view! { <p class="upload-failed" role="alert">{(text.not_read)(&why)}</p> })
        }
        _ => None,
    };
    view! {
        <p class="upload-facts" role="status">{line}</p>
        {broken}
    }
}
