//! The lists of workers over time, thinned with their age: every list of the newest hour, one a
//! minute of the newest day, one in ten minutes before. A thinned list holds the last report of each
//! worker in its time and the smallest and largest of cores, memory and disk.

use serde::{Deserialize, Serialize};
use wire::Millis;

use super::Sample;

/// For so long every list is kept.
pub const HOUR: Millis = 3_600_000;
/// For so long one list a minute is kept.
pub const DAY: Millis = 24 * HOUR;
/// Beyond so many samples the older half is thinned further: about 10 MB. It takes a hundred
/// workers, watched for more than two hours.
pub const MOST_SAMPLES: usize = 120_000;

const MINUTE: Millis = 60_000;

/// What the workers reported at one moment, or in a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// The first list that is in it.
    pub from: Millis,
    /// The last list.
    pub at: Millis,
    /// When that list was read, by the reading's own word.
    pub(super) listed: Millis,
    /// In the order of the lanes.
    pub samples: Vec<Sample>,
}

impl Frame {
    /// Joins a later one to this.
    fn join(&mut self, mut later: Self) {
        for sample in &self.samples {
            let place = later
                .samples
                .binary_search_by_key(&sample.lane, Sample::lane);
            match place {
                Ok(place) => {
                    if let Some(known) = later.samples.get_mut(place) {
                        known.absorb(sample);
                    }
                }
                // Its worker was lost in this time: the last report stays.
                Err(place) => later.samples.insert(place, sample.clone()),
            }
        }
        later.from = self.from;
        *self = later;
    }

    /// The time that it belongs to at this age.
    fn bucket(&self, now: Millis) -> Option<(Millis, Millis)> {
        match now.saturating_sub(self.at) {
            0..HOUR => None,
            HOUR..DAY => Some((MINUTE, self.at / MINUTE)),
            _ => Some((10 * MINUTE, self.at / (10 * MINUTE))),
        }
    }
}

/// Thins; the newest hour stays whole unless it alone is too much.
pub(super) fn thin(frames: &mut Vec<Frame>, now: Millis) {
    // Once a minute is enough: the frames of the hour come one by one.
    let oldest_full = frames.windows(2).find(|pair| {
        let [one, next] = pair else { return false };
        one.bucket(now).is_some() && one.bucket(now) == next.bucket(now)
    });
    if oldest_full.is_some() {
        let taken = std::mem::take(frames);
        join_where(frames, taken, |one, next| {
            one.bucket(now).is_some() && one.bucket(now) == next.bucket(now)
        });
    }
    while frames
        .iter()
        .map(|frame| frame.samples.len())
        .sum::<usize>()
        > MOST_SAMPLES
    {
        if frames.len() < 2 {
            return;
        }
        halve(frames);
    }
}

fn join_where(frames: &mut Vec<Frame>, taken: Vec<Frame>, fits: impl Fn(&Frame, &Frame) -> bool) {
    for next in taken {
        match frames.last_mut() {
            Some(last) if fits(last, &next) => last.join(next),
            _ => frames.push(next),
        }
    }
}

/// Joins the frames of the older half two by two.
fn halve(frames: &mut Vec<Frame>) {
    let newer = frames.split_off((frames.len() / 2).max(2));
    let older = std::mem::take(frames);
    let mut older = older.into_iter();
    while let Some(mut one) = older.next() {
        if let Some(next) = older.next() {
            one.join(next);
        }
        frames.push(one);
    }
    frames.extend(newer);
}
