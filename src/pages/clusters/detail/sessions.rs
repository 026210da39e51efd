//! The sessions of an engine with their graphs, its schedulers, and what its workers did.

use std::collections::BTreeSet;

use leptos::prelude::*;
use mars::v04::console::GraphRow;

use super::super::life::Life;
use super::worker_timeline::Timelines;
use crate::api::engine::{self, Read};
use crate::api::{Polled, every, target};
use crate::components::age::Age;
use crate::components::problem_notice::ProblemNotice;
use crate::route::Here;
use crate::state::profile::Profile;
use crate::text::sentences;

pub mod graph;
pub mod made;
pub mod progress;
pub mod scheduler;
pub mod session;
pub mod wish;

use progress::Progress;
use scheduler::SchedulerFacts;
use session::SessionView;
use wish::{Wish, Wishes};

/// How often the engine is asked.
pub const PAUSE: u64 = 5_000;

/// A graph: its session and its key.
pub type Key = (String, String);

/// What the parts of the tab share.
#[derive(Clone, Copy)]
pub struct Shared {
    /// The instance.
    pub id: StoredValue<String>,
    /// The sessions.
    pub read: Polled<Read>,
    /// What the reader is asked to confirm.
    pub wish: RwSignal<Option<Wish>>,
    /// The graphs whose end was asked for.
    pub asked: RwSignal<BTreeSet<Key>>,
}

impl Shared {
    /// A graph as it was read last.
    pub fn row(self, key: &Key) -> Option<GraphRow> {
        self.read.reading.with(|reading| {
            let sessions = &reading.value.as_ref()?.sessions;
            let session = sessions.iter().find(|session| session.id == key.0)?;
            session
                .graphs
                .iter()
                .find(|graph| graph.key == key.1)
                .cloned()
        })
    }
}

/// The tab.
#[component]
pub fn Sessions(
    /// The instance.
    id: String,
    /// The cluster.
    life: RwSignal<Life>,
) -> impl IntoView {
    let t = sentences();
    let ended = Memo::new(move |_| life.with(|life| life.end().is_some()));
    move || match ended.get() {
        true => view! { <div class="empty"><p>{move || t.get().engine.ended}</p></div> }.into_any(),
        false => view! { <Alive id=id.clone() life/> }.into_any(),
    }
}

#[component]
fn Alive(id: String, life: RwSignal<Life>) -> impl IntoView {
    let (t, profile, here) = (sentences(), Profile::expect(), Here::expect());
    let asked_id = id.clone();
    // What an engine does not have it will not have later: it is asked for once.
    let absent = StoredValue::new(false);
    let read = every(PAUSE, move || {
        let (id, connection) = (asked_id.clone(), profile.now());
        async move {
            let known = absent.try_get_value().unwrap_or_default();
            let read = engine::sessions(&target(connection).await?, &id, known).await?;
            absent.try_update_value(|absent| *absent = !read.all);
            Ok(read)
        }
    });
    let shared = Shared {
        id: StoredValue::new(id),
        read,
        wish: RwSignal::new(None),
        asked: RwSignal::new(BTreeSet::new()),
    };
    let all = Memo::new(move |_| read.value().map(|read| read.all));
    let open = Memo::new(move |_| {
        here.query.with(|query| {
            let text = |key| query.get(key).map(str::to_owned);
            Some((text("session")?, text("graph")?))
        })
    });
    let opened = move || {
        let key = open.get().filter(|_| all.get() == Some(true))?;
        Some(view! { <Progress shared key/> })
    };
    let told = move || (all.get() == Some(true)).then(|| view! { <Told shared life/> });
    view! {
        <div class="sessions">
            <p class="quiet">
                {move || t.get().engine.lead} " " <Age at=read.at() stale=read.stale()/>
            </p>
            <Notes read all/>
            <List shared/>
            {opened}
            {told}
            <Wishes shared/>
        </div>
    }
}

/// What only an engine with the additional facts tells.
#[component]
fn Told(shared: Shared, life: RwSignal<Life>) -> impl IntoView {
    view! {
        <SchedulerFacts shared/>
        <Timelines id=shared.id.get_value() life/>
    }
}

/// What is missing, and why.
#[component]
fn Notes(read: Polled<Read>, all: Memo<Option<bool>>) -> impl IntoView {
    let t = sentences();
    let problem = move || {
        let problem = read.problem()?;
        Some(view! { <ProblemNotice problem/> })
    };
    let absent = move || {
        (all.get() == Some(false))
            .then(|| view! { <p class="hint" role="note">{t.get().engine.absent}</p> })
    };
    view! { {problem} {absent} }
}

/// The sessions, one below the other.
#[component]
fn List(shared: Shared) -> impl IntoView {
    let t = sentences();
    let ids = Memo::new(move |_| {
        shared.read.reading.with(|reading| {
            let read = reading.value.as_ref()?;
            let ids = read.sessions.iter().map(|session| session.id.clone());
            Some((read.all, ids.collect::<Vec<_>>()))
        })
    });
    let none = move || {
        let (all, ids) = ids.get()?;
        let words = &t.get().engine;
        let (said, next) = match all {
            true => (words.none, words.none_next),
            false => (words.absent_none, words.none_next),
        };
        ids.is_empty().then(|| {
            view! { <div class="empty"><p>{said}</p><p class="quiet">{next}</p></div> }
        })
    };
    let each = move || ids.get().map(|(_, ids)| ids).unwrap_or_default();
    view! {
        {none}
        <For each key=|id| id.clone() let:id>
            <SessionView shared id/>
        </For>
    }
}
