//! What the page knows of one cluster, gathered from launch, attach and watch: pure data.

use cluster::{
    Activity, ClusterState, Ended, EndedWhy, LaunchEvent, Moment, Problem, Side, Spec, Stage,
};
use mars::v04::session::WorkerList;
use wire::Millis;

/// A step of a cluster's life, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is said by its sentence in text")]
pub enum Step {
    Submitted,
    Accepted,
    Starting,
    Web,
    Workers,
    Usable,
    Full,
    Ended,
}

impl Step {
    /// The steps up to a complete cluster; the end comes after any of them.
    pub const RISE: [Self; 7] = [
        Self::Submitted,
        Self::Accepted,
        Self::Starting,
        Self::Web,
        Self::Workers,
        Self::Usable,
        Self::Full,
    ];

    /// The name under which its time is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Accepted => "accepted",
            Self::Starting => "starting",
            Self::Web => "web",
            Self::Workers => "workers",
            Self::Usable => "usable",
            Self::Full => "full",
            Self::Ended => "ended",
        }
    }

    /// Reads a kept name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::RISE
            .into_iter()
            .chain([Self::Ended])
            .find(|step| step.as_str() == text)
    }
}

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Reached, at a time if it was seen.
    Reached(Option<Millis>),
    /// The one that is waited for now.
    Now,
    /// Still to come.
    Ahead,
    /// Never to come: the cluster ended before.
    Missed,
}

/// What is known of a cluster.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Life {
    /// When each step was reached; no time for what happened before anybody looked.
    pub reached: Vec<(Step, Option<Millis>)>,
    /// The last stage that was read.
    pub stage: Option<Stage>,
    /// What is not as it should be.
    pub side: Option<Side>,
    /// When the instance was last read.
    pub read_at: Option<Millis>,
    /// The last problem, until the next good reading.
    pub problem: Option<Moment<Problem>>,
    /// Who owns it.
    pub owner: Option<String>,
    /// What the console called it.
    pub name: Option<String>,
    /// When it was accepted.
    pub started: Option<Millis>,
    /// What was asked for.
    pub spec: Option<Spec>,
    /// The workers.
    pub workers: Option<Moment<WorkerList>>,
    /// How many workers a launch counted.
    pub counted: Option<u32>,
    /// Whether it computes.
    pub activity: Option<Activity>,
}

impl Life {
    /// Takes a step in, once.
    pub fn reach(&mut self, step: Step, at: Option<Millis>) {
        if self.reached.iter().all(|(known, _)| *known != step) {
            self.reached.push((step, at));
            self.reached.sort_by_key(|(step, _)| *step);
        }
    }

    /// Takes an event of a launch in.
    pub fn launched(&mut self, event: &Moment<LaunchEvent>) {
        let at = Some(event.at);
        if !matches!(event.what, LaunchEvent::Problem(_)) {
            self.read_at = at;
            self.problem = None;
        }
        match &event.what {
            LaunchEvent::Submitted => self.reach(Step::Submitted, at),
            LaunchEvent::Accepted { .. } => {
                self.reach(Step::Accepted, at);
                self.started = self.started.or(at);
                self.stage = Some(Stage::Accepted);
            }
            LaunchEvent::Suspended => self.stage = Some(Stage::Suspended),
            LaunchEvent::Starting { detail } => {
                self.reach(Step::Starting, at);
                self.stage = Some(Stage::Starting {
                    detail: detail.clone(),
                });
            }
            LaunchEvent::WebReachable => {
                self.reach(Step::Starting, at);
                self.reach(Step::Web, at);
                self.stage = Some(Stage::WebReachable);
            }
            LaunchEvent::Workers { have, .. } => {
                self.counted = Some(*have);
                if *have > 0 {
                    self.reach(Step::Workers, at);
                    self.stage = Some(Stage::Workers { have: *have });
                }
            }
            LaunchEvent::Usable => {
                self.reach(Step::Usable, at);
                self.stage = Some(Stage::Usable {
                    have: self.counted.unwrap_or(0),
                });
            }
            LaunchEvent::Full => {
                self.reach(Step::Full, at);
                self.stage = Some(Stage::Full {
                    have: self.counted.unwrap_or(0),
                });
            }
            LaunchEvent::Problem(problem) => {
                self.problem = Some(Moment {
                    at: event.at,
                    what: problem.clone(),
                });
            }
            _ => {}
        }
    }

    /// Takes a complete reading in. Steps that the first reading finds already reached have no time.
    pub fn watched(&mut self, state: &ClusterState) {
        let seen = self.stage.is_some();
        if let Some(last) = reached_by(&state.stage) {
            for step in Step::RISE.into_iter().filter(|step| *step <= last) {
                let at = match step {
                    Step::Submitted | Step::Accepted => state.started,
                    _ if seen => Some(state.since),
                    _ => None,
                };
                self.reach(step, at);
            }
        }
        if let Stage::Ended(ended) = &state.stage {
            self.reach(Step::Ended, ended.at);
        }
        self.stage = Some(state.stage.clone());
        self.side = state.side;
        self.read_at = state.read_at.or(self.read_at);
        self.problem.clone_from(&state.problem);
        self.owner = state.owner.clone().or(self.owner.take());
        self.started = state.started.or(self.started);
        self.activity = state.activity;
        if let Some(workers) = &state.workers {
            self.counted = u32::try_from(workers.what.workers.len()).ok();
            self.workers = Some(workers.clone());
        }
    }

