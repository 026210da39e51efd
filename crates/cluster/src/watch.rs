//! Watches a cluster: the state of its instance and its workers, read again and again at a pace
//! that follows what is happening. It ends when the instance has ended, never by itself.

mod state;

use std::collections::VecDeque;

use mars::v04::session::{WorkerList, Workers};
use odps::instances::{Get, Instance, Status};
use serde::{Deserialize, Serialize};
use wire::{Machine, Millis, Request, Response, Service, Step, Unreachable};

use crate::busy::Slots;
use crate::ended::Inquest;
use crate::exchange::{Outcome, backoff, mars, odps, request};
use crate::{Ended, Moment, Problem, Spec};

pub use state::{Activity, ClusterState, Side, Stage};

/// Between rounds while the cluster is starting, while it fills up, and when it is complete.
const STARTING_PACE: Millis = 1_000;
const FILLING_PACE: Millis = 2_000;
const CALM_PACE: Millis = 5_000;
/// After so many rounds without a reading the state counts as unknown.
const UNKNOWN_AFTER: u32 = 3;

/// Why there is nothing more to watch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum WatchEnd {
    /// The instance has ended.
    Ended(Ended),
    /// The instance may not be read any more, or does not exist.
    Refused {
        /// The service's words.
        problem: Problem,
    },
}

/// Watches one cluster. Each event is a complete reading.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Watch {
    project: String,
    instance: String,
    /// How many workers were asked for, and from how many on it is usable, where known.
    want: Option<u32>,
    min: Option<u32>,
    phase: Phase,
    /// Failed rounds in a row.
    failed: u32,
    next: Millis,
    web: bool,
    most: u32,
    slots: Slots,
    /// Not written down: it is read anew.
    #[serde(skip)]
    state: Option<ClusterState>,
    #[serde(skip)]
    events: VecDeque<ClusterState>,
    end: Option<WatchEnd>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum Phase {
    Status,
    Workers,
    Ended(Inquest),
}

impl Watch {
    /// Will watch this instance.
    pub fn new(project: impl Into<String>, instance: impl Into<String>) -> Self {
        Self {
            project: project.into(),
            instance: instance.into(),
            want: None,
            min: None,
            phase: Phase::Status,
            failed: 0,
            next: 0,
            web: false,
            most: 0,
            slots: Slots::default(),
            state: None,
            events: VecDeque::new(),
            end: None,
        }
    }

    /// Knows what was asked for.
    pub fn expecting(mut self, spec: &Spec) -> Self {
        self.want = Some(spec.worker_num);
        self.min = Some(spec.usable_at());
        self
    }

    /// The last reading.
    pub fn state(&self) -> Option<&ClusterState> {
        self.state.as_ref()
    }

    fn request(&self) -> (Service, Request) {
        match &self.phase {
            Phase::Status => request(
                &Get {
                    id: self.instance.clone(),
                },
                &self.project,
            ),
            Phase::Workers => request(&self.workers_call(), &self.project),
            Phase::Ended(inquest) => inquest.request(&self.project),
        }
    }

    fn workers_call(&self) -> Workers {
        Workers {
            instance: self.instance.clone(),
        }
    }

    /// Changes the reading; the time of the stage moves only when the stage does.
    fn read(&mut self, now: Millis, change: impl FnOnce(&mut ClusterState)) {
        let instance = self.instance.clone();
        let mut state = self
            .state
            .take()
            .unwrap_or_else(|| ClusterState::new(instance, now));
        let before = state.stage.clone();
        change(&mut state);
        state.want = self.want;
        state.min = self.min;
        if !state.stage.is_like(&before) {
            state.since = now;
        }
        self.state = Some(state);
    }

    /// Ends the round: tells the reading and sets the time of the next one.
    fn told(&mut self, now: Millis) {
        let Some(state) = &self.state else { return };
        let pace = match &state.stage {
            Stage::Full { .. } => CALM_PACE,
            Stage::Usable { .. } if self.want.is_none() => CALM_PACE,
            Stage::Usable { .. } => FILLING_PACE,
            Stage::Suspended => CALM_PACE,
            _ => STARTING_PACE,
        };
        self.next = now
            + if self.failed > 0 {
                backoff(self.failed).max(pace)
            } else {
                pace
            };
        self.phase = Phase::Status;
        self.events.push_back(state.clone());
    }

