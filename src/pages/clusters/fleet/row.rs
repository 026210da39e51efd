//! One cluster of the fleet in one row.

use std::collections::BTreeSet;

use cluster::fate::Orphan;
use leptos::prelude::*;
use odps::instances::Status as State;

use super::cost;
use crate::api::clusters::Entry;
use crate::components::age::Moment;
use crate::format;
use crate::route::Route;
use crate::state::clock::Clock;
use crate::text::{Text, sentences};
use crate::ui::button::{Button, Weight};
use crate::ui::status::{Status, Tone};

/// A row.
#[component]
pub fn Row(
    /// The instance.
    id: String,
    /// All rows: this one's facts are among them.
    shown: Memo<Vec<Entry>>,
    /// The instances that are marked.
    marked: RwSignal<BTreeSet<String>>,
    /// Receives this cluster when it is to be stopped.
    stopping: RwSignal<Vec<Entry>>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().fleet;
    let wanted = id.clone();
    let found = Memo::new(move |_| {
        shown.with(|shown| shown.iter().find(|entry| entry.id == wanted).cloned())
    });
    let runs = Memo::new(move |_| found.with(|found| found.as_ref().is_some_and(Entry::runs)));
    let name =
        move || found.with(|found| found.as_ref()?.name.clone().filter(|name| !name.is_empty()));
    let called = {
        let id = id.clone();
        Signal::derive(move || name().unwrap_or_else(|| id.clone()))
    };
    let mark = StoredValue::new(id.clone());
    let is_marked = move || marked.with(|marked| mark.with_value(|id| marked.contains(id)));
    let set_mark = move |event| {
        let on = event_target_checked(&event);
        marked.update(|marked| {
            let id = mark.get_value();
            if on {
                marked.insert(id)
            } else {
                marked.remove(&id)
            };
        });
    };
    let stop = Callback::new(move |()| stopping.set(found.get_untracked().into_iter().collect()));
    let owner = move || found.with(|found| found.as_ref()?.owner.clone());
    let href = Route::Cluster(id.clone()).path();
    view! {
        <tr>
            <td>
                <Show when=move || runs.get()>
                    <input
                        type="checkbox"
                        aria-label=move || (words().mark)(&called.get())
                        prop:checked=is_marked
                        on:change=set_mark
                    />
                </Show>
            </td>
            <th scope="row">
                <a href=href class="cluster-name">
                    {move || name().map(|name| view! { <strong>{name}</strong> })}
                    <span class="mono">{id}</span>
                </a>
            </th>
            <td><Doing found/></td>
            <td><Size found/></td>
            <td class="fleet-owner" title=owner>{owner}</td>
            <Money found/>
            <td><End found/></td>
            <td>
                <Show when=move || runs.get()>
                    <Button weight=Weight::Quiet on_press=stop>
                        <span aria-hidden="true">{move || words().stop}</span>
                        <span class="visually-hidden">{move || (words().stop_one)(&called.get())}</span>
                    </Button>
                </Show>
            </td>
        </tr>
    }
}

