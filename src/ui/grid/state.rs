//! The state of one grid: where it is scrolled to, and what follows from that.

use leptos::{ev, html, prelude::*};

use super::extent::Extent;
use super::hit::Hit;
use super::keys::{Cursor, Field};
use super::model::{Column, Patch, Shown, View, around, held};
use super::paint::{grouped, px};
use super::port::Port;
use super::track::Track;
use super::widths::{SAMPLE, Widths};

/// How many columns are asked for at first: their text decides the widths.
const FIRST_COLUMNS: usize = 256;
/// How much of the width pinned columns may take; more of them move with the others.
const PINNED: f64 = 0.7;
/// Narrowest width that a user can give to a column, in pixels, and one step of the keyboard.
const NARROWEST: f64 = 36.0;
const STEP: f64 = 24.0;

/// The derived values of one grid.
#[derive(Clone, Copy)]
pub(super) struct Model {
    columns: Signal<Vec<Column>>,
    rows: Signal<u64>,
    port: RwSignal<Port>,
    /// Position of the rows and of the columns, in pixels of rows and columns.
    at: RwSignal<(f64, f64)>,
    /// Where the scroll bar was put by the grid itself: its echo is no movement of the user.
    put: StoredValue<f64>,
    /// The columns' places.
    pub(super) track: Memo<Track>,
    /// How many columns stay while the others move.
    pub(super) pinned: Memo<usize>,
    /// The rows' places.
    pub(super) extent: Memo<Extent>,
    /// The width of the row numbers.
    pub(super) corner: Memo<f64>,
    /// What is drawn.
    pub(super) shown: Memo<Shown>,
    /// What is asked for.
    pub(super) view: Memo<View>,
}

impl Model {
    /// Derives everything from what the owner gives.
    pub(super) fn new(
        columns: Signal<Vec<Column>>,
        pinned: Signal<usize>,
        rows: Signal<u64>,
        first: Signal<u64>,
        patch: Signal<Patch>,
        port: RwSignal<Port>,
    ) -> Self {
        let at = RwSignal::new((0.0_f64, 0.0_f64));
        let widths = Memo::new(move |before: Option<&Widths>| {
            columns.with(|columns| {
                patch.with(|patch| Widths::next(before, columns, patch, rows.get()))
            })
        });
        let track = Memo::new(move |_| {
            let port = port.get();
            let pixels = |chars: usize| (chars as f64 * port.char + port.pad).ceil();
            columns.with(|columns| {
                widths.with(|widths| {
                    let width = |column| pixels(widths.of(column));
                    Track::new(
                        columns
                            .iter()
                            .map(|one| one.width.unwrap_or_else(|| width(one))),
                    )
                })
            })
        });
        let corner = Memo::new(move |_| {
            let port = port.get();
            let digits = grouped(first.get().saturating_add(rows.get()))
                .chars()
                .count()
                .max(3);
            (digits as f64 * port.char + port.pad).ceil()
        });
        let extent = Memo::new(move |_| {
            let port = port.get();
            let seen = (port.height - port.head).max(0.0);
            Extent {
                items: rows.get(),
                item: port.row,
                port: seen,
            }
        });
        let pinned = Memo::new(move |_| {
            let room = port.get().width * PINNED - corner.get();
            track.with(|track| {
                let fits = |count: &usize| track.start(*count) <= room;
                (0..=pinned.get().min(track.len()))
                    .rev()
                    .find(fits)
                    .unwrap_or(0)
            })
        });
        let fixed = Memo::new(move |_| track.with(|track| track.start(pinned.get())));
        let wide = move || (port.get().width - corner.get() - fixed.get()).max(0.0);
        let want = Memo::new(move |_| {
            let (top, left) = at.get();
            let extent = extent.get();
            let top = top.min(extent.travel());
            let columns = track.with(|track| {
                let left = left.min((track.whole() - fixed.get() - wide()).max(0.0));
                let (start, end) = track.seen(left + fixed.get(), wide());
                (start.max(pinned.get()), end, left)
            });
            (extent.seen(top), top, columns)
        });
        let rows_in_all = rows;
        let shown = Memo::new(move |_| {
            let (rows, top, (start, end, left)) = want.get();
            // Without a row no cell is waited for: the headings stand all the same.
            let (have_rows, have_columns, have_pinned) = match rows_in_all.get() {
                0 => ((0, 0), (0, columns.with(Vec::len)), usize::MAX),
                _ => patch.with(|patch| (patch.rows, patch.columns, patch.pinned)),
            };
            let (rows, whole) = held(rows, have_rows);
            let y = if whole {
                rows.0 as f64 * extent.get().item - top
            } else {
                0.0
            };
            let wide = (have_columns.0 as u64, have_columns.1 as u64);
            let (columns, whole) = held((start as u64, end as u64), wide);
            let columns = (columns.0 as usize, columns.1 as usize);
            let x = if whole {
                track.with(|track| track.start(columns.0)) - fixed.get() - left
            } else {
                0.0
            };
            Shown {
                rows,
                y,
                pinned: pinned.get().min(have_pinned),
                columns,
                x,
            }
        });
        let view = Memo::new(move |_| {
            let (seen, _, (start, end, _)) = want.get();
            let count = columns.with(Vec::len);
            let columns = if widths.with(|widths| widths.done) {
                let (start, end) = around((start as u64, end as u64), 8, count as u64);
                ((start as usize).max(pinned.get()), end as usize)
            } else {
                (pinned.get(), count.min(FIRST_COLUMNS.max(pinned.get())))
            };
            let rows = rows.get();
            // Before the port is measured nothing is seen, yet the widths need some rows.
            let seen = if seen.1 > seen.0 {
                seen
            } else {
                (0, SAMPLE.min(rows))
            };
            View {
                rows: around(seen, 32, rows),
                pinned: pinned.get(),
                columns,
            }
        });
        let put = StoredValue::new(-1.0);
        Self {
            columns,
            rows,
            port,
            at,
            put,
            track,
            pinned,
            extent,
            corner,
            shown,
            view,
        }
    }

