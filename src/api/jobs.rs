//! Jobs of a cluster: the machine with a way to cancel it, and the states of those that were kept.

use std::cell::Cell;
use std::rc::Rc;

use cluster::{Job, JobEvent, JobOutcome, Moment};
use mars::v04::session::{GraphState, State};
use wire::{Machine, Millis, Response, Step, Target, Unreachable};

use super::kept::KeptJob;
use super::{Doing, Failure, Problem, send};

/// How many kept jobs are asked about in one round.
const ASKED: usize = 10;

/// A job whose end can be wished for while it is driven.
pub struct Cancellable {
    job: Job,
    wish: Rc<Cell<bool>>,
}

impl Cancellable {
    /// Wraps a job; setting the cell wishes for its end.
    pub fn new(job: Job) -> (Self, Rc<Cell<bool>>) {
        let wish = Rc::new(Cell::new(false));
        (
            Self {
                job,
                wish: Rc::clone(&wish),
            },
            wish,
        )
    }
}

impl Machine for Cancellable {
    type Event = Moment<JobEvent>;
    type Output = JobOutcome;

    fn poll(&mut self, now: Millis) -> Step<Self::Event, Self::Output> {
        if self.wish.take() {
            self.job.cancel();
        }
        self.job.poll(now)
    }

    fn feed(&mut self, now: Millis, outcome: Result<Response, Unreachable>) {
        self.job.feed(now, outcome);
    }
}

/// A kept job with the engine's word for it; none when the engine does not know it any more.
pub type JobState = (KeptJob, Option<State>);

/// Asks for the state of the newest kept jobs.
pub async fn states(
    target: &Target,
    instance: &str,
    kept: Vec<KeptJob>,
) -> Result<Vec<JobState>, Problem> {
    let mut states = Vec::new();
    for job in kept.into_iter().take(ASKED) {
        let call = GraphState {
            instance: instance.to_owned(),
            session_id: job.session.clone(),
            graph_key: job.graph.clone(),
            wait_timeout: 0,
        };
        let state = match send(&call, target).await {
            Ok(status) => Some(status.state),
            Err(Failure::Unreachable(gone)) => return Err(Problem::of(Doing::RunJob, gone)),
            // A job of a session that is gone is gone with it.
            Err(_) => None,
        };
        if let Some(state) = &state {
            super::flights::graph(instance, &job.session, &job.graph, state.as_str());
        }
        states.push((job, state));
    }
    Ok(states)
}
