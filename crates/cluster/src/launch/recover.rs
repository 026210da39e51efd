//! Finds the instance whose submission got no answer: it is the one that uses our plan.

use wire::Millis;

use super::{Launch, LaunchEvent, LaunchFailure, Phase};
use crate::exchange::{Outcome, backoff};
use crate::search::{self, Search};

/// How often the list is searched; a submission may take a while to appear in it.
const SEARCHES: u32 = 5;
/// How far the service's clock may be behind ours.
const CLOCKS_APART_S: u64 = 600;

impl Launch {
    /// Starts looking for the instance that uses our plan.
    pub(super) fn search(&mut self, now: Millis, round: u32) {
        let begun = self.submitted.unwrap_or(now) / 1000;
        let search = Search::new(begun.saturating_sub(CLOCKS_APART_S), false);
        self.phase = Phase::Search { search, round };
    }

    pub(super) fn searched(&mut self, now: Millis, outcome: Outcome) {
        let plan = self.plan_name();
        let Phase::Search { search, round } = &mut self.phase else {
            return;
        };
        let round = *round;
        let step = match search.feed(outcome) {
            search::Step::Found(found) if found.plan == plan => {
                return self.accepted(now, found.instance);
            }
            search::Step::Found(_) => search.step(),
            step => step,
        };
        match step {
            search::Step::More | search::Step::Found(_) => {}
            search::Step::Finished if round < SEARCHES => {
                self.next = now + backoff(round);
                self.search(now, round + 1);
            }
            search::Step::Finished => self.fail(LaunchFailure::NotSubmitted),
            search::Step::Problem(problem) => {
                self.tell(now, LaunchEvent::Problem(problem.clone()));
                self.next = now + backoff(round);
                if round < SEARCHES && !problem.is_final() {
                    self.search(now, round + 1);
                } else {
                    self.fail(LaunchFailure::Unknown { problem });
                }
            }
        }
    }
}
