//! The scrubber: one range over the time of a flight; the keys of a range move it.

use cluster::Flight;
use leptos::prelude::*;
use wire::Millis;

use crate::components::age::offset;
use crate::format;
use crate::state::prefs::Prefs;
use crate::text::{Text, sentences};
use crate::ui::button::Button;

/// The range, and the state at its moment.
#[component]
pub fn Scrub(
    /// The flight.
    flight: Signal<Flight>,
    /// The moment that the reader chose; none follows the last reading.
    chosen: RwSignal<Option<Millis>>,
    /// The moment that is shown.
    at: Memo<Millis>,
) -> impl IntoView {
    let (t, zone) = (sentences(), Prefs::expect().zone);
    let words = move || &t.get().flight;
    let span = Memo::new(move |_| flight.with(|flight| flight.span().unwrap_or_default()));
    // Whole seconds, rounded up: the right end is the last reading.
    let seconds = move || {
        let (first, last) = span.get();
        last.saturating_sub(first).div_ceil(1000)
    };
    let value = move || at.get().saturating_sub(span.get().0).div_ceil(1000);
    let move_to = move |event| {
        let second = event_target_value(&event).parse::<u64>().unwrap_or(0);
        let (first, last) = span.get_untracked();
        let at = first.saturating_add(second.saturating_mul(1000));
        chosen.set((at < last).then_some(at));
    };
    let back = Callback::new(move |()| chosen.set(None));
    let said = move || {
        let at = at.get();
        let time = format::moment(at, offset(zone.get(), at));
        let state = flight.with(|flight| state(t.get(), flight, at));
        format!("{time} · {state}")
    };
    view! {
        <div class="scrub">
            <label for="flight-moment">{move || words().moment}</label>
            <input
                id="flight-moment"
                type="range"
                min="0"
                max=move || seconds().to_string()
                step="1"
                prop:value=move || value().to_string()
                aria-valuetext=said
                aria-describedby="flight-moment-hint"
                on:input=move_to
            />
            <Button on_press=back>{move || words().to_last}</Button>
            <output for="flight-moment">{said}</output>
            <p id="flight-moment-hint" class="quiet">{move || words().moment_hint}</p>
        </div>
    }
}

/// The state at a moment, in words.
fn state(text: &Text, flight: &Flight, at: Millis) -> String {
    let words = &text.flight;
    let Some(mark) = flight.mark_at(at) else {
        return words.nothing_read.to_owned();
    };
    let mut parts = vec![(words.stage)(mark.stage)];
    parts.extend(mark.side.map(|side| (words.side)(side)));
    parts.extend(mark.busy.map(|busy| match busy {
        true => words.busy,
        false => words.idle,
    }));
    parts.join(" · ")
}
