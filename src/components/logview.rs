//! The native Logview panel of an instance: state, tasks, times, result, source; and the address of
//! the vendor's own Logview, made when asked for.

use leptos::prelude::*;
use odps::instances::{Status as State, TaskOutcome, TaskState, TaskStatusWord};

use crate::api::answers::Answers;
use crate::api::instances::Facts;
use crate::api::{Polled, archive, every, instances};
use crate::components::age::{Age, Moment};
use crate::components::code::Code;
use crate::components::logview_address::LogviewAddress;
use crate::components::problem_notice::ProblemNotice;
use crate::state::clock::Clock;
use crate::state::profile::Profile;
use crate::text::{Text, sentences};
use crate::ui::status::{Status, Tone};

/// How often a running instance is read.
const PAUSE: u64 = 5_000;

/// Reads an instance as long as the component lives.
pub fn watch(id: String) -> Polled<Facts> {
    let profile = Profile::expect();
    every(PAUSE, move || {
        let (id, connection) = (id.clone(), profile.now());
        async move {
            let target = crate::api::target(connection).await?;
            let answers = Answers::Service(target);
            let facts = instances::read(&answers, &id, None).await?;
            archive::note(&answers, &facts.instance, &id);
            Ok(facts)
        }
    })
}

/// Answers that were kept, in place of the service's.
pub type Kept = StoredValue<Option<Answers>, LocalStorage>;

/// The panel.
#[component]
pub fn Logview(
    /// The instance.
    id: String,
    /// Its facts, read again and again.
    facts: Polled<Facts>,
    /// Where logs are read from, if not from the service.
    #[prop(optional)]
    kept: Option<Kept>,
) -> impl IntoView {
    let address = kept.is_none().then(|| view! { <LogviewAddress id/> });
    let body = move || match (facts.value(), facts.problem()) {
        (Some(value), _) => view! { <Panel facts=value/> }.into_any(),
        (None, Some(problem)) => {
            let again = Callback::new(move |()| facts.refresh());
            view! { <ProblemNotice problem retry=again/> }.into_any()
        }
        (None, None) => {
            view! { <p class="quiet">{move || sentences().get().shell.reading}</p> }.into_any()
        }
    };
    view! {
        <div class="logview">
            {body}
            {address}
            <Age at=facts.at() stale=facts.stale()/>
        </div>
    }
}

#[component]
fn Panel(facts: Facts) -> impl IntoView {
    let t = sentences();
    let clock = Clock::expect();
    let words = move || &t.get().instances;
    let instance = facts.instance.clone();
    let (start, end) = (instance.start_time, instance.end_time);
    let lasted = move || {
        let until = end.unwrap_or_else(|| clock.now());
        start.map(|start| crate::format::elapsed(until.saturating_sub(start)))
    };
    let status = instance.status;
    let tone = tone(status, &facts.tasks);
    let ended = status == State::Terminated;
    view! {
        <dl class="facts-list">
            <div>
                <dt>{move || words().state}</dt>
                <dd title=move || words().status_hint>
                    <Status tone word=Signal::derive(move || (words().status)(status).to_owned())/>
                </dd>
            </div>
            <div><dt>{move || words().owner}</dt><dd>{instance.owner.unwrap_or_default()}</dd></div>
            <div><dt>{move || words().started}</dt><dd><Moment at=start/></dd></div>
            <div><dt>{move || words().ended}</dt><dd>{if end.is_some() { view! { <Moment at=end/> }.into_any() } else { "–".into_any() }}</dd></div>
            <div><dt>{move || words().lasted}</dt><dd class="number-start">{lasted}</dd></div>
        </dl>
        <Tasks tasks=facts.tasks/>
        <Results results=facts.results ended/>
        <SourceText xml=facts.source.map(|source| source.xml)/>
    }
}

#[component]
fn Tasks(tasks: Vec<TaskState>) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().instances;
    let empty = tasks.is_empty();
    let rows = move || {
        tasks
            .iter()
            .map(|task| {
                let (tone, word) = (task_tone(&task.status), (words().task_status)(&task.status));
                view! {
                    <tr>
                        <th scope="row" class="mono">{task.name.clone()}</th>
                        <td>{task.kind.clone()}</td>
                        <td><Status tone word/></td>
                        <td><Moment at=task.start_time/></td>
                        <td><Moment at=task.end_time/></td>
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <section class="section">
            <h2>{move || words().tasks}</h2>
            <Show when=move || !empty fallback=move || view! { <p class="quiet">{words().no_tasks}</p> }>
                <div class="table-box">
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{move || words().task}</th>
                                <th scope="col">{move || words().kind}</th>
                                <th scope="col">{move || words().state}</th>
                                <th scope="col">{move || words().started}</th>
                                <th scope="col">{move || words().ended}</th>
                            </tr>
                        </thead>
                        <tbody>{rows.clone()}</tbody>
                    </table>
                </div>
            </Show>
        </section>
    }
}

#[component]
fn Results(results: Vec<TaskOutcome>, ended: bool) -> impl IntoView {
    let t = sentences();
    let text = results
        .iter()
        .map(|task| task.text.trim())
        .collect::<Vec<_>>()
        .join("\n");
    let failed = results
        .iter()
        .any(|task| task.status == Some(TaskStatusWord::Failed));
    let title = move || {
        let words = &t.get().instances;
        if failed {
            words.error_text
        } else {
            words.result
        }
    };
    let body = match (ended, text.is_empty()) {
        (false, _) => {
            view! { <p class="quiet">{move || t.get().instances.result_pending}</p> }.into_any()
        }
        (true, true) => {
            view! { <p class="quiet">{move || t.get().instances.result_empty}</p> }.into_any()
        }
        (true, false) => {
            let what = Signal::derive(move || title().to_owned());
            view! { <Code text what/> }.into_any()
        }
    };
    view! { <section class="section"><h2>{title}</h2>{body}</section> }
}

#[component]
fn SourceText(xml: Option<String>) -> impl IntoView {
    let t = sentences();
    let what = Signal::derive(move || t.get().instances.source.to_owned());
    match xml {
        None => view! { <p class="quiet">{move || t.get().instances.source_none}</p> }.into_any(),
        Some(xml) => view! {
            <details>
                <summary>{move || what.get()}</summary>
                <Code text=xml what/>
            </details>
        }
        .into_any(),
    }
}

/// What the state of an instance means, its tasks considered.
pub fn tone(status: State, tasks: &[TaskState]) -> Tone {
    let failed = tasks
        .iter()
        .any(|task| task.status == TaskStatusWord::Failed);
    match status {
        State::Running => Tone::Busy,
        State::Suspended => Tone::Warning,
        State::Terminated if failed => Tone::Bad,
        State::Terminated => Tone::Quiet,
    }
}

fn task_tone(status: &TaskStatusWord) -> Tone {
    match status {
        TaskStatusWord::Waiting => Tone::Waiting,
        TaskStatusWord::Running => Tone::Busy,
        TaskStatusWord::Success => Tone::Good,
        TaskStatusWord::Failed => Tone::Bad,
        TaskStatusWord::Suspended => Tone::Warning,
        _ => Tone::Quiet,
    }
}

/// The words for the state of an instance.
pub fn status_word(text: &Text, status: State) -> String {
    (text.instances.status)(status).to_owned()
}
