//! Stopping clusters: one or many, with what that does, each verified, none on old facts.

use std::collections::{BTreeMap, BTreeSet};

use cluster::{Stop, StopEvent, StopOutcome};
use leptos::prelude::*;
use wire::Millis;

use super::cost;
use crate::api::clusters::Entry;
use crate::api::{self, Cause, Doing, Problem};
use crate::state::clock::{Clock, now};
use crate::state::profile::Profile;
use crate::text::{Text, sentences};
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;

/// Facts that are older say nothing about what a cluster does now.
const FRESH: Millis = 120_000;

/// How far the stop of one cluster is.
#[derive(Clone, Debug, PartialEq)]
enum Phase {
    Asking,
    Waiting(u64),
    Stopped,
    NotConfirmed,
    Failed(Problem),
}

impl Phase {
    fn is_over(&self) -> bool {
        !matches!(self, Self::Asking | Self::Waiting(_))
    }
}

/// Whether nobody can say what a cluster does now.
fn unclear(entry: &Entry, now: Millis) -> bool {
    let fresh = entry
        .crew
        .as_ref()
        .is_some_and(|crew| now.saturating_sub(crew.at) <= FRESH);
    !fresh || entry.activity.is_none()
}

/// The question and its outcome.
#[component]
pub fn StopMany(
    /// Those to be stopped, as they were when the question was asked; none closes the question.
    chosen: RwSignal<Vec<Entry>>,
    /// The marks of the table: those that are stopped lose theirs.
    marked: RwSignal<BTreeSet<String>>,
) -> impl IntoView {
    let (t, clock, profile) = (sentences(), Clock::expect(), Profile::expect());
    let words = move || &t.get().fleet;
    let phases = RwSignal::new(BTreeMap::<String, Phase>::new());
    // Those whose state is not known are stopped only when the reader says so once more.
    let unclear_too = RwSignal::new(false);
    let open = Signal::derive(move || chosen.with(|chosen| !chosen.is_empty()));
    let local = cost::local();
    let started = move || phases.with(|phases| !phases.is_empty());
    let over = move || started() && phases.with(|phases| phases.values().all(Phase::is_over));
    let vague = Memo::new(move |_| {
        let now = clock.now();
        chosen.with(|chosen| chosen.iter().filter(|one| unclear(one, now)).count())
    });
    let targets = move || {
        let (too, now) = (unclear_too.get(), now());
        let wanted = move |one: &Entry| too || !unclear(one, now);
        chosen.with(|chosen| {
            chosen
                .iter()
                .filter(|one| wanted(one))
                .cloned()
                .collect::<Vec<_>>()
        })
    };
    let effects = move || {
        clock.now();
        let now = now();
        let targets = targets();
        let busy = targets
            .iter()
            .filter(|one| one.activity.is_some_and(|activity| activity.busy));
        let saved: u128 = targets.iter().filter_map(|one| cost::ahead(one, now)).sum();
        let saved = (!local.get() && saved > 0).then(|| cost::shown(saved));
        (words().effects)(targets.len(), busy.count(), saved)
    };
    let stop = move |()| {
        let Some(connection) = profile.now() else {
            return;
        };
        for entry in untrack(targets) {
            let (project, id) = (connection.project.clone(), entry.id);
            drive_stop(project, id, phases, marked);
        }
    };
    let close = Callback::new(move |()| {
        chosen.set(Vec::new());
        phases.set(BTreeMap::new());
        unclear_too.set(false);
    });
    let refused =
        Signal::derive(move || targets().is_empty().then(|| words().none_clear.to_owned()));
    let rows = move || {
        chosen
            .get()
            .into_iter()
            .map(|entry| view! { <Item entry phases/> })
            .collect_view()
    };
    let title = Signal::derive(move || (words().stop_title)(chosen.with(Vec::len)));
    view! {
        <Dialog open on_close=close title>
            <ul class="effects">{move || effects().into_iter().map(|effect| view! { <li>{effect}</li> }).collect_view()}</ul>
            <ul class="fleet-stops">{rows}</ul>
            <Show when=move || vague.get() != 0 && !started()>
                <label class="row">
                    <input
                        type="checkbox"
                        prop:checked=move || unclear_too.get()
                        on:change=move |event| unclear_too.set(event_target_checked(&event))
                    />
                    {move || (words().unclear_too)(vague.get())}
                </label>
            </Show>
            <div class="dialog-actions">
                <button type="button" class="button" autofocus on:click=move |_| close.run(())>
                    {move || if started() { t.get().shell.close } else { t.get().life.stop_keep }}
                </button>
                <Show when=move || !over()>
                    <Button weight=Weight::Danger on_press=Callback::new(stop) busy=Signal::derive(started) refused>
                        {move || if started() { t.get().life.word_stopping } else { words().stop_confirm }}
                    </Button>
                </Show>
            </div>
        </Dialog>
    }
}

