//! The end of a worker's log: read when asked for, followed while one wants it, searched and filtered.

use leptos::html::Pre;
use leptos::prelude::*;
use wire::Millis;

use super::lines::{Found, Severity, find};
use super::{Kept, answers, part};
use crate::api::instances::{self, Facts};
use crate::api::{Polled, every};
use crate::components::age::Age;
use crate::components::problem_notice::ProblemNotice;
use crate::state::clock::now;
use crate::state::profile::Profile;
use crate::text::sentences;

/// How often a log that is followed is read.
const PAUSE: u64 = 2_000;

/// The kinds of log that the service names.
const KINDS: [&str; 4] = ["stdout", "stderr", "jstack", "pstack"];

/// Which log is looked at, and what in it.
#[derive(Clone, Copy)]
struct Looking {
    log: RwSignal<String>,
    kind: RwSignal<String>,
    follow: RwSignal<bool>,
    least: RwSignal<Severity>,
    search: RwSignal<String>,
}

/// What was read of a log.
#[derive(Clone, PartialEq, Eq)]
struct Tail {
    log: String,
    kind: String,
    text: String,
    at: Millis,
}

/// The logs of an instance's workers.
#[component]
pub fn WorkerLog(
    /// The instance.
    id: String,
    /// Its facts.
    facts: Polled<Facts>,
    /// Where logs are read from, if not from the service.
    kept: Kept,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().logview;
    let logs = part(facts, logs);
    let logs = Signal::derive(move || logs.get().unwrap_or_default());
    let empty = Memo::new(move |_| logs.with(Vec::is_empty));
    let open = RwSignal::new(false);
    let body = move || {
        match (empty.get(), open.get()) {
        (true, _) => view! { <p class="quiet">{move || words().log_none}</p> }.into_any(),
        (false, false) => view! {
            <button type="button" class="button" on:click=move |_| open.set(true)>{move || words().log_open}</button>
        }
        .into_any(),
        (false, true) => view! { <Reader id=id.clone() logs kept/> }.into_any(),
    }
    };
    view! { <section class="section" aria-label=move || words().log><h2>{move || words().log}</h2>{body}</section> }
}

/// The log ids that the details name, each with the name of its worker.
fn logs(facts: &Facts) -> Vec<(String, String)> {
    let workers = facts.workers.iter().flat_map(|stage| &stage.workers);
    let logs = workers.filter_map(|worker| Some((worker.log.clone()?, worker.id.clone())));
    logs.take(1_000).collect()
}

#[component]
fn Reader(id: String, logs: Signal<Vec<(String, String)>>, kept: Kept) -> impl IntoView {
    let first = logs.with_untracked(|logs| logs.first().map(|(log, _)| log.clone()));
    let looking = Looking {
        log: RwSignal::new(first.unwrap_or_default()),
        kind: RwSignal::new(String::new()),
        follow: RwSignal::new(true),
        least: RwSignal::new(Severity::Debug),
        search: RwSignal::new(String::new()),
    };
    let tail = tail(id, looking, kept);
    let found = Memo::new(move |_| {
        let (least, search) = (looking.least.get(), looking.search.get());
        tail.reading.with(|reading| {
            let text = reading.value.as_ref().map(|tail| tail.text.as_str());
            FoundLines(find(text.unwrap_or_default(), least, &search))
        })
    });
    let at = Signal::derive(move || tail.value().map(|tail| tail.at));
    let problem = Memo::new(move |_| tail.problem());
    let again = Callback::new(move |()| tail.refresh());
    view! {
        <Controls logs looking tail/>
        {move || problem.get().map(|problem| view! { <ProblemNotice problem retry=again/> })}
        <Lines found looking/>
        <Age at stale=tail.stale()/>
    }
}

/// What was found, compared as a whole.
#[derive(Clone, PartialEq, Eq)]
struct FoundLines(Found);

