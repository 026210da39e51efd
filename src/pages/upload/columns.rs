//! The columns: names and types of a new table, or what goes into those of an existing one.

pub mod existing;
pub mod new;

use file::import::Found;
use leptos::prelude::*;

use super::draft::Draft;
use super::plan;
use crate::text::sentences;
use existing::OfExisting;
use new::OfNew;

/// The columns.
#[component]
pub fn ColumnList(
    /// What is chosen.
    draft: Draft,
) -> impl IntoView {
    let t = sentences();
    let existing = Memo::new(move |_| draft.existing().is_some());
    let new = move || draft.new.get();
    let body = move || match (existing.get(), new()) {
        (true, _) => view! { <OfExisting draft=draft/> }.into_any(),
        (false, true) => view! { <OfNew draft=draft/> }.into_any(),
        (false, false) => view! { <OfFile draft=draft/> }.into_any(),
    };
    view! {
        <section class="section" aria-labelledby="upload-columns">
            <h2 id="upload-columns">{move || t.get().uploads.columns}</h2>
            <div class="table-box" tabindex="0" role="group" aria-labelledby="upload-columns">{body}</div>
            {move || existing.get().then(|| view! { <Extra draft=draft/> })}
            {move || new().then(|| view! { <Statement draft=draft/> })}
        </section>
    }
}

/// The first values of a column.
fn samples(found: &Found) -> AnyView {
    let cells = found.samples.iter().map(|sample| match sample {
        // An empty text is seen by its quotes.
        Some(text) if text.is_empty() => view! { <code>"\"\""</code> }.into_any(),
        Some(text) => view! { <code dir="auto">{text.clone()}</code> }.into_any(),
        None => view! { <i>"NULL"</i> }.into_any(),
    });
    view! { <span class="upload-samples">{cells.collect_view()}</span> }.into_any()
}

/// The columns of the file, while no table is named.
#[component]
fn OfFile(
    /// What is chosen.
    draft: Draft,
) -> impl IntoView {
    let t = sentences();
    let rows = move || {
        let columns = draft.found().into_iter();
        columns
            .map(|found| {
                let values = samples(&found);
                view! { <tr><th scope="row" dir="auto">{found.name}</th><td><code>{found.kind}</code></td><td>{values}</td></tr> }
            })
            .collect_view()
    };
    view! {
        <table class="table">
            <thead><tr>
                <th>{move || t.get().uploads.in_file}</th>
                <th>{move || t.get().uploads.kind}</th>
                <th>{move || t.get().uploads.first_values}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// What the table has no column for.
#[component]
fn Extra(
    /// What is chosen.
    draft: Draft,
) -> impl IntoView {
    let t = sentences();
    let extra = move || {
        let extra = plan::extra(&draft.seen()?, &draft.matches());
        (!extra.is_empty()).then(|| (t.get().uploads.extra)(&extra.join(", ")))
    };
    view! { <p class="upload-extra" role="status">{extra}</p> }
}

/// The statement that makes the table.
#[component]
fn Statement(
    /// What is chosen.
    draft: Draft,
) -> impl IntoView {
    let t = sentences();
    view! {
        <details class="upload-statement">
            <summary>{move || t.get().uploads.statement}</summary>
            <pre tabindex="0">{move || draft.statement()}</pre>
        </details>
    }
}
