//! Workers that are lost, and workers that report no more.

use wire::Millis;

use super::{Finding, What};
use crate::flight::{EndWord, Flight};

/// Workers that leave so shortly before a stop are the stop: the engine takes them down one by one,
/// and the instance is terminated within a minute.
const LEAVING: Millis = 60_000;
/// A worker writes a report every second or so and the console reads every five: this is six missed
/// readings, and half the time after which the engine itself gives the worker up.
const SILENT: Millis = 30_000;
/// So many losses are told one by one.
const MOST: usize = 20;

/// A worker that was listed and is not, while the cluster lived.
pub(super) fn lost(flight: &Flight, all: &mut Vec<Finding>) {
    let stopped = flight.ended().filter(|(_, why)| {
        // A failed cluster may have failed because it lost them.
        matches!(why, EndWord::Cancelled | EndWord::Finished)
    });
    let mut found = Vec::new();
    for lane in flight.lanes() {
        for (place, span) in lane.spans.iter().enumerate() {
            let Some(gone) = span.gone else { continue };
            if stopped.is_some_and(|(end, _)| gone + LEAVING >= end) {
                continue;
            }
            let back = lane.spans.get(place + 1).map(|next| next.first);
            let left = flight.lanes().iter().filter(|other| {
                let mut spans = other.spans.iter();
                spans.any(|span| span.first <= gone && span.gone.is_none_or(|end| end > gone))
            });
            found.push(Finding {
                from: gone,
                until: back,
                worker: Some(lane.endpoint.clone()),
                what: What::WorkerLost { left: left.count() },
            });
        }
    }
    found.sort_by_key(|found| std::cmp::Reverse(found.from));
    found.truncate(MOST);
    all.extend(found);
}

/// A worker that is still listed but whose report does not change. Told by this machine's clock and
/// the sameness of the report, so a worker whose own clock is wrong is not accused.
pub(super) fn stale(flight: &Flight, all: &mut Vec<Finding>) {
    let Some((_, last)) = flight.span() else {
        return;
    };
    if flight.ended().is_some() {
        return;
    }
    for (place, lane) in flight.lanes().iter().enumerate() {
        if lane.lost().is_some() {
            continue;
        }
        let mut samples: Vec<_> = flight.samples(place).collect();
        let Some((newest, sample)) = samples.pop() else {
            continue;
        };
        let Some(updated) = sample.updated else {
            continue;
        };
        let same = samples.iter().rev();
        let same = same.take_while(|(_, earlier)| earlier.updated == Some(updated));
        let from = same.last().map_or(newest, |(at, _)| *at);
        let silent = newest.saturating_sub(from);
        if silent >= SILENT && newest <= last {
            all.push(Finding {
                from,
                until: None,
                worker: Some(lane.endpoint.clone()),
                what: What::WorkerStale { silent },
            });
        }
    }
}