/// Stops one; it goes on when the page is left.
fn drive_stop(
    project: String,
    id: String,
    phases: RwSignal<BTreeMap<String, Phase>>,
    marked: RwSignal<BTreeSet<String>>,
) {
    let set = {
        let id = id.clone();
        move |phase| {
            phases.try_update(|phases| phases.insert(id.clone(), phase));
        }
    };
    let told = set.clone();
    set(Phase::Asking);
    api::drive_on(
        Stop::new(project, id.clone()),
        move |event| {
            if let StopEvent::StillRunning { for_ms } = event.what {
                told(Phase::Waiting(for_ms / 1_000));
            }
        },
        move |outcome| {
            let phase = match outcome {
                StopOutcome::Stopped { .. } => Phase::Stopped,
                StopOutcome::NotConfirmed { .. } => Phase::NotConfirmed,
                StopOutcome::Refused { problem } => {
                    Phase::Failed(Problem::of(Doing::StopCluster, problem))
                }
                _ => Phase::Failed(Problem::new(Doing::StopCluster, Cause::NoSuchInstance)),
            };
            if phase == Phase::Stopped {
                marked.try_update(|marked| marked.remove(&id));
            }
            set(phase);
        },
    );
}

#[component]
fn Item(entry: Entry, phases: RwSignal<BTreeMap<String, Phase>>) -> impl IntoView {
    let t = sentences();
    let id = entry.id.clone();
    let said = move || phases.with(|phases| phases.get(&id).map(|phase| said(t.get(), phase)));
    let vague = unclear(&entry, now());
    let busy = entry.activity.is_some_and(|activity| activity.busy);
    let note = move || {
        let words = &t.get().fleet;
        match (vague, busy) {
            (true, _) => words.unclear,
            (_, true) => words.computes,
            _ => words.idles,
        }
    };
    let owner = entry.owner.unwrap_or_default();
    view! {
        <li>
            <strong>{entry.name}</strong> " " <span class="mono">{entry.id}</span> " "
            <span class="quiet">{owner} ", " {note}</span>
            <span role="status">{said}</span>
        </li>
    }
}

fn said(text: &Text, phase: &Phase) -> String {
    let words = &text.fleet;
    match phase {
        Phase::Asking => text.life.word_stopping.to_owned(),
        Phase::Waiting(seconds) => (words.waiting)(*seconds),
        Phase::Stopped => words.stopped.to_owned(),
        Phase::NotConfirmed => text.life.stop_not_confirmed.to_owned(),
        Phase::Failed(problem) => (text.problems.why)(&problem.why).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use cluster::fleet::Crew;
    use cluster::{Activity, Moment};
    use odps::instances::Status;

    use super::{FRESH, unclear};
    use crate::api::clusters::Entry;

    #[test]
    fn old_or_missing_facts_are_unclear() {
        let crew = |at| Moment {
            at,
            what: Crew::default(),
        };
        let known = Entry {
            id: "i".into(),
            name: None,
            owner: None,
            status: Status::Running,
            start_time: None,
            end_time: None,
            spec: None,
            crew: Some(crew(10)),
            activity: Some(Activity {
                busy: false,
                since: 5,
            }),
            problem: None,
            owner_present: None,
        };
        assert!(!unclear(&known, 10 + FRESH));
        assert!(unclear(&known, 11 + FRESH));
        let silent = Entry {
            activity: None,
            ..known
        };
        assert!(unclear(&silent, 10));
    }
}
