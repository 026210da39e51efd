//! Runs one graph: a session of its own, the submission, small polls until it is over, and the
//! shape of the result. Authority: `http_04`, `11` to `15`, `33`, `36`, `37`, `58`, `65` to `69` of
//! the recorded Mars 0.4 exchanges.
//!
//! One session per job, because the engine can hang on a graph that repeats the content of an
//! earlier one of its session. A job can be left and taken up again with session, graph and target
//! alone ([`Job::resume`]), and it never waits for ever: a graph that the engine has dropped while
//! its workers are idle is told as such (see [`quiet`]).

mod answers;
mod calls;
mod event;
mod progress;
mod quiet;

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use wire::{Machine, Millis, Response, Step, Unreachable};

use crate::Moment;
use quiet::Quiet;

pub use event::{JobEvent, JobFailure, JobOutcome, JobResult};

/// Between two polls: quick at first, because most jobs are short, slow for long ones.
const QUICK: Millis = 300;
const QUICK_FOR: Millis = 10_000;
const SLOW: Millis = 1_500;
/// Between two looks at the workers.
const WORKERS_PACE: Millis = 3_000;
/// How long `cancelling` without a wish of ours may last before it means "refused".
const REJECTED_AFTER: Millis = 4_000;
/// How long a cancelled job may take to say so.
const CANCEL_DEADLINE: Millis = 30_000;
/// How often in a row a poll may fail before the session is checked.
const TRIALS: u32 = 4;

/// Runs one graph.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Job {
    project: String,
    instance: String,
    /// The JSON text of the graph; empty when the job was resumed.
    graph: String,
    target: String,
    /// Further tileables that are run with it.
    others: Vec<String>,
    phase: Phase,
    session: Option<String>,
    graph_key: Option<String>,
    /// When it was submitted (or taken up again, if that is not known).
    begun: Option<Millis>,
    state: Option<String>,
    /// Since when it reads `cancelling` although nobody here asked.
    cancelling: Option<Millis>,
    cancel: Cancel,
    quiet: Quiet,
    workers_at: Millis,
    trials: u32,
    /// How often the graph was sent.
    submissions: u32,
    next: Millis,
    failure: Option<JobFailure>,
    events: VecDeque<Moment<JobEvent>>,
    outcome: Option<JobOutcome>,
}

/// What is sent next, or was sent last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Phase {
    Session,
    Baseline,
    Submit,
    Poll,
    Workers,
    Cancel,
    Check,
    Shape,
}

/// Whether this machine asked for the end of the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Cancel {
    No,
    Wished,
    Asked(Millis),
}

impl Job {
    /// Will run this graph on the cluster of this instance and wait for this tileable.
    pub fn new(
        project: impl Into<String>,
        instance: impl Into<String>,
        graph: impl Into<String>,
        target: impl Into<String>,
    ) -> Self {
        Self {
            project: project.into(),
            instance: instance.into(),
            graph: graph.into(),
            target: target.into(),
            others: Vec::new(),
            phase: Phase::Session,
            session: None,
            graph_key: None,
            begun: None,
            state: None,
            cancelling: None,
            cancel: Cancel::No,
            quiet: Quiet::default(),
            workers_at: 0,
            trials: 0,
            submissions: 0,
            next: 0,
            failure: None,
            events: VecDeque::new(),
            outcome: None,
        }
    }

    /// Runs these tileables of the graph too.
    #[must_use]
    pub fn with(mut self, others: impl IntoIterator<Item = String>) -> Self {
        self.others.extend(others);
        self
    }

    /// Comes back to a job that was left running. `begun` is when it was submitted, if known.
    pub fn resume(
        project: impl Into<String>,
        instance: impl Into<String>,
        session: impl Into<String>,
        graph_key: impl Into<String>,
        target: impl Into<String>,
        begun: Option<Millis>,
    ) -> Self {
        Self {
            phase: Phase::Poll,
            session: Some(session.into()),
            graph_key: Some(graph_key.into()),
            begun,
            ..Self::new(project, instance, "", target)
        }
    }

    /// Asks the engine to give the job up; the machine ends when the engine has confirmed it.
    pub fn cancel(&mut self) {
        if self.cancel == Cancel::No {
            self.cancel = Cancel::Wished;
            self.next = 0;
        }
    }

    /// Session and graph, once they are known: enough to come back with [`Job::resume`].
    pub fn handle(&self) -> Option<(&str, &str)> {
        self.session.as_deref().zip(self.graph_key.as_deref())
    }

    /// The tileable that is waited for.
    pub fn target(&self) -> &str {
        &self.target
    }

    fn tell(&mut self, at: Millis, what: JobEvent) {
        self.events.push_back(Moment { at, what });
    }

    fn elapsed(&self, now: Millis) -> Millis {
        now.saturating_sub(self.begun.unwrap_or(now))
    }

    fn end(&mut self, failure: JobFailure) {
        self.outcome = Some(Err(failure));
    }

    fn is_running(&self) -> bool {
        self.state.is_some() && self.cancel == Cancel::No && self.cancelling.is_none()
    }
}

impl Machine for Job {
    type Event = Moment<JobEvent>;
    type Output = JobOutcome;

    fn poll(&mut self, now: Millis) -> Step<Self::Event, Self::Output> {
        if let Some(event) = self.events.pop_front() {
            return Step::Event(event);
        }
        if let Some(outcome) = self.outcome.take() {
            return Step::Done(outcome);
        }
        // Before anything runs, a cancel needs no request.
        if self.cancel == Cancel::Wished && self.graph_key.is_none() {
            return Step::Done(Err(JobFailure::Cancelled { here: true }));
        }
        if now < self.next {
            return Step::Wait(self.next);
        }
        let (service, request) = self.request(now);
        Step::Send(service, request)
    }

    fn feed(&mut self, now: Millis, outcome: Result<Response, Unreachable>) {
        match self.phase {
            Phase::Session => self.session(now, outcome),
            Phase::Baseline | Phase::Workers => self.looked(now, outcome),
            Phase::Submit => self.submitted(now, outcome),
            Phase::Poll => self.polled(now, outcome),
            Phase::Cancel => self.cancel_answered(now, outcome),
            Phase::Check => self.checked(now, outcome),
            Phase::Shape => self.shaped(now, outcome),
        }
    }
}
