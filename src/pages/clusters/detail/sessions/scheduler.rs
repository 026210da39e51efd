//! The facts of the schedulers.

use leptos::prelude::*;
use mars::v04::console::Scheduler;

use super::{PAUSE, Shared};
use crate::api::engine::schedulers;
use crate::api::{every, target};
use crate::components::age::Age;
use crate::format;
use crate::state::profile::Profile;
use crate::text::{Text, sentences};

/// The section.
#[component]
pub fn SchedulerFacts(
    /// What the tab shares.
    shared: Shared,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let words = move || &t.get().engine;
    let read = every(PAUSE, move || {
        let (id, connection) = (shared.id.get_value(), profile.now());
        async move { schedulers(&target(connection).await?, &id).await }
    });
    let facts = Memo::new(move |_| read.value().flatten().unwrap_or_default());
    let version = Memo::new(move |_| facts.with(|facts| facts.version.clone()));
    let rows = move || {
        let all = facts.with(|facts| facts.schedulers.clone());
        let version = version.get().unwrap_or_else(none);
        all.into_iter()
            .map(|one| facts_of(t.get(), one, version.clone()))
            .collect_view()
    };
    view! {
        <section class="section" aria-labelledby="scheduler-title">
            <div class="row session-head">
                <h2 id="scheduler-title">{move || words().scheduler}</h2>
                <Age at=read.at() stale=read.stale()/>
            </div>
            {rows}
        </section>
    }
}

fn facts_of(text: &Text, one: Scheduler, version: String) -> impl IntoView + use<> {
    let words = &text.engine;
    let cpu = one.cpu_used.zip(one.cpu_total);
    let cpu = cpu.map(|(used, total)| (text.life.of)(&format!("{used:.1}"), &total.to_string()));
    let memory = one.memory_used.zip(one.memory_total);
    let memory =
        memory.map(|(used, total)| (text.life.of)(&format::bytes(used), &format::bytes(total)));
    let python = one
        .sys_version
        .and_then(|text| Some(text.split(' ').next()?.to_owned()));
    let packages = one.package_info.map(|text| text.replace('\n', ", "));
    let facts = [
        (words.scheduler_at, Some(one.endpoint)),
        (words.host, one.host_name),
        (words.version, Some(version)),
        (words.cpu, cpu),
        (words.memory, memory),
        (words.python, python),
        (words.packages, packages),
        (words.revision, one.git_info),
    ];
    let facts = facts.map(|(name, value)| {
        view! { <div><dt>{name}</dt><dd>{value.unwrap_or_else(none)}</dd></div> }
    });
    view! { <dl class="facts-list">{facts}</dl> }
}

fn none() -> String {
    "–".to_owned()
}