    /// Takes the end in.
    pub fn ended(&mut self, ended: Ended) {
        self.reach(Step::Ended, ended.at);
        self.side = None;
        self.stage = Some(Stage::Ended(ended));
    }

    /// The end, once it was read.
    pub fn end(&self) -> Option<&Ended> {
        match &self.stage {
            Some(Stage::Ended(ended)) => Some(ended),
            _ => None,
        }
    }

    /// Jobs can run.
    pub fn is_usable(&self) -> bool {
        self.stage.as_ref().is_some_and(Stage::is_usable)
    }

    /// It ended by a failure.
    pub fn has_failed(&self) -> bool {
        self.end().is_some_and(|ended| {
            matches!(ended.why, EndedWhy::Failed { .. } | EndedWhy::Odd { .. })
        })
    }

    /// Every step with its mark, the end only when there is one.
    pub fn timeline(&self) -> Vec<(Step, Mark)> {
        let over = self.end().is_some();
        let time = |step| {
            self.reached
                .iter()
                .find(|(known, _)| *known == step)
                .map(|(_, at)| *at)
        };
        let last = self
            .reached
            .iter()
            .map(|(step, _)| *step)
            .filter(|step| *step != Step::Ended)
            .max();
        let next = Step::RISE
            .into_iter()
            .find(|step| last.is_none_or(|last| *step > last));
        let mark = |step| match time(step) {
            Some(at) => Mark::Reached(at),
            None if last.is_some_and(|last| step < last) => Mark::Reached(None),
            None if over => Mark::Missed,
            None if Some(step) == next => Mark::Now,
            None => Mark::Ahead,
        };
        let mut rows: Vec<_> = Step::RISE
            .into_iter()
            .map(|step| (step, mark(step)))
            .collect();
        if over {
            rows.push((Step::Ended, Mark::Reached(time(Step::Ended).flatten())));
        }
        rows
    }
}

/// The last step that a stage implies.
fn reached_by(stage: &Stage) -> Option<Step> {
    match stage {
        Stage::Accepted | Stage::Suspended => Some(Step::Accepted),
        Stage::Starting { .. } => Some(Step::Starting),
        Stage::WebReachable => Some(Step::Web),
        Stage::Workers { .. } => Some(Step::Workers),
        Stage::Usable { .. } => Some(Step::Usable),
        Stage::Full { .. } => Some(Step::Full),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use cluster::{Ended, EndedWhy, LaunchEvent, Moment};

    use super::{Life, Mark, Step};

    fn launched(events: Vec<LaunchEvent>) -> Life {
        let mut life = Life::default();
        for (at, what) in events.into_iter().enumerate() {
            life.launched(&Moment {
                at: at as u64,
                what,
            });
        }
        life
    }

    fn marks(life: &Life) -> Vec<Mark> {
        life.timeline().into_iter().map(|(_, mark)| mark).collect()
    }

    #[test]
    fn a_launch_rises_step_by_step() {
        let life = launched(vec![
            LaunchEvent::Submitted,
            LaunchEvent::Accepted {
                instance: "i".into(),
            },
            LaunchEvent::Starting {
                detail: String::new(),
            },
            LaunchEvent::WebReachable,
            LaunchEvent::Workers {
                have: 2,
                want: 5,
                min: 3,
            },
        ]);
        let reached = |at| Mark::Reached(Some(at));
        assert_eq!(
            marks(&life),
            [
                reached(0),
                reached(1),
                reached(2),
                reached(3),
                reached(4),
                Mark::Now,
                Mark::Ahead
            ]
        );
        assert!(!life.is_usable());
    }

    #[test]
    fn what_ended_early_misses_its_steps() {
        let mut life = launched(vec![LaunchEvent::Accepted {
            instance: "i".into(),
        }]);
        life.ended(Ended {
            at: Some(9),
            why: EndedWhy::Failed {
                text: "no engine".into(),
            },
        });
        assert!(life.has_failed());
        assert_eq!(life.timeline()[2], (Step::Starting, Mark::Missed));
        assert_eq!(life.timeline()[7], (Step::Ended, Mark::Reached(Some(9))));
    }

    #[test]
    fn names_read_back() {
        for step in Step::RISE {
            assert_eq!(Step::parse(step.as_str()), Some(step));
        }
        assert_eq!(Step::parse("ended"), Some(Step::Ended));
        assert_eq!(Step::parse(""), None);
    }
}
