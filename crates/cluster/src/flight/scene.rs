//! What a flight knew at one moment.

use wire::Millis;

use super::{Flight, Mark, Sample};

/// What was known at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene<'a> {
    /// The moment.
    pub at: Millis,
    /// The state then, from when on it was so.
    pub mark: Option<&'a Mark>,
    /// The workers that were listed up to then, lost ones too, in the order of appearance.
    pub workers: Vec<SceneWorker<'a>>,
    /// The graphs that had been read.
    pub graphs: Vec<SceneGraph<'a>>,
    /// The sessions whose operands were on workers.
    pub sessions: Vec<&'a str>,
}

/// A worker at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneWorker<'a> {
    /// Its place among the lanes.
    pub lane: usize,
    /// Address and port.
    pub endpoint: &'a str,
    /// Since when it was missing.
    pub lost: Option<Millis>,
    /// When it was last listed, and what it reported.
    pub sample: Option<(Millis, &'a Sample)>,
}

/// A graph at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneGraph<'a> {
    /// Its session.
    pub session: &'a str,
    /// Its key.
    pub key: &'a str,
    /// How many operands it has, where told.
    pub size: Option<u64>,
    /// The engine's word for its state then.
    pub state: &'a str,
    /// Since when it was so.
    pub since: Millis,
}

impl Flight {
    /// What was known at a moment: the last reading up to then.
    pub fn at(&self, at: Millis) -> Scene<'_> {
        Scene {
            at,
            mark: self.mark_at(at),
            workers: self.workers_at(at),
            graphs: self.graphs_at(at),
            sessions: self.sessions_at(at),
        }
    }

    /// The state at a moment.
    pub fn mark_at(&self, at: Millis) -> Option<&Mark> {
        let marks = self.marks.partition_point(|mark| mark.at <= at);
        self.marks.get(marks.checked_sub(1)?)
    }

    fn workers_at(&self, at: Millis) -> Vec<SceneWorker<'_>> {
        // A thinned frame begins before its last list.
        let frames = self.frames.partition_point(|frame| frame.from <= at);
        let mut found: Vec<Option<(Millis, &Sample)>> = vec![None; self.lanes.len()];
        let mut open = self.lanes.len();
        for frame in self.frames.iter().take(frames).rev() {
            for sample in &frame.samples {
                if let Some(place) = found.get_mut(sample.lane).filter(|it| it.is_none()) {
                    *place = Some((frame.at, sample));
                    open -= 1;
                }
            }
            if open == 0 {
                break;
            }
        }
        let lanes = self.lanes.iter().zip(found).enumerate();
        lanes
            .filter(|(_, (lane, _))| lane.first().is_some_and(|first| first <= at))
            .map(|(place, (lane, sample))| SceneWorker {
                lane: place,
                endpoint: &lane.endpoint,
                lost: lane.lost_at(at),
                sample,
            })
            .collect()
    }

    fn graphs_at(&self, at: Millis) -> Vec<SceneGraph<'_>> {
        let then =
            |graph: &'_ super::SeenGraph| graph.states.iter().rposition(|state| state.at <= at);
        self.graphs
            .iter()
            .filter_map(|graph| {
                let state = graph.states.get(then(graph)?)?;
                Some(SceneGraph {
                    session: &graph.session,
                    key: &graph.key,
                    size: graph.size,
                    state: &state.state,
                    since: state.at,
                })
            })
            .collect()
    }

    fn sessions_at(&self, at: Millis) -> Vec<&str> {
        // Between two lists, what the earlier one said holds.
        let frames = self.frames.partition_point(|frame| frame.at <= at);
        let listed = frames.checked_sub(1).and_then(|it| self.frames.get(it));
        let listed = listed.map_or(at, |frame| frame.at);
        let then = self.sessions.iter();
        then.filter(|it| it.first <= at && listed <= it.last)
            .map(|it| it.id.as_str())
            .collect()
    }
}
