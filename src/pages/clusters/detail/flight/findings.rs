//! What stands out in a flight, as a list.

use cluster::Flight;
use cluster::diagnosis::{Finding, Weight, diagnose};
use leptos::prelude::*;

use crate::components::age::Moment;
use crate::text::sentences;
use crate::ui::icon::{Glyph, Icon};

/// The findings.
#[component]
pub fn Findings(
    /// The flight.
    #[prop(into)]
    flight: Signal<Flight>,
    /// Says so when nothing stands out.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    let t = sentences();
    let found = Memo::new(move |_| flight.with(diagnose));
    let none = move || {
        let none = quiet && found.with(Vec::is_empty);
        none.then(|| view! { <p class="quiet">{move || t.get().flight.nothing}</p> })
    };
    let rows = move || {
        let rows = found.get().into_iter();
        rows.map(|finding| view! { <Row finding/> }).collect_view()
    };
    let list = move || {
        let some = found.with(|found| !found.is_empty());
        some.then(|| view! { <ul class="findings">{rows}</ul> })
    };
    view! { {none} {list} }
}

/// The findings under their heading, or nothing at all.
#[component]
pub fn StandsOut(
    /// The flight.
    #[prop(into)]
    flight: Signal<Flight>,
) -> impl IntoView {
    let t = sentences();
    let some = Memo::new(move |_| flight.with(|flight| !diagnose(flight).is_empty()));
    view! {
        <Show when=move || some.get()>
            <section class="section" aria-labelledby="stands-out">
                <h2 id="stands-out">{move || t.get().flight.stands_out}</h2>
                <Findings flight/>
            </section>
        </Show>
    }
}

#[component]
fn Row(finding: Finding) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().flight;
    let Finding {
        from,
        until,
        worker,
        what,
    } = finding;
    let (weight, glyph) = match what.weight() {
        Weight::Bad => ("bad", Glyph::Failed),
        Weight::Warning => ("warning", Glyph::Warning),
    };
    let next = what.next();
    let place = worker.map(|worker| {
        view! { <span class="mono">{move || (words().on_worker)(&worker)}</span> " " }
    });
    let end = match until {
        Some(_) => view! { <Moment at=until/> }.into_any(),
        None => view! { <span>{move || words().until_now}</span> }.into_any(),
    };
    view! {
        <li data-weight=weight>
            <Icon glyph=Signal::stored(glyph)/>
            <p>{move || (words().finding)(&what)}</p>
            <p class="quiet">{place}<Moment at=Some(from)/>" – "{end}</p>
            <p>{move || (words().next)(next)}</p>
        </li>
    }
}
