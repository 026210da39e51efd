//! The last look before a stop: whether a graph is under way on the cluster.
//!
//! Free slots tell that a cluster computes only to who has seen it idle before. So the sessions that
//! the workers name are asked for their graphs; whatever cannot be read counts as not known.

use std::collections::BTreeSet;

use mars::v04::session::{GraphList, Workers};
use serde::{Deserialize, Serialize};
use wire::{Machine, Millis, Response, Step, Unreachable};

use crate::Problem;
use crate::exchange::{mars, request};

/// What the last look found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "found", rename_all = "snake_case")]
pub enum Checked {
    /// No graph is under way.
    Idle,
    /// One is.
    Busy,
    /// Something could not be read.
    Unknown {
        /// What came instead.
        problem: Problem,
    },
}

/// Looks once, without trying again.
#[derive(Clone, Debug)]
pub struct Check {
    project: String,
    instance: String,
    sessions: Option<BTreeSet<String>>,
    outcome: Option<Checked>,
}

impl Check {
    /// Will look at this instance.
    pub fn new(project: impl Into<String>, instance: impl Into<String>) -> Self {
        Self {
            project: project.into(),
            instance: instance.into(),
            sessions: None,
            outcome: None,
        }
    }

    fn workers(&self) -> Workers {
        Workers {
            instance: self.instance.clone(),
        }
    }

    fn graphs(&self, session: &str) -> GraphList {
        GraphList {
            instance: self.instance.clone(),
            session_id: session.to_owned(),
        }
    }
}

impl Machine for Check {
    type Event = std::convert::Infallible;
    type Output = Checked;

    fn poll(&mut self, _: Millis) -> Step<Self::Event, Self::Output> {
        if let Some(outcome) = self.outcome.take() {
            return Step::Done(outcome);
        }
        let (service, request) = match &self.sessions {
            None => request(&self.workers(), &self.project),
            Some(sessions) => match sessions.first() {
                Some(session) => request(&self.graphs(session), &self.project),
                None => return Step::Done(Checked::Idle),
            },
        };
        Step::Send(service, request)
    }

    fn feed(&mut self, _: Millis, outcome: Result<Response, Unreachable>) {
        let unknown = |problem| Some(Checked::Unknown { problem });
        let Some(sessions) = &mut self.sessions else {
            match mars(&self.workers(), outcome) {
                Ok(list) if list.workers.is_empty() => {
                    let reason = String::from("no worker is listed");
                    self.outcome = unknown(Problem::NotReady { reason });
                }
                Ok(list) => {
                    let operands = list.workers.into_iter().flat_map(|worker| worker.progress);
                    self.sessions = Some(operands.map(|(session, ..)| session).collect());
                }
                Err(problem) => self.outcome = unknown(problem),
            }
            return;
        };
        let Some(session) = sessions.pop_first() else {
            return;
        };
        self.outcome = match mars(&self.graphs(&session), outcome) {
            Ok(list) if list.graphs.iter().any(|graph| !graph.state.is_over()) => {
                Some(Checked::Busy)
            }
            Ok(_) => None,
            Err(problem) => unknown(problem),
        };
    }
}

#[cfg(test)]
mod tests {
    use http::Response;
    use wire::{Machine as _, Service, Step, Unreachable};

    use super::{Check, Checked};

    const WORKERS: &str = r#"{"w:1":{"progress":{"s1":{"o":{"operands":"A","stage":"x"}}}},
        "w:2":{"progress":{"s2":{"o":{"operands":"B","stage":"y"}}}}}"#;

    /// What comes of a check when each path is answered as told.
    fn checked(answers: &[(&str, u16, &str)]) -> Checked {
        let mut check = Check::new("p", "1g");
        loop {
            match check.poll(0) {
                Step::Send(Service::Mars(_), request) => {
                    let path = request.uri().path().to_owned();
                    let found = answers.iter().find(|(end, ..)| path.ends_with(end));
                    let gone = || Unreachable {
                        reason: path.clone(),
                    };
                    let answer = found.ok_or_else(gone).map(|(_, status, body)| {
                        let body = (*body).to_owned().into();
                        Response::builder().status(*status).body(body).unwrap()
                    });
                    check.feed(0, answer);
                }
                Step::Done(outcome) => return outcome,
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn every_session_is_asked() {
        let over = r#"{"g":{"state":"succeeded"}}"#;
        let runs = r#"{"h":{"state":"failed"},"g":{"state":"preparing"}}"#;
        let workers = ("/api/worker", 200, WORKERS);
        let (first, second) = ("s1/graph", "s2/graph");
        let both = |body| checked(&[workers, (first, 200, over), (second, 200, body)]);
        assert_eq!(both(over), Checked::Idle);
        assert_eq!(both(runs), Checked::Busy);
        let none = ("/api/worker", 200, r#"{"w:1":{"progress":{}}}"#);
        assert_eq!(checked(&[none]), Checked::Idle);
    }

    #[test]
    fn what_cannot_be_read_is_not_known() {
        let workers = ("/api/worker", 200, WORKERS);
        let sealed = ("s1/graph", 500, "sealed");
        for answers in [
            vec![],
            vec![workers],
            vec![workers, sealed],
            vec![("/api/worker", 200, "<html>")],
            vec![("/api/worker", 200, "{}")],
        ] {
            let found = checked(&answers);
            assert!(matches!(found, Checked::Unknown { .. }), "{found:?}");
        }
    }
}
