//! Creates a cluster as PyODPS 0.9 does: plan, instance, Logview token, then status, web page and
//! workers round by round, and a session at the end. Recorded: `create_cluster_0.9.json`,
//! `create_cluster_0.9_failed.json`. The proxy tokens between are the gateway's.
//!
//! Other than the real client it sleeps between rounds, tells every problem, ends when the instance
//! has ended, and finds an instance again whose id never arrived.

mod event;
mod recover;
mod submit;

use std::collections::VecDeque;

use mars::v04::session::{SessionCreate, WorkerCount};
use odps::authorization::{DEFAULT_HOURS, SignBearerToken};
use odps::instances::{Get, Status};
use serde::{Deserialize, Serialize};
use wire::{Machine, Millis, Request, Response, Service, Step, Unreachable};

use crate::ended::Inquest;
use crate::exchange::{Outcome, backoff, mars, odps, reachable, request};
use crate::search::Search;
use crate::{Connection, Moment, Problem, Spec};

pub use event::{LaunchEvent, LaunchFailure, Launched};

/// Between two rounds, as the real client waits.
const PACE: Millis = 1_000;
/// How often a step is repeated that must not fail for good because of one lost answer.
const TRIALS: u32 = 4;

/// Two fresh UUIDs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchIds {
    /// Names the resource that holds the plan.
    pub plan: String,
    /// Names the submission.
    pub task: String,
}

/// Creates a cluster and waits until it is usable.
///
/// It can be written down at any moment and taken up again: what was on its way then is sent
/// again, except for the submission itself, which is searched for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Launch {
    spec: Spec,
    connection: Connection,
    ids: LaunchIds,
    phase: Phase,
    instance: Option<String>,
    /// When the submission was begun.
    submitted: Option<Millis>,
    web: bool,
    workers: Option<u32>,
    trials: u32,
    next: Millis,
    /// Not written down: one of them may hold a token.
    #[serde(skip)]
    events: VecDeque<Moment<LaunchEvent>>,
    outcome: Option<Result<Launched, LaunchFailure>>,
}

/// Where the launch stands: what is sent next, or what was sent last.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum Phase {
    /// Uploading the plan.
    Plan,
    /// Submitting the instance; nothing was sent yet.
    Instance,
    /// The submission was sent. Whoever takes the machine up in this state must search.
    Submitting,
    /// Looking for an instance that uses our plan.
    Search { search: Search, round: u32 },
    /// Asking for the token of the Logview address.
    Logview,
    /// A round: the state of the instance,
    Status,
    /// the web page,
    Web,
    /// the workers.
    Workers,
    /// Opening a session.
    Session,
    /// Finding out why it ended.
    Ended(Inquest),
}

impl Launch {
    /// A launch of a spec that breaks no rule.
    pub fn new(spec: Spec, connection: Connection, ids: LaunchIds) -> Self {
        Self {
            spec,
            connection,
            ids,
            phase: Phase::Plan,
            instance: None,
            submitted: None,
            web: false,
            workers: None,
            trials: 0,
            next: 0,
            events: VecDeque::new(),
            outcome: None,
        }
    }

    /// What is launched.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// The instance, once it is known.
    pub fn instance(&self) -> Option<&str> {
        self.instance.as_deref()
    }

    /// The instance in the phases that follow its acceptance.
    fn id(&self) -> String {
        self.instance.clone().unwrap_or_default()
    }

    fn tell(&mut self, at: Millis, what: LaunchEvent) {
        self.events.push_back(Moment { at, what });
    }

    fn fail(&mut self, failure: LaunchFailure) {
        self.outcome = Some(Err(failure));
    }

    fn request(&mut self, now: Millis) -> (Service, Request) {
        let project = self.connection.project.clone();
        match &self.phase {
            Phase::Plan => {
                if self.submitted.is_none() {
                    self.submitted = Some(now);
                }
                request(&self.plan_upload(), &project)
            }
            Phase::Instance => {
                self.phase = Phase::Submitting;
                request(&self.submission(), &project)
            }
            // Taken up again after the submission had left: search, never submit twice.
            Phase::Submitting => {
                self.search(now, 1);
                self.request(now)
            }
            Phase::Search { search, .. } => search.request(&project),
            Phase::Logview => request(&self.logview_token(), &project),
            Phase::Status => request(&Get { id: self.id() }, &project),
            Phase::Web => {
                let instance = self.id();
                request(&mars::v04::session::Probe { instance }, &project)
            }
            Phase::Workers => {
                let instance = self.id();
                request(&WorkerCount { instance }, &project)
            }
            Phase::Session => request(&SessionCreate::new(self.id()), &project),
            Phase::Ended(inquest) => inquest.request(&project),
        }
    }

    fn logview_token(&self) -> SignBearerToken {
        SignBearerToken::for_instance(&self.connection.project, &self.id(), DEFAULT_HOURS)
    }

    fn accepted(&mut self, now: Millis, instance: String) {
        self.instance = Some(instance.clone());
        self.trials = 0;
        self.next = 0;
        self.phase = Phase::Logview;
        self.tell(now, LaunchEvent::Accepted { instance });
    }

