//! Runs one graph: a session of its own, the submission, small polls until it is over, and the
//! shape of the result. Authority: `http_04`, `11` to `15`, `33`, `36`, `37`, `58`, `65` to `69` of
//! the recorded Mars 0.4 exchanges.
//!
//! One session per job, because the engine can hang on a graph that repeats the content of an
//! earlier one of its session. A job can be left and taken up again with session, graph and target
//! alone ([`Job::resume`]), and it never waits for ever: a graph that the engine has dropped while
//! its workers are idle is told as such (see [`quiet`]).

mod event;
mod progress;
mod quiet;

use std::collections::VecDeque;

use mars::v04::session::{
    GraphCancel, GraphState, GraphStatus, GraphSubmit, NSplits, SessionCheck, SessionCreate, State,
    Workers,
};
use serde::{Deserialize, Serialize};
use wire::{Machine, Millis, Request, Response, Service, Step, Unreachable};

use crate::exchange::{Outcome, backoff, mars, request};
use crate::{Moment, Problem};
use progress::Progress;
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
    #[serde(skip)]
    failure: Option<JobFailure>,
    #[serde(skip)]
    events: VecDeque<Moment<JobEvent>>,
    #[serde(skip)]
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

    fn submit_call(&self) -> GraphSubmit {
        GraphSubmit {
            instance: self.instance.clone(),
            session_id: self.session.clone().unwrap_or_default(),
            graph: self.graph.clone(),
            target: vec![self.target.clone()],
            names: Vec::new(),
            compose: None,
        }
    }

    fn state_call(&self) -> GraphState {
        GraphState {
            instance: self.instance.clone(),
            session_id: self.session.clone().unwrap_or_default(),
            graph_key: self.graph_key.clone().unwrap_or_default(),
            // All waits of a cluster share one thread: never make it wait.
            wait_timeout: 0,
        }
    }

    fn cancel_call(&self) -> GraphCancel {
        GraphCancel {
            instance: self.instance.clone(),
            session_id: self.session.clone().unwrap_or_default(),
            graph_key: self.graph_key.clone().unwrap_or_default(),
        }
    }

    fn check_call(&self) -> SessionCheck {
        SessionCheck {
            instance: self.instance.clone(),
            session_id: self.session.clone().unwrap_or_default(),
        }
    }

    fn shape_call(&self) -> NSplits {
        NSplits {
            instance: self.instance.clone(),
            session_id: self.session.clone().unwrap_or_default(),
            graph_key: self.graph_key.clone().unwrap_or_default(),
            tileable_key: self.target.clone(),
        }
    }

    fn workers_call(&self) -> Workers {
        Workers {
            instance: self.instance.clone(),
        }
    }

    fn request(&mut self, now: Millis) -> (Service, Request) {
        self.begun.get_or_insert(now);
        if self.phase == Phase::Poll {
            if self.cancel == Cancel::Wished {
                self.phase = Phase::Cancel;
            } else if now >= self.workers_at && self.is_running() {
                self.phase = Phase::Workers;
            }
        }
        let project = &self.project;
        match self.phase {
            Phase::Session => request(&SessionCreate::new(&self.instance), project),
            Phase::Baseline | Phase::Workers => request(&self.workers_call(), project),
            Phase::Submit => request(&self.submit_call(), project),
            Phase::Poll => request(&self.state_call(), project),
            Phase::Cancel => request(&self.cancel_call(), project),
            Phase::Check => request(&self.check_call(), project),
            Phase::Shape => request(&self.shape_call(), project),
        }
    }

    fn is_running(&self) -> bool {
        self.state.is_some() && self.cancel == Cancel::No && self.cancelling.is_none()
    }

    fn session(&mut self, now: Millis, outcome: Outcome) {
        match mars(&SessionCreate::new(&self.instance), outcome) {
            Ok(session) => {
                self.trials = 0;
                self.tell(
                    now,
                    JobEvent::Session {
                        id: session.session_id.clone(),
                    },
                );
                self.session = Some(session.session_id);
                self.phase = Phase::Baseline;
            }
            Err(problem) => {
                self.retry(now, problem, |problem| JobFailure::NotSubmitted { problem })
            }
        }
    }

    fn submitted(&mut self, now: Millis, outcome: Outcome) {
        match mars(&self.submit_call(), outcome) {
            Ok(submitted) => {
                self.trials = 0;
                self.tell(
                    now,
                    JobEvent::Submitted {
                        graph_key: submitted.graph_key.clone(),
                    },
                );
                self.graph_key = Some(submitted.graph_key);
                self.phase = Phase::Poll;
                self.workers_at = now + WORKERS_PACE;
                self.next = now + QUICK / 3;
            }
            // A second submission into the same session could hang: a new session is safe.
            Err(problem) if problem.is_uncertain() && self.submissions + 1 < TRIALS => {
                self.submissions += 1;
                self.next = now + backoff(self.submissions);
                self.phase = Phase::Session;
                self.tell(now, JobEvent::Problem(problem));
            }
            Err(problem) => self.end(JobFailure::NotSubmitted { problem }),
        }
    }

    fn polled(&mut self, now: Millis, outcome: Outcome) {
        let status = match mars(&self.state_call(), outcome) {
            Ok(status) => status,
            Err(problem) => {
                self.trials += 1;
                self.next = now + backoff(self.trials);
                self.tell(now, JobEvent::Problem(problem.clone()));
                // An unknown graph answers 500 like many another trouble: ask about the session.
                if self.trials.is_multiple_of(TRIALS) {
                    self.failure = Some(JobFailure::Lost { problem });
                    self.phase = Phase::Check;
                }
                return;
            }
        };
        self.trials = 0;
        let pace = if self.elapsed(now) < QUICK_FOR {
            QUICK
        } else {
            SLOW
        };
        self.next = now + pace;
        let word = status.state.as_str().to_owned();
        if self.state.as_deref() != Some(word.as_str()) {
            let elapsed = self.elapsed(now);
            self.tell(
                now,
                JobEvent::State {
                    state: word.clone(),
                    elapsed,
                },
            );
            self.state = Some(word);
        }
        self.react(now, &status);
    }

    fn react(&mut self, now: Millis, status: &GraphStatus) {
        match &status.state {
            State::Succeeded => {
                self.next = 0;
                self.phase = Phase::Shape;
            }
            State::Failed => self.end(JobFailure::Failed {
                message: status.message(),
                trace: status.exc_info_text.clone(),
            }),
            State::Cancelled => self.end(JobFailure::Cancelled {
                here: self.cancel != Cancel::No,
            }),
            State::Cancelling => match self.cancel {
                Cancel::Asked(at) if now.saturating_sub(at) >= CANCEL_DEADLINE => {
                    self.end(JobFailure::CancelNotConfirmed);
                }
                Cancel::No => {
                    let since = *self.cancelling.get_or_insert(now);
                    if now.saturating_sub(since) >= REJECTED_AFTER {
                        self.end(JobFailure::Rejected);
                    }
                }
                Cancel::Wished | Cancel::Asked(_) => {}
            },
            _ => {
                self.cancelling = None;
                if let Cancel::Asked(at) = self.cancel
                    && now.saturating_sub(at) >= CANCEL_DEADLINE
                {
                    self.end(JobFailure::CancelNotConfirmed);
                }
            }
        }
    }

    fn looked(&mut self, now: Millis, outcome: Outcome) {
        self.workers_at = now + WORKERS_PACE;
        let before = self.phase == Phase::Baseline;
        self.phase = if before { Phase::Submit } else { Phase::Poll };
        let list = match mars(&self.workers_call(), outcome) {
            Ok(list) => list,
            // The workers are a second opinion; the job does not depend on them.
            Err(problem) => return self.tell(now, JobEvent::Problem(problem)),
        };
        if before {
            self.quiet.baseline(&list);
            return;
        }
        let session = self.session.clone().unwrap_or_default();
        let progress = Progress::of(&list, &session);
        let preparing = self.state.as_deref() == Some(State::Preparing.as_str());
        let verdict = self.quiet.look(now, &list, &progress, preparing);
        let running = progress.running;
        if self.quiet.is_news(&progress) {
            self.tell(now, JobEvent::Progress { running });
        }
        match verdict {
            quiet::Verdict::Fine => {}
            quiet::Verdict::Quiet { for_ms, idle } => {
                self.tell(now, JobEvent::Quiet { for_ms, idle });
            }
            quiet::Verdict::Dropped { for_ms } => self.end(JobFailure::Dropped { for_ms }),
        }
    }

    fn cancel_answered(&mut self, now: Millis, outcome: Outcome) {
        self.phase = Phase::Poll;
        match mars(&self.cancel_call(), outcome) {
            Ok(_) => {
                self.trials = 0;
                self.cancel = Cancel::Asked(now);
                self.tell(now, JobEvent::CancelAsked);
            }
            Err(problem) => {
                // It may be over already (404): the next poll tells.
                self.trials += 1;
                self.next = now + backoff(self.trials);
                let gone = problem.is_absent();
                self.tell(now, JobEvent::Problem(problem));
                if gone || self.trials >= TRIALS {
                    self.cancel = Cancel::Asked(now);
                }
            }
        }
    }

    /// The session was checked after several polls had failed.
    fn checked(&mut self, now: Millis, outcome: Outcome) {
        self.phase = Phase::Poll;
        let failure = self.failure.take();
        match mars(&self.check_call(), outcome) {
            // It is there, and so the graph is what is missing, if the engine answers at all.
            Ok(_) => match failure {
                Some(JobFailure::Lost {
                    problem: problem @ Problem::Engine { .. },
                }) => {
                    self.end(JobFailure::Lost { problem });
                }
                _ => self.next = now + backoff(self.trials),
            },
            Err(problem) if problem.is_final() => self.end(JobFailure::Lost { problem }),
            Err(problem) => {
                self.next = now + backoff(self.trials);
                self.tell(now, JobEvent::Problem(problem));
            }
        }
    }

    fn shaped(&mut self, now: Millis, outcome: Outcome) {
        let splits = mars(&self.shape_call(), outcome);
        let shape = match splits {
            Ok(splits) => splits.shape(),
            Err(problem) => {
                self.trials += 1;
                self.next = now + backoff(self.trials);
                self.tell(now, JobEvent::Problem(problem));
                if self.trials < TRIALS {
                    return;
                }
                // The result can be fetched without knowing its shape.
                None
            }
        };
        let (session, graph_key) = match self.handle() {
            Some((session, graph)) => (session.to_owned(), graph.to_owned()),
            None => (String::new(), String::new()),
        };
        self.outcome = Some(Ok(JobResult {
            session,
            graph_key,
            target: self.target.clone(),
            shape,
            elapsed: self.elapsed(now),
        }));
    }

    fn retry(
        &mut self,
        now: Millis,
        problem: Problem,
        failure: impl FnOnce(Problem) -> JobFailure,
    ) {
        self.trials += 1;
        self.next = now + backoff(self.trials);
        if problem.is_final() || self.trials >= TRIALS {
            self.end(failure(problem));
        } else {
            self.tell(now, JobEvent::Problem(problem));
        }
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
