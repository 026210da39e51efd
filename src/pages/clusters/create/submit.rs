//! Sending the form: look for a running cluster of the same name, then launch. The page moves to the
//! cluster's own address as soon as the instance is known; a reload before that takes the launch up.

use cluster::{Find, LaunchEvent, LaunchFailure, Spec};
use leptos::prelude::*;

use crate::api::kept::{self, KeptCluster};
use crate::api::launches::KeptLaunch;
use crate::api::{self, Cause, Doing, Problem};
use crate::components::problem_notice::ProblemNotice;
use crate::route::{Here, Route};
use crate::state::clock::now;
use crate::state::profile::{Connection, Profile};
use crate::text::{Text, sentences};
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;

/// The state of a submission.
#[derive(Clone, Copy)]
pub struct Submission {
    busy: RwSignal<bool>,
    resumed: RwSignal<bool>,
    problem: RwSignal<Option<Problem>>,
    /// The instance of a running cluster of the same name, and what was asked for.
    twin: RwSignal<Option<(String, Spec)>>,
    profile: Profile,
    here: Here,
}

impl Submission {
    /// Takes a launch up that a reload interrupted, if there is one.
    pub fn take_up() -> Self {
        let submission = Self {
            busy: RwSignal::new(false),
            resumed: RwSignal::new(false),
            problem: RwSignal::new(None),
            twin: RwSignal::new(None),
            profile: Profile::expect(),
            here: Here::expect(),
        };
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
        let Some(connection) = self.profile.now() else {
            return;
        };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        // Without a name nothing tells one cluster from another, and PyODPS asks nothing either.
        let Some(name) = spec.name.clone() else {
            return self.launch(spec, &connection);
        };
        let find = Find::same(connection.project.clone(), name);
        api::drive(
            find,
            |never| match never {},
            move |found| match found {
                Err(problem) => self.fail(Problem::of(Doing::CreateCluster, problem)),
                Ok(found) => match found.into_iter().next() {
                    Some(twin) => {
                        self.busy.set(false);
                        self.twin.set(Some((twin.instance, spec)));
                    }
                    None => self.launch(spec, &connection),
                },
            },
        );
    }

    fn launch(self, spec: Spec, connection: &Connection) {
        self.busy.set(true);
        self.drive(
            KeptLaunch::new(spec, connection),
            connection.project.clone(),
        );
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
        let spec = launch.spec().clone();
        let driving: RwSignal<api::Driving, LocalStorage> =
            RwSignal::new_local(api::Driving::default());
        let started = api::drive_on(
            launch,
            move |event| {
                if let LaunchEvent::Accepted { instance } = event.what {
                    kept::keep_cluster(
                        &project,
                        &KeptCluster {
                            id: instance.clone(),
                            spec: Some(spec.clone()),
                            at: now(),
                        },
                    );
                    // The cluster's own page takes the launch up from here.
                    driving.with_untracked(api::Driving::stop);
                    self.here.replace(Route::Cluster(instance));
                }
            },
            move |outcome| {
                if let Err(failure) = outcome {
                    self.fail(refused(failure));
                }
            },
        );
        driving.set(started);
    }

    fn fail(self, problem: Problem) {
        self.busy.set(false);
        self.resumed.set(false);
        self.problem.set(Some(problem));
    }
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

/// Problems and questions of the submission, in the form.
#[component]
pub fn Submit(
    /// The submission.
    submission: Submission,
) -> impl IntoView {
    let t = sentences();
    let problem = move || {
        submission
            .problem
            .get()
            .map(|problem| view! { <ProblemNotice problem/> })
    };
    let resumed = move || {
        let resumed = submission.resumed.get() && submission.busy.get();
        resumed.then(|| view! { <p role="status">{t.get().clusters.create.resumed}</p> })
    };
    view! {
        {problem}
        {resumed}
        <Twin submission/>
    }
}

/// Asks before a second cluster of the same name is started.
#[component]
fn Twin(submission: Submission) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().clusters.create;
    let open = Signal::derive(move || submission.twin.with(Option::is_some));
    let body = move || {
        submission
            .twin
            .get()
            .map(|(id, _)| (words().twin_body)(&id))
    };
    let close = move |()| submission.twin.set(None);
    let reuse = move |()| {
        if let Some((id, _)) = submission.twin.get_untracked() {
            submission.twin.set(None);
            submission.here.go(Route::Cluster(id));
        }
    };
    let another = move |()| {
        if let Some((_, spec)) = submission.twin.get_untracked() {
            submission.twin.set(None);
            if let Some(connection) = submission.profile.now() {
                submission.launch(spec, &connection);
            }
        }
    };
    view! {
        <Dialog open on_close=Callback::new(close) title=Signal::derive(move || words().twin_title.to_owned())>
            <p>{body}</p>
            <div class="dialog-actions">
                <Button on_press=Callback::new(close)>{move || t.get().shell.cancel}</Button>
                <Button on_press=Callback::new(another)>{move || words().twin_another}</Button>
                <Button on_press=Callback::new(reuse) weight=Weight::Primary>{move || words().twin_reuse}</Button>
            </div>
        </Dialog>
    }
}
