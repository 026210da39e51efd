//! Which part of a long axis is seen: the scroll position of an element of limited height against
//! the position in rows. Browsers cut elements off at some ten million pixels (Firefox at 17.8,
//! Chromium at 33.5), a million rows are 28 million: beyond [`LONGEST`] the bar is scaled.

/// The longest element that the scroll bar is given, in pixels.
pub const LONGEST: f64 = 12_000_000.0;

/// One scrolled axis with items of one size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Extent {
    /// How many items there are.
    pub items: u64,
    /// The size of one.
    pub item: f64,
    /// The size of the visible part.
    pub port: f64,
}

impl Extent {
    /// The size of all items.
    pub fn whole(self) -> f64 {
        self.items as f64 * self.item
    }

    /// The size of the element that is scrolled in their place.
    pub fn element(self) -> f64 {
        self.whole().min(LONGEST)
    }

    /// How far the items can move.
    pub fn travel(self) -> f64 {
        (self.whole() - self.port).max(0.0)
    }

    /// How many pixels of items one pixel of the scroll bar moves.
    pub fn ratio(self) -> f64 {
        let bar = (self.element() - self.port).max(0.0);
        if bar > 0.0 {
            (self.travel() / bar).max(1.0)
        } else {
            1.0
        }
    }

    /// The position of the items for a position of the scroll bar.
    pub fn from_bar(self, bar: f64) -> f64 {
        (bar * self.ratio()).clamp(0.0, self.travel())
    }

    /// The position of the scroll bar for a position of the items.
    pub fn to_bar(self, top: f64) -> f64 {
        top.clamp(0.0, self.travel()) / self.ratio()
    }

    /// The first item that is seen at `top`, and one behind the last.
    pub fn seen(self, top: f64) -> (u64, u64) {
        if self.item <= 0.0 {
            return (0, 0);
        }
        let first = (top.max(0.0) / self.item).floor() as u64;
        let last = ((top.max(0.0) + self.port) / self.item).ceil() as u64;
        (first.min(self.items), last.min(self.items))
    }

    /// The nearest position at which item `index` is seen whole.
    pub fn reveal(self, top: f64, index: u64) -> f64 {
        let start = index as f64 * self.item;
        let end = start + self.item;
        if start < top {
            start
        } else if end > top + self.port {
            (end - self.port).min(self.travel())
        } else {
            top
        }
    }

    /// How many whole items fit: the step of a page key.
    pub fn page(self) -> u64 {
        if self.item > 0.0 {
            ((self.port / self.item).floor() as u64).max(1)
        } else {
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Extent = Extent {
        items: 100,
        item: 28.0,
        port: 280.0,
    };
    const LONG: Extent = Extent {
        items: 1_000_000,
        item: 28.0,
        port: 560.0,
    };

    #[test]
    fn a_short_axis_scrolls_one_to_one() {
        assert_eq!(SHORT.ratio(), 1.0);
        assert_eq!(SHORT.seen(0.0), (0, 10));
        assert_eq!(SHORT.seen(14.0), (0, 11));
        assert_eq!(SHORT.from_bar(99_999.0), SHORT.travel());
    }

    #[test]
    fn a_long_axis_reaches_its_last_row_within_the_longest_element() {
        assert_eq!(LONG.element(), LONGEST);
        let end = LONG.from_bar(LONGEST - LONG.port);
        assert_eq!(LONG.seen(end).1, 1_000_000);
        assert_eq!(LONG.seen(0.0).0, 0);
        assert!((LONG.to_bar(LONG.from_bar(1234.0)) - 1234.0).abs() < 1e-6);
    }

    #[test]
    fn an_item_is_revealed_with_the_smallest_movement() {
        assert_eq!(SHORT.reveal(0.0, 3), 0.0);
        assert_eq!(SHORT.reveal(0.0, 10), 28.0);
        assert_eq!(SHORT.reveal(280.0, 2), 56.0);
        assert_eq!(SHORT.reveal(0.0, 99), SHORT.travel());
    }

    #[test]
    fn nothing_is_seen_of_nothing() {
        assert_eq!(Extent::default().seen(5.0), (0, 0));
        assert_eq!(Extent::default().ratio(), 1.0);
        assert_eq!(
            Extent {
                items: 3,
                item: 28.0,
                port: 280.0
            }
            .seen(0.0),
            (0, 3)
        );
    }
}
