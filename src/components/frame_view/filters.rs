//! The conditions that hold: one chip each, to change or to take away, and the form that writes one.

pub mod editor;
pub mod words;

use leptos::prelude::*;

use super::sight::{Sight, Tool};
use crate::text::sentences;
use crate::ui::button::{Button, Weight};
pub use editor::Editor;
pub use words::{condition_words, refusal_words};

/// The conditions and the sort that hold, with why the last one does not.
#[component]
pub fn Filters(
    /// The frame and its arrangement.
    sight: Sight,
) -> impl IntoView {
    let t = sentences();
    let chip = move |at: usize| {
        let condition = sight.conditions.with_untracked(|all| all.get(at).cloned());
        let condition = condition?;
        let column = u32::try_from(condition.column).ok()?;
        let words = move || condition_words(t.get(), &sight.column_name(column), &condition.test);
        let words = Memo::new(move |_| words());
        let change = move |_| {
            let at = Some(at);
            sight.tool.set(Some(Tool::Filter { column, at }));
        };
        let take = move |_| {
            sight.conditions.update(|all| {
                if at < all.len() {
                    all.remove(at);
                }
            });
        };
        let take_name = move || (t.get().grid.remove_filter)(&words.get());
        Some(view! {
            <li class="frame-chip">
                <button type="button" class="frame-chip-text" on:click=change>{move || words.get()}</button>
                <button type="button" class="frame-chip-remove" aria-label=take_name title=take_name on:click=take>"×"</button>
            </li>
        })
    };
    let chips = move || {
        let count = sight.conditions.with(Vec::len);
        (0..count).filter_map(chip).collect_view()
    };
    let sorted = move || {
        let names: Vec<String> = sight.keys.with(|keys| {
            let name = |key: &frame::Key| {
                let arrow = if key.descending { '▼' } else { '▲' };
                let name = u32::try_from(key.column).map(|column| sight.column_name(column));
                format!("{} {arrow}", name.unwrap_or_default())
            };
            keys.iter().map(name).collect()
        });
        (!names.is_empty()).then(|| {
            let unsort = move |_| sight.keys.set(Vec::new());
            view! {
                <li class="frame-chip">
                    <span class="frame-chip-text">{move || (t.get().grid.sorted_by)(&names.join(", "))}</span>
                    <button
                        type="button"
                        class="frame-chip-remove"
                        aria-label=move || t.get().grid.unsort
                        title=move || t.get().grid.unsort
                        on:click=unsort
                    >"×"</button>
                </li>
            }
        })
    };
    let some = move || {
        sight.conditions.with(|all| !all.is_empty()) || sight.keys.with(|keys| !keys.is_empty())
    };
    let refused = move || {
        sight
            .refusal
            .get()
            .map(|refusal| refusal_words(t.get(), &refusal))
    };
    let clear = Callback::new(move |()| sight.conditions.set(Vec::new()));
    let nothing = move || {
        let filtered = sight.seen.with(|seen| !seen.conditions.is_empty());
        let fetched = sight.frame.progress.with(|progress| progress.rows);
        (filtered && sight.rows.get() == 0 && fetched > 0).then(|| {
            view! {
                <p class="frame-none">
                    <span>{move || (t.get().grid.filter_hides)(&crate::format::grouped(fetched))}</span>
                    <Button weight=Weight::Quiet on_press=clear>{move || t.get().grid.clear_filters}</Button>
                </p>
            }
        })
    };
    view! {
        <Show when=some>
            <ul class="frame-chips" aria-label=move || t.get().grid.filters>{chips}{sorted}</ul>
        </Show>
        <p class="frame-refused" role="alert">{refused}</p>
        {nothing}
    }
}