    /// The size of the grid for the keyboard.
    pub(super) fn field(self) -> Field {
        Field {
            rows: self.rows.get_untracked(),
            columns: self.columns.with_untracked(Vec::len),
            page: self.extent.get_untracked().page(),
        }
    }

    /// The cursor that selects all.
    pub(super) fn everything(self) -> Cursor {
        let field = self.field();
        Cursor {
            row: 0,
            column: 0,
            from_row: field.rows.saturating_sub(1),
            from_column: field.columns.saturating_sub(1),
        }
    }

    /// The widths of the drawn columns, for every row at once: of the pinned ones, of the others.
    pub(super) fn templates(self) -> (String, String) {
        let shown = self.shown.get();
        let widths = |columns: std::ops::Range<usize>| {
            self.track.with(|track| {
                let widths = columns.map(|column| px(track.width(column)));
                widths.collect::<Vec<_>>().join(" ")
            })
        };
        (
            widths(0..shown.pinned),
            widths(shown.columns.0..shown.columns.1),
        )
    }

    /// A width that a column may have.
    pub(super) fn at_least(self, width: f64) -> f64 {
        width.round().max(NARROWEST)
    }

    /// The width of a column after `change` pixels were added.
    pub(super) fn resized(self, column: usize, change: f64) -> f64 {
        let width = self.track.with_untracked(|track| track.width(column));
        self.at_least(width + change)
    }

    /// Where a column begins, in pixels from the left of the grid.
    pub(super) fn place_of(self, column: usize) -> f64 {
        let shown = self.shown.get_untracked();
        self.corner.get_untracked()
            + self
                .track
                .with_untracked(|track| match column < shown.pinned {
                    true => track.start(column),
                    false => {
                        let inside = track.start(column) - track.start(shown.columns.0) + shown.x;
                        track.start(shown.pinned) + inside
                    }
                })
    }

    /// The width of a column after one step of the keyboard.
    pub(super) fn stepped(self, column: usize, wider: bool) -> f64 {
        self.resized(column, if wider { STEP } else { -STEP })
    }

    /// Takes a movement of the scroll bar.
    pub(super) fn scrolled(self, bar: f64, left: f64) {
        let extent = self.extent.get_untracked();
        let (mut top, _) = self.at.get_untracked();
        if (bar - self.put.get_value()).abs() > 1.5 {
            top = extent.from_bar(bar);
            self.put.set_value(-1.0);
        }
        self.at.set((top, left.max(0.0)));
    }

