//! Follows one cluster: takes a launch of this tab up, or attaches; then watches to the end.

use cluster::{Attach, Ended, Facts, LaunchFailure, Stage, Verdict, Watch, WatchEnd};
use leptos::prelude::*;
use serde_json::Value;
use wire::Target;

use super::super::life::{Life, Step};
use crate::api::flights::Recorder;
use crate::api::kept::{self, KeptCluster};
use crate::api::launches::KeptLaunch;
use crate::api::{self, Cause, Doing, Driving, Problem};
use crate::state::clock::now;
use crate::state::profile::Profile;

/// Why there is no cluster to show.
#[derive(Clone, Debug, PartialEq)]
pub enum NoCluster {
    /// An instance of another kind.
    NotMars(String),
    /// No such instance.
    Missing,
    /// It cannot be read.
    Problem(Problem),
}

/// One cluster, followed as long as the component lives.
#[derive(Clone, Copy)]
pub struct Follow {
    /// What is known.
    pub life: RwSignal<Life>,
    /// Why there is nothing to know.
    pub none: RwSignal<Option<NoCluster>>,
    /// What was read of it over time.
    pub recorder: Recorder,
    id: StoredValue<String>,
    profile: Profile,
    project: StoredValue<String>,
    driving: StoredValue<Driving, LocalStorage>,
}

impl Follow {
    /// Begins to follow.
    pub fn new(id: &str) -> Self {
        let follow = Self {
            life: RwSignal::new(restored(id)),
            none: RwSignal::new(None),
            recorder: Recorder::new(id),
            id: StoredValue::new(id.to_owned()),
            profile: Profile::expect(),
            project: StoredValue::new(String::new()),
            driving: StoredValue::new_local(Driving::default()),
        };
        on_cleanup(move || follow.driving.with_value(Driving::stop));
        follow.begin();
        follow
    }

    /// Begins anew, after a problem.
    pub fn begin(self) {
        self.none.set(None);
        let connection = self.profile.now();
        api::spawn(async move {
            match api::target(connection).await {
                Ok(target) => {
                    self.project.set_value(target.project.clone());
                    let kept = kept::clusters(&target.project);
                    let known = kept.into_iter().find(|kept| kept.id == self.id.get_value());
                    self.life
                        .update(|life| life.spec = known.and_then(|kept| kept.spec));
                    match KeptLaunch::of(&self.id.get_value()) {
                        Some(launch) => self.launch(launch),
                        None => self.attach(),
                    }
                }
                Err(problem) => self.none.set(Some(NoCluster::Problem(problem))),
            }
        });
    }

