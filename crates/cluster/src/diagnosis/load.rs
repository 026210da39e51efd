//! Load that is not shared, and memory that is short.

use wire::Millis;

use super::{Finding, What};
use crate::flight::{Flight, HOUR, Sample};

/// Load is compared over so long: a stage of a graph that only one worker can do is shorter.
const WINDOW: Millis = 60_000;
/// So many lists must be in the window, or the means say nothing.
const ENOUGH: usize = 6;
/// A worker counts as busy from this mean use of its slots on (thousandths), and as idle up to that:
/// between them lies what the end of every graph looks like.
const BUSY: u64 = 700;
const IDLE: u64 = 100;
/// From here on (thousandths) the engine begins to hold operands back and to spill: its own limit
/// for the memory of a machine is 95 per cent, less what its store reserves.
const FULL: u64 = 900;
/// The disk is the machine's, logs and other programs are on it too: less is no sign of spilling.
const SPILLED: u64 = 1 << 30;

/// The newest time in which one worker was busy and another had nothing to do.
pub(super) fn unbalanced(flight: &Flight, all: &mut Vec<Finding>) {
    let most: Vec<i64> = (0..flight.lanes().len())
        .map(|lane| flight.samples(lane).filter_map(|it| it.1.slots).max())
        .map(|most| most.unwrap_or(0))
        .collect();
    let frames = flight.frames();
    let newest = frames.last().map_or(0, |frame| frame.at);
    // Older ones are thinned: one list a minute is no mean.
    let mut end = frames.len();
    while let Some(last) = end.checked_sub(1).and_then(|place| frames.get(place)) {
        if newest.saturating_sub(last.at) > HOUR {
            return;
        }
        let begin = frames.partition_point(|frame| frame.at + WINDOW < last.at);
        let window = frames.get(begin..end).unwrap_or_default();
        if window.len() >= ENOUGH
            && let Some(found) = compare(flight, &most, window)
        {
            all.push(found);
            return;
        }
        end = begin;
    }
}

fn compare(flight: &Flight, most: &[i64], window: &[crate::flight::Frame]) -> Option<Finding> {
    let mut means = Vec::new();
    for (lane, most) in most.iter().enumerate().filter(|(_, most)| **most > 0) {
        let found = |frame: &crate::flight::Frame| {
            let at = frame
                .samples
                .binary_search_by_key(&lane, Sample::lane)
                .ok()?;
            let free = frame.samples.get(at)?.slots?.clamp(0, *most);
            u64::try_from((most - free) * 1000 / most).ok()
        };
        let uses: Vec<u64> = window.iter().filter_map(found).collect();
        // A worker that came or went in the window is no measure.
        if uses.len() == window.len() {
            means.push((uses.iter().sum::<u64>() / uses.len() as u64, lane));
        }
    }
    let (busy, worker) = means.iter().max().copied()?;
    let (least, idle) = means.iter().min().copied()?;
    let name = |lane: usize| flight.lanes().get(lane).map(|lane| lane.endpoint.clone());
    (busy >= BUSY && least <= IDLE).then_some(())?;
    let lasts = window.last()?.at == flight.frames().last()?.at;
    Some(Finding {
        from: window.first()?.at,
        until: (!lasts || flight.ended().is_some()).then_some(window.last()?.at),
        worker: name(worker),
        what: What::Unbalanced {
            busy,
            idle: name(idle)?,
            least,
        },
    })
}

/// Each worker's time of nearly full memory, from the first to the last such report.
pub(super) fn memory(flight: &Flight, all: &mut Vec<Finding>) {
    for (place, lane) in flight.lanes().iter().enumerate() {
        let mut tight = flight
            .samples(place)
            .filter(|(_, sample)| sample.memory_share().is_some_and(|share| share >= FULL));
        let Some((from, first)) = tight.next() else {
            continue;
        };
        let used = |sample: &Sample| sample.memory_range.map(|it| it.1).or(sample.memory_used);
        let (mut most, mut until) = (used(first), from);
        for (at, sample) in tight {
            most = most.max(used(sample));
            until = at;
        }
        let lasts = flight.ended().is_none() && lane.last() == Some(until);
        if let (Some(used), Some(total)) = (most, first.memory_total) {
            all.push(Finding {
                from,
                until: (!lasts).then_some(until),
                worker: Some(lane.endpoint.clone()),
                what: What::MemoryPressure { used, total },
            });
        }
    }
}

/// The largest rise of a worker's disk from a low to a later high, while it had operands.
pub(super) fn spill(flight: &Flight, all: &mut Vec<Finding>) {
    for (place, lane) in flight.lanes().iter().enumerate() {
        let mut low: Option<(u64, Millis)> = None;
        let mut best: Option<(u64, Millis, Millis)> = None;
        let mut worked = false;
        for (at, sample) in flight.samples(place) {
            let Some(used) = sample.disk_used else {
                continue;
            };
            let least = sample.disk_range.map_or(used, |range| range.0);
            let top = sample.disk_range.map_or(used, |range| range.1);
            worked |= sample.operands > 0;
            if low.is_none_or(|(low, _)| least < low) {
                low = Some((least, at));
            }
            let Some((from_bytes, from)) = low else {
                continue;
            };
            let grown = top.saturating_sub(from_bytes);
            if worked && best.is_none_or(|(most, ..)| grown > most) {
                best = Some((grown, from, at));
            }
        }
        if let Some((grown, from, until)) = best.filter(|(grown, ..)| *grown >= SPILLED) {
            all.push(Finding {
                from,
                until: Some(until),
                worker: Some(lane.endpoint.clone()),
                what: What::Spill { grown },
            });
        }
    }
}
