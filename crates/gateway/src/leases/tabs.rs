//! The tabs that show a cluster, as they tell of themselves.

use std::collections::HashMap;

use cluster::lease::{GAP, Tabs as Heard};
use wire::Millis;

/// A tab that is hidden is woken once a minute at most, so two such beats may be missed.
const ALIVE: Millis = 150_000;
/// Whoever has more tabs than this has one in any case.
const MOST: usize = 256;

/// The tabs of one cluster. In memory only: after a restart the grace begins anew.
#[derive(Debug)]
pub(super) struct Tabs {
    beats: HashMap<String, Millis>,
    /// Since when they could be heard, or the last one was.
    since: Millis,
    looked: Millis,
}

impl Tabs {
    pub(super) fn new(now: Millis) -> Self {
        Self {
            beats: HashMap::new(),
            since: now,
            looked: now,
        }
    }

    /// A tab tells that it is there, or that it closes.
    pub(super) fn heard(&mut self, tab: &str, closing: bool, now: Millis) {
        self.since = self.since.max(now);
        if closing {
            self.beats.remove(tab);
        } else if self.beats.len() < MOST || self.beats.contains_key(tab) {
            self.beats.insert(tab.to_owned(), now);
        }
    }

    /// What is known of them now.
    pub(super) fn at(&mut self, now: Millis) -> Heard {
        // While this machine slept, no tab could be heard.
        if now < self.looked || now - self.looked > GAP {
            self.since = now;
        }
        self.looked = now;
        self.beats.retain(|_, at| now.saturating_sub(*at) <= ALIVE);
        match u32::try_from(self.beats.len()).unwrap_or(u32::MAX) {
            0 => Heard::Closed(self.since),
            open => Heard::Open(open),
        }
    }
}

#[cfg(test)]
mod tests {
    use cluster::lease::Tabs as Heard;

    use super::{ALIVE, Tabs};

    #[test]
    fn the_last_of_several_counts() {
        let mut tabs = Tabs::new(0);
        assert_eq!(tabs.at(10), Heard::Closed(0));
        tabs.heard("a", false, 20);
        tabs.heard("b", false, 30);
        assert_eq!(tabs.at(40), Heard::Open(2));
        tabs.heard("a", true, 50);
        assert_eq!(tabs.at(60), Heard::Open(1));
        tabs.heard("b", true, 70);
        assert_eq!(tabs.at(80), Heard::Closed(70));
    }

    #[test]
    fn a_tab_that_only_falls_silent_is_closed_after_a_while() {
        let mut tabs = Tabs::new(0);
        tabs.heard("a", false, 20);
        assert_eq!(tabs.at(100_000), Heard::Open(1));
        assert_eq!(tabs.at(21 + ALIVE), Heard::Closed(20));
    }

    #[test]
    fn a_machine_that_slept_listens_anew() {
        let mut tabs = Tabs::new(0);
        tabs.heard("a", false, 20);
        assert_eq!(tabs.at(9_000_000), Heard::Closed(9_000_000));
    }
}