    fn drive<M: wire::Machine + 'static>(
        self,
        machine: M,
        on_event: impl FnMut(M::Event) + 'static,
        on_done: impl FnOnce(M::Output) + 'static,
    ) {
        self.driving.with_value(Driving::stop);
        self.driving
            .set_value(api::drive_on(machine, on_event, on_done));
    }

    fn launch(self, launch: KeptLaunch) {
        self.life.update(|life| {
            life.spec = Some(launch.spec().clone());
            for (step, at) in launch.reached() {
                if let Some(step) = Step::parse(step) {
                    life.reach(step, Some(*at));
                }
            }
            // A launch that has an address was accepted, and this page was there.
            let accepted = life
                .reached
                .iter()
                .find(|(step, _)| *step == Step::Accepted);
            life.started = life.started.or(accepted.and_then(|(_, at)| *at));
            life.stage = Some(Stage::Accepted);
        });
        let on_event = move |event| self.change(|life| life.launched(&event));
        let on_done = move |outcome| match outcome {
            Ok(_) => self.watch(),
            Err(LaunchFailure::Ended { ended, .. }) => self.ended(ended),
            Err(_) => self.attach(),
        };
        self.drive(launch, on_event, on_done);
    }

    fn attach(self) {
        let attach = Attach::new(self.project.get_value(), self.id.get_value());
        self.drive(
            attach,
            move |problem| self.change(|life| life.problem = Some(problem)),
            move |verdict| self.judged(verdict),
        );
    }

    fn judged(self, verdict: Verdict) {
        let doing = Doing::WatchCluster;
        match verdict {
            Verdict::Alive(facts) | Verdict::Starting { facts, .. } => {
                self.know(facts);
                self.watch();
            }
            Verdict::Ended { facts, ended } => {
                self.know(facts);
                self.change(|life| life.read_at = Some(now()));
                self.ended(ended);
            }
            Verdict::NotMars { kind } => self.none.set(Some(NoCluster::NotMars(kind))),
            Verdict::NoSuchInstance => self.none.set(Some(NoCluster::Missing)),
            Verdict::NotYours { problem } | Verdict::Unreadable { problem } => {
                self.none
                    .set(Some(NoCluster::Problem(Problem::of(doing, problem))));
            }
            _ => self.none.set(Some(NoCluster::Problem(Problem::new(
                doing,
                Cause::Unknown,
            )))),
        }
    }

    fn know(self, facts: Facts) {
        let at = facts.started.unwrap_or_else(now);
        let spec = facts.spec.clone();
        let kept = KeptCluster {
            id: self.id.get_value(),
            spec,
            at,
        };
        kept::keep_cluster(&self.project.get_value(), &kept);
        self.change(|life| {
            life.problem = None;
            life.reach(Step::Submitted, facts.started);
            life.reach(Step::Accepted, facts.started);
            life.owner = facts.owner.or(life.owner.take());
            life.started = facts.started.or(life.started);
            life.name = facts.name.or(life.name.take());
            life.spec = facts.spec.or(life.spec.take());
        });
    }

    fn watch(self) {
        let watch = Watch::new(self.project.get_value(), self.id.get_value());
        let watch = match self.life.with_untracked(|life| life.spec.clone()) {
            Some(spec) => watch.expecting(&spec),
            None => watch,
        };
        let on_done = move |end| match end {
            WatchEnd::Ended(ended) => self.ended(ended),
            WatchEnd::Refused { problem } => {
                let problem = Problem::of(Doing::WatchCluster, problem);
                self.none.set(Some(NoCluster::Problem(problem)));
            }
            _ => {}
        };
        self.drive(
            watch,
            move |state| {
                self.recorder.record(&state);
                self.change(|life| life.watched(&state));
            },
            on_done,
        );
    }

    fn ended(self, ended: Ended) {
        self.recorder.end(&ended);
        self.change(|life| life.ended(ended));
    }

    /// Changes what is known, and keeps the times for a reload.
    fn change(self, change: impl FnOnce(&mut Life)) {
        self.life.update(change);
        let reached = self.life.with_untracked(|life| {
            let rows = life.reached.iter().map(|(step, at)| (step.as_str(), *at));
            serde_json::to_string(&rows.collect::<Vec<_>>()).unwrap_or_default()
        });
        kept::set_intent(&key(&self.id.get_value()), Some(&reached));
        if self.life.with_untracked(|life| life.end().is_some()) {
            let project = self.project.get_value();
            api::archive::keep(&Target { project }, &self.id.get_value());
        }
    }
}

fn key(id: &str) -> String {
    format!("mars-console.reached.{id}")
}

/// The times that this tab saw before a reload.
fn restored(id: &str) -> Life {
    let mut life = Life::default();
    let kept =
        kept::intent(&key(id)).and_then(|text| serde_json::from_str::<Vec<Value>>(&text).ok());
    for row in kept.unwrap_or_default() {
        let step = row.get(0).and_then(Value::as_str).and_then(Step::parse);
        if let Some(step) = step.filter(|step| *step != Step::Ended) {
            life.reach(step, row.get(1).and_then(Value::as_u64));
        }
    }
    life
}
