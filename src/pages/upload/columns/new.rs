//! Names and types of a new table, for correction.

use file::import::Found;
use leptos::prelude::*;

use super::samples;
use crate::pages::upload::draft::Draft;
use crate::pages::upload::plan;
use crate::text::sentences;

/// The types that are offered; any other can be typed.
const KINDS: [&str; 14] = [
    "bigint",
    "int",
    "smallint",
    "tinyint",
    "double",
    "float",
    "decimal(38,18)",
    "boolean",
    "string",
    "date",
    "datetime",
    "timestamp",
    "timestamp_ntz",
    "binary",
];

/// Names and types of a new table, for correction.
#[component]
pub fn OfNew(
    /// What is chosen.
    draft: Draft,
) -> impl IntoView {
    let t = sentences();
    let found = Memo::new(move |_| draft.found());
    let rows = move || {
        let found = found.get().into_iter().enumerate();
        found
            .map(|(at, found)| view! { <NewRow draft=draft at=at found=found/> })
            .collect_view()
    };
    view! {
        <table class="table">
            <thead><tr>
                <th>{move || t.get().uploads.in_file}</th>
                <th>{move || t.get().uploads.in_table}</th>
                <th>{move || t.get().uploads.kind}</th>
                <th>{move || t.get().uploads.nulls}</th>
                <th>{move || t.get().uploads.first_values}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
        <datalist id="upload-kinds">{KINDS.map(|kind| view! { <option value=kind></option> })}</datalist>
    }
}

/// One column of a new table.
#[component]
fn NewRow(
    /// What is chosen.
    draft: Draft,
    /// Its place in the file.
    at: usize,
    /// What is known of it.
    found: Found,
) -> impl IntoView {
    let t = sentences();
    let values = samples(&found);
    let title = StoredValue::new(found.name.clone());
    let nulls = crate::format::grouped(found.nulls);
    let column = Memo::new(move |_| draft.columns().get(at).cloned());
    let name = move || column.get().map(|column| column.name).unwrap_or_default();
    let kind = move || column.get().map(|column| column.kind).unwrap_or_default();
    let change = move |change: &dyn Fn(&mut (String, String))| {
        let mut now = (untrack(name), untrack(kind));
        change(&mut now);
        draft.changed.update(|all| {
            all.insert(at, now);
        });
    };
    let on_name = move |event| change(&|now| now.0 = event_target_value(&event));
    let on_kind = move |event| change(&|now| now.1 = event_target_value(&event));
    let wrong = move || (!plan::is_kind(&kind())).then_some("true");
    view! {
        <tr>
            <th scope="row" dir="auto">{found.name}</th>
            <td><input
                class="upload-cell" type="text" autocomplete="off" spellcheck="false"
                aria-label=move || title.with_value(|name| (t.get().uploads.name_of)(name))
                prop:value=name on:input=on_name
            /></td>
            <td><input
                class="upload-cell" type="text" autocomplete="off" spellcheck="false" list="upload-kinds"
                aria-label=move || title.with_value(|name| (t.get().uploads.kind_of)(name))
                aria-invalid=wrong
                prop:value=kind on:input=on_kind
            /></td>
            <td class="number">{nulls}</td>
            <td>{values}</td>
        </tr>
    }
}
