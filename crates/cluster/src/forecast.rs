//! When a cluster that is starting will be usable, by the starts that were seen before.

use serde::{Deserialize, Serialize};
use wire::Millis;

/// From so many starts of the same size on, other sizes are left out.
const ENOUGH: usize = 3;

/// A start that was seen from submission to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// How many workers had to come.
    pub workers: u32,
    /// How long it took.
    pub took: Millis,
}

/// How long a start will take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// Half of the starts took no longer.
    pub median: Millis,
    /// The quickest.
    pub least: Millis,
    /// The slowest.
    pub most: Millis,
    /// How many starts this was read from.
    pub starts: usize,
    /// Whether all of them waited for as many workers.
    pub alike: bool,
}

impl Forecast {
    /// Reads a forecast from starts; none without any.
    pub fn of(starts: &[Start], workers: u32) -> Option<Self> {
        let like = |start: &&Start| start.workers == workers;
        let alike = starts.iter().filter(like).count() >= ENOUGH;
        let chosen = starts.iter().filter(|start| !alike || like(start));
        let mut took: Vec<Millis> = chosen.map(|start| start.took).collect();
        took.sort_unstable();
        Some(Self {
            median: *took.get(took.len().saturating_sub(1) / 2)?,
            least: *took.first()?,
            most: *took.last()?,
            starts: took.len(),
            alike: alike || starts.iter().all(|start| like(&start)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Forecast, Start};

    fn starts(list: &[(u32, u64)]) -> Vec<Start> {
        let list = list.iter();
        list.map(|&(workers, took)| Start { workers, took })
            .collect()
    }

    #[test]
    fn starts_of_the_same_size_count_once_there_are_enough() {
        assert_eq!(Forecast::of(&[], 2), None);
        let few = starts(&[(2, 30), (5, 90), (2, 20)]);
        let forecast = Forecast::of(&few, 2).expect("some");
        assert_eq!(
            (forecast.median, forecast.starts, forecast.alike),
            (30, 3, false)
        );
        let more = starts(&[(2, 30), (5, 90), (2, 20), (2, 25)]);
        let forecast = Forecast::of(&more, 2).expect("some");
        assert_eq!(
            (forecast.least, forecast.median, forecast.most),
            (20, 25, 30)
        );
        assert_eq!((forecast.starts, forecast.alike), (3, true));
        let one = Forecast::of(&starts(&[(2, 30)]), 2).expect("some");
        assert_eq!((one.median, one.starts, one.alike), (30, 1, true));
    }
}
