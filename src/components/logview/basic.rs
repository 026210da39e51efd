//! The basic facts of an instance.

use leptos::prelude::*;
use odps::instances::Instance;
use wire::Millis;

use super::{part, tone};
use crate::api::Polled;
use crate::api::instances::Facts;
use crate::components::age::Moment;
use crate::components::copy::Copy;
use crate::state::clock::Clock;
use crate::text::sentences;
use crate::ui::status::{Status, Tone};

/// State, kind, owner, times.
#[component]
pub fn Basic(
    /// The instance.
    id: String,
    /// Its facts.
    facts: Polled<Facts>,
) -> impl IntoView {
    let (t, clock) = (sentences(), Clock::expect());
    let (old, words) = (move || &t.get().instances, move || &t.get().logview);
    let instance = part(facts, |facts| facts.instance.clone());
    let state = part(facts, |facts| tone(facts.instance.status, &facts.tasks));
    let state = Signal::derive(move || state.get().unwrap_or(Tone::Waiting));
    let word = move || {
        let status = instance.get().map(|instance| instance.status);
        status.map_or_else(String::new, |status| (old().status)(status).to_owned())
    };
    let more = part(facts, |facts| {
        (kinds(facts), priority(facts), waited(facts))
    });
    let more = move || more.get().unwrap_or_default();
    let start = Signal::derive(move || instance.get().and_then(|one| one.start_time));
    let end = Signal::derive(move || instance.get().and_then(|one| one.end_time));
    let lasted = move || {
        instance
            .get()
            .and_then(|one| lasted(&one, end.get().unwrap_or_else(|| clock.now())))
    };
    let shown = id.clone();
    let dash = || "–".to_owned();
    view! {
        <dl class="facts-list">
            <div>
                <dt>{move || old().state}</dt>
                <dd title=move || old().status_hint><Status tone=state word=Signal::derive(word)/></dd>
            </div>
            <div><dt>{move || words().kind}</dt><dd>{move || more().0}</dd></div>
            <div><dt>{move || old().owner}</dt><dd>{move || instance.get().and_then(|one| one.owner)}</dd></div>
            <div><dt>{move || words().priority}</dt><dd class="number-start">{move || more().1.unwrap_or_else(dash)}</dd></div>
            <div><dt>{move || old().started}</dt><dd><Moment at=start/></dd></div>
            <div><dt>{move || old().ended}</dt><dd>{move || end.get().is_none().then_some("–")}<Moment at=end/></dd></div>
            <div title=move || words().waited_hint>
                <dt>{move || words().waited}</dt>
                <dd class="number-start">{move || more().2.map_or_else(dash, crate::format::brief)}</dd>
            </div>
            <div><dt>{move || old().lasted}</dt><dd class="number-start">{lasted}</dd></div>
            <div>
                <dt>{move || words().instance}</dt>
                <dd class="logview-id"><span class="mono">{shown}</span>
                    <Copy text=Signal::stored(id) what=Signal::derive(move || words().instance.to_owned())/>
                </dd>
            </div>
        </dl>
    }
}

fn kinds(facts: &Facts) -> String {
    let kinds: Vec<&str> = facts.tasks.iter().map(|task| task.kind.as_str()).collect();
    kinds.join(", ")
}

fn priority(facts: &Facts) -> Option<String> {
    let standing = facts
        .standing
        .as_ref()
        .and_then(|standing| standing.priority);
    let asked = facts.source.as_ref().and_then(|source| source.job.priority);
    let known = standing.or_else(|| asked.map(i64::from));
    known.map(|priority| priority.to_string())
}

/// From being accepted until the first task began.
fn waited(facts: &Facts) -> Option<Millis> {
    let began = facts
        .tasks
        .iter()
        .filter_map(|task| task.start_time)
        .min()?;
    Some(began.saturating_sub(facts.instance.start_time?))
}

fn lasted(instance: &Instance, until: Millis) -> Option<String> {
    let start = instance.start_time?;
    Some(crate::format::elapsed(until.saturating_sub(start)))
}
