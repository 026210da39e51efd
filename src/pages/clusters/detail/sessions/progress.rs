//! The operands of one graph by kind, and those that run.

use leptos::prelude::*;
use mars::v04::console::{GraphFacts, Kind, Node};

use super::{Key, PAUSE, Shared};
use crate::api::engine::graph;
use crate::api::{every, target};
use crate::components::age::Age;
use crate::components::problem_notice::ProblemNotice;
use crate::format;
use crate::route::{Query, Route};
use crate::state::profile::Profile;
use crate::text::sentences;

/// The states of an operand that is done, goes on, or has ended otherwise; the others wait.
const DONE: [&str; 3] = ["FINISHED", "CACHED", "FREED"];
const RUNS: [&str; 1] = ["RUNNING"];
const ENDED: [&str; 3] = ["FATAL", "CANCELLING", "CANCELLED"];

/// How long a bar is.
const WIDTH: u64 = 160;

/// The operands of a graph.
#[component]
pub fn Progress(
    /// What the tab shares.
    shared: Shared,
    /// The graph.
    key: Key,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let words = move || &t.get().engine;
    let short: String = key.1.chars().take(8).collect();
    let read = every(PAUSE, move || {
        let (id, key, connection) = (shared.id.get_value(), key.clone(), profile.now());
        async move { graph(&target(connection).await?, &id, key).await }
    });
    let query = Query::default().with("tab", "sessions");
    let close = Route::Cluster(shared.id.get_value()).with(query).href();
    let problem = move || {
        read.problem()
            .map(|problem| view! { <ProblemNotice problem/> })
    };
    let facts = Memo::new(move |_| read.value());
    let body = move || match facts.get()? {
        None => Some(view! { <p class="quiet">{words().gone}</p> }.into_any()),
        Some(facts) => Some(view! { <Kinds facts/> }.into_any()),
    };
    view! {
        <section class="section" aria-labelledby="graph-progress">
            <div class="row session-head">
                <h2 id="graph-progress">{move || (words().progress)(&short)}</h2>
                <Age at=read.at() stale=read.stale()/>
                <a href=close data-noscroll="true">{move || words().close}</a>
            </div>
            {problem}
            {body}
        </section>
    }
}

#[component]
fn Kinds(facts: GraphFacts) -> impl IntoView {
    let t = sentences();
    let GraphFacts {
        kinds,
        running,
        running_count,
        ..
    } = facts;
    let head = move || {
        let words = &t.get().engine;
        let names = [words.done, words.runs, words.waits, words.failed, words.all];
        names.map(|name| view! { <th scope="col" class="number">{name}</th> })
    };
    let rows = kinds.iter().map(kind_row).collect_view();
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=move || t.get().engine.kind>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{move || t.get().engine.kind}</th>
                        <th scope="col">{move || t.get().engine.share}</th>
                        {head}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <Running running count=running_count/>
    }
}

fn kind_row(kind: &Kind) -> impl IntoView + use<> {
    let parts = parts(kind);
    let bars = bars(&parts).map(|(from, length, state)| {
        view! { <rect class="operands-part" data-state=state x=from width=length height="8"/> }
    });
    let figures = parts.map(|count| view! { <td class="number">{format::grouped(count)}</td> });
    view! {
        <tr>
            <th scope="row" class="mono">{kind.name.clone()}</th>
            <td>
                <svg class="operands" viewBox="0 0 160 8" width="160" height="8" aria-hidden="true">
                    {bars}
                </svg>
            </td>
            {figures}
            <td class="number">{format::grouped(kind.total())}</td>
        </tr>
    }
}

#[component]
fn Running(running: Vec<Node>, count: Option<u64>) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().engine;
    let shown = running.len();
    let count = count.unwrap_or(0);
    if count == 0 {
        return ().into_any();
    }
    let some = move || {
        let less = u64::try_from(shown).is_ok_and(|shown| shown < count);
        less.then(|| view! { <p class="quiet">{(words().running_some)(shown)}</p> })
    };
    let rows = running
        .into_iter()
        .map(|node| {
            let worker = node.worker.unwrap_or_else(|| "–".to_owned());
            view! {
                <tr>
                    <th scope="row" class="mono">{node.key}</th>
                    <td class="mono">{node.name}</td>
                    <td class="mono">{worker}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h3>{move || (words().running_nodes)(&format::grouped(count))}</h3>
        {some}
        <div class="table-box running-nodes" tabindex="0" role="region" aria-label=move || words().runs>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{move || words().node}</th>
                        <th scope="col">{move || words().kind}</th>
                        <th scope="col">{move || words().worker}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// How many are done, run, wait, ended otherwise.
fn parts(kind: &Kind) -> [u64; 4] {
    let (done, runs, ended) = (kind.count(&DONE), kind.count(&RUNS), kind.count(&ENDED));
    let waits = kind.total().saturating_sub(done + runs + ended);
    [done, runs, waits, ended]
}

/// Where the part of each state begins on the bar, and how long it is.
fn bars(parts: &[u64; 4]) -> [(u64, u64, &'static str); 4] {
    let total = parts.iter().sum::<u64>().max(1);
    let at = |sum: u64| {
        let at = u128::from(sum) * u128::from(WIDTH) / u128::from(total);
        u64::try_from(at).unwrap_or(WIDTH)
    };
    let mut sum = 0;
    let mut bar = |count: u64, state| {
        let from = at(sum);
        sum += count;
        (from, at(sum) - from, state)
    };
    [
        bar(parts[0], "done"),
        bar(parts[1], "runs"),
        bar(parts[2], "waits"),
        bar(parts[3], "ended"),
    ]
}

#[cfg(test)]
mod tests {
    use mars::v04::console::Kind;

    use super::{bars, parts};

    #[test]
    fn every_operand_has_its_part_of_the_bar() {
        let states = [
            ("FREED", 2),
            ("FINISHED", 2),
            ("RUNNING", 4),
            ("READY", 7),
            ("FATAL", 1),
        ];
        let kind = Kind {
            name: "k".into(),
            states: states.map(|(state, n)| (state.to_owned(), n)).into(),
        };
        assert_eq!(parts(&kind), [4, 4, 7, 1]);
        let bars = bars(&parts(&kind));
        assert_eq!(
            bars,
            [
                (0, 40, "done"),
                (40, 40, "runs"),
                (80, 70, "waits"),
                (150, 10, "ended")
            ]
        );
        assert_eq!(super::bars(&[0; 4]).map(|bar| bar.1), [0; 4]);
    }
}
