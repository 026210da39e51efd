//! What an instance left: its result, or why it failed; and the service's summary.

use leptos::prelude::*;
use odps::instances::{TaskOutcome, TaskStatusWord, TaskSummary};

use super::failure::Failure;
use crate::components::code::Code;
use crate::components::copy::Copy;
use crate::text::sentences;

/// The result or the error.
#[component]
pub fn Outcome(
    /// What the tasks left.
    results: Vec<TaskOutcome>,
    /// Whether the instance has ended.
    #[prop(into)]
    ended: Signal<bool>,
) -> impl IntoView {
    let t = sentences();
    let texts: Vec<&str> = results.iter().map(|task| task.text.trim()).collect();
    let text = texts.join("\n");
    let failed = results
        .iter()
        .any(|task| task.status == Some(TaskStatusWord::Failed));
    let failure = failed.then(|| Failure::read(&text)).flatten();
    let title = move || match failed {
        true => t.get().instances.error_text,
        false => t.get().instances.result,
    };
    let body = match (failure, text.trim().is_empty()) {
        (Some(failure), _) => view! { <Failed failure/> }.into_any(),
        (None, true) => {
            let said = move || match ended.get() {
                true => t.get().instances.result_empty,
                false => t.get().instances.result_pending,
            };
            view! { <p class="quiet">{said}</p> }.into_any()
        }
        (None, false) => {
            let what = Signal::derive(move || title().to_owned());
            view! { <Code text what/> }.into_any()
        }
    };
    view! { <section class="section" aria-label=title><h2>{title}</h2>{body}</section> }
}

#[component]
fn Failed(failure: Failure) -> impl IntoView {
    let t = sentences();
    let request = failure.request.map(|id| {
        let shown = id.clone();
        view! {
            <p class="logview-id">
                <span class="quiet">{move || t.get().logview.request}</span>
                <span class="mono">{shown}</span>
                <Copy text=Signal::stored(id) what=Signal::derive(move || t.get().logview.request.to_owned())/>
            </p>
        }
    });
    let trace = failure.trace.map(|text| {
        let what = Signal::derive(move || t.get().logview.trace.to_owned());
        view! {
            <details>
                <summary>{move || t.get().logview.trace}</summary>
                <Code text what/>
            </details>
        }
    });
    view! {
        <p class="logview-headline">{failure.headline}</p>
        {request}
        {trace}
    }
}

/// The service's own summary.
#[component]
pub fn Summary(
    /// The summary.
    summary: TaskSummary,
    /// Whether the instance has ended.
    #[prop(into)]
    ended: Signal<bool>,
    /// The instance is a cluster, which has none.
    #[prop(into)]
    mars: Signal<bool>,
) -> impl IntoView {
    let t = sentences();
    let what = Signal::derive(move || t.get().logview.summary.to_owned());
    let text = summary.text.or(summary.json);
    let text = StoredValue::new(text.filter(|text| !text.trim().is_empty()));
    let body = move || match text.get_value() {
        Some(text) => view! { <Code text what/> }.into_any(),
        None => view! { <p class="quiet">{move || t.get().logview.summary_none}</p> }.into_any(),
    };
    view! {
        <Show when=move || ended.get() && !mars.get()>
            <section class="section">
                <h2>{move || t.get().logview.summary}</h2>
                {body}
            </section>
        </Show>
    }
}
