//! `restart`: the running clusters of that name are stopped, one after the other, and the new one is
//! launched only when the end of each was read.

use cluster::{Found, STOP_DEADLINE, Spec, Stop, StopEvent, StopOutcome};
use leptos::prelude::*;

use super::exists::Back;
use super::submit::Submission;
use crate::api::{self, Doing, Driving, Problem};
use crate::components::problem_notice::ProblemNotice;
use crate::state::profile::Profile;
use crate::text::{Text, sentences};
use crate::ui::button::{Button, Weight};

/// How far the stop is.
#[derive(Clone, Debug, PartialEq)]
enum Phase {
    Asking,
    Stopping { at: usize, said: Said },
    NotConfirmed,
    Failed(Problem),
}

/// What was last read of the one that is being stopped.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Said {
    Nothing,
    Asked,
    Still(u64),
}

/// The clusters that are stopped and what follows.
#[derive(Clone, Copy)]
struct Stopping {
    phase: RwSignal<Phase>,
    ids: StoredValue<Vec<String>>,
    spec: StoredValue<Spec>,
    project: StoredValue<String>,
    driving: StoredValue<Driving, LocalStorage>,
    submission: Submission,
}

impl Stopping {
    /// Stops the one at this place, then the next; launches after the last.
    fn stop(self, at: usize) {
        let Some(id) = self.ids.with_value(|ids| ids.get(at).cloned()) else {
            return self.submission.launch(self.spec.get_value());
        };
        let say = move |said| self.phase.set(Phase::Stopping { at, said });
        say(Said::Nothing);
        let driving = api::drive_on(
            Stop::new(self.project.get_value(), id),
            move |event| match event.what {
                StopEvent::Asked | StopEvent::AlreadyEnding => say(Said::Asked),
                StopEvent::StillRunning { for_ms } => say(Said::Still(for_ms / 1000)),
                _ => {}
            },
            move |outcome| match outcome {
                StopOutcome::Stopped { .. } | StopOutcome::NoSuchInstance => self.stop(at + 1),
                StopOutcome::Refused { problem } => {
                    let problem = Problem::of(Doing::StopCluster, problem);
                    self.phase.set(Phase::Failed(problem));
                }
                // Its end was not read: a second one is not started beside it.
                _ => self.phase.set(Phase::NotConfirmed),
            },
        );
        self.driving.set_value(driving);
    }
}

/// Asks, stops with its progress, and launches.
#[component]
pub fn Restart(
    /// The submission that asks.
    submission: Submission,
    /// What runs under that name.
    found: Vec<Found>,
    /// What is created afterwards.
    spec: Spec,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let ids: Vec<String> = found.into_iter().map(|found| found.instance).collect();
    let all = ids.join(", ");
    let stopping = Stopping {
        phase: RwSignal::new(Phase::Asking),
        ids: StoredValue::new(ids),
        spec: StoredValue::new(spec),
        project: StoredValue::new(String::new()),
        driving: StoredValue::new_local(Driving::default()),
        submission,
    };
    // Who goes back to the form wants no other cluster: the stop may still come to its end.
    on_cleanup(move || stopping.driving.with_value(Driving::stop));
    let phase = stopping.phase;
    let busy = Signal::derive(move || matches!(phase.get(), Phase::Stopping { .. }));
    let press = move |()| {
        if let Some(connection) = profile.now() {
            stopping.project.set_value(connection.project);
            stopping.stop(0);
        }
    };
    let said = move || match phase.get() {
        Phase::Asking => ().into_any(),
        Phase::Failed(problem) => view! { <ProblemNotice problem/> }.into_any(),
        Phase::NotConfirmed => {
            view! { <p class="field-error">{t.get().create.restart_not_confirmed}</p> }.into_any()
        }
        Phase::Stopping { at, said } => {
            let step = stopping.ids.with_value(|ids| {
                let id = ids.get(at).map_or("", String::as_str);
                (t.get().create.restart_step)(at + 1, ids.len(), id)
            });
            view! { <p class="break">{step}" "{progress(t.get(), said)}</p> }.into_any()
        }
    };
    view! {
        <p class="break">{move || (t.get().create.restart_body)(&all)}</p>
        <ul class="effects">
            {move || t.get().life.stop_effects.map(|effect| view! { <li>{effect}</li> })}
        </ul>
        <div role="status">{said}</div>
        <div class="dialog-actions">
            <Back submission/>
            <Button weight=Weight::Danger busy on_press=Callback::new(press)>
                {move || t.get().create.restart_go}
            </Button>
        </div>
    }
}

fn progress(text: &Text, said: Said) -> Option<String> {
    match said {
        Said::Nothing => None,
        Said::Asked => Some(text.life.stop_asked.to_owned()),
        Said::Still(seconds) => Some((text.life.stop_waiting)(seconds, STOP_DEADLINE / 1000)),
    }
}
