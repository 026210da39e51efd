//! Which columns are shown: a list with a search, for tables of thousands of columns as well.

use leptos::prelude::*;

use super::sight::Sight;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};

/// So many columns are listed; the search finds the others.
const LISTED: usize = 200;

/// The chooser.
#[component]
pub fn Columns(
    /// The frame and its arrangement.
    sight: Sight,
) -> impl IntoView {
    let t = sentences();
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let wanted = typed.with(|text| text.trim().to_lowercase());
        let columns = sight.columns();
        let holds = |key: u32| {
            let name = columns
                .get(key as usize)
                .map(|column| column.name.to_lowercase());
            name.is_some_and(|name| name.contains(&wanted))
        };
        sight.layout.with(|layout| {
            let all = layout.all().map(|(key, _)| key);
            all.filter(|key| holds(*key)).collect::<Vec<_>>()
        })
    });
    let entry = move |key: u32| {
        let shown = move || {
            sight
                .layout
                .with(|layout| layout.all().any(|(one, shown)| one == key && shown))
        };
        let turn = move |event: leptos::ev::Event| {
            let shown = event_target_checked(&event);
            sight.layout.update(|layout| layout.show(key, shown));
        };
        let column = sight.column(key).unwrap_or(crate::frames::Column {
            name: String::new(),
            kind: String::new(),
            numeric: false,
            index: false,
        });
        view! {
            <li>
                <label>
                    <input type="checkbox" prop:checked=shown on:change=turn/>
                    <span>{column.name}</span>
                    <span class="grid-badge">{column.kind}</span>
                </label>
            </li>
        }
    };
    let listed = move || found.with(|found| found.iter().take(LISTED).copied().collect::<Vec<_>>());
    let more = move || {
        let left = found.with(Vec::len).saturating_sub(LISTED);
        (left > 0).then(|| (t.get().grid.more_columns)(left))
    };
    let show_all = Callback::new(move |()| sight.layout.update(super::layout::Layout::show_all));
    let hide_all = Callback::new(move |()| {
        let found = found.get_untracked();
        sight.layout.update(|layout| {
            for key in found {
                layout.show(key, false);
            }
        });
    });
    let close = Callback::new(move |()| sight.tool.set(None));
    view! {
        <section class="frame-columns" aria-label=move || t.get().grid.choose_columns>
            <div class="frame-editor">
                <input
                    type="search"
                    autocomplete="off"
                    aria-label=move || t.get().grid.find_column
                    placeholder=move || t.get().grid.find_column
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <Button weight=Weight::Quiet on_press=show_all>{move || t.get().grid.show_all}</Button>
                <Button weight=Weight::Quiet on_press=hide_all>{move || t.get().grid.hide_found}</Button>
                <Button weight=Weight::Quiet on_press=close>{move || t.get().grid.close}</Button>
            </div>
            <ul class="frame-column-list">
                <For each=listed key=|key| *key children=entry/>
            </ul>
            <p class="frame-hint">{more}</p>
        </section>
    }
}
