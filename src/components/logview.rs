//! The native Logview panel of an instance: facts, queue, tasks, stages, plan, result, source, summary
//! and logs; and the address of the vendor's own Logview, made when asked for.

use leptos::prelude::*;
use odps::instances::{Status as State, TaskState, TaskStatusWord};

use crate::api::answers::Answers;
use crate::api::instances::Facts;
use crate::api::{Polled, archive, every, instances};
use crate::components::age::{Age, Moment};
use crate::components::logview_address::LogviewAddress;
use crate::components::problem_notice::ProblemNotice;
use crate::state::profile::{Connection, Profile};
use crate::text::{Text, sentences};
use crate::ui::status::{Status, Tone};

pub mod basic;
pub mod dag;
pub mod failure;
pub mod highlight;
pub mod lines;
pub mod outcome;
pub mod queue;
pub mod settings;
pub mod source;
pub mod stages;
pub mod worker_log;

use basic::Basic;
use dag::Plan;
use outcome::Outcome;
use queue::Queue;
use source::SourceText;
use stages::{Stages, rows::rows};
use worker_log::WorkerLog;

/// How often a running instance is read.
const PAUSE: u64 = 5_000;

/// Answers that were kept, in place of the service's.
pub type Kept = StoredValue<Option<Answers>, LocalStorage>;

/// Where the panel's answers come from.
async fn answers(
    kept: Option<Answers>,
    connection: Option<Connection>,
) -> Result<Answers, crate::api::Problem> {
    match kept {
        Some(kept) => Ok(kept),
        None => Ok(Answers::Service(crate::api::target(connection).await?)),
    }
}

/// Reads an instance as long as the component lives.
pub fn watch(id: String) -> Polled<Facts> {
    watch_from(id, StoredValue::new_local(None))
}

/// The same from answers that may have been kept.
pub fn watch_from(id: String, kept: Kept) -> Polled<Facts> {
    let profile = Profile::expect();
    let last = StoredValue::new_local(None::<Facts>);
    every(PAUSE, move || {
        let (id, connection) = (id.clone(), profile.now());
        let (kept, before) = (kept.try_get_value(), last.try_get_value());
        async move {
            let answers = answers(kept.flatten(), connection).await?;
            let facts = instances::read(&answers, &id, before.flatten()).await?;
            archive::note(&answers, &facts.instance, &id);
            last.try_set_value(Some(facts.clone()));
            Ok(facts)
        }
    })
}

/// A part of the facts: it changes only when this part does, so that what is open stays open.
fn part<T: PartialEq + Send + Sync + 'static>(
    facts: Polled<Facts>,
    of: impl Fn(&Facts) -> T + Send + Sync + 'static,
) -> Memo<Option<T>> {
    Memo::new(move |_| {
        facts
            .reading
            .with(|reading| reading.value.as_ref().map(&of))
    })
}

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
    let known = part(facts, |_| ());
    let shown = id.clone();
    let address = kept.is_none().then(|| view! { <LogviewAddress id/> });
    let kept = kept.unwrap_or_else(|| StoredValue::new_local(None));
    let body = move || match known.get() {
        Some(()) => view! { <Panel id=shown.clone() facts kept/> }.into_any(),
        None => view! { <Unread facts/> }.into_any(),
    };
    view! {
        <div class="logview">
            {body}
            {address}
            <Age at=facts.at() stale=facts.stale()/>
        </div>
    }
}

/// Nothing was read yet, and perhaps why.
#[component]
fn Unread(facts: Polled<Facts>) -> impl IntoView {
    move || match facts.problem() {
        Some(problem) => {
            let again = Callback::new(move |()| facts.refresh());
            view! { <ProblemNotice problem retry=again/> }.into_any()
        }
        None => view! { <p class="quiet">{move || sentences().get().shell.reading}</p> }.into_any(),
    }
}

#[component]
fn Panel(id: String, facts: Polled<Facts>, kept: Kept) -> impl IntoView {
    let tasks = part(facts, |facts| facts.tasks.clone());
    let ended = Memo::new(move |_| {
        facts
            .reading
            .with(|reading| reading.value.as_ref().is_some_and(has_ended))
    });
    let results = part(facts, |facts| facts.results.clone());
    let source = part(facts, |facts| facts.source.clone());
    let mars = part(facts, Facts::is_mars);
    let mars = Signal::derive(move || mars.get().unwrap_or_default());
    let stages = part(facts, |facts| match facts.is_mars() {
        true => Vec::new(),
        false => rows(&facts.stages, &facts.workers),
    });
    let stages = Signal::derive(move || stages.get().unwrap_or_default());
    let names = Memo::new(move |_| {
        let rows = stages.get();
        rows.into_iter()
            .map(|row| row.name)
            .collect::<Vec<String>>()
    });
    let summary = part(facts, |facts| facts.summary.clone());
    view! {
        <Basic id=id.clone() facts/>
        {move || view! { <Outcome results=results.get().unwrap_or_default() ended/> }}
        {move || view! { <Tasks tasks=tasks.get().unwrap_or_default()/> }}
        <Queue facts/>
        <Stages rows=stages mars/>
        {move || view! { <Plan names=names.get()/> }}
        {move || view! { <SourceText source=source.get().flatten()/> }}
        {move || view! { <outcome::Summary summary=summary.get().unwrap_or_default() ended mars/> }}
        <WorkerLog id facts kept/>
    }
}

fn has_ended(facts: &Facts) -> bool {
    facts.instance.status == State::Terminated
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