/// Reads the log that is looked at: again and again while it is followed, else once.
fn tail(id: String, looking: Looking, kept: Kept) -> Polled<Tail> {
    let profile = Profile::expect();
    let last = StoredValue::new_local(None::<Tail>);
    every(PAUSE, move || {
        let (id, connection, kept) = (id.clone(), profile.now(), kept.try_get_value().flatten());
        let log = looking.log.try_get_untracked().unwrap_or_default();
        let kind = looking.kind.try_get_untracked().unwrap_or_default();
        let follow = looking.follow.try_get_untracked().unwrap_or_default();
        let known = last.try_get_value().flatten();
        async move {
            match known {
                Some(known) if !follow && known.log == log && known.kind == kind => Ok(known),
                _ => {
                    let answers = answers(kept, connection).await?;
                    let asked = (!kind.is_empty()).then_some(kind.as_str());
                    let text = instances::log(&answers, &id, &log, asked).await?;
                    let at = now();
                    let tail = Tail {
                        log,
                        kind,
                        text,
                        at,
                    };
                    last.try_set_value(Some(tail.clone()));
                    Ok(tail)
                }
            }
        }
    })
}

#[component]
fn Controls(
    logs: Signal<Vec<(String, String)>>,
    looking: Looking,
    tail: Polled<Tail>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().logview;
    let workers = move || {
        let logs = logs.get().into_iter();
        logs.map(|(log, worker)| view! { <option value=log>{worker}</option> })
            .collect_view()
    };
    let kinds = KINDS.map(|kind| view! { <option value=kind>{kind}</option> });
    let severities = move || {
        let word = words().severity;
        Severity::ALL.map(|one| view! { <option value=one.as_str()>{word(one)}</option> })
    };
    let chosen = move |signal: RwSignal<String>, value: String| {
        signal.set(value);
        tail.refresh();
    };
    let least = move |value: String| {
        looking
            .least
            .set(Severity::read(&value).unwrap_or(Severity::Debug))
    };
    view! {
        <div class="logview-controls">
            <label>{move || words().log_worker}
                <select aria-label=move || words().log_worker prop:value=move || looking.log.get() on:change:target=move |e| chosen(looking.log, e.target().value())>{workers}</select>
            </label>
            <label>{move || words().log_kind}
                <select aria-label=move || words().log_kind prop:value=move || looking.kind.get() on:change:target=move |e| chosen(looking.kind, e.target().value())>
                    <option value="">{move || words().log_kind_all}</option>{kinds}
                </select>
            </label>
            <label>{move || words().log_severity}
                <select aria-label=move || words().log_severity on:change:target=move |e| least(e.target().value())>{severities}</select>
            </label>
            <label>{move || words().log_search}
                <input type="search" prop:value=move || looking.search.get() on:input:target=move |e| looking.search.set(e.target().value())/>
            </label>
            <label class="logview-check">
                <input type="checkbox" prop:checked=move || looking.follow.get() on:change:target=move |e| looking.follow.set(e.target().checked())/>
                {move || words().log_follow}
            </label>
        </div>
    }
}

#[component]
fn Lines(found: Memo<FoundLines>, looking: Looking) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().logview;
    let frame = NodeRef::<Pre>::new();
    // Followed, the last line stays in view.
    Effect::new(move |_| {
        found.track();
        if let Some(frame) = frame.get().filter(|_| looking.follow.get()) {
            frame.set_scroll_top(frame.scroll_height());
        }
    });
    let count = move || {
        found.with(|FoundLines(found)| {
            (words().log_count)(found.lines.len(), found.fitting, found.all)
        })
    };
    let lines = move || {
        found.with(|FoundLines(found)| {
            let lines = found.lines.iter().map(|line| {
                view! { <span class="logview-line" data-severity=line.severity.as_str()>{format!("{}\n", line.text)}</span> }
            });
            lines.collect_view()
        })
    };
    let none =
        move || found.with(|FoundLines(found)| found.lines.is_empty().then(|| words().log_empty));
    let label = move || (words().log_text)(&looking.log.get());
    view! {
        <p class="quiet" role="status">{count}</p>
        <pre class="logview-log" node_ref=frame tabindex="0" role="group" aria-label=label><code>{lines}</code>{none}</pre>
    }
}
