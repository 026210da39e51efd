//! Whose clusters, in which state, with which words, since when: each choice is in the address.

use cluster::fleet::Owners;
use leptos::prelude::*;

use super::wanted::{DAYS, Only, Wanted};
use crate::route::Here;
use crate::text::sentences;
use crate::ui::segmented::Segmented;

const OWNERS: &[Owners] = &[Owners::Mine, Owners::All];

/// The choices.
#[component]
pub fn Bar(
    /// What the address asks for.
    wanted: Memo<Wanted>,
) -> impl IntoView {
    let (t, here) = (sentences(), Here::expect());
    let words = move || &t.get().fleet;
    let owners = move |owners| match owners {
        Owners::Mine => words().mine.to_owned(),
        Owners::All => words().everybody.to_owned(),
    };
    let only = move |only| match only {
        Only::All => words().all.to_owned(),
        Only::Running => words().running.to_owned(),
        Only::Forgotten => words().forgotten.to_owned(),
        Only::Ended => words().ended.to_owned(),
    };
    let choose_owners = move |owners| {
        here.view("owner", if owners == Owners::All { "all" } else { "" });
    };
    let search = move |event| {
        let query = here
            .query
            .get_untracked()
            .with("q", &event_target_value(&event));
        here.rewrite(query);
    };
    let days = move |event| {
        let days = event_target_value(&event);
        here.view("days", if days == "3" { "" } else { &days });
    };
    view! {
        <div class="fleet-bar row" role="search" aria-label=move || words().bar>
            <Segmented
                label=Signal::derive(move || words().owners.to_owned())
                choices=OWNERS
                chosen=Signal::derive(move || wanted.with(|wanted| wanted.owners))
                word=Callback::new(owners)
                on_choose=Callback::new(choose_owners)
            />
            <Segmented
                label=Signal::derive(move || words().states.to_owned())
                choices=Only::ALL
                chosen=Signal::derive(move || wanted.with(|wanted| wanted.only))
                word=Callback::new(only)
                on_choose=Callback::new(move |only: Only| here.view("state", only.as_str()))
            />
            <label class="field-box fleet-search">
                <span class="visually-hidden">{move || words().search}</span>
                <input
                    type="search"
                    placeholder=move || words().search
                    prop:value=move || wanted.with(|wanted| wanted.text.clone())
                    on:input=search
                />
            </label>
            <label class="row">
                <span class="quiet">{move || words().ended_since}</span>
                <span class="field-box">
                    <select on:change=days>
                        {DAYS.map(|days| view! {
                            <option
                                value=days.to_string()
                                prop:selected=move || wanted.with(|wanted| wanted.days == days)
                            >
                                {move || (words().days)(days)}
                            </option>
                        })}
                    </select>
                </span>
            </label>
        </div>
    }
}