    /// On a scaled scroll bar one notch of the wheel would skip rows: here it moves by its own
    /// length, and the bar follows.
    pub(super) fn wheel(self, event: &ev::WheelEvent, scroller: NodeRef<html::Div>) {
        let extent = self.extent.get_untracked();
        if extent.ratio() <= 1.0 || event.ctrl_key() || event.shift_key() || event.delta_y() == 0.0
        {
            return;
        }
        let unit = match event.delta_mode() {
            web_sys::WheelEvent::DOM_DELTA_LINE => extent.item,
            web_sys::WheelEvent::DOM_DELTA_PAGE => extent.port,
            _ => 1.0,
        };
        let before = self.at.get_untracked().0;
        let top = (before + event.delta_y() * unit).clamp(0.0, extent.travel());
        if top != before {
            event.prevent_default();
            self.place(top, None, scroller);
        }
    }

    /// Moves as little as needed to show the focused cell.
    pub(super) fn reveal(self, to: Cursor, scroller: NodeRef<html::Div>) {
        let (top, left) = self.at.get_untracked();
        let top = self.extent.get_untracked().reveal(top, to.row);
        let pinned = self.pinned.get_untracked();
        let side = match to.column < pinned {
            true => left,
            false => self.track.with_untracked(|track| {
                let fixed = track.start(pinned);
                let wide = self.port.get_untracked().width - self.corner.get_untracked() - fixed;
                track.reveal(left + fixed, wide.max(0.0), to.column) - fixed
            }),
        };
        self.place(top, (side != left).then_some(side), scroller);
    }

    fn place(self, top: f64, left: Option<f64>, scroller: NodeRef<html::Div>) {
        let Some(element) = scroller.get_untracked() else {
            return;
        };
        let bar = self.extent.get_untracked().to_bar(top).round();
        self.put.set_value(bar);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "at most the longest element"
        )]
        element.set_scroll_top(bar as i32);
        if let Some(left) = left {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "at most the columns' width"
            )]
            element.set_scroll_left(left.round() as i32);
        }
        let left = left.unwrap_or_else(|| self.at.get_untracked().1);
        self.at.set((top, left));
    }

    /// What lies under the pointer.
    pub(super) fn hit(self, event: &ev::PointerEvent, scroller: NodeRef<html::Div>) -> Option<Hit> {
        let (x, y) = self.inside(event, scroller)?;
        let (port, shown) = (self.port.get_untracked(), self.shown.get_untracked());
        let y = y - port.head;
        if y < 0.0 {
            return None;
        }
        let row = shown.rows.0 + ((y - shown.y) / port.row).floor().max(0.0) as u64;
        if row >= shown.rows.1 {
            return None;
        }
        match x < self.corner.get_untracked() {
            true => Some(Hit::Row(row)),
            false => Some(Hit::Cell(row, self.column_at(x)?)),
        }
    }

    /// The column under the pointer, wherever it is above or below it.
    pub(super) fn column_under(
        self,
        event: &ev::PointerEvent,
        scroller: NodeRef<html::Div>,
    ) -> Option<usize> {
        self.column_at(self.inside(event, scroller)?.0)
    }

    /// The pointer's place from the corner of the grid; none outside of it.
    fn inside(self, event: &ev::PointerEvent, scroller: NodeRef<html::Div>) -> Option<(f64, f64)> {
        let frame = scroller.get_untracked()?.get_bounding_client_rect();
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let port = self.port.get_untracked();
        let (x, y) = (x - frame.left(), y - frame.top());
        let inside = x >= 0.0 && y >= 0.0 && x <= port.width && y <= port.height;
        inside.then_some((x, y))
    }

    fn column_at(self, x: f64) -> Option<usize> {
        let shown = self.shown.get_untracked();
        let x = x - self.corner.get_untracked();
        self.track.with_untracked(|track| {
            let fixed = track.start(shown.pinned);
            let place = match x < fixed {
                true => x,
                false => x - fixed - shown.x + track.start(shown.columns.0),
            };
            (place >= 0.0 && place < track.whole()).then(|| track.seen(place, 0.0).0)
        })
    }
}
