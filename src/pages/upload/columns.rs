//! The columns: names and types of a new table, or what goes into those of an existing one.

use file::import::Found;
use leptos::prelude::*;

use super::draft::Draft;
use super::plan::{self, Fit};
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

/// Names and types of a new table, for correction.
#[component]
fn OfNew(
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

/// The columns of an existing table, and what goes into them.
#[component]
fn OfExisting(
    /// What is chosen.
    draft: Draft,
) -> impl IntoView {
    let t = sentences();
    let found = Memo::new(move |_| draft.found());
    let count = Memo::new(move |_| draft.matches().len());
    let rows = move || {
        let found = found.get();
        (0..count.get())
            .map(|at| view! { <MatchRow draft=draft at=at found=found.clone()/> })
            .collect_view()
    };
    view! {
        <table class="table">
            <thead><tr>
                <th>{move || t.get().uploads.in_table}</th>
                <th>{move || t.get().uploads.kind}</th>
                <th>{move || t.get().uploads.in_file}</th>
                <th>{move || t.get().uploads.kind}</th>
                <th>{move || t.get().uploads.state}</th>
                <th>{move || t.get().uploads.first_values}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// One column of an existing table.
#[component]
fn MatchRow(
    /// What is chosen.
    draft: Draft,
    /// Which column.
    at: usize,
    /// The columns of the file.
    found: Vec<Found>,
) -> impl IntoView {
    let t = sentences();
    let one = Memo::new(move |_| draft.matches().get(at).cloned());
    let name = move || one.get().map(|one| one.name).unwrap_or_default();
    let kind = move || one.get().map(|one| one.kind);
    let found = StoredValue::new(found);
    let source = Memo::new(move |_| one.get().and_then(|one| one.source));
    let of_file = move || found.with_value(|found| found.get(source.get()?).cloned());
    let label = move || (t.get().uploads.from)(&name());
    let fit = Memo::new(move |_| one.get().map_or(Fit::Missing, |one| one.fit));
    let state = move || match fit.get() {
        Fit::Same => t.get().uploads.fits,
        Fit::Checked => t.get().uploads.checked,
        Fit::Missing => t.get().uploads.missing,
    };
    let choose = move |event| {
        let place = event_target_value(&event).parse().ok();
        draft.places.update(|places| {
            places.insert(untrack(name), place);
        });
    };
    let options = found.with_value(|found| {
        let options = found.iter().enumerate().map(|(place, found)| {
            let chosen = move || source.get() == Some(place);
            view! { <option value=place.to_string() prop:selected=chosen>{found.name.clone()}</option> }
        });
        options.collect_view()
    });
    let none = move || source.get().is_none();
    view! {
        <tr data-fit=move || if fit.get() == Fit::Same { "same" } else { "other" }>
            <th scope="row" dir="auto">{name}</th>
            <td><code>{kind}</code></td>
            <td><select class="upload-cell" aria-label=label on:change=choose>
                <option value="" prop:selected=none>{move || t.get().uploads.nothing}</option>
                {options}
            </select></td>
            <td><code>{move || of_file().map(|found| found.kind)}</code></td>
            <td class="upload-fit">{state}</td>
            <td>{move || of_file().map(|found| samples(&found))}</td>
        </tr>
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
