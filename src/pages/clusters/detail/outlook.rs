//! What comes if one walks away now: when it will be usable, what ends it, what it costs until then.

use cluster::fate::{Fate, Signs};
use cluster::forecast::Forecast;
use leptos::prelude::*;
use wire::Millis;

use super::super::life::{Life, Step};
use crate::api::starts;
use crate::components::age::offset;
use crate::components::money;
use crate::format;
use crate::state::clock::Clock;
use crate::state::prefs::Prefs;
use crate::state::profile::Profile;
use crate::text::sentences;

/// The outlook, while it has not ended.
#[component]
pub fn Outlook(
    /// The cluster.
    life: RwSignal<Life>,
) -> impl IntoView {
    let t = sentences();
    let lives = Memo::new(move |_| life.with(|life| life.stage.is_some() && life.end().is_none()));
    view! {
        <Show when=move || lives.get()>
            <section class="section outlook" aria-labelledby="outlook-title">
                <h2 id="outlook-title">{move || t.get().outlook.title}</h2>
                <Ready life/>
                <Leaving life/>
            </section>
        </Show>
    }
}

/// When it will be usable, by earlier starts.
#[component]
fn Ready(life: RwSignal<Life>) -> impl IntoView {
    let (t, clock, profile) = (sentences(), Clock::expect(), Profile::expect());
    let waits = Memo::new(move |_| {
        life.with(|life| {
            let ready = life.reached.iter().any(|(step, _)| *step >= Step::Usable);
            let usable_at = life.spec.as_ref().map(cluster::Spec::usable_at);
            (!ready).then_some((usable_at, life.started))
        })
    });
    let said = move || {
        let (workers, started) = waits.get()?;
        let words = &t.get().outlook;
        let project = profile.get()?.project;
        let Some(forecast) = Forecast::of(&starts::starts(&project), workers.unwrap_or(1)) else {
            return Some(words.no_forecast.to_owned());
        };
        let took = started.map_or(0, |started| clock.now().saturating_sub(started));
        Some(match forecast.median.checked_sub(took) {
            Some(left) => (words.ready_in)(&format::elapsed(left), &forecast),
            None => (words.ready_late)(&format::elapsed(took), &forecast),
        })
    };
    view! { <p>{said}</p> }
}

/// What ends it, and what that costs.
#[component]
fn Leaving(life: RwSignal<Life>) -> impl IntoView {
    let (t, clock, profile) = (sentences(), Clock::expect(), Profile::expect());
    let zone = Prefs::expect().zone;
    let fate = Memo::new(move |_| life.with(|life| Fate::of(&signs(life), clock.now())));
    let local = move || profile.get().is_some_and(|connection| connection.local);
    let exact = move |at: Millis| format::moment(at, offset(zone.get(), at));
    let ends = move || {
        let words = &t.get().outlook;
        let fate = fate.get();
        let cap = fate.cap_at.map(|at| (words.cap)(&exact(at)));
        let idle = fate
            .idle_at
            .filter(|at| fate.cap_at.is_none_or(|cap| *at < cap));
        let idle = idle.map(|at| (words.idle)(&exact(at)));
        [Some(words.leave.to_owned()), idle, cap]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let worst = move || {
        let words = &t.get().outlook;
        if local() {
            return Some(words.worst_local.to_owned());
        }
        let cap = fate.get().cap_at?;
        life.with(|life| {
            let (spec, started) = (life.spec.as_ref()?, life.started?);
            let all = money::micros_for(spec, cap.saturating_sub(started));
            let left = money::micros_for(spec, cap.saturating_sub(clock.now()));
            Some((words.worst)(&money::shown(all), &money::shown(left)))
        })
    };
    view! { <p>{ends}</p> <p>{worst}</p> }
}

fn signs(life: &Life) -> Signs {
    let idle = life.activity.filter(|activity| !activity.busy);
    Signs {
        started: life.started,
        busy: life.activity.map(|activity| activity.busy),
        idle_since: idle.map(|activity| activity.since),
        ..Signs::default()
    }
}