/// The state, and since when nothing computes.
#[component]
fn Doing(found: Memo<Option<Entry>>) -> impl IntoView {
    let (t, clock) = (sentences(), Clock::expect());
    let state = Memo::new(move |_| found.with(|found| found.as_ref().map(state)));
    let tone = Signal::derive(move || state.get().map_or(Tone::Quiet, tone));
    let word = Signal::derive(move || {
        state
            .get()
            .map(|state| word(t.get(), state))
            .unwrap_or_default()
    });
    let idle = move || {
        let since = found.with(|found| found.as_ref()?.idle_since())?;
        Some((t.get().fleet.idle_for)(&format::elapsed(
            clock.now().saturating_sub(since),
        )))
    };
    let seen = move || {
        found.with(|found| {
            let problem = found.as_ref()?.problem.as_ref()?;
            (!matches!(problem.what, cluster::Problem::NotReady { .. }))
                .then(|| problem.what.to_string())
        })
    };
    view! {
        <span class="fleet-cell" title=seen>
            <Status tone word/>
            <span class="quiet" title=move || t.get().fleet.idle_hint>{idle}</span>
        </span>
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Starting,
    Runs,
    Busy,
    Idle,
    Silent,
    Suspended,
    Ended,
}

fn state(entry: &Entry) -> Shown {
    match (entry.status, &entry.problem, entry.activity) {
        (State::Terminated, ..) => Shown::Ended,
        (State::Suspended, ..) => Shown::Suspended,
        (_, Some(problem), _) if matches!(problem.what, cluster::Problem::NotReady { .. }) => {
            Shown::Starting
        }
        (_, Some(_), _) => Shown::Silent,
        (_, _, Some(activity)) if activity.busy => Shown::Busy,
        (_, _, Some(_)) => Shown::Idle,
        _ => Shown::Runs,
    }
}

fn tone(state: Shown) -> Tone {
    match state {
        Shown::Starting => Tone::Busy,
        Shown::Runs | Shown::Busy | Shown::Idle => Tone::Good,
        Shown::Silent | Shown::Suspended => Tone::Warning,
        Shown::Ended => Tone::Quiet,
    }
}

fn word(text: &Text, state: Shown) -> String {
    let words = &text.fleet;
    match state {
        Shown::Starting => text.life.word_starting,
        Shown::Runs => text.clusters.list.runs,
        Shown::Busy => text.life.word_busy,
        Shown::Idle => text.life.word_idle,
        Shown::Silent => words.silent,
        Shown::Suspended => text.clusters.list.suspended,
        Shown::Ended => text.clusters.list.ended,
    }
    .to_owned()
}

/// Workers there are and were asked for, and the size of each.
#[component]
fn Size(found: Memo<Option<Entry>>) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().fleet;
    let count = move || {
        found.with(|found| {
            let entry = found.as_ref()?;
            let have = entry
                .crew
                .as_ref()
                .filter(|_| entry.runs())
                .map(|crew| crew.what.workers);
            let asked = entry.spec.as_ref().map(|spec| spec.worker_num);
            Some((words().workers)(have, asked))
        })
    };
    let each = move || {
        found.with(|found| {
            let spec = found.as_ref()?.spec.as_ref()?;
            Some((words().each)(spec.worker_cpu, spec.worker_mem))
        })
    };
    let hint = move || {
        let unknown = found.with(|found| found.as_ref().is_some_and(|entry| entry.spec.is_none()));
        unknown.then(|| t.get().clusters.list.unknown_size_hint)
    };
    view! { <span class="fleet-cell" title=hint><span>{count}</span><span class="quiet">{each}</span></span> }
}

/// Age, price of an hour, and what was spent: three cells.
#[component]
fn Money(found: Memo<Option<Entry>>) -> impl IntoView {
    let (t, clock, local) = (sentences(), Clock::expect(), cost::local());
    let age = move || {
        found
            .with(|found| found.as_ref()?.age(clock.now()))
            .map(format::elapsed)
    };
    let start = Signal::derive(move || found.with(|found| found.as_ref()?.start_time));
    let said = move |micros: Option<u128>| match (local.get(), micros) {
        (true, _) => t.get().life.cost_none.to_owned(),
        (_, Some(micros)) => cost::shown(micros),
        _ => t.get().clusters.list.size_unknown.to_owned(),
    };
    let burn = move || {
        let runs = found.with(|found| found.as_ref().is_some_and(Entry::runs));
        runs.then(|| said(found.with(|found| cost::burn(found.as_ref()?))))
    };
    let spent = move || said(found.with(|found| cost::spent(found.as_ref()?, clock.now())));
    view! {
        <td class="number">
            <span class="fleet-cell"><span>{age}</span><span class="quiet"><Moment at=start/></span></span>
        </td>
        <td class="number">{burn}</td>
        <td class="number">{spent}</td>
    }
}

/// When it ends by itself, and why it looks forgotten.
#[component]
fn End(found: Memo<Option<Entry>>) -> impl IntoView {
    let (t, clock) = (sentences(), Clock::expect());
    let words = move || &t.get().fleet;
    let fate = Memo::new(move |_| found.with(|found| found.as_ref()?.fate(clock.now())));
    let ended = Signal::derive(move || found.with(|found| found.as_ref()?.end_time));
    let end = move || match fate.get() {
        None => view! { <Moment at=ended/> }.into_any(),
        Some(fate) => {
            let next = fate.next();
            let left = next.map(|next| format::elapsed(next.saturating_sub(clock.now())));
            let by_idle = next.is_some() && next == fate.idle_at;
            let said = left.map(|left| match by_idle {
                true => (words().ends_idle)(&left),
                false => (words().ends_cap)(&left),
            });
            let hint = if by_idle {
                words().ends_idle_hint
            } else {
                words().ends_cap_hint
            };
            view! { <span title=hint>{said}</span> }.into_any()
        }
    };
    let orphan = move || {
        let said = match fate.get()?.orphan? {
            Orphan::NeverUsed => words().never_used.to_owned(),
            Orphan::Idle(since) => (words().idle_long)(&format::elapsed(since)),
            Orphan::OwnerGone => words().owner_gone.to_owned(),
            _ => return None,
        };
        Some(view! { <span class="badge" data-tone="warning">{said}</span> })
    };
    view! { <span class="fleet-cell">{end} {orphan}</span> }
}
