//! Work that does not move, and work that was done twice.

use wire::Millis;

use super::{Finding, What};
use crate::flight::{Flight, Frame};

/// One operand may compute for minutes, so the same operands in the same stages mean nothing sooner;
/// later nobody waits without wanting to know.
const STILL: Millis = 300_000;
/// One retry happens when a result was pushed out of memory just as it was needed.
const RETRIES: usize = 3;

/// The newest time in which operands were under way and nothing changed.
pub(super) fn stuck(flight: &Flight, all: &mut Vec<Finding>) {
    let mut runs: Vec<(Millis, Millis, u64)> = Vec::new();
    let mut last: Option<&Frame> = None;
    for frame in flight.frames() {
        let waits = operands(frame) > 0 && holds(flight, frame);
        let same = last.is_some_and(|last| work(last) == work(frame));
        match (waits, same, runs.last_mut()) {
            (true, true, Some(run)) if last.is_some_and(|last| last.at == run.1) => {
                run.1 = frame.at
            }
            (true, ..) => runs.push((frame.at, frame.at, operands(frame))),
            _ => {}
        }
        last = Some(frame);
    }
    let long = |run: &&(Millis, Millis, u64)| run.1 - run.0 >= STILL;
    let Some(&(from, until, operands)) = runs.iter().rev().find(long) else {
        return;
    };
    let newest = flight.frames().last().map(|frame| frame.at);
    let lasts = flight.ended().is_none() && newest == Some(until);
    all.push(Finding {
        from,
        until: (!lasts).then_some(until),
        worker: None,
        what: What::Stuck {
            operands,
            length: until - from,
        },
    });
}

/// Whether a slot is held: operands that have finished linger in the list, free slots tell.
fn holds(flight: &Flight, frame: &Frame) -> bool {
    let mark = flight.mark_at(frame.at);
    mark.is_some_and(|mark| mark.busy == Some(true))
}

fn operands(frame: &Frame) -> u64 {
    frame.samples.iter().map(|sample| sample.operands).sum()
}

/// What the workers do: equal when nothing has moved.
fn work(frame: &Frame) -> Vec<(usize, u64)> {
    let rows = frame.samples.iter().filter(|sample| sample.operands > 0);
    rows.map(|sample| (sample.lane(), sample.digest)).collect()
}

/// Operands that were begun again.
pub(super) fn retried(flight: &Flight, all: &mut Vec<Finding>) {
    let retries = flight.retries();
    if let (Some(first), Some(last)) = (retries.first(), retries.last())
        && retries.len() >= RETRIES
    {
        all.push(Finding {
            from: first.at,
            until: Some(last.at),
            worker: Some(last.worker.clone()),
            what: What::HiddenRetries {
                times: retries.len(),
                operand: last.operand.clone(),
            },
        });
    }
}
