//! `/clusters/:instance`: one cluster, from submitted to ended.

use cluster::{EndedWhy, Side, Stage};
use leptos::prelude::*;

use super::life::Life;
use crate::api::flights::Recorder;
use crate::api::{Doing, Problem};
use crate::components::age::Age;
use crate::components::logview::{Logview, watch as watch_instance};
use crate::components::page::Page;
use crate::components::problem_notice::ProblemNotice;
use crate::lazy::{self, chunk};
use crate::route::{Here, Route};
use crate::text::{Text, sentences};
use crate::ui::status::{Status, Tone};
use crate::ui::tabs::{Tab, Tabs};

pub mod facts;
pub mod flight;
pub mod follow;
pub mod jobs;
pub mod lease;
pub mod scaled;
pub mod stop;
pub mod timeline;
pub mod waiting;
pub mod web;
pub mod workers;

use facts::Facts;
use flight::Flight;
use flight::findings::StandsOut;
use follow::{Follow, NoCluster};
use jobs::Jobs;
use lease::{Keeper, Lease, keep};
use scaled::Scaled;
use stop::StopControl;
use timeline::Timeline;
use waiting::Waiting;
use web::{NotebookLink, WebUi};
use workers::Workers;

/// One cluster.
#[component]
pub fn Cluster(
    /// Its instance.
    id: String,
) -> impl IntoView {
    let t = sentences();
    let follow = Follow::new(&id);
    let life = follow.life;
    let shown = id.clone();
    let title = move || {
        let name = life.with(called);
        (t.get().life.title)(&name.unwrap_or_else(|| shown.clone()))
    };
    let lead_id = id.clone();
    let lead = move || {
        let named = life.with(called).is_some();
        let id = named.then(|| lead_id.clone());
        view! {
            <span class="row">
                <Status
                    tone=Signal::derive(move || life.with(tone))
                    word=Signal::derive(move || life.with(|life| word(t.get(), life)))
                />
                <span class="quiet">{move || life.with(|life| count(t.get(), life))}</span>
                <Age
                    at=Signal::derive(move || life.with(|life| life.read_at))
                    stale=Signal::derive(move || life.with(|life| life.problem.is_some()))
                />
                {id.map(|id| view! { <span class="mono quiet">{id}</span> })}
            </span>
        }
    };
    let stop_id = id.clone();
    let actions = move || view! { <StopControl id=stop_id.clone() life/> };
    let none = {
        let id = id.clone();
        Memo::new(move |_| follow.none.get().map(|none| (none, id.clone())))
    };
    let body = move || match none.get() {
        Some((none, id)) => view! { <Nothing none id follow/> }.into_any(),
        None => view! { <Views id=id.clone() life recorder=follow.recorder/> }.into_any(),
    };
    view! {
        <Page title=Signal::derive(title) lead actions>
            {body}
        </Page>
    }
}

chunk!(jobs, jobs_view, (String, RwSignal<Life>));

fn jobs_view((id, life): (String, RwSignal<Life>)) -> AnyView {
    view! { <Jobs id life/> }.into_any()
}

chunk!(flight_chunk, flight_view, Recorder);

fn flight_view(recorder: Recorder) -> AnyView {
    view! { <Flight recorder/> }.into_any()
}

/// The tabs and the one that the address names.
#[component]
fn Views(id: String, life: RwSignal<Life>, recorder: Recorder) -> impl IntoView {
    let waiting_id = id.clone();
    let keeper = keep(&id, life);
    let (t, here) = (sentences(), Here::expect());
    let current = Memo::new(move |_| {
        here.query
            .with(|query| query.get("tab").unwrap_or("overview").to_owned())
    });
    let workers = Memo::new(move |_| life.with(|life| life.counted));
    let tabs = move || {
        here.query.track();
        let words = &t.get().life;
        let tab = |key, name: &str, count| Tab {
            key,
            name: name.to_owned(),
            href: here
                .at("tab", if key == "overview" { "" } else { key })
                .href(),
            count,
        };
        vec![
            tab("overview", words.tab_overview, None),
            tab(
                "workers",
                words.tab_workers,
                workers.get().map(|n| n.to_string()),
            ),
            tab("jobs", words.tab_jobs, None),
            tab("logview", words.tab_logview, None),
            tab("flight", t.get().flight.tab, None),
            tab("web", t.get().web.tab, None),
            tab("notebook", t.get().web.tab_notebook, None),
        ]
    };
    let view = move || match current.get().as_str() {
        "workers" => view! { <Workers life recorder/> }.into_any(),
        "web" => view! { <WebUi id=id.clone() life/> }.into_any(),
        "notebook" => view! { <NotebookLink id=id.clone() life/> }.into_any(),
        "jobs" => lazy::show(jobs, (id.clone(), life), None),
        "flight" => lazy::show(flight_chunk, recorder, None),
        "logview" => {
            let facts = watch_instance(id.clone());
            view! { <Logview id=id.clone() facts/> }.into_any()
        }
        _ => view! { <Summary id=id.clone() life recorder keeper/> }.into_any(),
    };
    view! {
        <Notes life/>
        <Waiting id=waiting_id life/>
        <Tabs
            label=Signal::derive(move || t.get().life.tabs.to_owned())
            tabs=Signal::derive(tabs)
            current=Signal::derive(move || current.get())
        />
        {view}
    }
}

#[component]
fn Summary(id: String, life: RwSignal<Life>, recorder: Recorder, keeper: Keeper) -> impl IntoView {
    view! {
        <StandsOut flight=recorder.flight/>
        <div class="cluster-summary">
            <Timeline life/>
            <div class="cluster-facts">
                <Show when=move || life.with(|life| life.end().is_none())><Lease keeper/></Show>
                <Facts id=id.clone() life/>
                <Scaled id life/>
            </div>
        </div>
    }
}

