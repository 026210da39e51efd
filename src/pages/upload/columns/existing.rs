//! The columns of an existing table, and what goes into them.

use file::import::Found;
use leptos::prelude::*;

use super::samples;
use crate::pages::upload::draft::Draft;
use crate::pages::upload::plan::Fit;
use crate::text::sentences;

/// The columns of an existing table, and what goes into them.
#[component]
pub fn OfExisting(
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
