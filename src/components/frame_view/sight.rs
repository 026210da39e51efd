//! What the parts of a frame view share: the frame, how it is arranged, and what is chosen in it.
//!
//! What is asked for ([`Asked`]) becomes what is seen ([`Sight::seen`]) with the window of cells that
//! shows it, so that headings and cells always belong together.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::layout::Layout;
use crate::api::frames::Frame;
use crate::format;
use crate::frames::{Answer, Column, Question, Refusal, View};
use crate::ui::grid::keys::Cursor;
use frame::{Condition, Key, Profile};

/// An arrangement: which columns, which rows, in which order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Columns of the frame in the order of the grid.
    pub columns: Vec<u32>,
    /// How many of them are pinned.
    pub pinned: usize,
    /// What rows must fulfil.
    pub conditions: Vec<Condition>,
    /// By which columns they are sorted.
    pub keys: Vec<Key>,
}

/// What is open beside the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The chosen cell, taken apart.
    Cell,
    /// The chosen row as a form.
    Record,
    /// What a column of the frame holds.
    Column(u32),
}

/// What stands above the grid besides the buttons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tool {
    /// A condition is written: on this column, in the place of that one.
    Filter {
        /// The column of the frame.
        column: u32,
        /// The condition that is changed; none for a new one.
        at: Option<usize>,
    },
    /// Columns are chosen.
    Columns,
    /// The view as a query.
    Equal,
    /// A chart.
    Chart,
}

/// What the parts of a frame view share.
#[derive(Clone, Copy)]
pub struct Sight {
    /// The frame in the worker.
    pub frame: Frame,
    /// How the columns stand; none before they are known.
    pub layout: RwSignal<Layout>,
    /// What rows must fulfil.
    pub conditions: RwSignal<Vec<Condition>>,
    /// By which columns they are sorted.
    pub keys: RwSignal<Vec<Key>>,
    /// The focused cell and the selection, in places of what is seen.
    pub cursor: RwSignal<Option<Cursor>>,
    /// What is open beside the grid.
    pub panel: RwSignal<Option<Panel>>,
    /// What is open above the grid.
    pub tool: RwSignal<Option<Tool>>,
    /// The column whose menu is open, and where.
    pub menu: RwSignal<Option<(u32, f64)>>,
    /// Whether profiles stand over the columns.
    pub profiled: RwSignal<bool>,
    /// The profiles of what is seen, by column of the frame.
    pub profiles: RwSignal<BTreeMap<u32, Profile>>,
    /// What is seen.
    pub seen: Memo<Asked>,
    /// How many rows are seen.
    pub rows: Memo<u64>,
    /// How many rows of the source come before the first one that is seen: rows that are sorted or
    /// filtered are counted from 1.
    pub first: Memo<u64>,
    /// Why the last arrangement cannot be shown.
    pub refusal: Memo<Option<Refusal>>,
}

impl Sight {
    /// Follows a frame: asks for what is arranged, and shows it once the worker does.
    pub fn new(frame: Frame) -> Self {
        let (layout, conditions) = (RwSignal::new(Layout::default()), RwSignal::new(Vec::new()));
        let keys = RwSignal::new(Vec::new());
        let epochs = StoredValue::new(BTreeMap::<u32, Asked>::new());
        let refusal = Memo::new(move |_| frame.arranged.with(|arranged| arranged.refusal.clone()));
        // Before the first cells there is only what the worker agreed to; if it refused, the rows as
        // they came.
        let shown = Memo::new(move |_| {
            let refused = refusal.with(Option::is_some);
            let agreed = frame.arranged.with(|arranged| arranged.epoch);
            match frame.window.with(|window| window.epoch) {
                0 if refused => 0,
                0 => agreed,
                drawn => drawn,
            }
        });
        let seen = Memo::new(move |_| {
            let epoch = shown.get();
            if epoch == 0 && refusal.with(Option::is_some) {
                let all =
                    (frame.head).with(|head| head.as_ref().map_or(0, |head| head.columns.len()));
                return Asked {
                    columns: (0..).take(all).collect(),
                    ..Asked::default()
                };
            }
            epochs.with_value(|epochs| epochs.get(&epoch).cloned().unwrap_or_default())
        });
        let rows = Memo::new(move |_| {
            let epoch = shown.get();
            let total = (frame.window).with(|window| match window.epoch == epoch {
                true => window.total,
                false => 0,
            });
            frame
                .progress
                .with(|progress| match progress.epoch == epoch {
                    true => progress.shown.max(total),
                    false => total,
                })
        });
        let asked = Memo::new(move |_| Asked {
            columns: layout.with(Layout::shown),
            pinned: layout.with(Layout::pinned),
            conditions: conditions.get(),
            keys: keys.get(),
        });
        let first = Memo::new(move |_| {
            let moved = seen.with(|seen| !seen.conditions.is_empty() || !seen.keys.is_empty());
            let start = frame
                .head
                .with(|head| head.as_ref().map_or(0, |head| head.start));
            if moved { 0 } else { start }
        });
        let next = StoredValue::new(0_u32);
        Effect::new(move |_| {
            let asked = asked.get();
            if frame.head.with(Option::is_none) || asked.columns.is_empty() {
                return;
            }
            let view = View {
                columns: Some(asked.columns.clone()),
                conditions: asked.conditions.clone(),
                keys: asked.keys.clone(),
            };
            next.update_value(|next| *next += 1);
            let epoch = next.get_value();
            epochs.update_value(|epochs| {
                // What is on the screen is of one of the last few.
                while epochs.len() > 64 {
                    epochs.pop_first();
                }
                epochs.insert(epoch, asked);
            });
            frame.arrange(epoch, view);
        });
        let sight = Self {
            frame,
            layout,
            conditions,
            keys,
            cursor: RwSignal::new(None),
            panel: RwSignal::new(None),
            tool: RwSignal::new(None),
            menu: RwSignal::new(None),
            profiled: RwSignal::new(true),
            profiles: RwSignal::new(BTreeMap::new()),
            seen,
            rows,
            first,
            refusal,
        };
        sight.stay_inside();
        sight
    }

