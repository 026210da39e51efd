//! The procedure that gets the token of a cluster's app. Recorded: `create_cluster_0.9.json` seq 7
//! to 17 (fails: the app is not registered yet), 18 to 27 and 28 to 37 (succeed).
//!
//! Upload a temporary plan, create an instance that points at it, then once per second read the
//! instance and its detail. A detail of `{}` is a known fault of the service: asking for the other
//! form once wakes it. Unlike the real client this one has a deadline.

use wire::{Call, Machine, Millis, Request, Response, Secret, Service, Step, Target, Unreachable};

use super::detail::{Answer, State};
use super::{PLAN_PREFIX, PlanReference, RunningMode, TASK_NAME, plan};
use crate::instances::{self, Detail, Form, Job, Task};
use crate::{Error, resources};

/// The web API of a Mars cluster.
pub const MARS_WEB: &str = "MarsWeb";
/// The notebook of a Mars cluster.
pub const MARS_NOTEBOOK: &str = "MarsNotebook";

/// Time between two looks (PyODPS 0.9).
const PACE: Millis = 1000;

/// Fresh ids for one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ids {
    /// A UUID for the name of the plan.
    pub plan: String,
    /// A UUID for the task.
    pub task: String,
}

/// Why there is no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The task failed; most often because the app is not registered yet.
    #[error("{text}")]
    Failed {
        /// The service's own words.
        text: String,
        /// Whether PyODPS would call it the user's fault.
        user: bool,
    },
    /// The task was called off.
    #[error("the token task was cancelled")]
    Cancelled,
    /// The service has forgotten the instance.
    #[error("{text}")]
    Recycled {
        /// The service's own words.
        text: String,
    },
    /// The deadline has passed.
    #[error("no token in time; the last state of the task was {last}")]
    TimedOut {
        /// What the task was last seen doing.
        last: &'static str,
    },
    /// The service refused one of the calls, or answered something else.
    #[error(transparent)]
    Odps(#[from] Error),
    /// A call got no answer.
    #[error("{}", .0.reason)]
    Unreachable(Unreachable),
}

/// Progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The task runs as this instance.
    Submitted {
        /// The instance.
        instance: String,
    },
}

/// Gets the token of an app.
#[derive(Clone, Debug)]
pub struct ProxyToken {
    target: Target,
    upload: resources::Create,
    submit: instances::Create,
    deadline: Millis,
    instance: String,
    stage: Stage,
    last: &'static str,
}

#[derive(Clone, Debug)]
enum Stage {
    Upload,
    Submit,
    Submitted,
    Status,
    Detail,
    Wake,
    DetailAgain,
    Sleep(Millis),
    Over(Result<Secret, Failure>),
}

impl ProxyToken {
    /// Asks for the token of `app` ([`MARS_WEB`], [`MARS_NOTEBOOK`]) of the cluster `instance`. The
    /// token lives `hours`; the whole procedure ends at `deadline`.
    pub fn new(
        target: Target,
        instance: &str,
        app: &str,
        hours: u32,
        ids: &Ids,
        deadline: Millis,
    ) -> Self {
        let name = format!("{PLAN_PREFIX}{}", ids.plan);
        let plan = PlanReference::new(&name, &target.project, RunningMode::AsyncNotFuxiJob);
        Self {
            upload: resources::Create {
                name,
                kind: "file".to_owned(),
                temp: true,
                comment: None,
                content: plan::proxy_token(instance, app, hours),
            },
            submit: instances::Create {
                job: Job::of(Task::cupid(plan.to_string(), &ids.task)),
            },
            target,
            deadline,
            instance: String::new(),
            stage: Stage::Upload,
            last: "not submitted",
        }
    }

    fn status(&self) -> instances::Get {
        instances::Get {
            id: self.instance.clone(),
        }
    }

    fn detail(&self, form: Form) -> Detail {
        Detail {
            id: self.instance.clone(),
            task: TASK_NAME.to_owned(),
            form,
        }
    }

