//! The lease of a cluster: what will stop it and when, who keeps that, and the form that changes it.

use cluster::lease::{Decision, Entry, Lease as Wish, Standing};
use leptos::prelude::*;
use wire::Millis;

use crate::api::Problem;
use crate::components::age::Moment;
use crate::components::problem_notice::ProblemNotice;
use crate::format;
use crate::state::clock::Clock;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};

pub mod form;
mod keeper;

use form::Form;
pub use keeper::{Keeper, keep};

/// How long "keep it alive" holds a lease off.
const HOUR: Millis = 3_600_000;

/// The lease.
#[component]
pub fn Lease(
    /// What keeps it.
    keeper: Keeper,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().lease;
    let standing = Memo::new(move |_| keeper.standing());
    let by_gateway = Signal::derive(move || standing.get().is_some_and(|it| it.watcher));
    let lease = Memo::new(move |_| standing.get().and_then(|it| it.lease));
    let entries = Memo::new(move |_| standing.get().map(|it| it.entries).unwrap_or_default());
    let who = move || match standing.get() {
        None => words().looking,
        Some(it) if it.watcher => words().by_gateway,
        Some(_) => words().by_tab,
    };
    let stands = move || {
        let standing = standing.get()?;
        Some(view! { <Stands standing/> })
    };
    let actions = move || lease.get().map(|lease| view! { <Actions keeper lease/> });
    let problem = move || {
        keeper
            .problem
            .get()
            .map(|problem: Problem| view! { <ProblemNotice problem/> })
    };
    view! {
        <section class="section cluster-lease" aria-labelledby="cluster-lease">
            <h2 id="cluster-lease">{move || words().title}</h2>
            {stands}
            <p class="quiet">{who}</p>
            {problem}
            {actions}
            <Form keeper by_gateway has=Signal::derive(move || lease.with(Option::is_some))/>
            <History entries/>
        </section>
    }
}

/// What will stop the cluster, and when.
#[component]
fn Stands(standing: Standing) -> impl IntoView {
    let (t, clock) = (sentences(), Clock::expect());
    let Some(lease) = standing.lease else {
        return view! { <p>{move || t.get().lease.none}</p> }.into_any();
    };
    let decision = standing.decision;
    let left = move || match decision {
        Some(Decision::Keep {
            until: Some(until), ..
        }) => {
            let left = until.saturating_sub(clock.now());
            (t.get().lease.left)(&format::elapsed(left))
        }
        _ => String::new(),
    };
    let until = match decision {
        Some(Decision::Keep { until, .. }) => until,
        _ => None,
    };
    view! {
        <p><strong>{move || (t.get().lease.rule)(lease.rule)}</strong></p>
        <p role="status">{move || (t.get().lease.decision)(decision)}</p>
        {until.map(|until| view! {
            <p class="cluster-lease-left">
                <span role="timer">{left}</span>" "<Moment at=Signal::derive(move || Some(until))/>
            </p>
        })}
    }
    .into_any()
}

/// Putting it off, and taking it back.
#[component]
fn Actions(keeper: Keeper, lease: Wish) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().lease;
    let rule = lease.rule;
    let put_off = Callback::new(move |()| {
        keeper.set(rule, Some(crate::state::clock::now() + HOUR));
    });
    let drop_it = Callback::new(move |()| keeper.drop_lease());
    view! {
        <div class="row">
            <Button on_press=put_off busy=keeper.busy>{move || words().put_off}</Button>
            <Button on_press=drop_it busy=keeper.busy weight=Weight::Quiet>{move || words().drop}</Button>
        </div>
        <p class="quiet">{move || words().put_off_note}</p>
    }
}

/// What was done, newest first.
#[component]
fn History(entries: Memo<Vec<Entry>>) -> impl IntoView {
    let t = sentences();
    let rows = move || {
        let mut rows = entries.get();
        rows.reverse();
        let row = |entry: Entry| {
            let said = entry.clone();
            view! {
                <li>
                    <Moment at=Signal::derive(move || Some(entry.at))/>" "
                    {move || (t.get().lease.entry)(&said)}
                </li>
            }
        };
        rows.into_iter().map(row).collect_view()
    };
    view! {
        <Show when=move || !entries.with(Vec::is_empty)>
            <details class="cluster-lease-history">
                <summary>{move || t.get().lease.history}</summary>
                <ol>{rows}</ol>
            </details>
        </Show>
    }
}
