//! A flight: what was read of one cluster over time, appended reading by reading, so that its life
//! can be looked at again when it is over.
//!
//! No secret can be in it: problems and ends are kept as words and codes, never as sentences of a
//! service. Its size is bounded whatever is read (`thin`); it is one versioned JSON file (`file`).

mod file;
mod graph;
mod lane;
mod mark;
mod sample;
mod scene;
mod thin;
mod work;

use mars::v04::session::WorkerList;
use serde::{Deserialize, Serialize};
use wire::Millis;

use crate::{ClusterState, Ended};

pub use file::FlightError;
pub use graph::{GraphMark, SeenGraph, SeenSession};
pub use lane::{Lane, Span};
pub use mark::{EndWord, Mark, ProblemWord, SideWord, StageWord};
pub use sample::{Range, Sample};
pub use scene::{Scene, SceneGraph, SceneWorker};
pub use thin::{DAY, Frame, HOUR, MOST_SAMPLES};
pub use work::Retry;

use work::Work;

/// So many changes of state are kept; beyond, the oldest but the first are left out.
const MOST_MARKS: usize = 4_000;
/// So many different workers are told apart; further ones are only counted.
const MOST_LANES: usize = 2_000;

/// What was read of a cluster over time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Flight {
    instance: String,
    /// When the instance was accepted, by the service's clock.
    started: Option<Millis>,
    want: Option<u32>,
    first: Option<Millis>,
    last: Option<Millis>,
    /// The changes of state, oldest first.
    marks: Vec<Mark>,
    /// Every worker that was ever listed, in the order of appearance.
    lanes: Vec<Lane>,
    /// The lists of workers, oldest first.
    frames: Vec<Frame>,
    sessions: Vec<SeenSession>,
    graphs: Vec<SeenGraph>,
    retries: Vec<Retry>,
    /// Workers beyond the limit.
    unlisted: u32,
    /// The operands of the last list: what the next one is compared with.
    #[serde(skip)]
    work: Work,
}

impl Flight {
    /// Nothing was read yet.
    pub fn new(instance: impl Into<String>) -> Self {
        Self {
            instance: instance.into(),
            ..Self::default()
        }
    }

    /// Takes a reading in. A clock that was set back does not tear the order.
    pub fn record(&mut self, now: Millis, state: &ClusterState) {
        let now = self.pass(now);
        self.started = state.started.or(self.started);
        self.want = state.want.or(self.want);
        self.mark(Mark::of(now, state));
        let listed = state.workers.as_ref();
        let newer = |at| self.frames.last().is_none_or(|frame| frame.listed < at);
        if let Some(list) = listed.filter(|list| newer(list.at)) {
            self.list(now, list.at, &list.what);
        }
    }

    /// Takes the end in, for a cluster that was found ended.
    pub fn end(&mut self, now: Millis, ended: &Ended) {
        if self.ended().is_some() {
            return;
        }
        // The service's own time of the end, as long as nothing was read after it.
        let at = ended.at.unwrap_or(now).max(self.last.unwrap_or(0)).min(now);
        let at = self.pass(at);
        self.mark(Mark::ended(at, ended));
    }

    /// Whose flight it is.
    pub fn instance(&self) -> &str {
        &self.instance
    }

    /// The first and the last reading.
    pub fn span(&self) -> Option<(Millis, Millis)> {
        self.first.zip(self.last)
    }

    /// When the instance was accepted, where known.
    pub fn started(&self) -> Option<Millis> {
        self.started
    }

    /// How many workers were asked for, where known.
    pub fn want(&self) -> Option<u32> {
        self.want
    }

    /// The changes of state, oldest first.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Every worker that was ever listed.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// The lists of workers over time, oldest first.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// Sessions whose operands were seen on workers.
    pub fn sessions(&self) -> &[SeenSession] {
        &self.sessions
    }

    /// Graphs whose state was read.
    pub fn graphs(&self) -> &[SeenGraph] {
        &self.graphs
    }

    /// Operands that were begun again.
    pub fn retries(&self) -> &[Retry] {
        &self.retries
    }

    /// When and how it ended.
    pub fn ended(&self) -> Option<(Millis, EndWord)> {
        let mark = self.marks.last()?;
        match mark.stage {
            StageWord::Ended(why) => Some((mark.at, why)),
            _ => None,
        }
    }

    /// The samples of one worker, oldest first, with the times of their lists.
    pub fn samples(&self, lane: usize) -> impl Iterator<Item = (Millis, &Sample)> {
        self.frames.iter().filter_map(move |frame| {
            let at = frame
                .samples
                .binary_search_by_key(&lane, Sample::lane)
                .ok()?;
            Some((frame.at, frame.samples.get(at)?))
        })
    }

    /// The moment of a reading, never before the last one.
    fn pass(&mut self, now: Millis) -> Millis {
        let now = now.max(self.last.unwrap_or(0));
        self.first.get_or_insert(now);
        self.last = Some(now);
        now
    }

    fn mark(&mut self, mark: Mark) {
        if self.marks.last().is_some_and(|last| last.is_like(&mark)) {
            return;
        }
        self.marks.push(mark);
        if self.marks.len() > MOST_MARKS {
            self.marks.remove(1);
        }
    }

    fn list(&mut self, now: Millis, listed: Millis, list: &WorkerList) {
        let mut samples = Vec::with_capacity(list.workers.len());
        for worker in &list.workers {
            match self.lane(now, &worker.endpoint) {
                Some(lane) => samples.push(Sample::of(lane, worker)),
                None => self.unlisted = self.unlisted.saturating_add(1),
            }
        }
        samples.sort_by_key(Sample::lane);
        samples.dedup_by_key(|sample| sample.lane());
        for (place, lane) in self.lanes.iter_mut().enumerate() {
            if samples.binary_search_by_key(&place, Sample::lane).is_err() {
                lane.lose(now);
            }
        }
        graph::see(&mut self.sessions, now, list);
        self.work.compare(&mut self.retries, now, list);
        self.frames.push(Frame {
            from: now,
            at: now,
            listed,
            samples,
        });
        thin::thin(&mut self.frames, now);
    }

    /// The place of a worker that is listed now.
    fn lane(&mut self, now: Millis, endpoint: &str) -> Option<usize> {
        let known = self.lanes.iter().position(|lane| lane.endpoint == endpoint);
        let place = match known {
            Some(place) => place,
            None if self.lanes.len() < MOST_LANES => {
                self.lanes.push(Lane::new(endpoint));
                self.lanes.len() - 1
            }
            None => return None,
        };
        self.lanes.get_mut(place)?.see(now);
        Some(place)
    }
}
