//! `/clusters`: every Mars cluster of the project, what it does, what it costs, what will end it.

pub mod bar;
pub mod cost;
pub mod row;
pub mod stop_many;
pub mod table;
pub mod wanted;

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::api::clusters::{Entry, Watched, watch};
use crate::components::age::Age;
use crate::components::open_by_id::OpenById;
use crate::components::page::Page;
use crate::components::problem_notice::ProblemNotice;
use crate::route::{Here, Route};
use crate::state::clock::Clock;
use crate::text::sentences;
use crate::ui::icon::{Glyph, Icon};

use bar::Bar;
use stop_many::StopMany;
use table::Table;
use wanted::Wanted;

/// The fleet.
#[component]
pub fn Fleet() -> impl IntoView {
    let (t, here) = (sentences(), Here::expect());
    let words = move || &t.get().clusters.list;
    let open = Callback::new(move |id: String| here.go(Route::Cluster(id)));
    let actions = move || {
        view! {
            <OpenById
                id="attach"
                label=Signal::derive(move || words().attach.to_owned())
                word=Signal::derive(move || words().attach_word.to_owned())
                open
            />
            <a class="button" data-weight="primary" href=Route::NewCluster.path()>
                <Icon glyph=Glyph::Plus/>
                {move || t.get().clusters.new}
            </a>
        }
    };
    let wanted = Memo::new(move |_| here.query.with(Wanted::read));
    let watched = watch();
    Effect::new(move |_| {
        let scope = wanted.with(|wanted| (wanted.owners, wanted.days));
        watched.begin(scope.0, scope.1);
    });
    view! {
        <Page
            title=Signal::derive(move || t.get().clusters.title.to_owned())
            lead=move || t.get().fleet.lead
            actions
        >
            <Bar wanted/>
            <Body watched wanted/>
            <Age at=watched.at stale=watched.stale()/>
        </Page>
    }
}

#[component]
fn Body(watched: Watched, wanted: Memo<Wanted>) -> impl IntoView {
    let (t, clock) = (sentences(), Clock::expect());
    let all = Memo::new(move |_| watched.list());
    let shown = Memo::new(move |_| {
        let now = clock.now();
        all.with(|all| wanted.with(|wanted| wanted.of(all.as_deref().unwrap_or_default(), now)))
    });
    let marked = RwSignal::new(BTreeSet::<String>::new());
    let stopping = RwSignal::new(Vec::<Entry>::new());
    let shape = Memo::new(move |_| {
        let known = all.with(|all| all.as_ref().map(|all| !all.is_empty()));
        (known, shown.with(Vec::is_empty))
    });
    let again = Callback::new(move |()| {
        let wanted = wanted.get_untracked();
        watched.begin(wanted.owners, wanted.days);
    });
    let problem = move || {
        let problem = watched.problem.get()?;
        Some(view! { <ProblemNotice problem retry=again/> })
    };
    let body = move || {
        match shape.get() {
        (None, _) => {
            let reading = move || watched.problem.with(Option::is_none).then_some(t.get().shell.reading);
            view! { <p class="quiet">{reading}</p> }.into_any()
        }
        (Some(false), _) => view! {
            <div class="empty"><p>{move || t.get().clusters.list.none}</p><p class="quiet">{move || t.get().clusters.list.none_next}</p></div>
        }
        .into_any(),
        (Some(true), true) => view! {
            <div class="empty"><p>{move || t.get().fleet.none_match}</p><p class="quiet">{move || t.get().fleet.none_match_next}</p></div>
        }
        .into_any(),
        (Some(true), false) => view! { <Table shown wanted marked stopping/> }.into_any(),
    }
    };
    let cut = move || {
        watched
            .cut
            .get()
            .then(|| view! { <p class="hint" role="status">{move || t.get().fleet.cut}</p> })
    };
    view! {
        {problem}
        <Sum all/>
        {cut}
        {body}
        <StopMany chosen=stopping marked/>
    }
}

/// How many run, what they cost together, how many look forgotten.
#[component]
fn Sum(all: Memo<Option<Vec<Entry>>>) -> impl IntoView {
    let (t, clock) = (sentences(), Clock::expect());
    let local = cost::local();
    let words = move || {
        let now = clock.now();
        all.with(|all| {
            let running: Vec<&Entry> = all.as_ref()?.iter().filter(|one| one.runs()).collect();
            if running.is_empty() {
                return None;
            }
            let forgotten = running
                .iter()
                .filter(|one| cost::forgotten(one, now))
                .count();
            let known = running.iter().filter(|one| one.spec.is_some()).count();
            let burn = running.iter().filter_map(|one| cost::burn(one)).sum();
            let price = (!local.get() && known > 0).then(|| cost::shown(burn));
            Some((t.get().fleet.sum)(
                running.len(),
                running.len() - known,
                price,
                forgotten,
            ))
        })
    };
    view! { <p class="fleet-sum" role="status">{words}</p> }
}
