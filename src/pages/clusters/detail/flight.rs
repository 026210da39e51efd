//! The flight of a cluster: charts over time, a scrubber, what was known at a moment, and the file.

use cluster::Flight as Recorded;
use leptos::prelude::*;

use crate::api::flights::Recorder;
use crate::text::sentences;

pub mod charts;
pub mod findings;
pub mod instant;
pub mod scrub;
pub mod tools;

use charts::Charts;
use findings::Findings;
use instant::Instant;
use scrub::Scrub;
use tools::Tools;

/// The tab.
#[component]
pub fn Flight(
    /// What was recorded of this cluster.
    recorder: Recorder,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().flight;
    // A file takes the place of the recording while it is open.
    let opened = RwSignal::new(None::<Recorded>);
    let from_file = Memo::new(move |_| opened.with(Option::is_some));
    let flight = move || match from_file.get() {
        true => Signal::derive(move || opened.get().unwrap_or_default()),
        false => recorder.flight.into(),
    };
    let unkept = move || {
        let error = recorder.unkept.get()?;
        Some(
            view! { <p class="hint" role="status">{move || (words().unkept)(&error.to_string())}</p> },
        )
    };
    view! {
        <div class="flight">
            <p class="quiet">{move || words().lead}</p>
            <Tools recorder opened/>
            {unkept}
            {move || view! { <Shown flight=flight()/> }}
        </div>
    }
}

#[component]
fn Shown(flight: Signal<Recorded>) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().flight;
    let some = Memo::new(move |_| flight.with(|flight| flight.span().is_some()));
    let chosen = RwSignal::new(None::<u64>);
    let at = Memo::new(move |_| {
        let last = flight.with(|flight| flight.span().map_or(0, |span| span.1));
        chosen.get().unwrap_or(last)
    });
    let empty = move || {
        view! {
            <div class="empty"><p>{move || words().none}</p><p class="quiet">{move || words().none_next}</p></div>
        }
    };
    view! {
        <Show when=move || some.get() fallback=empty>
            <section class="section" aria-labelledby="flight-findings">
                <h2 id="flight-findings">{move || words().stands_out}</h2>
                <Findings flight quiet=true/>
            </section>
            <Scrub flight chosen at/>
            <Charts flight at/>
            <Instant flight at/>
        </Show>
    }
}
