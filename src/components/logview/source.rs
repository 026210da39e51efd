//! What was submitted: the script, the settings, the document.

use leptos::prelude::*;
use odps::instances::{JobSource, Payload};

use super::highlight::{Language, spans};
use super::settings::{settings, without_secrets};
use crate::components::copy::Copy;
use crate::text::sentences;

/// The source of an instance.
#[component]
pub fn SourceText(
    /// What was submitted, if the service still knows.
    source: Option<JobSource>,
) -> impl IntoView {
    let t = sentences();
    let Some(source) = source else {
        return view! { <p class="quiet">{move || t.get().instances.source_none}</p> }.into_any();
    };
    let tasks = &source.job.tasks;
    let scripts = tasks.iter().filter_map(|task| match &task.payload {
        Payload::Query(text) => Some(without_secrets(tasks, text)),
        _ => None,
    });
    let scripts: Vec<String> = scripts.collect();
    let script = (!scripts.is_empty()).then(|| {
        let what = Signal::derive(move || t.get().logview.script.to_owned());
        view! {
            <section class="section">
                <h2>{move || t.get().logview.script}</h2>
                <Highlighted text=scripts.join("\n") language=Language::Sql what/>
            </section>
        }
    });
    let rows = tasks.iter().flat_map(settings).collect::<Vec<_>>();
    let what = Signal::derive(move || t.get().instances.source.to_owned());
    view! {
        {script}
        <Settings rows/>
        <details>
            <summary>{move || what.get()}</summary>
            <Highlighted text=without_secrets(tasks, &source.xml) language=Language::Xml what/>
        </details>
    }
    .into_any()
}

#[component]
fn Settings(rows: Vec<super::settings::Setting>) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().logview;
    let masked = rows.iter().any(|row| row.value == super::settings::MASK);
    let note = masked.then(|| view! { <p class="quiet">{move || words().masked}</p> });
    let body = match rows.is_empty() {
        true => view! { <p class="quiet">{move || words().settings_none}</p> }.into_any(),
        false => {
            let rows = rows.into_iter().map(|row| {
                view! { <tr><th scope="row" class="mono">{row.name}</th><td class="mono logview-value">{row.value}</td></tr> }
            });
            view! {
                <div class="table-box">
                    <table class="table">
                        <thead><tr><th scope="col">{move || words().setting}</th><th scope="col">{move || words().value}</th></tr></thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
            }
            .into_any()
        }
    };
    view! { <section class="section"><h2>{move || words().settings}</h2>{body}{note}</section> }
}

#[component]
fn Highlighted(
    text: String,
    language: Language,
    #[prop(into)] what: Signal<String>,
) -> impl IntoView {
    let parts = spans(language, &text).into_iter();
    let parts = parts.map(|(kind, part)| view! { <span data-kind=kind.as_str()>{part}</span> });
    view! {
        <div class="code logview-source">
            <pre tabindex="0" role="group" aria-label=move || what.get()><code>{parts.collect_view()}</code></pre>
            <Copy text=Signal::stored(text) what/>
        </div>
    }
}
