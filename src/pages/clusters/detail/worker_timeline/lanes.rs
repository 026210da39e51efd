//! Events as lanes: one for each process, bars in whole units of the drawing.

use std::collections::BTreeMap;

use mars::v04::console::Event;
use wire::Millis;

use crate::api::engine::millis;

/// How wide the drawing is.
pub const WIDTH: u64 = 1_000;

/// What a process did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// It calculated.
    Compute,
    /// It sent to another worker.
    Transfer,
    /// It read or wrote the disk.
    Disk,
    /// Something that is not known here.
    Other,
}

impl Work {
    /// Reads the engine's word.
    pub fn of(kind: &str) -> Self {
        match kind {
            "CPU_CALC" | "GPU_CALC" => Self::Compute,
            "NETWORK" => Self::Transfer,
            "DISK_IO" => Self::Disk,
            _ => Self::Other,
        }
    }

    /// The value of `data-work`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Compute => "compute",
            Self::Transfer => "transfer",
            Self::Disk => "disk",
            Self::Other => "other",
        }
    }
}

/// What one process did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// The process.
    pub process: String,
    /// Work, begin and length on the drawing; what cannot be told apart is one bar.
    pub bars: Vec<(Work, u64, u64)>,
    /// Work, how many times, and how long in all.
    pub sums: Vec<(Work, u64, Millis)>,
}

/// The name of a process without what all of them share: `cpu-calc-26120-0`.
pub fn process(owner: &str) -> String {
    let last = owner.rsplit(':').next().unwrap_or(owner);
    last.strip_prefix("mars-").unwrap_or(last).to_owned()
}

/// The lanes of the time before a moment.
pub fn lanes(events: &[Event], until: Millis, span: Millis) -> Vec<Lane> {
    let from = until.saturating_sub(span);
    let mut all: BTreeMap<String, Vec<(Millis, Millis, Work)>> = BTreeMap::new();
    for event in events {
        let Some(start) = millis(event.start) else {
            continue;
        };
        let end = event.end.and_then(millis).unwrap_or(until).min(until);
        if end >= from && start <= end {
            let work = Work::of(&event.kind);
            let lane = all.entry(process(&event.owner)).or_default();
            lane.push((start.max(from), end, work));
        }
    }
    all.into_iter()
        .map(|(process, mut spans)| {
            spans.sort_unstable();
            Lane {
                process,
                bars: bars(&spans, from, span),
                sums: sums(&spans),
            }
        })
        .collect()
}

fn bars(spans: &[(Millis, Millis, Work)], from: Millis, span: Millis) -> Vec<(Work, u64, u64)> {
    let at = |moment: Millis| moment.saturating_sub(from).saturating_mul(WIDTH) / span.max(1);
    let mut bars: Vec<(Work, u64, u64)> = Vec::new();
    for (start, end, work) in spans {
        let (left, right) = (at(*start), at(*end).max(at(*start) + 1));
        match bars.iter_mut().rev().find(|bar| bar.0 == *work) {
            Some(bar) if left <= bar.1 + bar.2 => bar.2 = bar.2.max(right - bar.1),
            _ => bars.push((*work, left, right - left)),
        }
    }
    bars
}

fn sums(spans: &[(Millis, Millis, Work)]) -> Vec<(Work, u64, Millis)> {
    let mut sums: BTreeMap<Work, (u64, Millis)> = BTreeMap::new();
    for (start, end, work) in spans {
        let sum = sums.entry(*work).or_default();
        *sum = (sum.0 + 1, sum.1 + end.saturating_sub(*start));
    }
    let sums = sums.into_iter();
    sums.map(|(work, (times, busy))| (work, times, busy))
        .collect()
}

#[cfg(test)]
mod tests {
    use mars::v04::console::Event;

    use super::{Lane, Work, lanes, process};

    fn event(kind: &str, owner: &str, start: f64, end: Option<f64>) -> Event {
        Event {
            id: format!("{owner}{start}"),
            kind: kind.into(),
            owner: owner.into(),
            start,
            end,
        }
    }

    #[test]
    fn each_process_has_a_lane() {
        let events = [
            event("CPU_CALC", "w:1:mars-cpu-calc-7-0", 10.0, Some(10.02)),
            // Less than a unit after the first, a whole unit before the next.
            event("CPU_CALC", "w:1:mars-cpu-calc-7-0", 10.025, Some(10.5)),
            event("CPU_CALC", "w:1:mars-cpu-calc-7-0", 10.51, Some(10.6)),
            event("CPU_CALC", "w:1:mars-cpu-calc-7-0", 15.0, None),
            event("NETWORK", "w:2:mars-sender-7-0", 1.0, Some(2.0)),
            event("NETWORK", "w:2:mars-sender-7-0", 19.0, Some(19.9)),
        ];
        let want = [
            Lane {
                process: "cpu-calc-7-0".into(),
                bars: vec![
                    (Work::Compute, 0, 50),
                    (Work::Compute, 51, 9),
                    (Work::Compute, 500, 500),
                ],
                sums: vec![(Work::Compute, 4, 5_585)],
            },
            Lane {
                process: "sender-7-0".into(),
                bars: vec![(Work::Transfer, 900, 90)],
                sums: vec![(Work::Transfer, 1, 900)],
            },
        ];
        assert_eq!(lanes(&events, 20_000, 10_000), want);
    }

    #[test]
    fn odd_events_draw_nothing() {
        let odd = [
            event("X", "", f64::NAN, None),
            event("X", "", 30.0, Some(5.0)),
        ];
        assert_eq!(lanes(&odd, 20_000, 10_000), []);
        assert_eq!(lanes(&[], 0, 0), []);
        assert_eq!(process("odd"), "odd");
    }
}
