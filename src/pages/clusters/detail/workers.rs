//! The workers as the engine's web service reports them, with their last hour; lost ones stay.

use cluster::Flight;
use leptos::prelude::*;
use wire::Millis;

use super::super::life::Life;
use crate::api::flights::Recorder;
use crate::components::age::Age;
use crate::text::sentences;

pub mod row;

use row::Row;

/// The tab.
#[component]
pub fn Workers(
    /// The cluster.
    life: RwSignal<Life>,
    /// What was recorded of it.
    recorder: Recorder,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().life;
    let flight: Signal<Flight> = recorder.flight.into();
    let at = Memo::new(move |_| flight.with(|flight| flight.span().map_or(0, |span| span.1)));
    let read_at =
        Signal::derive(move || life.with(|life| life.workers.as_ref().map(|read| read.at)));
    view! {
        <Table flight at/>
        <p class="quiet">{move || words().worker_note}</p>
        <Age at=read_at/>
    }
}

/// A table of the workers at a moment of a flight.
#[component]
pub fn Table(
    /// The flight.
    flight: Signal<Flight>,
    /// The moment.
    at: Memo<Millis>,
) -> impl IntoView {
    let t = sentences();
    let (words, own) = (move || &t.get().life, move || &t.get().flight);
    let lanes = Memo::new(move |_| {
        let at = at.get();
        flight.with(|flight| {
            let lanes = flight.lanes().iter().enumerate();
            let then = lanes.filter(|(_, lane)| lane.first().is_some_and(|first| first <= at));
            then.map(|(place, _)| place).collect::<Vec<_>>()
        })
    });
    let some = Memo::new(move |_| lanes.with(|lanes| !lanes.is_empty()));
    let head = move || {
        let (words, own) = (words(), own());
        let names = [
            own.status,
            words.worker_cpu,
            words.worker_memory,
            own.disk,
            own.network,
            own.slots,
            own.operands,
            words.worker_updated,
        ];
        names.map(|name| view! { <th scope="col">{name}</th> })
    };
    let none = move || {
        view! {
            <div class="empty"><p>{move || words().no_workers}</p><p class="quiet">{move || words().no_workers_next}</p></div>
        }
    };
    view! {
        <Show when=move || some.get() fallback=none>
            <div class="table-box" tabindex="0" role="region" aria-label=move || own().workers>
                <table class="table">
                    <thead><tr><th scope="col">{move || words().worker}</th>{head}</tr></thead>
                    <tbody>
                        <For each=move || lanes.get() key=|lane| *lane let:lane>
                            <Row flight at lane/>
                        </For>
                    </tbody>
                </table>
            </div>
        </Show>
    }
}