/// What is not as it should be, over every view.
#[component]
fn Notes(life: RwSignal<Life>) -> impl IntoView {
    let t = sentences();
    let side = Memo::new(move |_| life.with(|life| life.side));
    let problem =
        Memo::new(move |_| life.with(|life| life.problem.clone().map(|problem| problem.what)));
    let ended = Memo::new(move |_| life.with(|life| life.end().cloned()));
    let side_note = move || {
        let said = side_word(t.get(), side.get()?);
        Some(view! { <p class="hint" role="status">{said}</p> })
    };
    let problem_note = move || {
        let reported = problem.get()?;
        // "Not registered yet" is what starting looks like, not a problem.
        if matches!(reported, cluster::Problem::NotReady { .. }) {
            return None;
        }
        let problem = Problem::of(Doing::WatchCluster, reported);
        Some(view! { <ProblemNotice problem/> })
    };
    let end_note = move || ended.get().map(|ended| view! { <EndNote why=ended.why/> });
    view! { {side_note} {problem_note} {end_note} }
}

/// Why it ended: the cause and the next step, and the service's own text.
#[component]
fn EndNote(why: EndedWhy) -> impl IntoView {
    let t = sentences();
    let text = match &why {
        EndedWhy::Failed { text } => Some(text.clone()),
        EndedWhy::Odd { status } => Some(status.clone()),
        _ => None,
    };
    let cause = match &why {
        EndedWhy::Failed { text } => Some(Problem::why_failed(text)),
        _ => None,
    };
    let failed = text.is_some().then_some("true");
    let advice = cause.map(|cause| {
        let next = cause.clone();
        view! {
            <strong>{move || (t.get().problems.why)(&cause)}</strong>
            <p>{move || (t.get().problems.next)(&next)}</p>
        }
    });
    view! {
        <div class="ended-note" data-failed=failed role="status">
            {advice}
            <p class="quiet">{move || (t.get().life.ended_why)(&why)}</p>
            {text.map(|text| view! { <pre tabindex="0">{text}</pre> })}
        </div>
    }
}

/// Why there is no cluster at this address, and the way on.
#[component]
fn Nothing(none: NoCluster, id: String, follow: Follow) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().life;
    match none {
        NoCluster::Problem(problem) => {
            let again = Callback::new(move |()| follow.begin());
            view! { <ProblemNotice problem retry=again/> }.into_any()
        }
        NoCluster::Missing => view! {
            <div class="empty" role="alert">
                <p>{move || (words().no_such)(&id)}</p>
                <p class="quiet">{move || words().no_such_next}</p>
                <a class="button" href=Route::Clusters.path()>{move || t.get().clusters.title}</a>
            </div>
        }
        .into_any(),
        NoCluster::NotMars(kind) => {
            let href = Route::Instance(id).path();
            view! {
                <div class="empty" role="alert">
                    <p>{move || (words().not_mars)(&kind)}</p>
                    <a class="button" href=href>{move || words().not_submitted_by_us}</a>
                </div>
            }
            .into_any()
        }
    }
}

/// What the cluster was called, by its job or by the form that asked for it.
fn called(life: &Life) -> Option<String> {
    let asked = life.spec.as_ref().and_then(|spec| spec.name.clone());
    life.name.clone().or(asked).filter(|name| !name.is_empty())
}

/// What the state means.
fn tone(life: &Life) -> Tone {
    match (&life.stage, life.side) {
        (Some(Stage::Ended(_)), _) if life.has_failed() => Tone::Bad,
        (Some(Stage::Ended(_)), _) => Tone::Quiet,
        (_, Some(Side::Unreachable | Side::Degraded { .. } | Side::Unknown { .. })) => {
            Tone::Warning
        }
        (Some(Stage::Suspended), _) => Tone::Warning,
        (Some(Stage::Usable { .. } | Stage::Full { .. }), _) => Tone::Good,
        (None, _) => Tone::Waiting,
        _ => Tone::Busy,
    }
}

/// The word for the state.
fn word(text: &Text, life: &Life) -> String {
    let words = &text.life;
    match &life.stage {
        None => words.word_looking,
        Some(Stage::Suspended) => words.word_suspended,
        Some(Stage::Workers { .. }) => words.word_workers,
        Some(Stage::Usable { .. }) => words.word_usable,
        Some(Stage::Full { .. }) => match life.activity {
            Some(activity) if activity.busy => words.word_busy,
            Some(_) => words.word_idle,
            None => words.word_full,
        },
        Some(Stage::Ended(_)) if life.has_failed() => words.word_failed,
        Some(Stage::Ended(_)) => words.word_ended,
        Some(_) => words.word_starting,
    }
    .to_owned()
}

/// How many workers there are, of how many.
pub fn count(text: &Text, life: &Life) -> Option<String> {
    if life.end().is_some() {
        return None;
    }
    let have = life.counted?;
    Some(match &life.spec {
        Some(spec) => (text.life.workers_of)(have, spec.worker_num, spec.usable_at()),
        None => (text.life.workers_some)(have),
    })
}

fn side_word(text: &Text, side: Side) -> String {
    let words = &text.life;
    match side {
        Side::Unreachable => words.side_unreachable.to_owned(),
        Side::Degraded { most } => (words.side_degraded)(most),
        Side::Unknown { .. } => words.side_unknown.to_owned(),
        _ => words.side_not_answering.to_owned(),
    }
}
