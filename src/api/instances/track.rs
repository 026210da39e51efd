//! Where an instance stood in its queue each time this page asked.

use odps::instances::Standing;
use wire::Millis;

/// The most points that are kept; of older ones every second is dropped.
const MOST: usize = 400;

/// Where it stood at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// When this page read it.
    pub at: Millis,
    /// The service's word: `Waiting`, `Running`, …
    pub status: String,
    /// Per cent that are done, if the service said a number.
    pub percent: Option<u8>,
}

impl Seen {
    /// What was read now.
    pub fn of(at: Millis, standing: &Standing) -> Self {
        let percent = standing.progress.as_deref().unwrap_or_default();
        let percent = percent.trim().trim_end_matches('%').parse();
        Self {
            at,
            status: standing.status.clone().unwrap_or_default(),
            percent: percent.ok().filter(|percent| *percent <= 100),
        }
    }

    fn same(&self, other: &Self) -> bool {
        self.status == other.status && self.percent == other.percent
    }
}

/// The moments, oldest first. Of a run of equal ones the first and the last are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Track(pub Vec<Seen>);

impl Track {
    /// Takes a moment in.
    pub fn note(&mut self, seen: Seen) {
        let run = self
            .0
            .iter()
            .rev()
            .take(2)
            .filter(|known| known.same(&seen));
        if run.count() == 2 {
            self.0.pop();
        }
        self.0.push(seen);
        if self.0.len() > MOST {
            let mut at = 0;
            self.0.retain(|_| {
                at += 1;
                at % 2 == 1 || at > MOST
            });
        }
    }

    /// The moments at which something changed.
    pub fn changes(&self) -> impl Iterator<Item = &Seen> {
        let before = std::iter::once(None).chain(self.0.iter().map(Some));
        before
            .zip(&self.0)
            .filter(|(before, seen)| before.is_none_or(|before| !before.same(seen)))
            .map(|(_, seen)| seen)
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Seen, Track};
    use odps::instances::Standing;

    fn seen(at: u64, status: &str, percent: &str) -> Seen {
        let standing = Standing {
            status: Some(status.into()),
            priority: None,
            progress: Some(percent.into()),
        };
        Seen::of(at, &standing)
    }

    #[test]
    fn equal_moments_are_a_run_with_two_ends() {
        let mut track = Track::default();
        for at in 1..=5 {
            track.note(seen(at, "Waiting", "0"));
        }
        track.note(seen(6, "Running", "50%"));
        let at: Vec<u64> = track.0.iter().map(|seen| seen.at).collect();
        assert_eq!(at, [1, 5, 6]);
        let changes: Vec<u64> = track.changes().map(|seen| seen.at).collect();
        assert_eq!(changes, [1, 6]);
        assert_eq!(track.0[2].percent, Some(50));
    }

    #[test]
    fn what_is_no_per_cent_is_left_out() {
        for odd in ["", "soon", "101", "-1"] {
            assert_eq!(seen(1, "Running", odd).percent, None, "{odd}");
        }
    }

    #[test]
    fn a_long_track_is_thinned_and_keeps_its_ends() {
        let mut track = Track::default();
        for at in 0..2_000 {
            track.note(seen(at, "Running", if at % 2 == 0 { "1" } else { "2" }));
        }
        assert!(track.0.len() <= MOST);
        assert_eq!(track.0.first().map(|seen| seen.at), Some(0));
        assert_eq!(track.0.last().map(|seen| seen.at), Some(1_999));
    }
}
