//! What the processes of a worker did: a lane for each, and the same as tables.

use leptos::prelude::*;
use mars::v04::console::Event;

use super::super::life::Life;
use super::sessions::PAUSE;
use crate::api::engine::{Done, events, millis};
use crate::api::{every, target};
use crate::components::age::{Age, Moment};
use crate::components::problem_notice::ProblemNotice;
use crate::format;
use crate::route::{Here, Query, Route};
use crate::state::clock::now;
use crate::state::profile::Profile;
use crate::text::{Text, sentences};
use crate::ui::segmented::Segmented;

pub mod lanes;

use lanes::{Lane, WIDTH, Work, process};

/// The shown times in seconds.
const WINDOWS: [u64; 3] = [60, 300, 1_800];

/// How many events the table lists.
const LISTED: usize = 100;

/// The workers, and the timeline of the one that the address names.
#[component]
pub fn Timelines(
    /// The instance.
    id: String,
    /// The cluster.
    life: RwSignal<Life>,
) -> impl IntoView {
    let (t, here) = (sentences(), Here::expect());
    let words = move || &t.get().engine;
    let id = StoredValue::new(id);
    let workers = Memo::new(move |_| {
        life.with(|life| {
            let read = life.workers.as_ref();
            let workers = read.map(|read| read.what.workers.as_slice());
            let workers = workers.into_iter().flatten();
            workers.map(|one| one.endpoint.clone()).collect::<Vec<_>>()
        })
    });
    let open = Memo::new(move |_| {
        here.query
            .with(|query| query.get("worker").map(str::to_owned))
    });
    let links = move || {
        let link = |worker: String| {
            let query = Query::default()
                .with("tab", "sessions")
                .with("worker", &worker);
            let href = Route::Cluster(id.get_value()).with(query).href();
            let current = (open.get().as_ref() == Some(&worker)).then_some("true");
            view! { <li><a class="mono" href=href aria-current=current data-noscroll="true">{worker}</a></li> }
        };
        workers.get().into_iter().map(link).collect_view()
    };
    let shown = move || {
        open.get()
            .map(|worker| view! { <WorkerTimeline id=id.get_value() worker/> })
    };
    view! {
        <section class="section" aria-labelledby="timelines-title">
            <h2 id="timelines-title">{move || words().timelines}</h2>
            <p class="quiet">{move || words().timelines_lead}</p>
            <ul class="timeline-links">{links}</ul>
            {shown}
        </section>
    }
}

/// The timeline of one worker.
#[component]
pub fn WorkerTimeline(
    /// The instance.
    id: String,
    /// Address and port of the worker.
    worker: String,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let words = move || &t.get().engine;
    let window = RwSignal::new(WINDOWS[1]);
    let name = worker.clone();
    let read = every(PAUSE, move || {
        let (id, worker, connection) = (id.clone(), worker.clone(), profile.now());
        let since = now().saturating_sub(window.get_untracked() * 1000);
        async move { events(&target(connection).await?, &id, &worker, since).await }
    });
    let choose = Callback::new(move |seconds| {
        window.set(seconds);
        read.refresh();
    });
    let said = Callback::new(move |seconds| (words().last)(seconds));
    let problem = move || {
        read.problem()
            .map(|problem| view! { <ProblemNotice problem/> })
    };
    let body = move || match read.value()? {
        None => Some(view! { <p class="quiet">{words().gone}</p> }.into_any()),
        Some(done) => Some(picture(t.get(), &done, window.get()).into_any()),
    };
    view! {
        <div class="row session-head">
            <h3 class="break">{move || (words().timeline_of)(&name)}</h3>
            <Age at=read.at() stale=read.stale()/>
            <Segmented
                label=Signal::derive(move || words().window.to_owned())
                choices=&WINDOWS
                chosen=window
                word=said
                on_choose=choose
            />
        </div>
        {problem}
        {body}
    }
}

fn picture(text: &'static Text, done: &Done, seconds: u64) -> impl IntoView + use<> {
    let words = &text.engine;
    let until = done.now.unwrap_or_else(now);
    let lanes = lanes::lanes(&done.events, until, seconds * 1000);
    if lanes.is_empty() {
        return view! { <p class="quiet">{words.quiet}</p> }.into_any();
    }
    let older = (done.left_off > 0).then(|| {
        view! { <p class="quiet">{(words.left_off)(&format::grouped(done.left_off))}</p> }
    });
    let newest: Vec<Event> = done.events.iter().rev().take(LISTED).cloned().collect();
    let count = newest.len();
    let from = until.saturating_sub(seconds * 1000);
    view! {
        <div class="lanes" aria-hidden="true">
            {lanes.iter().map(drawn).collect_view()}
            <div class="lanes-axis"><Moment at=Some(from)/><Moment at=Some(until)/></div>
            <div class="lanes-legend">{legend(text)}</div>
        </div>
        {twin(text, &lanes)}
        {older}
        <details>
            <summary>{(words.events)(count)}</summary>
            {listed(text, newest)}
        </details>
    }
    .into_any()
}

fn drawn(lane: &Lane) -> impl IntoView + use<> {
    let bars = lane.bars.iter().map(|(work, from, length)| {
        view! { <rect class="lane-bar" data-work=work.as_str() x=*from width=*length height="12"/> }
    });
    view! {
        <span class="mono quiet">{lane.process.clone()}</span>
        <svg class="lane" viewBox=format!("0 0 {WIDTH} 12") preserveAspectRatio="none">
            {bars.collect_view()}
        </svg>
    }
}

fn legend(text: &'static Text) -> impl IntoView {
    let all = [Work::Compute, Work::Transfer, Work::Disk];
    all.map(|work| {
        view! {
            <span class="lanes-word">
                <svg viewBox="0 0 12 12" width="12" height="12"><rect class="lane-bar" data-work=work.as_str() width="12" height="12"/></svg>
                {(text.engine.work)(work)}
            </span>
        }
    })
}

/// What the lanes show, in figures.
fn twin(text: &'static Text, lanes: &[Lane]) -> impl IntoView + use<> {
    let words = &text.engine;
    let rows = lanes.iter().flat_map(|lane| {
        let works = lane.sums.iter();
        works.map(|(work, times, busy)| {
            view! {
                <tr>
                    <th scope="row" class="mono">{lane.process.clone()}</th>
                    <td>{(words.work)(*work)}</td>
                    <td class="number">{format::grouped(*times)}</td>
                    <td class="number">{format::brief(*busy)}</td>
                </tr>
            }
        })
    });
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=words.process>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{words.process}</th>
                        <th scope="col">{words.kind}</th>
                        <th scope="col" class="number">{words.times}</th>
                        <th scope="col" class="number">{words.busy}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

fn listed(text: &'static Text, events: Vec<Event>) -> impl IntoView {
    let words = &text.engine;
    let rows = events.into_iter().map(|event| {
        let (start, end) = (millis(event.start), event.end.and_then(millis));
        let lasted = start.zip(end).map(|(start, end)| end.saturating_sub(start));
        let lasted = lasted.map_or_else(|| words.going_on.to_owned(), format::brief);
        view! {
            <tr>
                <td><Moment at=start/></td>
                <td>{lasted}</td>
                <td>{(words.work)(Work::of(&event.kind))}</td>
                <td class="mono">{process(&event.owner)}</td>
            </tr>
        }
    });
    view! {
        <div class="table-box running-nodes" tabindex="0" role="region" aria-label=words.times>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{words.started}</th>
                        <th scope="col">{words.lasted}</th>
                        <th scope="col">{words.kind}</th>
                        <th scope="col">{words.process}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
