//! Sending the form: look for a running cluster of the same name where that is wanted, then launch.
//! The page moves to the cluster's own address as soon as the instance is known; a reload before
//! that takes the launch up.

use cluster::{Budget, Find, Found, IfExists, LaunchEvent, LaunchFailure, Phase, Spec};
use leptos::prelude::*;

use crate::api::kept::{self, KeptCluster};
use crate::api::launches::KeptLaunch;
use crate::api::{self, Cause, Doing, Driving, Problem, presets};
use crate::route::{Here, Route};
use crate::state::clock::now;
use crate::state::profile::Profile;
use crate::text::Text;

/// What must be answered before anything is started.
#[derive(Clone, PartialEq)]
pub enum Question {
    /// Whether a cluster of that name runs could not be found out.
    Unsearched {
        /// Why.
        problem: Problem,
        /// What is to be created.
        spec: Spec,
    },
    /// Clusters of that name run, the newest first.
    Found {
        /// They.
        found: Vec<Found>,
        /// What is to be created.
        spec: Spec,
    },
}

impl Question {
    /// It is asked in a dialog; `raise` asks nothing.
    pub fn is_asked(&self) -> bool {
        !matches!(self, Self::Found { spec, .. } if spec.if_exists == IfExists::Raise)
    }
}

/// The state of a submission.
#[derive(Clone, Copy)]
pub struct Submission {
    busy: RwSignal<bool>,
    /// A launch that a reload interrupted is taken up.
    pub(super) resumed: RwSignal<bool>,
    /// The reader stopped waiting.
    pub(super) given_up: RwSignal<bool>,
    /// Why nothing was started.
    pub(super) problem: RwSignal<Option<Problem>>,
    question: RwSignal<Option<Question>>,
    /// What is waited for.
    pub(super) budget: RwSignal<Option<Budget>>,
    /// What was last answered.
    pub(super) answer: RwSignal<Option<String>>,
    searching: StoredValue<Driving, LocalStorage>,
    driving: StoredValue<Driving, LocalStorage>,
    profile: Profile,
    here: Here,
}

impl Submission {
    /// Takes a launch up that a reload interrupted, if there is one.
    pub fn take_up() -> Self {
        let submission = Self {
            busy: RwSignal::new(false),
            resumed: RwSignal::new(false),
            given_up: RwSignal::new(false),
            problem: RwSignal::new(None),
            question: RwSignal::new(None),
            budget: RwSignal::new(None),
            answer: RwSignal::new(None),
            searching: StoredValue::new_local(Driving::default()),
            driving: StoredValue::new_local(Driving::default()),
            profile: Profile::expect(),
            here: Here::expect(),
        };
        // A search ends with the form; a launch goes on to its cluster's page.
        on_cleanup(move || submission.searching.with_value(Driving::stop));
        match KeptLaunch::pending() {
            Some(launch) if launch.instance().is_some() => submission.follow(&launch),
            Some(launch) => {
                submission.resumed.set(true);
                submission.resume(launch);
            }
            None => {}
        }
        submission
    }

    /// One is under way.
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// What must be answered first.
    pub fn question(self) -> Signal<Option<Question>> {
        self.question.into()
    }

