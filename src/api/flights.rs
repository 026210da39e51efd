//! The flight recorder of the open cluster: takes every reading in, keeps the flight in this
//! browser, and goes on with the kept one after a reload.

use std::cell::Cell;

use cluster::{ClusterState, Ended, Flight};
use leptos::prelude::*;
use wire::Millis;

use super::store::{self, Kind, StoreError};
use crate::state::clock::now;

/// A flight is written down so often at most; a large one more seldom.
const PAUSE: Millis = 5_000;
/// For each so many lists of workers the pause grows by itself.
const LISTS: usize = 500;
/// All kept flights together; the oldest go first.
const CAP: u64 = 48 << 20;

/// What came before the kept flight was there.
type Early = Vec<(Millis, Reading)>;

enum Reading {
    State(Box<ClusterState>),
    Ended(Ended),
}

/// Records one cluster.
#[derive(Clone, Copy)]
pub struct Recorder {
    /// What was recorded so far, of earlier visits too.
    pub flight: RwSignal<Flight>,
    /// Why the browser does not keep it.
    pub unkept: RwSignal<Option<StoreError>>,
    early: StoredValue<Option<Early>>,
    written: StoredValue<Millis>,
}

thread_local! {
    /// The recorder of the cluster that is shown.
    static OPEN: Cell<Option<Recorder>> = const { Cell::new(None) };
}

impl Recorder {
    /// Begins to record, after what this browser keeps of the cluster.
    pub fn new(instance: &str) -> Self {
        let recorder = Self {
            flight: RwSignal::new(Flight::new(instance)),
            unkept: RwSignal::new(None),
            early: StoredValue::new(Some(Vec::new())),
            written: StoredValue::new(0),
        };
        OPEN.set(Some(recorder));
        let instance = instance.to_owned();
        super::spawn(async move {
            let kept = store::get(Kind::Flight, &instance).await;
            recorder.begin(kept);
        });
        recorder
    }

    /// Takes a reading in.
    pub fn record(self, state: &ClusterState) {
        self.take(now(), Reading::State(Box::new(state.clone())));
    }

    /// Takes the end in.
    pub fn end(self, ended: &Ended) {
        self.take(now(), Reading::Ended(ended.clone()));
    }

    fn begin(self, kept: Result<Option<Vec<u8>>, StoreError>) {
        match kept {
            Ok(Some(bytes)) => {
                // What cannot be read is begun anew: it was of another version.
                if let Ok(flight) = Flight::from_json(&bytes) {
                    self.flight.try_set(flight);
                }
            }
            Ok(None) => {}
            Err(error) => {
                self.unkept.try_set(Some(error));
            }
        }
        let early = self.early.try_update_value(Option::take).flatten();
        for (at, reading) in early.into_iter().flatten() {
            self.take(at, reading);
        }
    }

    fn take(self, at: Millis, reading: Reading) {
        let waits = self.early.try_with_value(Option::is_some);
        if waits != Some(false) {
            self.early.try_update_value(|early| {
                early.get_or_insert_default().push((at, reading));
            });
            return;
        }
        self.flight.try_update(|flight| match &reading {
            Reading::State(state) => flight.record(at, state),
            Reading::Ended(ended) => flight.end(at, ended),
        });
        self.keep(at);
    }

    /// Writes the flight down, not too often, and at its end.
    fn keep(self, at: Millis) {
        let over = self
            .flight
            .try_with_untracked(|flight| (flight.ended().is_some(), flight.frames().len()));
        let (Some((ended, lists)), Some(written)) = (over, self.written.try_get_value()) else {
            return;
        };
        let pause = PAUSE * (1 + (lists / LISTS) as Millis);
        if !ended && at < written + pause {
            return;
        }
        self.written.try_set_value(at);
        let document = self
            .flight
            .try_with_untracked(|flight| (flight.instance().to_owned(), flight.to_json()));
        let Some((key, text)) = document else { return };
        super::spawn(async move {
            let done = match store::put(Kind::Flight, &key, &key, text.as_bytes()).await {
                Ok(()) => store::trim(Kind::Flight, CAP).await.map(|_| ()),
                Err(error) => Err(error),
            };
            self.unkept.try_set(done.err());
        });
    }
}

/// Takes the state of a graph in, if its cluster is the one that is shown.
pub fn graph(instance: &str, session: &str, graph: &str, state: &str) {
    let Some(recorder) = OPEN.get() else { return };
    let ours = recorder
        .flight
        .try_with_untracked(|flight| flight.instance() == instance);
    if ours == Some(true) {
        let at = now();
        recorder
            .flight
            .try_update(|flight| flight.graph(at, session, graph, state, None));
    }
}
