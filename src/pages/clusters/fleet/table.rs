//! The fleet in rows: each can be marked, columns order, a long list comes in portions.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::row::Row;
use super::wanted::{Key, Wanted};
use crate::api::clusters::Entry;
use crate::route::Here;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};
use crate::ui::icon::{Glyph, Icon};

/// How many rows are added at a time: the page stays quick with a thousand clusters.
const PORTION: usize = 100;

/// The table.
#[component]
pub fn Table(
    /// The clusters, in the order of the rows.
    shown: Memo<Vec<Entry>>,
    /// What the address asks for.
    wanted: Memo<Wanted>,
    /// The instances that are marked.
    marked: RwSignal<BTreeSet<String>>,
    /// Receives those that are to be stopped.
    stopping: RwSignal<Vec<Entry>>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().fleet;
    let most = RwSignal::new(PORTION);
    let ids = Memo::new(move |_| {
        shown.with(|shown| {
            let shown = shown.iter().take(most.get());
            shown.map(|entry| entry.id.clone()).collect::<Vec<_>>()
        })
    });
    let running = Memo::new(move |_| {
        shown.with(|shown| {
            let running = shown.iter().filter(|entry| entry.runs());
            running
                .map(|entry| entry.id.clone())
                .collect::<BTreeSet<_>>()
        })
    });
    let chosen = Memo::new(move |_| {
        marked.with(|marked| running.with(|running| marked.intersection(running).count()))
    });
    let all = move || {
        let count = running.with(BTreeSet::len);
        count > 0 && chosen.get() == count
    };
    let mark_all = move |event| {
        let on = event_target_checked(&event);
        marked.set(if on {
            running.get_untracked()
        } else {
            BTreeSet::new()
        });
    };
    let stop = move |()| {
        let chosen = marked.get_untracked();
        let list = shown.get_untracked().into_iter();
        stopping.set(
            list.filter(|one| one.runs() && chosen.contains(&one.id))
                .collect(),
        );
    };
    let rest = move || {
        let left = shown.with(Vec::len).saturating_sub(most.get());
        (left > 0).then(|| {
            let more = move |()| most.update(|most| *most += PORTION);
            view! {
                <div class="row">
                    <span class="quiet">{move || (words().portion)(ids.with(Vec::len), shown.with(Vec::len))}</span>
                    <Button on_press=Callback::new(more) weight=Weight::Quiet>{move || words().more}</Button>
                </div>
            }
        })
    };
    view! {
        <Show when=move || chosen.get() != 0>
            <div class="fleet-marked row" role="status">
                <span>{move || (words().marked)(chosen.get())}</span>
                <Button weight=Weight::Danger on_press=Callback::new(stop)>
                    <Icon glyph=Glyph::Stop/>
                    {move || (words().stop_marked)(chosen.get())}
                </Button>
            </div>
        </Show>
        <div class="table-box fleet-table">
            <table class="table">
                <thead>
                    <tr>
                        <td>
                            <input
                                type="checkbox"
                                aria-label=move || words().mark_all
                                prop:checked=all
                                on:change=mark_all
                            />
                        </td>
                        {Key::ALL.map(|key| view! { <Head key_=key wanted/> })}
                        <td></td>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || ids.get() key=Clone::clone let:id>
                        <Row id shown marked stopping/>
                    </For>
                </tbody>
            </table>
        </div>
        {rest}
    }
}

#[component]
fn Head(key_: Key, wanted: Memo<Wanted>) -> impl IntoView {
    let (t, here) = (sentences(), Here::expect());
    let word = move || (t.get().fleet.column)(key_);
    let order = move || {
        wanted.with(|wanted| match wanted.sort {
            Some((now, turned)) if now == key_ => {
                Some(if turned { "descending" } else { "ascending" })
            }
            _ => None,
        })
    };
    let press = move |_| {
        here.view(
            "sort",
            &wanted.with_untracked(|wanted| wanted.pressed(key_)),
        )
    };
    let number = matches!(key_, Key::Age | Key::Burn | Key::Spent).then_some("number");
    view! {
        <th scope="col" class=number aria-sort=order>
            <button type="button" class="column-sort" on:click=press>{word}</button>
        </th>
    }
}
