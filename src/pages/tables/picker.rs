//! Which partition is read: a list with rows and size where the service tells them.

use leptos::prelude::*;
use odps::tables::Partition;

use crate::format;
use crate::route::Here;
use crate::text::sentences;

/// The list of partitions; choosing changes the address.
#[component]
pub fn Picker(
    /// The partitions, in the order of the list.
    items: Vec<Partition>,
    /// The one that is read.
    chosen: Memo<Option<String>>,
) -> impl IntoView {
    let (t, here) = (sentences(), Here::expect());
    let count = items.len();
    let option = move |item: Partition| {
        let spec = item.spec.to_string();
        let rows = item.records.map(format::grouped);
        let size = item.size.map(format::bytes);
        let value = spec.clone();
        let words = move || {
            let rows = rows
                .as_deref()
                .map(|rows| (t.get().tables.frame.fetch_up_to)(rows));
            let facts: Vec<String> = [rows, size.clone()].into_iter().flatten().collect();
            match facts.is_empty() {
                true => spec.clone(),
                false => format!("{spec} · {}", facts.join(" · ")),
            }
        };
        let same = value.clone();
        view! {
            <option value=value prop:selected=move || chosen.get().as_deref() == Some(same.as_str())>
                {words}
            </option>
        }
    };
    let names: Vec<String> = items.iter().map(|item| item.spec.to_string()).collect();
    // An address may name a partition that does not exist: the list must not claim another one.
    let stranger = move || {
        let stranger = chosen.get().filter(|chosen| !names.contains(chosen))?;
        let value = stranger.clone();
        Some(view! { <option value=value selected>{stranger}</option> })
    };
    view! {
        <div class="tables-find">
            <label for="partition">{move || t.get().tables.partition}</label>
            <select
                id="partition"
                class="tables-picker"
                on:change=move |event| here.view("partition", &event_target_value(&event))
            >
                {stranger}
                {items.into_iter().map(option).collect_view()}
            </select>
            <span class="quiet">{move || (t.get().tables.partitions_of)(count)}</span>
        </div>
    }
}
