//! How the columns of a frame stand in the grid: their order, which are hidden, how many are pinned,
//! and the widths that were given by hand. Pure, so that every change is tested.

use std::collections::{BTreeMap, BTreeSet};

/// How the columns stand. Columns are named by their place in the frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Every column, hidden ones included, in the order of the grid.
    order: Vec<u32>,
    hidden: BTreeSet<u32>,
    /// How many of the shown ones stay while the others move.
    pinned: usize,
    widths: BTreeMap<u32, f64>,
}

impl Layout {
    /// The columns as they come, the row labels pinned.
    pub fn new(columns: usize, labels: usize) -> Self {
        Self {
            order: (0..).take(columns).collect(),
            pinned: labels,
            ..Self::default()
        }
    }

    /// Shows these columns in this order, the others not; nothing changes when none exists.
    pub fn choose(&mut self, shown: &[u32]) {
        let mut order: Vec<u32> = Vec::new();
        for column in shown {
            if self.order.contains(column) && !order.contains(column) {
                order.push(*column);
            }
        }
        if order.is_empty() {
            return;
        }
        let rest = self.order.iter().filter(|column| !order.contains(column));
        let rest: Vec<u32> = rest.copied().collect();
        self.hidden = rest.iter().copied().collect();
        order.extend(rest);
        self.order = order;
    }

    /// Whether the columns stand otherwise than they came.
    pub fn changed(&self) -> bool {
        !self.hidden.is_empty() || !self.order.is_sorted()
    }

    /// The columns that are shown, in order.
    pub fn shown(&self) -> Vec<u32> {
        let shown = |column: &&u32| !self.hidden.contains(column);
        self.order.iter().filter(shown).copied().collect()
    }

    /// Every column in order, and whether it is shown.
    pub fn all(&self) -> impl Iterator<Item = (u32, bool)> {
        (self.order.iter()).map(|column| (*column, !self.hidden.contains(column)))
    }

    /// How many of the shown columns are pinned.
    pub fn pinned(&self) -> usize {
        self.pinned.min(self.order.len() - self.hidden.len())
    }

    /// How many columns are hidden.
    pub fn hidden(&self) -> usize {
        self.hidden.len()
    }

    /// The width that was given to a column.
    pub fn width(&self, column: u32) -> Option<f64> {
        self.widths.get(&column).copied()
    }

    /// Gives a width, or takes it back.
    pub fn resize(&mut self, column: u32, width: Option<f64>) {
        match width {
            Some(width) => self.widths.insert(column, width),
            None => self.widths.remove(&column),
        };
    }

    /// Shows or hides a column. The last one stays.
    pub fn show(&mut self, column: u32, shown: bool) {
        let place = self.shown().iter().position(|one| *one == column);
        match (shown, place) {
            (true, None) => {
                self.hidden.remove(&column);
                let place = self.shown().iter().position(|one| *one == column);
                self.pinned += usize::from(place.is_some_and(|at| at < self.pinned));
            }
            (false, Some(at)) if self.hidden.len() + 1 < self.order.len() => {
                self.hidden.insert(column);
                self.pinned -= usize::from(at < self.pinned);
            }
            _ => {}
        }
    }

    /// Shows every column.
    pub fn show_all(&mut self) {
        for column in self.hidden.clone() {
            self.show(column, true);
        }
    }

    /// Moves the shown column `from` to the place of the shown column `to`. Across the border of
    /// the pinned ones it is pinned or let go.
    pub fn place(&mut self, from: usize, to: usize) {
        let shown = self.shown();
        let (Some(column), Some(target)) = (shown.get(from), shown.get(to)) else {
            return;
        };
        if from == to {
            return;
        }
        let position = |order: &[u32], column: u32| order.iter().position(|one| *one == column);
        let Some(at) = position(&self.order, *column) else {
            return;
        };
        self.order.remove(at);
        let Some(before) = position(&self.order, *target) else {
            return;
        };
        self.order.insert(before + usize::from(to > from), *column);
        if from >= self.pinned && to < self.pinned {
            self.pinned += 1;
        } else if from < self.pinned && to >= self.pinned {
            self.pinned -= 1;
        }
    }

    /// Pins the first `count` shown columns.
    pub fn pin(&mut self, count: usize) {
        self.pinned = count.min(self.order.len() - self.hidden.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_pinned_and_columns_come_in_order() {
        let layout = Layout::new(4, 1);
        assert_eq!((layout.shown(), layout.pinned()), (vec![0, 1, 2, 3], 1));
    }

    #[test]
    fn a_column_takes_the_place_of_another() {
        let mut layout = Layout::new(4, 0);
        layout.place(0, 2);
        assert_eq!(layout.shown(), [1, 2, 0, 3]);
        layout.place(3, 0);
        assert_eq!(layout.shown(), [3, 1, 2, 0]);
        layout.place(9, 0);
        layout.place(1, 1);
        assert_eq!(layout.shown(), [3, 1, 2, 0]);
    }

    #[test]
    fn hidden_columns_keep_their_place() {
        let mut layout = Layout::new(4, 2);
        layout.show(0, false);
        assert_eq!((layout.shown(), layout.pinned()), (vec![1, 2, 3], 1));
        layout.place(0, 2);
        layout.show(0, true);
        assert_eq!(layout.shown(), [0, 2, 3, 1]);
        for column in 0..4 {
            layout.show(column, false);
        }
        assert_eq!((layout.shown(), layout.hidden()), (vec![3], 3));
        layout.show_all();
        assert_eq!(layout.hidden(), 0);
    }

    #[test]
    fn crossing_the_border_pins_and_lets_go() {
        let mut layout = Layout::new(4, 0);
        layout.pin(2);
        layout.place(3, 0);
        assert_eq!((layout.shown(), layout.pinned()), (vec![3, 0, 1, 2], 3));
        layout.place(0, 3);
        assert_eq!((layout.shown(), layout.pinned()), (vec![0, 1, 2, 3], 2));
        layout.pin(99);
        assert_eq!(layout.pinned(), 4);
    }

    #[test]
    fn chosen_columns_stand_first_and_the_rest_is_hidden() {
        let mut layout = Layout::new(4, 0);
        assert!(!layout.changed());
        layout.choose(&[9]);
        assert_eq!(layout.shown(), [0, 1, 2, 3]);
        layout.choose(&[2, 0, 2]);
        assert_eq!((layout.shown(), layout.hidden()), (vec![2, 0], 2));
        assert!(layout.changed());
        layout.show_all();
        assert_eq!(layout.shown(), [2, 0, 1, 3]);
    }

    #[test]
    fn widths_are_given_and_taken_back() {
        let mut layout = Layout::new(2, 0);
        layout.resize(1, Some(80.0));
        assert_eq!((layout.width(1), layout.width(0)), (Some(80.0), None));
        layout.resize(1, None);
        assert_eq!(layout.width(1), None);
    }
}
