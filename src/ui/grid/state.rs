//! The state of one grid: where it is scrolled to, and what follows from that.

use leptos::{ev, html, prelude::*};

use super::extent::Extent;
use super::grouped;
use super::hit::Hit;
use super::keys::{Cursor, Field};
use super::model::{Column, Patch, Shown, View, around, held};
use super::port::Port;
use super::px;
use super::track::Track;
use super::widths::{SAMPLE, Widths};

/// How many columns are asked for at first: their text decides the widths.
const FIRST_COLUMNS: usize = 256;

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
        rows: Signal<u64>,
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
            let pixels = |chars: &usize| (*chars as f64 * port.char + port.pad).ceil();
            widths.with(|widths| Track::new(widths.chars.iter().map(pixels)))
        });
        let corner = Memo::new(move |_| {
            let port = port.get();
            let digits = grouped(rows.get()).chars().count().max(3);
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
        let wide = move || (port.get().width - corner.get()).max(0.0);
        let want = Memo::new(move |_| {
            let (top, left) = at.get();
            let extent = extent.get();
            let top = top.min(extent.travel());
            let columns = track.with(|track| {
                let left = left.min((track.whole() - wide()).max(0.0));
                let (start, end) = track.seen(left, wide());
                (start, end, left)
            });
            (extent.seen(top), top, columns)
        });
        let shown = Memo::new(move |_| {
            let (rows, top, (start, end, left)) = want.get();
            let (have_rows, have_columns) = patch.with(|patch| (patch.rows, patch.columns));
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
                track.with(|track| track.start(columns.0)) - left
            } else {
                0.0
            };
            Shown {
                rows,
                y,
                columns,
                x,
            }
        });
        let view = Memo::new(move |_| {
            let (seen, _, (start, end, _)) = want.get();
            let count = columns.with(Vec::len);
            let columns = if widths.with(|widths| widths.done) {
                let (start, end) = around((start as u64, end as u64), 8, count as u64);
                (start as usize, end as usize)
            } else {
                (0, count.min(FIRST_COLUMNS))
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

    /// The widths of the drawn columns, for every row at once.
    pub(super) fn template(self) -> String {
        let (start, end) = self.shown.get().columns;
        self.track.with(|track| {
            (start..end)
                .map(|column| px(track.width(column)))
                .collect::<Vec<_>>()
                .join(" ")
        })
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
        let wide = (self.port.get_untracked().width - self.corner.get_untracked()).max(0.0);
        let side = self
            .track
            .with_untracked(|track| track.reveal(left, wide, to.column));
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
        let element = scroller.get_untracked()?;
        let frame = element.get_bounding_client_rect();
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let (port, shown) = (self.port.get_untracked(), self.shown.get_untracked());
        let (x, y) = (x - frame.left(), y - frame.top() - port.head);
        if x < 0.0 || y < 0.0 || x > port.width || y > port.height - port.head {
            return None;
        }
        let row = shown.rows.0 + ((y - shown.y) / port.row).floor().max(0.0) as u64;
        if row >= shown.rows.1 {
            return None;
        }
        let x = x - self.corner.get_untracked();
        if x < 0.0 {
            return Some(Hit::Row(row));
        }
        self.track.with_untracked(|track| {
            let inside = x - shown.x + track.start(shown.columns.0);
            let column = track.seen(inside, 0.0).0;
            (inside < track.whole()).then_some(Hit::Cell(row, column))
        })
    }
}
