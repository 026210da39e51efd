//! The workers and graphs at one moment of a flight.

use cluster::Flight;
use leptos::prelude::*;
use wire::Millis;

use super::super::workers::Table;
use crate::components::age::Moment;
use crate::text::sentences;

/// What was known at a moment.
#[component]
pub fn Instant(
    /// The flight.
    flight: Signal<Flight>,
    /// The moment.
    at: Memo<Millis>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().flight;
    view! {
        <section class="section" aria-labelledby="flight-workers">
            <h2 id="flight-workers">{move || words().workers}</h2>
            <Table flight at/>
        </section>
        <section class="section" aria-labelledby="flight-graphs">
            <h2 id="flight-graphs">{move || words().graphs}</h2>
            <Graphs flight at/>
        </section>
    }
}

#[component]
fn Graphs(flight: Signal<Flight>, at: Memo<Millis>) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().flight;
    let sessions = Memo::new(move |_| flight.with(|flight| flight.at(at.get()).sessions.len()));
    let graphs = Memo::new(move |_| {
        flight.with(|flight| {
            let scene = flight.at(at.get());
            let rows = scene.graphs.iter();
            rows.map(|it| (it.key.to_owned(), it.state.to_owned(), it.since))
                .collect::<Vec<_>>()
        })
    });
    let row = |(key, state, since): (String, String, Millis)| {
        view! {
            <tr><th scope="row" class="mono">{key}</th><td>{state}</td><td><Moment at=Some(since)/></td></tr>
        }
    };
    let some = Memo::new(move |_| graphs.with(|graphs| !graphs.is_empty()));
    let none = move || view! { <p class="quiet">{move || words().no_graphs}</p> };
    view! {
        <p>{move || (words().sessions)(sessions.get())}</p>
        <Show when=move || some.get() fallback=none>
            <div class="table-box">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{move || words().graph}</th>
                            <th scope="col">{move || words().state}</th>
                            <th scope="col">{move || words().since}</th>
                        </tr>
                    </thead>
                    <tbody>{move || graphs.get().into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </Show>
    }
}
