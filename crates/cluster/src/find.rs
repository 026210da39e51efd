//! Looks for clusters of one's own that run already, before another one is created. PyODPS 0.9
//! never does; later clients do it by the name of the task (`reuse_cluster_0.12.json`).

use serde::{Deserialize, Serialize};
use wire::{Machine, Millis, Response, Step, Unreachable};

use crate::Problem;
use crate::exchange::backoff;
use crate::search::{self, Found, Search};

/// How far back later clients look.
const SECONDS: u64 = 3 * 24 * 3600;
/// How often a list that cannot be read is asked for.
const TRIALS: u32 = 3;

/// Lists the caller's running Mars clusters.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Find {
    project: String,
    /// Only clusters with this name, when given.
    name: Option<String>,
    search: Option<Search>,
    found: Vec<Found>,
    trials: u32,
    next: Millis,
    ended: Option<Result<(), Problem>>,
}

impl Find {
    /// All running clusters.
    pub fn all(project: impl Into<String>) -> Self {
        Self {
            project: project.into(),
            name: None,
            search: None,
            found: Vec::new(),
            trials: 0,
            next: 0,
            ended: None,
        }
    }

    /// The running clusters that the console gave this name.
    pub fn same(project: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            ..Self::all(project)
        }
    }
}

impl Machine for Find {
    type Event = std::convert::Infallible;
    type Output = Result<Vec<Found>, Problem>;

    fn poll(&mut self, now: Millis) -> Step<Self::Event, Self::Output> {
        if let Some(ended) = self.ended.take() {
            let found = std::mem::take(&mut self.found);
            return Step::Done(ended.map(|()| found));
        }
        if now < self.next {
            return Step::Wait(self.next);
        }
        let from = (now / 1000).saturating_sub(SECONDS);
        let search = self.search.get_or_insert_with(|| Search::new(from, true));
        let (service, request) = search.request(&self.project);
        Step::Send(service, request)
    }

    fn feed(&mut self, now: Millis, outcome: Result<Response, Unreachable>) {
        let Some(search) = &mut self.search else {
            return;
        };
        let step = match search.feed(outcome) {
            search::Step::Found(found) => {
                if self.name.is_none() || self.name == found.name {
                    self.found.push(*found);
                }
                search.step()
            }
            step => step,
        };
        match step {
            search::Step::Finished => self.ended = Some(Ok(())),
            search::Step::Problem(problem) => {
                self.trials += 1;
                self.next = now + backoff(self.trials);
                if problem.is_final() || self.trials >= TRIALS {
                    self.ended = Some(Err(problem));
                }
            }
            search::Step::More | search::Step::Found(_) => {}
        }
    }
}
