//! Stops a cluster and makes sure that it ended. Recorded: `stop_cluster.json` (one `PUT`, after
//! which PyODPS 0.9 forgets the instance). Here the cluster counts as stopped when `Terminated`
//! was read, and not before.

use std::collections::VecDeque;

use odps::instances::{Get, Status, Stop as StopCall};
use serde::{Deserialize, Serialize};
use wire::{Machine, Millis, Response, Step, Unreachable};

use crate::exchange::{backoff, odps, request};
use crate::{Moment, Problem};

/// How long an instance may take to end; later clients wait as long (`mars.container_status_timeout`).
pub const STOP_DEADLINE: Millis = 120_000;
/// How often the state is read while it ends.
const PACE: Millis = 1_000;
/// How often the wish itself is sent when no answer comes.
const TRIALS: u32 = 3;

/// What a stop tells on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum StopEvent {
    /// The service took the wish; the instance is not ended yet.
    Asked,
    /// The service says that it had ended already.
    AlreadyEnding,
    /// It still runs.
    StillRunning {
        /// Milliseconds since the wish.
        for_ms: Millis,
    },
    /// A request failed; the next one follows.
    Problem(Problem),
}

/// How a stop came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum StopOutcome {
    /// `Terminated` was read.
    Stopped {
        /// When it ended, by the service's clock.
        at: Option<Millis>,
        /// It had ended before it was asked to.
        already: bool,
    },
    /// The wish was taken, but the end was not seen in time. It may still come.
    NotConfirmed {
        /// What stood in the way of reading it, if anything did.
        problem: Option<Problem>,
    },
    /// The wish was not taken.
    Refused {
        /// The service's words.
        problem: Problem,
    },
    /// There is no such instance.
    NoSuchInstance,
}

/// Stops an instance.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Stop {
    project: String,
    instance: String,
    /// When the wish was taken.
    asked: Option<Millis>,
    already: bool,
    trials: u32,
    problem: Option<Problem>,
    next: Millis,
    events: VecDeque<Moment<StopEvent>>,
    outcome: Option<StopOutcome>,
}

impl Stop {
    /// Will ask this instance to end.
    pub fn new(project: impl Into<String>, instance: impl Into<String>) -> Self {
        Self {
            project: project.into(),
            instance: instance.into(),
            asked: None,
            already: false,
            trials: 0,
            problem: None,
            next: 0,
            events: VecDeque::new(),
            outcome: None,
        }
    }

    fn tell(&mut self, at: Millis, what: StopEvent) {
        self.events.push_back(Moment { at, what });
    }

    fn asked(&mut self, now: Millis, outcome: Result<Response, Unreachable>) {
        let call = StopCall {
            id: self.instance.clone(),
        };
        match odps(&call, outcome) {
            Ok(_) => {
                self.asked = Some(now);
                self.tell(now, StopEvent::Asked);
            }
            Err(problem) if problem.code() == Some("InvalidStateSetting") => {
                self.asked = Some(now);
                self.already = true;
                self.tell(now, StopEvent::AlreadyEnding);
            }
            Err(problem) if problem.is_absent() => {
                self.outcome = Some(StopOutcome::NoSuchInstance);
            }
            Err(problem) => {
                self.trials += 1;
                self.next = now + backoff(self.trials);
                if problem.is_final() || self.trials >= TRIALS {
                    self.outcome = Some(StopOutcome::Refused { problem });
                } else {
                    self.tell(now, StopEvent::Problem(problem));
                }
            }
        }
    }

    fn read(&mut self, now: Millis, asked: Millis, outcome: Result<Response, Unreachable>) {
        let call = Get {
            id: self.instance.clone(),
        };
        let for_ms = now.saturating_sub(asked);
        self.next = now + PACE;
        match odps(&call, outcome) {
            Ok(instance) if instance.status == Status::Terminated => {
                self.outcome = Some(StopOutcome::Stopped {
                    at: instance.end_time,
                    already: self.already,
                });
                return;
            }
            Ok(_) => {
                self.problem = None;
                self.tell(now, StopEvent::StillRunning { for_ms });
            }
            Err(problem) => {
                self.problem = Some(problem.clone());
                self.tell(now, StopEvent::Problem(problem));
            }
        }
        if for_ms >= STOP_DEADLINE {
            self.outcome = Some(StopOutcome::NotConfirmed {
                problem: self.problem.take(),
            });
        }
    }
}

impl Machine for Stop {
    type Event = Moment<StopEvent>;
    type Output = StopOutcome;

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
        let id = self.instance.clone();
        let (service, request) = match self.asked {
            None => request(&StopCall { id }, &self.project),
            Some(_) => request(&Get { id }, &self.project),
        };
        Step::Send(service, request)
    }

    fn feed(&mut self, now: Millis, outcome: Result<Response, Unreachable>) {
        match self.asked {
            None => self.asked(now, outcome),
            Some(asked) => self.read(now, asked, outcome),
        }
    }
}
