//! Sessions and graphs along a flight: sessions as the workers' operands name them, graphs as the
//! engine lists them when somebody asks.

use mars::v04::session::{GraphSummaries, WorkerList};
use serde::{Deserialize, Serialize};
use wire::Millis;

use super::Flight;

/// So many sessions and graphs are kept; further ones are left out.
const MOST: usize = 500;
/// So many changes of a graph; there are seven states, so more is noise.
const MOST_STATES: usize = 40;

/// A session whose operands were seen on workers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenSession {
    /// Its id.
    pub id: String,
    /// When its operands were first seen.
    pub first: Millis,
    /// When they were last seen.
    pub last: Millis,
    /// The most operands at a time.
    pub most: u64,
}

/// A graph whose state was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenGraph {
    /// Its session.
    pub session: String,
    /// Its key.
    pub key: String,
    /// How many operands it has, where told.
    pub size: Option<u64>,
    /// Its states, oldest first.
    pub states: Vec<GraphMark>,
}

/// The state of a graph from a moment on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GraphMark {
    /// From when.
    pub at: Millis,
    /// The engine's word for it.
    pub state: String,
}

impl Flight {
    /// Takes the state of one graph in.
    pub fn graph(&mut self, now: Millis, session: &str, key: &str, state: &str, size: Option<u64>) {
        let known = |graph: &SeenGraph| graph.session == session && graph.key == key;
        let place = match self.graphs.iter().position(known) {
            Some(place) => place,
            None if self.graphs.len() < MOST => {
                self.graphs.push(SeenGraph {
                    session: session.to_owned(),
                    key: key.to_owned(),
                    size: None,
                    states: Vec::new(),
                });
                self.graphs.len() - 1
            }
            None => return,
        };
        let Some(graph) = self.graphs.get_mut(place) else {
            return;
        };
        graph.size = size.or(graph.size);
        let same = graph.states.last().is_some_and(|last| last.state == state);
        if !same && graph.states.len() < MOST_STATES {
            graph.states.push(GraphMark {
                at: now,
                state: state.to_owned(),
            });
        }
    }

    /// Takes the list of a session's graphs in.
    pub fn record_graphs(&mut self, now: Millis, session: &str, list: &GraphSummaries) {
        for graph in &list.graphs {
            let state = graph.state.as_str();
            self.graph(now, session, &graph.graph_key, state, graph.graph_size);
        }
    }
}

/// Takes the sessions of the operands in.
pub(super) fn see(sessions: &mut Vec<SeenSession>, now: Millis, list: &WorkerList) {
    let mut counts = std::collections::BTreeMap::<&str, u64>::new();
    for (session, ..) in list.workers.iter().flat_map(|worker| &worker.progress) {
        *counts.entry(session).or_default() += 1;
    }
    for (id, count) in counts {
        let place = sessions.iter().position(|known| known.id == id);
        match place {
            Some(place) => {
                if let Some(known) = sessions.get_mut(place) {
                    known.last = now;
                    known.most = known.most.max(count);
                }
            }
            None if sessions.len() < MOST => sessions.push(SeenSession {
                id: id.to_owned(),
                first: now,
                last: now,
                most: count,
            }),
            None => {}
        }
    }
}
