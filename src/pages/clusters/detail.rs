//! `/clusters/:instance`: one cluster, from submitted to ended.

use leptos::prelude::*;

use super::life::Life;
use crate::api::flights::Recorder;
use crate::components::age::Age;
use crate::components::logview::{Logview, watch as watch_instance};
use crate::components::page::Page;
use crate::lazy::{self, chunk};
use crate::route::Here;
use crate::text::sentences;
use crate::ui::status::Status;
use crate::ui::tabs::{Tab, Tabs};

pub mod again;
pub mod facts;
pub mod flight;
pub mod follow;
pub mod jobs;
pub mod lease;
pub mod notes;
pub mod nothing;
pub mod outlook;
pub mod scaled;
pub mod sessions;
pub mod state;
pub mod stop;
pub mod timeline;
pub mod waiting;
pub mod web;
pub mod worker_timeline;
pub mod workers;

use again::Again;
use facts::Facts;
use flight::Flight;
use flight::findings::StandsOut;
use follow::Follow;
use jobs::Jobs;
use lease::{Keeper, Lease, keep};
use notes::Notes;
use nothing::Nothing;
use outlook::Outlook;
use scaled::Scaled;
use sessions::Sessions;
use state::{called, count, tone, word};
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

chunk!(sessions_chunk, sessions_view, (String, RwSignal<Life>));

fn sessions_view((id, life): (String, RwSignal<Life>)) -> AnyView {
    view! { <Sessions id life/> }.into_any()
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
            tab("sessions", t.get().engine.tab, None),
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
        "sessions" => lazy::show(sessions_chunk, (id.clone(), life), None),
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
                <Facts life/>
                <Outlook life/>
                <Show when=move || life.with(|life| life.end().is_none())><Lease keeper/></Show>
                <Scaled id=id.clone() life/>
                <Again id life/>
            </div>
        </div>
    }
}