    fn status(&mut self, now: Millis, outcome: Outcome) {
        let call = Get {
            id: self.instance.clone(),
        };
        match odps(&call, outcome) {
            Ok(instance) if instance.status == Status::Terminated => {
                self.phase = Phase::Ended(Inquest::new(&self.instance, instance.end_time));
            }
            Ok(instance) => self.running(now, instance),
            Err(problem) if problem.is_final() => self.end = Some(WatchEnd::Refused { problem }),
            Err(problem) => self.failed(now, problem),
        }
    }

    fn running(&mut self, now: Millis, instance: Instance) {
        let suspended = instance.status == Status::Suspended;
        self.read(now, |state| {
            state.read_at = Some(now);
            state.owner = instance.owner.or(state.owner.take());
            state.started = instance.start_time.or(state.started);
            if suspended {
                state.stage = Stage::Suspended;
            }
        });
        if suspended {
            self.failed = 0;
            self.told(now);
        } else {
            self.phase = Phase::Workers;
        }
    }

    fn workers(&mut self, now: Millis, outcome: Outcome) {
        match mars(&self.workers_call(), outcome) {
            Ok(list) => {
                self.failed = 0;
                self.listed(now, list);
            }
            Err(Problem::NotReady { reason }) if !self.web => {
                self.failed = 0;
                self.read(now, |state| {
                    state.stage = Stage::Starting { detail: reason };
                    state.side = None;
                    state.problem = None;
                });
                self.told(now);
            }
            Err(problem) => self.failed(now, problem),
        }
    }

    fn listed(&mut self, now: Millis, list: WorkerList) {
        let have = u32::try_from(list.workers.len()).unwrap_or(u32::MAX);
        self.web = true;
        self.most = self.most.max(have);
        let busy = self.slots.is_busy(&list);
        let (want, min, most) = (self.want, self.min, self.most);
        self.read(now, |state| {
            state.stage = match have {
                0 => Stage::WebReachable,
                _ if want.is_some_and(|want| have >= want) => Stage::Full { have },
                _ if have >= min.unwrap_or(1) => Stage::Usable { have },
                _ => Stage::Workers { have },
            };
            state.side = (have < most).then_some(Side::Degraded { most });
            state.problem = None;
            if have > 0
                && state
                    .activity
                    .as_ref()
                    .is_none_or(|activity| activity.busy != busy)
            {
                state.activity = Some(Activity { busy, since: now });
            }
            state.workers = Some(Moment {
                at: now,
                what: list,
            });
        });
        self.told(now);
    }

    fn failed(&mut self, now: Millis, problem: Problem) {
        self.failed = self.failed.saturating_add(1);
        let (failed, web) = (self.failed, self.web);
        self.read(now, |state| {
            state.side = Some(match failed {
                failed if failed >= UNKNOWN_AFTER => Side::Unknown { rounds: failed },
                _ if web => Side::Unreachable,
                _ => Side::NotAnswering,
            });
            state.problem = Some(Moment {
                at: now,
                what: problem,
            });
        });
        self.told(now);
    }
}

impl Machine for Watch {
    type Event = ClusterState;
    type Output = WatchEnd;

    fn poll(&mut self, now: Millis) -> Step<Self::Event, Self::Output> {
        if let Some(state) = self.events.pop_front() {
            return Step::Event(state);
        }
        if let Some(end) = self.end.take() {
            return Step::Done(end);
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
            Phase::Workers => self.workers(now, outcome),
            Phase::Ended(inquest) => match inquest.feed(now, outcome) {
                Some(ended) => {
                    self.read(now, |state| {
                        state.read_at = Some(now);
                        state.stage = Stage::Ended(ended.clone());
                        state.side = None;
                        state.problem = None;
                    });
                    self.events.extend(self.state.clone());
                    self.end = Some(WatchEnd::Ended(ended));
                }
                None => self.next = inquest.next,
            },
        }
    }
}
