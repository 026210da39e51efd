//! Which columns are read.

use leptos::prelude::*;
use odps::types::Column;

use super::Wanted;
use crate::format;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};

/// Columns that are offered at once; the filter reaches all.
const OFFERED: usize = 200;

/// The columns, each to be left out or taken in.
#[component]
pub fn ColumnChoice(
    /// What the address asks for.
    wanted: Memo<Wanted>,
    /// The columns of the table.
    columns: Memo<Vec<Column>>,
    /// Goes to another address.
    go: Callback<Wanted>,
) -> impl IntoView {
    let t = sentences();
    let filter = RwSignal::new(String::new());
    let open = RwSignal::new(false);
    let names = Memo::new(move |_| {
        columns.with(|columns| {
            columns
                .iter()
                .map(|column| column.name.clone())
                .collect::<Vec<_>>()
        })
    });
    let found = Memo::new(move |_| {
        let filter = filter.get().to_lowercase();
        let fits = |name: &&String| name.to_lowercase().contains(&filter);
        names.with(|names| names.iter().filter(fits).cloned().collect::<Vec<_>>())
    });
    let taken = move |name: &str| {
        wanted.with(|wanted| {
            wanted.columns.is_empty() || wanted.columns.iter().any(|one| one == name)
        })
    };
    let turn = move |name: &str| {
        let now = wanted.get_untracked();
        let columns = turned(&names.get_untracked(), &now.columns, name);
        go.run(Wanted { columns, ..now });
    };
    let one = move |name: String| {
        let (same, pressed) = (name.clone(), name.clone());
        view! {
            <label class="tables-column">
                <input type="checkbox" prop:checked=move || taken(&same) on:change=move |_| turn(&pressed)/>
                <bdi>{name}</bdi>
            </label>
        }
    };
    let word = move || {
        let all = names.with(Vec::len);
        let some = wanted.with(|wanted| {
            if wanted.columns.is_empty() {
                all
            } else {
                wanted.columns.len()
            }
        });
        (t.get().tables.window.columns)(some, all)
    };
    let every = Callback::new(move |()| {
        go.run(Wanted {
            columns: Vec::new(),
            ..wanted.get_untracked()
        })
    });
    let body = move || {
        open.get().then(|| {
            let rest = move || {
                let found = found.with(Vec::len);
                (found > OFFERED).then(|| {
                    let (offered, found) = (format::grouped(OFFERED as u64), format::grouped(found as u64));
                    (t.get().tables.drawn)(&offered, &found)
                })
            };
            view! {
                <div class="tables-columns">
                    <div class="tables-find">
                        <input type="search" class="tables-search" autocomplete="off" spellcheck="false"
                            aria-label=move || t.get().tables.parts.filter
                            on:input=move |event| filter.set(event_target_value(&event))/>
                        <Button weight=Weight::Quiet on_press=every>{move || t.get().tables.window.every}</Button>
                    </div>
                    <div class="tables-column-list" role="group" tabindex="0" aria-label=move || t.get().tables.columns>
                        {move || found.get().into_iter().take(OFFERED).map(one).collect_view()}
                    </div>
                    <p class="quiet">{rest}</p>
                </div>
            }
        })
    };
    view! {
        <details class="tables-choice" on:toggle=move |event| {
            use wasm_bindgen::JsCast;
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            open.set(target.is_some_and(|details| details.has_attribute("open")));
        }>
            <summary>{word}</summary>
            {body}
        </details>
    }
}

/// The choice with one column turned, in the order of the table; the last one cannot be left out.
fn turned(all: &[String], chosen: &[String], name: &str) -> Vec<String> {
    let taken = |one: &&String| chosen.is_empty() || chosen.contains(one);
    let after: Vec<String> = (all.iter())
        .filter(|one| taken(one) != (one.as_str() == name))
        .cloned()
        .collect();
    match after.len() {
        0 => chosen.to_vec(),
        count if count == all.len() => Vec::new(),
        _ => after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_turned_in_their_order() {
        let all: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
        assert_eq!(turned(&all, &[], "b"), ["a", "c"]);
        assert_eq!(turned(&all, &["c".into()], "a"), ["a", "c"]);
        assert_eq!(turned(&all, &["a".into(), "c".into()], "b"), [""; 0]);
        assert_eq!(turned(&all, &["a".into()], "a"), ["a"]);
    }
}
