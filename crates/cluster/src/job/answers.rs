//! What a job makes of the answers.

use mars::v04::session::{GraphStatus, SessionCreate, State};
use wire::Millis;

use super::progress::Progress;
use super::{
    CANCEL_DEADLINE, Cancel, Job, JobEvent, JobFailure, JobResult, Phase, QUICK, QUICK_FOR,
    REJECTED_AFTER, SLOW, TRIALS, WORKERS_PACE, quiet,
};
use crate::Problem;
use crate::exchange::{Outcome, backoff, mars};

impl Job {
    pub(super) fn session(&mut self, now: Millis, outcome: Outcome) {
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

    pub(super) fn submitted(&mut self, now: Millis, outcome: Outcome) {
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

    pub(super) fn polled(&mut self, now: Millis, outcome: Outcome) {
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

    pub(super) fn react(&mut self, now: Millis, status: &GraphStatus) {
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

    pub(super) fn looked(&mut self, now: Millis, outcome: Outcome) {
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
        let preparing = [State::Unscheduled, State::Preparing]
            .iter()
            .any(|state| self.state.as_deref() == Some(state.as_str()));
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

    pub(super) fn cancel_answered(&mut self, now: Millis, outcome: Outcome) {
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
    pub(super) fn checked(&mut self, now: Millis, outcome: Outcome) {
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

    pub(super) fn shaped(&mut self, now: Millis, outcome: Outcome) {
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

    pub(super) fn retry(
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