    fn request(&self) -> Option<Request> {
        Some(match &self.stage {
            Stage::Upload => self.upload.to_request(&self.target),
            Stage::Submit => self.submit.to_request(&self.target),
            Stage::Status => self.status().to_request(&self.target),
            Stage::Detail | Stage::DetailAgain => {
                self.detail(Form::Instance).to_request(&self.target)
            }
            Stage::Wake => self.detail(Form::Task).to_request(&self.target),
            Stage::Submitted | Stage::Sleep(_) | Stage::Over(_) => return None,
        })
    }

    /// The stage after an answer.
    fn next(&mut self, now: Millis, response: Response) -> Result<Stage, Failure> {
        Ok(match &self.stage {
            Stage::Upload => {
                self.upload.from_response(response)?;
                Stage::Submit
            }
            Stage::Submit => {
                self.instance = self.submit.from_response(response)?.id;
                self.last = "submitted";
                Stage::Submitted
            }
            Stage::Status => {
                // The real client only refreshes what it knows of the instance; an error still
                // counts.
                self.status().from_response(response)?;
                Stage::Detail
            }
            Stage::Wake => {
                self.detail(Form::Task).from_response(response)?;
                Stage::DetailAgain
            }
            Stage::Detail | Stage::DetailAgain => {
                let woken = matches!(self.stage, Stage::DetailAgain);
                let text = self.detail(Form::Instance).from_response(response)?.0;
                match Answer::read(&text)? {
                    Answer::NotYet if !woken => Stage::Wake,
                    Answer::NotYet => Stage::Sleep(now + PACE),
                    Answer::Recycled(text) => return Err(Failure::Recycled { text }),
                    Answer::State(state) => self.judge(now, state)?,
                }
            }
            // Nothing was sent in these stages.
            Stage::Submitted | Stage::Sleep(_) | Stage::Over(_) => self.stage.clone(),
        })
    }

    fn judge(&mut self, now: Millis, state: State) -> Result<Stage, Failure> {
        self.last = match state {
            State::Success(success) => {
                return Ok(Stage::Over(Ok(Secret::new(success.success_msg))));
            }
            State::TaskFailed(text) | State::BizFailed(text) => {
                return Err(Failure::Failed {
                    user: State::is_user_error(&text),
                    text,
                });
            }
            State::Cancelled => return Err(Failure::Cancelled),
            State::Ready => "ready",
            State::Waiting => "waiting",
            State::Running(_) => "running",
            State::WaitForReRun(_) => "waiting to be run again",
        };
        Ok(Stage::Sleep(now + PACE))
    }
}

impl Machine for ProxyToken {
    type Event = Event;
    type Output = Result<Secret, Failure>;

    fn poll(&mut self, now: Millis) -> Step<Event, Self::Output> {
        if let Stage::Over(outcome) = &self.stage {
            return Step::Done(outcome.clone());
        }
        if now >= self.deadline {
            let failure = Failure::TimedOut { last: self.last };
            self.stage = Stage::Over(Err(failure.clone()));
            return Step::Done(Err(failure));
        }
        match self.stage {
            Stage::Sleep(until) if now < until => return Step::Wait(until.min(self.deadline)),
            Stage::Sleep(_) => self.stage = Stage::Status,
            Stage::Submitted => {
                self.stage = Stage::Status;
                return Step::Event(Event::Submitted {
                    instance: self.instance.clone(),
                });
            }
            _ => {}
        }
        match self.request() {
            Some(request) => Step::Send(Service::Odps, request),
            // The stages without a request were dealt with above.
            None => Step::Wait(now + PACE),
        }
    }

    fn feed(&mut self, now: Millis, outcome: Result<Response, Unreachable>) {
        let next = outcome
            .map_err(Failure::Unreachable)
            .and_then(|response| self.next(now, response));
        self.stage = next.unwrap_or_else(|failure| Stage::Over(Err(failure)));
    }
}

#[cfg(test)]
mod tests;
