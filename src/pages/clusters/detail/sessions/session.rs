//! One session and its graphs.

use leptos::prelude::*;

use super::graph::GraphLine;
use super::wish::Wish;
use super::{Key, Shared};
use crate::api::engine::millis;
use crate::components::age::Moment;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};

/// One session.
#[component]
pub fn SessionView(
    /// What the tab shares.
    shared: Shared,
    /// The session.
    id: String,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().engine;
    let of = id.clone();
    let graphs = Memo::new(move |_| {
        shared.read.reading.with(|reading| {
            let sessions = reading.value.as_ref().map(|read| read.sessions.as_slice());
            let mut found = sessions.into_iter().flatten();
            let session = found.find(|session| session.id == of);
            let graphs = session.map(|session| session.graphs.as_slice());
            let keys = graphs.into_iter().flatten().map(|graph| graph.key.clone());
            let created = session.and_then(|session| millis(session.created?));
            (keys.collect::<Vec<String>>(), created)
        })
    });
    let (name, label) = (id.clone(), id.clone());
    let created = move || {
        let at = graphs.with(|(_, created)| *created)?;
        Some(view! { <span class="quiet">{words().created}" "<Moment at=Some(at)/></span> })
    };
    let count = move || (words().graphs)(graphs.with(|(keys, _)| keys.len()));
    let wished = id.clone();
    let delete = Callback::new(move |()| {
        let graphs = graphs.with_untracked(|(keys, _)| keys.len());
        shared.wish.set(Some(Wish::Delete(wished.clone(), graphs)));
    });
    let session = StoredValue::new(id);
    let keys = move || {
        graphs.with(|(keys, _)| {
            let keys = keys.iter().map(|key| (session.get_value(), key.clone()));
            keys.collect::<Vec<Key>>()
        })
    };
    let some = Memo::new(move |_| graphs.with(|(keys, _)| !keys.is_empty()));
    view! {
        <section class="section" aria-label=move || (words().session)(&label)>
            <div class="row session-head">
                <h2 class="mono">{name}</h2>
                <span class="quiet">{count}</span>
                {created}
                <Button weight=Weight::Quiet on_press=delete>{move || words().delete}</Button>
            </div>
            <Show when=move || some.get() fallback=move || view! { <p class="quiet">{move || words().no_graphs}</p> }>
                <div class="table-box" tabindex="0" role="region" aria-label=move || (words().graphs_of)(&session.get_value())>
                    <table class="table">
                        <Head/>
                        <tbody>
                            <For each=keys key=|key| key.clone() let:key>
                                <GraphLine shared key/>
                            </For>
                        </tbody>
                    </table>
                </div>
            </Show>
        </section>
    }
}

#[component]
fn Head() -> impl IntoView {
    let t = sentences();
    let head = move || {
        let words = &t.get().engine;
        let names = [
            words.graph,
            words.state,
            words.started,
            words.over,
            words.lasted,
            words.operands,
            words.made_by,
            words.actions,
        ];
        names.map(|name| view! { <th scope="col">{name}</th> })
    };
    view! { <thead><tr>{head}</tr></thead> }
}
