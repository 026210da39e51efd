//! Stopping a cluster: asked with its effects, watched, and said only when `Terminated` was read.

use cluster::{Ended, EndedWhy, STOP_DEADLINE, Stop, StopEvent, StopOutcome};
use leptos::prelude::*;

use super::super::life::Life;
use crate::api::{self, Cause, Doing, Problem};
use crate::components::problem_notice::ProblemNotice;
use crate::state::profile::Profile;
use crate::state::toasts::Toasts;
use crate::text::{Text, sentences};
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;
use crate::ui::icon::{Glyph, Icon};

/// How far a stop is.
#[derive(Clone, Debug, PartialEq)]
enum Phase {
    Idle,
    Asking,
    Asked,
    Still(u64),
    NotConfirmed,
    Failed(Problem),
}

/// The button and its dialog.
#[component]
pub fn StopControl(
    /// The instance.
    id: String,
    /// The cluster.
    life: RwSignal<Life>,
) -> impl IntoView {
    let (t, profile, toasts) = (sentences(), Profile::expect(), Toasts::expect());
    let words = move || &t.get().life;
    let open = RwSignal::new(false);
    let phase = RwSignal::new(Phase::Idle);
    let known = Memo::new(move |_| life.with(|life| life.stage.is_some() && life.end().is_none()));
    let busy = move || matches!(phase.get(), Phase::Asking | Phase::Asked | Phase::Still(_));
    let body_id = id.clone();
    let stop = move |()| {
        let Some(connection) = profile.now() else {
            return;
        };
        phase.set(Phase::Asking);
        let machine = Stop::new(connection.project, id.clone());
        api::drive_on(
            machine,
            move |event| match event.what {
                StopEvent::Asked | StopEvent::AlreadyEnding => phase.set(Phase::Asked),
                StopEvent::StillRunning { for_ms } => phase.set(Phase::Still(for_ms / 1000)),
                _ => {}
            },
            move |outcome| match outcome {
                StopOutcome::Stopped { at, already } => {
                    phase.set(Phase::Idle);
                    open.set(false);
                    // `Terminated` was read: the page does not go on showing what was read before.
                    // Who ended a cluster that had ended already, only the watch can tell.
                    if !already {
                        let why = EndedWhy::Cancelled;
                        life.update(|life| life.ended(Ended { at, why }));
                    }
                    let words = &t.now().life;
                    toasts.done(if already {
                        words.stopped_already
                    } else {
                        words.stopped
                    });
                }
                StopOutcome::NotConfirmed { .. } => phase.set(Phase::NotConfirmed),
                StopOutcome::Refused { problem } => {
                    phase.set(Phase::Failed(Problem::of(Doing::StopCluster, problem)));
                }
                _ => phase.set(Phase::Failed(Problem::new(
                    Doing::StopCluster,
                    Cause::NoSuchInstance,
                ))),
            },
        );
    };
    let stop = Callback::new(stop);
    let close = move |()| {
        open.set(false);
        if !busy() {
            phase.set(Phase::Idle);
        }
    };
    let close = Callback::new(close);
    let said = move || match phase.get() {
        Phase::Failed(problem) => view! { <ProblemNotice problem/> }.into_any(),
        other => view! { <p>{progress(t.get(), &other)}</p> }.into_any(),
    };
    view! {
        <Show when=move || known.get()>
            <Button weight=Weight::Danger on_press=Callback::new(move |()| open.set(true))>
                <Icon glyph=Glyph::Stop/>
                {move || words().stop}
            </Button>
        </Show>
        <Dialog open on_close=close title=Signal::derive(move || words().stop_title.to_owned())>
            <p class="break">{move || (words().stop_body)(&body_id)}</p>
            <ul class="effects">
                {move || words().stop_effects.map(|effect| view! { <li>{effect}</li> })}
            </ul>
            <div role="status">{said}</div>
            <div class="dialog-actions">
                <button type="button" class="button" autofocus on:click=move |_| close.run(())>
                    {move || if busy() { t.get().shell.close } else { words().stop_keep }}
                </button>
                <Button weight=Weight::Danger on_press=stop busy=Signal::derive(busy)>
                    {move || if busy() { words().word_stopping } else { words().stop_confirm }}
                </Button>
            </div>
        </Dialog>
    }
}

fn progress(text: &Text, phase: &Phase) -> Option<String> {
    let words = &text.life;
    match phase {
        Phase::Asking => Some(words.word_stopping.to_owned()),
        Phase::Asked => Some(words.stop_asked.to_owned()),
        Phase::Still(seconds) => Some((words.stop_waiting)(*seconds, STOP_DEADLINE / 1000)),
        Phase::NotConfirmed => Some(words.stop_not_confirmed.to_owned()),
        Phase::Idle | Phase::Failed(_) => None,
    }
}
