//! Clusters: the list, the create form, one cluster.

use leptos::prelude::*;

use crate::api::Polled;
use crate::api::clusters::Entry;
use crate::components::age::Age;
use crate::components::cluster_table::ClusterTable;
use crate::components::cluster_watch::watch;
use crate::components::open_by_id::OpenById;
use crate::components::page::Page;
use crate::components::problem_notice::ProblemNotice;
use crate::route::{Here, Route};
use crate::text::sentences;
use crate::ui::icon::{Glyph, Icon};

pub mod create;
pub mod detail;
pub mod life;

/// The list of clusters.
#[component]
pub fn Clusters() -> impl IntoView {
    let (t, here) = (sentences(), Here::expect());
    let words = move || &t.get().clusters.list;
    let list = watch();
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
    view! {
        <Page
            title=Signal::derive(move || t.get().clusters.title.to_owned())
            lead=move || words().lead
            actions
        >
            <List list/>
            <Age at=list.at() stale=list.stale()/>
        </Page>
    }
}

#[component]
fn List(list: Polled<Vec<Entry>>) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().clusters.list;
    let entries = Memo::new(move |_| list.value());
    let shape = Memo::new(move |_| entries.with(|entries| entries.as_ref().map(Vec::is_empty)));
    move || {
        match shape.get() {
        Some(false) => {
            let entries = Signal::derive(move || entries.get().unwrap_or_default());
            view! { <ClusterTable entries/> }.into_any()
        }
        Some(true) => view! {
            <div class="empty"><p>{move || words().none}</p><p class="quiet">{move || words().none_next}</p></div>
        }
        .into_any(),
        None => match list.problem() {
            Some(problem) => {
                let again = Callback::new(move |()| list.refresh());
                view! { <ProblemNotice problem retry=again/> }.into_any()
            }
            None => view! { <p class="quiet">{move || t.get().shell.reading}</p> }.into_any(),
        },
    }
    }
}
