//! The jobs that were submitted to this cluster from this browser, with the engine's word for each.

use leptos::prelude::*;
use mars::v04::session::State;

use super::Handle;
use crate::api::jobs::{JobState, states};
use crate::api::kept;
use crate::api::{every, target};
use crate::components::age::Moment;
use crate::route::Here;
use crate::state::profile::Profile;
use crate::text::{Text, sentences};
use crate::ui::status::{Status, Tone};

/// How often the states are asked for.
const PAUSE: u64 = 5_000;

/// The kept jobs.
#[component]
pub fn Kept(
    /// The instance.
    id: String,
    /// The one that is open.
    handle: Memo<Option<Handle>>,
) -> impl IntoView {
    let (t, profile, here) = (sentences(), Profile::expect(), Here::expect());
    let words = move || &t.get().life.jobs;
    let asked = id.clone();
    let list = every(PAUSE, move || {
        let (id, connection) = (asked.clone(), profile.now());
        async move {
            let jobs = kept::jobs(&id);
            states(&target(connection).await?, &id, jobs).await
        }
    });
    // A job that was just submitted shows at once.
    Effect::new(move |_| {
        here.query.track();
        list.refresh();
    });
    let shown = Memo::new(move |_| {
        let read = list.value().unwrap_or_default();
        let rows: Vec<Row> = read.into_iter().map(|state| Row::of(&id, state)).collect();
        rows
    });
    let some = Memo::new(move |_| shown.with(|rows| !rows.is_empty()));
    view! {
        <section class="section">
            <h2>{move || words().list}</h2>
            <Show
                when=move || some.get()
                fallback=move || view! {
                    <p class="quiet">{move || words().none}" "{move || words().none_next}</p>
                }
            >
                <div class="table-box">
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{move || words().job}</th>
                                <th scope="col">{move || words().state}</th>
                                <th scope="col">{move || words().submitted}</th>
                                <th scope="col">{move || words().session}</th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=move || shown.get() key=|row| row.clone() let:row>
                                <JobRow row handle/>
                            </For>
                        </tbody>
                    </table>
                </div>
            </Show>
        </section>
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Row {
    href: String,
    graph: String,
    session: String,
    text: String,
    at: u64,
    state: Option<String>,
}

impl Row {
    fn of(id: &str, (job, state): JobState) -> Self {
        let handle = Handle {
            session: job.session,
            graph: job.graph,
            target: job.target,
        };
        Self {
            href: handle.place(id).href(),
            graph: handle.graph,
            session: handle.session,
            text: job.text.lines().last().unwrap_or_default().to_owned(),
            at: job.at,
            state: state.map(|state| state.as_str().to_owned()),
        }
    }
}

#[component]
fn JobRow(row: Row, handle: Memo<Option<Handle>>) -> impl IntoView {
    let t = sentences();
    let Row {
        href,
        graph,
        session,
        text,
        at,
        state,
    } = row;
    let state = state.map(|word| State::parse(&word));
    let tone = tone(state.as_ref());
    let word = Signal::derive(move || word(t.get(), state.as_ref()));
    let current = move || {
        let open = handle.with(|open| open.as_ref().is_some_and(|open| open.graph == graph));
        open.then_some("true")
    };
    view! {
        <tr aria-current=current>
            <th scope="row" class="mono cut"><a href=href data-noscroll="true">{text}</a></th>
            <td><Status tone word/></td>
            <td><Moment at=Some(at)/></td>
            <td class="mono quiet cut">{session}</td>
        </tr>
    }
}

fn tone(state: Option<&State>) -> Tone {
    match state {
        None => Tone::Quiet,
        Some(State::Succeeded) => Tone::Good,
        Some(State::Failed) => Tone::Bad,
        Some(state) if state.is_over() => Tone::Quiet,
        Some(_) => Tone::Busy,
    }
}

fn word(text: &Text, state: Option<&State>) -> String {
    let words = &text.life.jobs;
    match state {
        None => words.word_lost,
        Some(State::Running) => words.word_running,
        Some(State::Succeeded) => words.word_done,
        Some(State::Failed) => words.word_failed,
        Some(State::Cancelled) => words.word_cancelled,
        Some(State::Cancelling) => words.cancelling,
        Some(_) => words.word_preparing,
    }
    .to_owned()
}