    fn logview(&mut self, now: Millis, outcome: Outcome) {
        match odps(&self.logview_token(), outcome) {
            Ok(token) => {
                let address = odps::logview::address(
                    &self.connection.logview_host,
                    &self.connection.endpoint,
                    &self.connection.project,
                    &self.id(),
                    &token.0,
                );
                self.tell(now, LaunchEvent::Logview { address });
            }
            // The address is a comfort; the cluster does not wait for it.
            Err(problem) => self.tell(now, LaunchEvent::Problem(problem)),
        }
        self.phase = Phase::Status;
    }

    fn status(&mut self, now: Millis, outcome: Outcome) {
        match odps(&Get { id: self.id() }, outcome) {
            Ok(instance) if instance.status == Status::Terminated => {
                let id = self.id();
                self.phase = Phase::Ended(Inquest::new(&id, instance.end_time));
            }
            Ok(instance) => {
                if instance.status == Status::Suspended {
                    self.tell(now, LaunchEvent::Suspended);
                }
                self.phase = Phase::Web;
            }
            Err(problem) if problem.is_final() => {
                let instance = self.id();
                self.fail(LaunchFailure::Lost { instance, problem });
            }
            Err(problem) => self.again(now, problem),
        }
    }

    fn web(&mut self, now: Millis, outcome: Outcome) {
        match reachable(outcome) {
            Ok(()) => {
                self.trials = 0;
                self.phase = Phase::Workers;
                if !self.web {
                    self.web = true;
                    self.tell(now, LaunchEvent::WebReachable);
                }
            }
            Err(Problem::NotReady { reason }) => {
                self.tell(now, LaunchEvent::Starting { detail: reason });
                self.next = now + PACE;
                self.phase = Phase::Status;
            }
            Err(problem) => self.again(now, problem),
        }
    }

    fn workers(&mut self, now: Millis, outcome: Outcome) {
        let instance = self.id();
        let count = match mars(&WorkerCount { instance }, outcome) {
            Ok(count) => u32::try_from(count.0).unwrap_or(u32::MAX),
            Err(problem) => return self.again(now, problem),
        };
        self.trials = 0;
        let (want, min) = (self.spec.worker_num, self.spec.usable_at());
        if self.workers != Some(count) {
            self.workers = Some(count);
            self.tell(
                now,
                LaunchEvent::Workers {
                    have: count,
                    want,
                    min,
                },
            );
        }
        if count >= min {
            self.tell(now, LaunchEvent::Usable);
            if count >= want {
                self.tell(now, LaunchEvent::Full);
            }
            self.phase = Phase::Session;
        } else {
            self.next = now + PACE;
            self.phase = Phase::Status;
        }
    }

    fn session(&mut self, now: Millis, outcome: Outcome) {
        match mars(&SessionCreate::new(self.id()), outcome) {
            Ok(session) => {
                let session = session.session_id;
                self.tell(
                    now,
                    LaunchEvent::Session {
                        id: session.clone(),
                    },
                );
                self.outcome = Some(Ok(Launched {
                    instance: self.id(),
                    session: Some(session),
                    workers: self.workers.unwrap_or(0),
                }));
            }
            Err(problem) => {
                self.trials += 1;
                self.next = now + backoff(self.trials);
                self.tell(now, LaunchEvent::Problem(problem));
                if self.trials >= TRIALS {
                    // The real client would stop the cluster here. It is usable: every job opens a
                    // session of its own.
                    self.outcome = Some(Ok(Launched {
                        instance: self.id(),
                        session: None,
                        workers: self.workers.unwrap_or(0),
                    }));
                }
            }
        }
    }

    /// A round that failed half-way: the next one begins with the state of the instance.
    fn again(&mut self, now: Millis, problem: Problem) {
        self.trials += 1;
        self.next = now + backoff(self.trials);
        self.phase = Phase::Status;
        self.tell(now, LaunchEvent::Problem(problem));
    }
}

impl Machine for Launch {
    type Event = Moment<LaunchEvent>;
    type Output = Result<Launched, LaunchFailure>;

    fn poll(&mut self, now: Millis) -> Step<Self::Event, Self::Output> {
        if let Some(event) = self.events.pop_front() {
            return Step::Event(event);
        }
        if let Some(outcome) = self.outcome.take() {
            return Step::Done(outcome);
        }
        if now < self.next {
            return Step::Wait(self.next);
        }
        let first = self.submitted.is_none();
        let (service, request) = self.request(now);
        if first {
            // Told together with the answer: nothing stands between an event and its request.
            self.tell(now, LaunchEvent::Submitted);
        }
        Step::Send(service, request)
    }

    fn feed(&mut self, now: Millis, outcome: Result<Response, Unreachable>) {
        match &mut self.phase {
            Phase::Plan => self.plan_uploaded(now, outcome),
            Phase::Instance | Phase::Submitting => self.submitted(now, outcome),
            Phase::Search { .. } => self.searched(now, outcome),
            Phase::Logview => self.logview(now, outcome),
            Phase::Status => self.status(now, outcome),
            Phase::Web => self.web(now, outcome),
            Phase::Workers => self.workers(now, outcome),
            Phase::Session => self.session(now, outcome),
            Phase::Ended(inquest) => match inquest.feed(now, outcome) {
                Some(ended) => {
                    let instance = self.id();
                    self.fail(LaunchFailure::Ended { instance, ended });
                }
                None => self.next = inquest.next,
            },
        }
    }
}