    /// A filter or a hidden column may take the chosen cell away.
    fn stay_inside(self) {
        Effect::new(move |_| {
            let (rows, columns) = (self.rows.get(), self.seen.with(|seen| seen.columns.len()));
            let Some(at) = self.cursor.get_untracked() else {
                return;
            };
            if rows == 0 || columns == 0 {
                self.cursor.set(None);
            } else if at.rows().1 >= rows || at.columns().1 >= columns {
                let inside = Cursor::on(at.row.min(rows - 1), at.column.min(columns - 1));
                self.cursor.set(Some(inside));
            }
        });
    }

    /// The number of a row as it stands beside it; subscribes.
    pub fn number(self, row: u64) -> String {
        format::grouped(self.first.get().saturating_add(row).saturating_add(1))
    }

    /// The columns of the frame; subscribes.
    pub fn columns(self) -> Vec<Column> {
        (self.frame.head).with(|head| {
            head.as_ref()
                .map_or_else(Vec::new, |head| head.columns.clone())
        })
    }

    /// A column of the frame; subscribes.
    pub fn column(self, key: u32) -> Option<Column> {
        let place = key as usize;
        (self.frame.head).with(|head| head.as_ref()?.columns.get(place).cloned())
    }

    /// The name of a column; subscribes.
    pub fn column_name(self, key: u32) -> String {
        self.column(key)
            .map(|column| column.name)
            .unwrap_or_default()
    }

    /// The column of the frame at a place of the grid.
    pub fn key_at(self, place: usize) -> Option<u32> {
        self.seen
            .with_untracked(|seen| seen.columns.get(place).copied())
    }

    /// Sorts by a column: ascending, then descending, then not. `add` keeps the other keys.
    pub fn sort(self, column: u32, add: bool) {
        self.keys.update(|keys| turn(keys, column as usize, add));
    }

    /// Sorts by one column, or no longer by it.
    pub fn sort_by(self, column: u32, descending: Option<bool>) {
        let column = column as usize;
        let key = |descending| Key {
            column,
            descending,
            nulls_first: false,
        };
        self.keys.set(descending.map(key).into_iter().collect());
    }

    /// Puts a condition on a column: in the place of one that is there, or behind the others.
    pub fn filter(self, at: Option<usize>, condition: Condition) {
        self.conditions
            .update(|all| match at.and_then(|at| all.get_mut(at)) {
                Some(place) => *place = condition,
                None => all.push(condition),
            });
    }

    /// Asks for the profile of a column of what is seen.
    pub fn profile(self, column: u32) {
        let profiles = self.profiles;
        let took = move |answer| {
            if let Answer::Profile(profile) = answer {
                profiles.try_update(|all| all.insert(column, *profile));
            }
        };
        self.frame.question(Question::Profile { column }, took);
    }
}

/// The keys after a column was chosen once more.
fn turn(keys: &mut Vec<Key>, column: usize, add: bool) {
    let at = keys.iter().position(|key| key.column == column);
    let now = at.map(|at| keys[at].descending);
    if !add {
        keys.retain(|key| key.column == column);
    }
    let place = keys.iter().position(|key| key.column == column);
    match (now, place) {
        (None, _) => keys.push(Key {
            column,
            descending: false,
            nulls_first: false,
        }),
        (Some(false), Some(at)) => keys[at].descending = true,
        (_, Some(at)) => {
            keys.remove(at);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(column: usize, descending: bool) -> Key {
        Key {
            column,
            descending,
            nulls_first: false,
        }
    }

    #[test]
    fn a_column_goes_up_then_down_then_away() {
        let mut keys = Vec::new();
        turn(&mut keys, 3, false);
        assert_eq!(keys, [key(3, false)]);
        turn(&mut keys, 3, false);
        assert_eq!(keys, [key(3, true)]);
        turn(&mut keys, 3, false);
        assert_eq!(keys, []);
    }

    #[test]
    fn further_columns_come_behind() {
        let mut keys = vec![key(1, false)];
        turn(&mut keys, 2, true);
        assert_eq!(keys, [key(1, false), key(2, false)]);
        turn(&mut keys, 1, true);
        assert_eq!(keys, [key(1, true), key(2, false)]);
        turn(&mut keys, 2, false);
        assert_eq!(keys, [key(2, true)]);
    }
}