    /// The word on the button.
    pub fn word(self, text: &'static Text) -> &'static str {
        let words = &text.clusters.create;
        if self.busy.get() {
            words.submitting
        } else {
            words.submit
        }
    }

    /// Starts; a second press while one is under way does nothing.
    pub fn start(self, spec: Spec) {
        if self.busy.get_untracked() {
            return;
        }
        match spec.name.clone() {
            Some(name) if spec.if_exists != IfExists::Ignore => self.search(name, spec),
            // PyODPS 0.9 never looks for another one.
            _ => self.launch(spec),
        }
    }

    /// Goes back to the form; what runs goes on running.
    pub fn back(self) {
        self.question.set(None);
    }

    /// Opens a cluster that runs.
    pub fn open(self, id: String) {
        self.question.set(None);
        self.here.go(Route::Cluster(id));
    }

    /// Begins to wait for something.
    fn wait(self, phase: Phase) {
        self.busy.set(true);
        self.given_up.set(false);
        self.problem.set(None);
        self.question.set(None);
        self.answer.set(None);
        self.budget.set(Some(Budget::new(phase, now())));
    }

    /// Nothing is waited for any more.
    fn rest(self) {
        self.busy.set(false);
        self.resumed.set(false);
        self.budget.set(None);
    }

    fn search(self, name: String, spec: Spec) {
        let Some(connection) = self.profile.now() else {
            return;
        };
        self.wait(Phase::Search);
        let project = connection.project.clone();
        let find = Find::same(connection.project, name);
        let on_done = move |found: Result<Vec<Found>, cluster::Problem>| {
            self.rest();
            match found {
                Err(problem) => {
                    let problem = Problem::of(Doing::CreateCluster, problem);
                    self.question
                        .set(Some(Question::Unsearched { problem, spec }));
                }
                Ok(found) if found.is_empty() => self.launch(spec),
                Ok(found) => {
                    let found = complete(found, &kept::clusters(&project));
                    self.question.set(Some(Question::Found { found, spec }));
                }
            }
        };
        self.searching
            .set_value(api::drive_on(find, |never| match never {}, on_done));
    }

    /// Launches, whatever runs.
    pub fn launch(self, spec: Spec) {
        let Some(connection) = self.profile.now() else {
            return;
        };
        presets::keep_last(&connection.project, &spec);
        let launch = KeptLaunch::new(spec, &connection);
        self.drive(launch, connection.project);
    }

    /// Goes to the cluster of a launch that was accepted while the page was being left.
    fn follow(self, launch: &KeptLaunch) {
        let instance = launch.instance().unwrap_or_default().to_owned();
        KeptLaunch::forget(None);
        self.busy.set(true);
        api::spawn(async move { self.here.replace(Route::Cluster(instance)) });
    }

    /// Takes a launch up that a reload interrupted.
    fn resume(self, launch: KeptLaunch) {
        self.busy.set(true);
        api::spawn(async move {
            match api::target(self.profile.now()).await {
                Ok(target) => self.drive(launch, target.project),
                Err(problem) => self.fail(problem),
            }
        });
    }

    fn drive(self, launch: KeptLaunch, project: String) {
        self.wait(Phase::Accept);
        let spec = launch.spec().clone();
        let on_event = move |event: cluster::Moment<LaunchEvent>| match event.what {
            LaunchEvent::Accepted { instance } => {
                let kept = KeptCluster {
                    id: instance.clone(),
                    spec: Some(spec.clone()),
                    at: now(),
                };
                kept::keep_cluster(&project, &kept);
                // The cluster's own page takes the launch up from here.
                // The form may be gone by now.
                self.driving.try_with_value(Driving::stop);
                self.here.replace(Route::Cluster(instance));
            }
            LaunchEvent::Problem(problem) => self.answer.set(Some(problem.to_string())),
            _ => {}
        };
        let on_done = move |outcome| {
            if let Err(failure) = outcome {
                self.fail(refused(failure));
            }
        };
        self.driving
            .set_value(api::drive_on(launch, on_event, on_done));
    }

    fn fail(self, problem: Problem) {
        self.rest();
        self.problem.set(Some(problem));
    }

    /// Stops waiting. What has left may still arrive, and that is said.
    pub(super) fn give_up(self) {
        self.searching.with_value(Driving::stop);
        self.driving.with_value(Driving::stop);
        KeptLaunch::forget(None);
        self.rest();
        self.given_up.set(true);
    }

    /// Goes on waiting.
    pub(super) fn renew(self) {
        let renewed = |budget: &mut Option<Budget>| {
            *budget = budget.map(|budget| budget.renewed(now()));
        };
        self.budget.update(renewed);
    }
}

/// The newest first; what was asked for in this browser is known even where the service is silent.
fn complete(mut found: Vec<Found>, kept: &[KeptCluster]) -> Vec<Found> {
    found.sort_by_key(|found| std::cmp::Reverse(found.started));
    for found in &mut found {
        let known = kept.iter().find(|kept| kept.id == found.instance);
        let known = known.and_then(|kept| kept.spec.clone());
        found.spec = found.spec.take().or(known);
    }
    found
}

/// Why nothing was launched.
fn refused(failure: LaunchFailure) -> Problem {
    match failure {
        LaunchFailure::Refused { problem }
        | LaunchFailure::NotUploaded { problem }
        | LaunchFailure::Unknown { problem }
        | LaunchFailure::Lost { problem, .. } => Problem::of(Doing::CreateCluster, problem),
        LaunchFailure::NotSubmitted => Problem::new(Doing::CreateCluster, Cause::NotSubmitted),
        _ => Problem::new(Doing::CreateCluster, Cause::Unknown),
    }
}
