//! The facts of a cluster: size, owner, age, cost.

use leptos::prelude::*;

use super::super::life::Life;
use crate::components::age::Moment;
use crate::components::money;
use crate::format;
use crate::state::clock::Clock;
use crate::state::profile::Profile;
use crate::text::sentences;

/// The facts.
#[component]
pub fn Facts(
    /// The cluster.
    life: RwSignal<Life>,
) -> impl IntoView {
    let (t, clock, profile) = (sentences(), Clock::expect(), Profile::expect());
    let words = move || &t.get().life;
    let spec = Memo::new(move |_| life.with(|life| life.spec.clone()));
    let known = Memo::new(move |_| life.with(|life| (life.owner.clone(), life.started)));
    let end = Memo::new(move |_| life.with(|life| life.end().map(|ended| ended.at)));
    let size = move || match spec.get() {
        Some(spec) => {
            (t.get().clusters.list.size_of)(spec.worker_num, spec.worker_cpu, spec.worker_mem)
        }
        None => t.get().clusters.list.size_unknown.to_owned(),
    };
    let age = move || {
        let (_, started) = known.get();
        let until = end.get().flatten().unwrap_or_else(|| clock.now());
        started.map(|started| until.saturating_sub(started))
    };
    let cost = move || {
        if profile.get().is_some_and(|connection| connection.local) {
            return words().cost_none.to_owned();
        }
        match (spec.get(), age()) {
            (Some(spec), Some(age)) => money::shown(money::micros_for(&spec, age)),
            _ => t.get().clusters.list.size_unknown.to_owned(),
        }
    };
    view! {
        <section class="section">
            <h2>{move || words().facts}</h2>
            <dl class="facts-list">
                <div><dt>{move || words().asked_for}</dt><dd>{size}</dd></div>
                <div><dt>{move || words().owner}</dt><dd>{move || known.get().0.unwrap_or_else(|| "–".to_owned())}</dd></div>
                <div><dt>{move || words().started}</dt><dd><Moment at=Signal::derive(move || known.get().1)/></dd></div>
                <div><dt>{move || words().age}</dt><dd>{move || age().map(format::elapsed)}</dd></div>
                <div><dt>{move || words().cost}</dt><dd title=move || words().cost_note>{cost}</dd></div>
            </dl>
        </section>
    }
}
