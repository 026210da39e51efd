//! `/`: what runs, what it costs, and the way from nothing to rows.

use cluster::Spec;
use cluster::fleet::Owners;
use leptos::prelude::*;

use crate::api::clusters::{Entry, watch};
use crate::components::age::Age;
use crate::components::cluster_table::ClusterTable;
use crate::components::money;
use crate::components::page::Page;
use crate::components::problem_notice::ProblemNotice;
use crate::route::{Place, Query, Route};
use crate::state::profile::Profile;
use crate::text::{Text, sentences};
use crate::ui::icon::{Glyph, Icon};

/// The table of the guide.
const GUIDE_TABLE: &str = "test_mars";

/// How far back the overview looks for own clusters.
const DAYS: u32 = 3;

/// The overview.
#[component]
pub fn Overview() -> impl IntoView {
    let t = sentences();
    view! {
        <Page title=Signal::derive(move || t.get().overview.title.to_owned())>
            <Running/>
            <Steps/>
        </Page>
    }
}

#[component]
fn Running() -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let words = move || &t.get().overview;
    let watched = watch();
    Effect::new(move |_| watched.begin(Owners::Mine, DAYS));
    let running = Memo::new(move |_| {
        let all = watched.list()?.into_iter();
        Some(all.filter(Entry::runs).collect::<Vec<_>>())
    });
    let shape = Memo::new(move |_| running.with(|running| running.as_ref().map(Vec::is_empty)));
    let local = move || profile.get().is_some_and(|connection| connection.local);
    let burn = move || {
        let running = running.get().filter(|running| !running.is_empty())?;
        let amount = amount(&running)?;
        let count = running.len().to_string();
        let say = if local() {
            words().burn_local
        } else {
            words().burn
        };
        Some(say(&count, &amount))
    };
    let body = move || match (shape.get(), watched.problem.get()) {
        (Some(false), _) => {
            let entries = Signal::derive(move || running.get().unwrap_or_default());
            view! { <ClusterTable entries/> }.into_any()
        }
        (Some(true), _) => view! {
            <div class="empty">
                <p>{move || words().nothing_runs}</p>
                <p class="quiet">{move || words().nothing_runs_next}</p>
                <a class="button" data-weight="primary" href=guide().href()>
                    <Icon glyph=Glyph::Plus/>
                    {move || words().create_guide}
                </a>
            </div>
        }
        .into_any(),
        (None, Some(problem)) => {
            let again = Callback::new(move |()| watched.begin(Owners::Mine, DAYS));
            view! { <ProblemNotice problem retry=again/> }.into_any()
        }
        (None, None) => view! { <p class="quiet">{move || t.get().shell.reading}</p> }.into_any(),
    };
    view! {
        <section class="section overview-running">
            <div class="section-head">
                <h2>{move || words().running}</h2>
                <span class="quiet">{burn}</span>
                <span class="row">
                    <Age at=watched.at stale=watched.stale()/>
                    <a href=Route::Clusters.path()>{move || words().all_clusters}</a>
                </span>
            </div>
            {body}
        </section>
    }
}

/// `USD 2.50`: the sum of what is known; nothing when no size is known.
fn amount(running: &[Entry]) -> Option<String> {
    let known: Vec<u128> = running
        .iter()
        .filter_map(|entry| entry.spec.as_ref())
        .map(money::micros_per_hour)
        .collect();
    (!known.is_empty()).then(|| money::shown(known.iter().sum()))
}

/// The form with the guide's parameters.
fn guide() -> Place {
    Route::NewCluster.with(Query::parse(&Spec::guide().to_query()))
}

type Word = fn(&Text) -> &'static str;

#[component]
fn Steps() -> impl IntoView {
    let t = sentences();
    let steps: [(String, Word, Word); 4] = [
        (
            guide().href(),
            |t| t.overview.step_create,
            |t| t.overview.step_create_body,
        ),
        (
            Route::Clusters.path(),
            |t| t.overview.step_job,
            |t| t.overview.step_job_body,
        ),
        (
            Route::Table(GUIDE_TABLE.into()).path(),
            |t| t.overview.step_table,
            |t| t.overview.step_table_body,
        ),
        (
            Route::Clusters.path(),
            |t| t.overview.step_stop,
            |t| t.overview.step_stop_body,
        ),
    ];
    view! {
        <section class="section">
            <h2>{move || t.get().overview.steps}</h2>
            <ol class="steps">
                {steps.map(|(href, name, body)| view! {
                    <li>
                        <a href=href>{move || name(t.get())}</a>
                        <p class="quiet">{move || body(t.get())}</p>
                    </li>
                })}
            </ol>
        </section>
    }
}
