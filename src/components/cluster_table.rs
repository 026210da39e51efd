//! Clusters in rows: state, size, age and what they have cost.

use leptos::prelude::*;
use odps::instances::Status as State;

use crate::api::clusters::Entry;
use crate::components::age::Moment;
use crate::components::money;
use crate::format;
use crate::route::Route;
use crate::state::clock::Clock;
use crate::state::profile::Profile;
use crate::text::{Text, sentences};
use crate::ui::status::{Status, Tone};

/// A table of clusters.
#[component]
pub fn ClusterTable(
    /// The clusters, in the order of the rows.
    #[prop(into)]
    entries: Signal<Vec<Entry>>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().clusters.list;
    view! {
        <div class="table-box">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{move || words().cluster}</th>
                        <th scope="col">{move || words().state}</th>
                        <th scope="col">{move || words().size}</th>
                        <th scope="col">{move || words().owner}</th>
                        <th scope="col">{move || words().started}</th>
                        <th scope="col" class="number">{move || words().lasted}</th>
                        <th scope="col" class="number">{move || words().cost}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || entries.get() key=|entry| (entry.id.clone(), entry.end_time) let:entry>
                        <Row entry/>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(entry: Entry) -> impl IntoView {
    let (t, clock, profile) = (sentences(), Clock::expect(), Profile::expect());
    let words = move || &t.get().clusters.list;
    let (start, end, status) = (entry.start_time, entry.end_time, entry.status);
    let age = move || {
        let until = end.unwrap_or_else(|| clock.now());
        start.map(|start| until.saturating_sub(start))
    };
    let lasted = move || age().map(format::elapsed);
    let size = entry.spec.clone();
    let priced = entry.spec.clone();
    let size_text = move || match &size {
        Some(spec) => (words().size_of)(spec.worker_num, spec.worker_cpu, spec.worker_mem),
        None => words().size_unknown.to_owned(),
    };
    let hint = entry.spec.is_none();
    let local = move || profile.get().is_some_and(|connection| connection.local);
    let cost = move || match (&priced, age()) {
        _ if local() => t.get().life.cost_none.to_owned(),
        (Some(spec), Some(age)) => money::shown(money::micros_for(spec, age)),
        _ => words().size_unknown.to_owned(),
    };
    let href = Route::Cluster(entry.id.clone()).path();
    let name = entry.name.clone().filter(|name| !name.is_empty());
    let word = Signal::derive(move || state_word(t.get(), status).to_owned());
    view! {
        <tr>
            <th scope="row">
                <a href=href class="cluster-name">
                    {name.map(|name| view! { <strong>{name}</strong> })}
                    <span class="mono">{entry.id}</span>
                </a>
            </th>
            <td><Status tone=state_tone(status) word/></td>
            <td title=move || hint.then(|| words().unknown_size_hint)>{size_text}</td>
            <td>{entry.owner}</td>
            <td><Moment at=start/></td>
            <td class="number">{lasted}</td>
            <td class="number">{cost}</td>
        </tr>
    }
}

fn state_tone(status: State) -> Tone {
    match status {
        State::Running => Tone::Good,
        State::Suspended => Tone::Warning,
        State::Terminated => Tone::Quiet,
    }
}

fn state_word(text: &Text, status: State) -> &'static str {
    let words = &text.clusters.list;
    match status {
        State::Running => words.runs,
        State::Suspended => words.suspended,
        State::Terminated => words.ended,
    }
}
