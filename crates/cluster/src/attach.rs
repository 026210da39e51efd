//! Takes a cluster back by its instance id: a verdict first, whatever it is, instead of the endless
//! loop of the real client. Requests as recorded in `attach_cluster_0.9.json`, and `?source` beside
//! them, because any instance id can be typed.

use std::collections::VecDeque;

use mars::v04::session::Probe;
use odps::instances::{Get, Source, Status};
use serde::{Deserialize, Serialize};
use wire::{Machine, Millis, Request, Response, Service, Step, Unreachable};

use crate::ended::Inquest;
use crate::exchange::{Outcome, backoff, odps, reachable, request};
use crate::{Ended, Moment, Problem, Spec, search};

/// How often one request is made before the verdict is "cannot be read".
const TRIALS: u32 = 3;

/// What is known of an instance beside its state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Who submitted it.
    pub owner: Option<String>,
    /// When it was accepted.
    pub started: Option<Millis>,
    /// The name that the console gave it.
    pub name: Option<String>,
    /// What was asked for, if the console wrote it into the job.
    pub spec: Option<Spec>,
    /// The job as it was submitted.
    pub source: Option<String>,
}

/// What an instance id turned out to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Verdict {
    /// A Mars cluster whose web page answers.
    Alive(Facts),
    /// A Mars cluster that runs, but whose web page does not answer yet, or not any more.
    Starting {
        /// What is known.
        facts: Facts,
        /// What the probe met.
        problem: Problem,
    },
    /// A Mars cluster that has ended.
    Ended {
        /// What is known.
        facts: Facts,
        /// When and why.
        ended: Ended,
    },
    /// An instance, but not the start of a Mars cluster.
    NotMars {
        /// The kind of its first task, such as `SQL`.
        kind: String,
    },
    /// There is no such instance in the project.
    NoSuchInstance,
    /// It may not be read with this key.
    NotYours {
        /// The service's words.
        problem: Problem,
    },
    /// Nothing could be read.
    Unreadable {
        /// The last problem.
        problem: Problem,
    },
}

/// Finds out what an instance id is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Attach {
    project: String,
    instance: String,
    phase: Phase,
    facts: Facts,
    /// Set when the status was `Terminated`.
    ended: Option<Option<Millis>>,
    trials: u32,
    next: Millis,
    events: VecDeque<Moment<Problem>>,
    verdict: Option<Verdict>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum Phase {
    Status,
    Source,
    Web,
    Ended(Inquest),
}

impl Attach {
    /// Will look at this instance.
    pub fn new(project: impl Into<String>, instance: impl Into<String>) -> Self {
        Self {
            project: project.into(),
            instance: instance.into(),
            phase: Phase::Status,
            facts: Facts::default(),
            ended: None,
            trials: 0,
            next: 0,
            events: VecDeque::new(),
            verdict: None,
        }
    }

    fn request(&self) -> (Service, Request) {
        let id = self.instance.clone();
        match &self.phase {
            Phase::Status => request(&Get { id }, &self.project),
            Phase::Source => request(&Source { id }, &self.project),
            Phase::Web => request(&Probe { instance: id }, &self.project),
            Phase::Ended(inquest) => inquest.request(&self.project),
        }
    }

    fn status(&mut self, now: Millis, outcome: Outcome) {
        let id = self.instance.clone();
        match odps(&Get { id }, outcome) {
            Ok(instance) => {
                self.facts.owner = instance.owner;
                self.facts.started = instance.start_time;
                let ended = instance.status == Status::Terminated;
                self.ended = ended.then_some(instance.end_time);
                self.proceed(Phase::Source);
            }
            Err(problem) => self.failed(now, problem),
        }
    }

    fn source(&mut self, now: Millis, outcome: Outcome) {
        let id = self.instance.clone();
        let source = match odps(&Source { id }, outcome) {
            Ok(source) => source,
            Err(problem) => return self.failed(now, problem),
        };
        let Some(origin) = search::read(&source.job) else {
            let kind = source.job.tasks.first().map(|task| task.kind.clone());
            let kind = kind.unwrap_or_default();
            self.verdict = Some(Verdict::NotMars { kind });
            return;
        };
        self.facts.name = origin.name;
        self.facts.spec = origin.spec;
        self.facts.source = Some(source.xml);
        let next = match self.ended {
            Some(at) => Phase::Ended(Inquest::new(&self.instance, at)),
            None => Phase::Web,
        };
        self.proceed(next);
    }

    fn proceed(&mut self, phase: Phase) {
        self.trials = 0;
        self.next = 0;
        self.phase = phase;
    }

    fn failed(&mut self, now: Millis, problem: Problem) {
        self.trials += 1;
        self.next = now + backoff(self.trials);
        if problem.is_absent() {
            self.verdict = Some(Verdict::NoSuchInstance);
        } else if problem.is_final() {
            self.verdict = Some(Verdict::NotYours { problem });
        } else if self.trials >= TRIALS {
            self.verdict = Some(Verdict::Unreadable { problem });
        } else {
            self.events.push_back(Moment {
                at: now,
                what: problem,
            });
        }
    }
}

impl Machine for Attach {
    type Event = Moment<Problem>;
    type Output = Verdict;

    fn poll(&mut self, now: Millis) -> Step<Self::Event, Self::Output> {
        if let Some(event) = self.events.pop_front() {
            return Step::Event(event);
        }
        if let Some(verdict) = self.verdict.take() {
            return Step::Done(verdict);
        }
        if now < self.next {
            return Step::Wait(self.next);
        }
        let (service, request) = self.request();
        Step::Send(service, request)
    }

    fn feed(&mut self, now: Millis, outcome: Result<Response, Unreachable>) {
        match &mut self.phase {
            Phase::Status => self.status(now, outcome),
            Phase::Source => self.source(now, outcome),
            Phase::Web => {
                let facts = std::mem::take(&mut self.facts);
                self.verdict = Some(match reachable(outcome) {
                    Ok(()) => Verdict::Alive(facts),
                    // A page that does not answer is no news about the instance, which runs.
                    Err(problem) => Verdict::Starting { facts, problem },
                });
            }
            Phase::Ended(inquest) => match inquest.feed(now, outcome) {
                Some(ended) => {
                    let facts = std::mem::take(&mut self.facts);
                    self.verdict = Some(Verdict::Ended { facts, ended });
                }
                None => self.next = inquest.next,
            },
        }
    }
}
