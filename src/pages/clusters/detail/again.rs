//! The same cluster again: a link to the filled form, the equal calls, and a restart, which launches
//! only when the end of this one was read.

use cluster::{STOP_DEADLINE, Spec, Stop, StopEvent, StopOutcome};
use leptos::prelude::*;

use super::super::create::equal::Equal;
use super::super::life::Life;
use crate::api::launches::KeptLaunch;
use crate::api::{self, Cause, Doing, Problem};
use crate::components::code::Code;
use crate::components::problem_notice::ProblemNotice;
use crate::route::{self, Here, Query, Route};
use crate::state::profile::Profile;
use crate::text::{Text, sentences};
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;
use crate::ui::icon::{Glyph, Icon};

/// The ways to have it again, and to give it on.
#[component]
pub fn Again(
    /// The instance.
    id: String,
    /// The cluster.
    life: RwSignal<Life>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().life;
    let spec = Memo::new(move |_| life.with(|life| life.spec.clone()));
    let call = format!("client = o.create_mars_cluster(instance_id='{id}')");
    let address = route::absolute(&Route::Cluster(id.clone()).into());
    let clone = move || {
        spec.get().map(|spec| {
            let place = Route::NewCluster.with(Query::parse(&spec.to_query()));
            view! { <a class="button" href=place.href()>{move || words().again}</a> }
        })
    };
    view! {
        <section class="section">
            <h2>{move || words().attach_call}</h2>
            <Code text=call what=Signal::derive(move || words().attach_call.to_owned())/>
            <h3>{move || words().own_link}</h3>
            <Code text=address what=Signal::derive(move || words().own_link.to_owned())/>
            <div class="row">
                {clone}
                <Restart id life spec/>
            </div>
        </section>
        <Show when=move || spec.with(Option::is_some)>
            <details>
                <summary>{move || words().equal_create}</summary>
                <Equal spec/>
            </details>
        </Show>
    }
}

/// How far a restart is.
#[derive(Clone, Debug, PartialEq)]
enum Phase {
    Idle,
    Asked,
    Still(u64),
    NotConfirmed,
    Failed(Problem),
}

#[component]
fn Restart(id: String, life: RwSignal<Life>, spec: Memo<Option<Spec>>) -> impl IntoView {
    let (t, profile, here) = (sentences(), Profile::expect(), Here::expect());
    let words = move || &t.get().life;
    let (open, phase) = (RwSignal::new(false), RwSignal::new(Phase::Idle));
    let can = Memo::new(move |_| {
        life.with(|life| life.spec.is_some() && life.stage.is_some() && life.end().is_none())
    });
    let busy = Signal::derive(move || matches!(phase.get(), Phase::Asked | Phase::Still(_)));
    let said_id = id.clone();
    let go = move |()| {
        let (Some(connection), Some(spec)) = (profile.now(), spec.get_untracked()) else {
            return;
        };
        phase.set(Phase::Asked);
        let launch = KeptLaunch::new(spec.clone(), &connection);
        // It ends with the page: who leaves before the end was read wants no other cluster.
        api::drive(
            Stop::new(connection.project, id.clone()),
            move |event| {
                if let StopEvent::StillRunning { for_ms } = event.what {
                    phase.set(Phase::Still(for_ms / 1000));
                }
            },
            move |outcome| match outcome {
                StopOutcome::Stopped { .. } => {
                    launch.intend();
                    here.go(Route::NewCluster.with(Query::parse(&spec.to_query())));
                }
                StopOutcome::Refused { problem } => {
                    phase.set(Phase::Failed(Problem::of(Doing::StopCluster, problem)));
                }
                StopOutcome::NoSuchInstance => {
                    let gone = Problem::new(Doing::StopCluster, Cause::NoSuchInstance);
                    phase.set(Phase::Failed(gone));
                }
                _ => phase.set(Phase::NotConfirmed),
            },
        );
    };
    let go = Callback::new(go);
    let close = Callback::new(move |()| {
        open.set(false);
        if !busy.get_untracked() {
            phase.set(Phase::Idle);
        }
    });
    let said = move || match phase.get() {
        Phase::Failed(problem) => view! { <ProblemNotice problem/> }.into_any(),
        other => view! { <p>{progress(t.get(), &other)}</p> }.into_any(),
    };
    view! {
        <Show when=move || can.get()>
            <Button on_press=Callback::new(move |()| open.set(true))>
                <Icon glyph=Glyph::Refresh/>
                {move || words().restart}
            </Button>
        </Show>
        <Dialog open on_close=close title=Signal::derive(move || words().restart_title.to_owned())>
            <p class="break">{move || (words().restart_body)(&said_id)}</p>
            <ul class="effects">
                {move || words().stop_effects.map(|effect| view! { <li>{effect}</li> })}
            </ul>
            <div role="status">{said}</div>
            <div class="dialog-actions">
                <button type="button" class="button" autofocus on:click=move |_| close.run(())>
                    {move || words().stop_keep}
                </button>
                <Button weight=Weight::Danger on_press=go busy>
                    {move || if busy.get() { words().word_stopping } else { words().restart_confirm }}
                </Button>
            </div>
        </Dialog>
    }
}

fn progress(text: &Text, phase: &Phase) -> Option<String> {
    let words = &text.life;
    match phase {
        Phase::Asked => Some(words.stop_asked.to_owned()),
        Phase::Still(seconds) => Some((words.stop_waiting)(*seconds, STOP_DEADLINE / 1000)),
        Phase::NotConfirmed => Some(words.stop_not_confirmed.to_owned()),
        Phase::Idle | Phase::Failed(_) => None,
    }
}
