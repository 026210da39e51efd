//! What one worker reported at one moment, in integers: cores in thousandths, bytes, milliseconds.

use mars::v04::session::Worker;
use serde::{Deserialize, Serialize};
use wire::Millis;

/// The stage of an operand that a core works on; the others wait for inputs or memory.
const CALCULATING: &str = "CALCULATING";

/// The smallest and the largest value of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range(pub u64, pub u64);

impl Range {
    pub(super) fn join(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        match (one, other) {
            (Some(one), Some(other)) => Some(Self(one.0.min(other.0), one.1.max(other.1))),
            (one, other) => one.or(other),
        }
    }
}

/// What one worker reported; behind the newest hour the last report of a longer time, with the
/// ranges of that time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Row", from = "Row")]
pub struct Sample {
    pub(super) lane: usize,
    /// When the worker wrote the report, by its own clock.
    pub updated: Option<Millis>,
    /// Thousandths of cores in use.
    pub cpu_used: Option<u64>,
    /// Thousandths of cores in all.
    pub cpu_total: Option<u64>,
    /// Bytes in use.
    pub memory_used: Option<u64>,
    /// Bytes in all.
    pub memory_total: Option<u64>,
    /// Bytes used on the disk for spilling.
    pub disk_used: Option<u64>,
    /// Bytes of that disk.
    pub disk_total: Option<u64>,
    /// Bytes held in the shared object store.
    pub cache_used: Option<u64>,
    /// Bytes of that store.
    pub cache_total: Option<u64>,
    /// Bytes per second received.
    pub receive: Option<u64>,
    /// Bytes per second sent.
    pub send: Option<u64>,
    /// Free execution slots.
    pub slots: Option<i64>,
    /// Operands under way, finished ones that linger among them.
    pub operands: u64,
    /// Those of them that are calculated.
    pub running: u64,
    /// A digest of the operands and their stages: equal when nothing has moved.
    pub digest: u64,
    /// The range of the cores in use.
    pub cpu_range: Option<Range>,
    /// The range of the memory in use.
    pub memory_range: Option<Range>,
    /// The range of the disk in use.
    pub disk_range: Option<Range>,
}

/// A sample in its file: a row without names, because there are many.
#[derive(Serialize, Deserialize)]
struct Row(
    usize,
    Option<Millis>,
    [Option<u64>; 10],
    Option<i64>,
    [u64; 3],
    [Option<Range>; 3],
);

impl From<Sample> for Row {
    fn from(it: Sample) -> Self {
        let figures = [
            it.cpu_used,
            it.cpu_total,
            it.memory_used,
            it.memory_total,
            it.disk_used,
            it.disk_total,
            it.cache_used,
            it.cache_total,
            it.receive,
            it.send,
        ];
        let work = [it.operands, it.running, it.digest];
        let ranges = [it.cpu_range, it.memory_range, it.disk_range];
        Self(it.lane, it.updated, figures, it.slots, work, ranges)
    }
}

impl From<Row> for Sample {
    fn from(Row(lane, updated, figures, slots, work, ranges): Row) -> Self {
        let [
            cpu_used,
            cpu_total,
            memory_used,
            memory_total,
            disk_used,
            rest @ ..,
        ] = figures;
        let [disk_total, cache_used, cache_total, receive, send] = rest;
        let [operands, running, digest] = work;
        let [cpu_range, memory_range, disk_range] = ranges;
        Self {
            lane,
            updated,
            cpu_used,
            cpu_total,
            memory_used,
            memory_total,
            disk_used,
            disk_total,
            cache_used,
            cache_total,
            receive,
            send,
            slots,
            operands,
            running,
            digest,
            cpu_range,
            memory_range,
            disk_range,
        }
    }
}

impl Sample {
    pub(super) fn of(lane: usize, worker: &Worker) -> Self {
        let work = &worker.progress;
        let running = work.iter().filter(|row| row.3 == CALCULATING).count();
        Self {
            lane,
            updated: worker.update_time.and_then(thousandths),
            cpu_used: worker.cpu_used.and_then(thousandths),
            cpu_total: worker.cpu_total.and_then(thousandths),
            memory_used: worker.memory_used,
            memory_total: worker.memory_total,
            disk_used: worker.disk_used,
            disk_total: worker.disk_total,
            cache_used: worker.cached_hold,
            cache_total: worker.cached_total,
            receive: worker.net_receive.and_then(whole),
            send: worker.net_send.and_then(whole),
            slots: worker.slots.get("cpu").copied(),
            operands: work.len() as u64,
            running: running as u64,
            digest: digest(worker),
            ..Self::default()
        }
    }

    /// The place of its worker among [`super::Flight::lanes`].
    pub fn lane(&self) -> usize {
        self.lane
    }

    /// The largest part of the memory that was in use, in thousandths.
    pub fn memory_share(&self) -> Option<u64> {
        let used = self.memory_range.map(|range| range.1).or(self.memory_used);
        share(used, self.memory_total)
    }

    /// The part of the cores in use, in thousandths.
    pub fn cpu_share(&self) -> Option<u64> {
        share(self.cpu_used, self.cpu_total)
    }

    /// Takes an earlier one of the same worker in.
    pub(super) fn absorb(&mut self, earlier: &Self) {
        let one = |value: Option<u64>| value.map(|value| Range(value, value));
        let range = |own: Option<Range>, last, other: Option<Range>, before| {
            Range::join(own.or(one(last)), other.or(one(before)))
        };
        self.cpu_range = range(
            self.cpu_range,
            self.cpu_used,
            earlier.cpu_range,
            earlier.cpu_used,
        );
        self.memory_range = range(
            self.memory_range,
            self.memory_used,
            earlier.memory_range,
            earlier.memory_used,
        );
        self.disk_range = range(
            self.disk_range,
            self.disk_used,
            earlier.disk_range,
            earlier.disk_used,
        );
    }
}

/// A part of a whole in thousandths, at most all of it.
pub(crate) fn share(used: Option<u64>, total: Option<u64>) -> Option<u64> {
    let (used, total) = used.zip(total.filter(|total| *total > 0))?;
    let part = u128::from(used) * 1000 / u128::from(total);
    u64::try_from(part.min(1000)).ok()
}

fn thousandths(number: f64) -> Option<u64> {
    whole(number * 1000.0)
}

/// A figure that cannot be one (negative, not finite, beyond exact integers) is none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is checked on the line above"
)]
fn whole(number: f64) -> Option<u64> {
    let fits = (0.0..9_007_199_254_740_992.0).contains(&number);
    fits.then(|| number.round() as u64)
}

/// FNV-1a over the operands and stages, whatever their order.
fn digest(worker: &Worker) -> u64 {
    let mut sum = 0_u64;
    for (session, key, _, stage) in &worker.progress {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in [session, "/", key, "/", stage].concat().bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        sum = sum.wrapping_add(hash);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::{share, thousandths, whole};

    #[test]
    fn figures_that_cannot_be_are_none() {
        assert_eq!(thousandths(0.117), Some(117));
        assert_eq!(whole(-1.0), None);
        assert_eq!(whole(f64::NAN), None);
        assert_eq!(whole(1e300), None);
        assert_eq!(share(Some(3), Some(4)), Some(750));
        assert_eq!(share(Some(5), Some(4)), Some(1000));
        assert_eq!(share(Some(5), Some(0)), None);
    }
}
