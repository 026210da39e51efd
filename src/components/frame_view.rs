//! Rows of a table or of a job's result: progress while they come, the grid, the ledger of what was
//! left out and how to get it, the value of the chosen cell, and problems in their place.
//!
//! The rows live in the frame worker; this shows windows of their text.

pub mod ledger;
pub mod progress;
pub mod value;

use leptos::prelude::*;

use crate::api::frames::{Copied, Frame, problem};
use crate::api::{self};
use crate::components::problem_notice::ProblemNotice;
use crate::frames::{CellKind, Phase, Source, Span, ValueFacts, Window};
use crate::state::toasts::Toasts;
use crate::text::sentences;
use crate::ui::grid::Grid;
use crate::ui::grid::keys::{Act, Cursor};
use crate::ui::grid::model::{Cell, Column, Patch, View, Words};
use ledger::Ledger;
use progress::Reading;
use value::Value;

/// How many rows are read when nobody says.
pub const FIRST_ROWS: u64 = 1_000;

/// Shows the rows of a source.
#[component]
pub fn FrameView(
    /// Where the rows are; another source opens another frame.
    #[prop(into)]
    source: Signal<Source>,
    /// The name of the thing, for the grid's own name.
    #[prop(into)]
    name: Signal<String>,
    /// How many rows to read, none for all; without it the view keeps its own limit.
    #[prop(optional, into)]
    limit: Option<Signal<Option<u64>>>,
    /// Called when another limit is chosen; needed with `limit`.
    #[prop(optional, into)]
    on_limit: Option<Callback<Option<u64>>>,
) -> impl IntoView {
    let own = RwSignal::new(Some(FIRST_ROWS));
    let limit = limit.unwrap_or_else(|| own.into());
    let on_limit = on_limit.unwrap_or_else(|| Callback::new(move |rows| own.set(rows)));
    // Fewer rows than before need a new frame; more are read on to the same.
    let opened = Memo::new(move |before: Option<&(u32, Option<u64>)>| {
        let now = limit.get();
        match before {
            Some((count, before)) if fewer(now, *before) => (count + 1, now),
            Some((count, _)) => (*count, now),
            None => (0, now),
        }
    });
    let count = Memo::new(move |_| opened.get().0);
    move || {
        count.track();
        view! { <Opened source=source.get() name=name limit=limit on_limit=on_limit/> }
    }
}

/// Whether `now` is a smaller limit than `before`; none is the largest.
fn fewer(now: Option<u64>, before: Option<u64>) -> bool {
    now.is_some_and(|now| before.is_none_or(|before| now < before))
}

/// One opened frame.
#[component]
fn Opened(
    /// Where the rows are.
    source: Source,
    /// The name of the thing.
    name: Signal<String>,
    /// How many rows to read.
    limit: Signal<Option<u64>>,
    /// Called when another limit is chosen.
    on_limit: Callback<Option<u64>>,
) -> impl IntoView {
    let (t, toasts) = (sentences(), Toasts::expect());
    let frame = Frame::open(source.clone(), limit.get_untracked());
    Effect::new(move |before: Option<Option<u64>>| {
        let now = limit.get();
        if before.is_some_and(|before| before != now && !fewer(now, before)) {
            frame.more(now);
        }
        now
    });

    let cursor = RwSignal::new(None::<Cursor>);
    let whole = RwSignal::new(None::<(Cursor, u32)>);
    let columns = Memo::new(move |_| frame.head.with(|head| heads(head.as_ref())));
    let rows = Memo::new(move |_| frame.progress.with(|progress| progress.rows));
    let patch = Memo::new(move |_| frame.window.with(to_patch));
    let words = Signal::derive(move || {
        let text = &t.get().tables.frame;
        Words {
            label: (text.label)(&name.get()),
            row: text.row.to_owned(),
        }
    });
    let on_view = Callback::new(move |view: View| {
        let columns = Span::new(view.columns.0 as u64, view.columns.1 as u64);
        frame.view(Span::new(view.rows.0, view.rows.1), columns);
    });
    let asked = StoredValue::new((0_u32, 0_u64, 0_usize));
    let on_act = Callback::new(move |act: Act| {
        let Some(at) = cursor.get_untracked() else {
            return;
        };
        match act {
            Act::Copy { header } => {
                let (first, last) = at.rows();
                let (left, right) = at.columns();
                let columns = Span::new(left as u64, right as u64 + 1);
                let ticket = frame.copy(Span::new(first, last + 1), columns, header);
                asked.set_value((ticket, last + 1 - first, right + 1 - left));
            }
            Act::Open => {
                let column = at.column as u64;
                let ticket = frame.copy(
                    Span::new(at.row, at.row + 1),
                    Span::new(column, column + 1),
                    false,
                );
                whole.set(Some((at, ticket)));
            }
            Act::Move(_) | Act::All => {}
        }
    });
    Effect::new(move |_| {
        let Some(Copied { ticket, text, rows }) = frame.copied.get() else {
            return;
        };
        let (expected, wanted, columns) = asked.get_value();
        if ticket != expected {
            return;
        }
        api::spawn(async move {
            let text_of = &t.now().tables.frame;
            let (count, of) = (crate::format::grouped(rows), crate::format::grouped(wanted));
            match crate::components::copy::write(&text).await {
                true if rows < wanted => toasts.done((text_of.copied_part)(&count, &of)),
                true => toasts.done((text_of.copied_cells)(&count, columns)),
                false => toasts.failed(text_of.copy_failed),
            }
        });
    });
    let retry = Callback::new(move |()| frame.more(limit.get_untracked()));
    let fault = Memo::new(move |_| {
        frame.progress.with(|progress| match &progress.phase {
            Phase::Failed(fault) => Some(problem(&source, fault)),
            _ => None,
        })
    });
    let notice = move || {
        fault
            .get()
            .map(|problem| view! { <ProblemNotice problem=problem retry=retry/> })
    };
    let known = Memo::new(move |_| frame.head.with(Option::is_some));
    let grid = move || {
        known.get().then(|| {
            view! {
                <Grid words=words columns=columns rows=rows patch=patch cursor=cursor on_view=on_view on_act=on_act/>
                <Value frame=frame cursor=cursor whole=whole/>
            }
        })
    };
    let facts = move || {
        frame
            .head
            .with(|head| head.as_ref().and_then(|head| head.value.clone()))
    };
    view! {
        <div class="frame-view" aria-busy=move || frame.progress.with(|p| p.phase.runs()).to_string()>
            {move || facts().map(|facts| view! { <Facts facts=facts/> })}
            <Reading frame=frame limit=limit/>
            {grid}
            <Ledger frame=frame limit=limit on_limit=on_limit/>
            {notice}
        </div>
    }
}

/// Shape and type of a job's result.
#[component]
fn Facts(
    /// What is known of the value.
    facts: ValueFacts,
) -> impl IntoView {
    let t = sentences();
    let shape = shape_text(&facts.shape);
    let scalar = facts.shape.is_empty();
    let shape = move || match scalar {
        true => t.get().tables.frame.scalar.to_owned(),
        false => shape.clone(),
    };
    view! {
        <dl class="frame-facts">
            <div><dt class="visually-hidden">{move || t.get().tables.kind}</dt><dd><b>{facts.kind}</b></dd></div>
            <div><dt>{move || t.get().tables.frame.shape}</dt><dd>{shape}</dd></div>
            {facts.dtype.map(|dtype| view! {
                <div><dt>{move || t.get().tables.frame.dtype}</dt><dd><code>{dtype}</code></dd></div>
            })}
        </dl>
    }
}

/// `(100, 3)`, `(10,)`: as Python writes a shape.
fn shape_text(shape: &[u64]) -> String {
    let items: Vec<String> = shape.iter().map(u64::to_string).collect();
    match items.as_slice() {
        [one] => format!("({one},)"),
        items => format!("({})", items.join(", ")),
    }
}

fn heads(head: Option<&crate::frames::Head>) -> Vec<Column> {
    let columns = head.map(|head| head.columns.as_slice()).unwrap_or_default();
    let column = |column: &crate::frames::Column| Column {
        name: column.name.clone(),
        badge: column.kind.clone(),
        numeric: column.numeric,
        label: column.index,
    };
    columns.iter().map(column).collect()
}

fn to_patch(window: &Window) -> Patch {
    let cell = |cell: &crate::frames::Cell| match (cell.kind, cell.text.as_str()) {
        (CellKind::Null, _) => Cell {
            text: "NULL".to_owned(),
            kind: "null",
        },
        (CellKind::Text, "") => Cell {
            text: "''".to_owned(),
            kind: "empty",
        },
        (kind, text) => {
            let dots = if cell.cut.is_some() { "…" } else { "" };
            Cell {
                text: format!("{}{dots}", one_line(text)),
                kind: kind_word(kind),
            }
        }
    };
    let columns = (to_index(window.columns.start), to_index(window.columns.end));
    Patch {
        rows: (window.rows.start, window.rows.end),
        columns,
        cells: window.cells.iter().map(cell).collect(),
    }
}

fn to_index(column: u64) -> usize {
    usize::try_from(column).unwrap_or(usize::MAX)
}

/// Line breaks and tabs as marks: a row of the grid is one line.
fn one_line(text: &str) -> String {
    text.replace("\r\n", "↵")
        .replace(['\n', '\r'], "↵")
        .replace('\t', "⇥")
}

fn kind_word(kind: CellKind) -> &'static str {
    match kind {
        CellKind::Text => "text",
        CellKind::Number => "number",
        CellKind::NotFinite => "not-finite",
        CellKind::Truth => "truth",
        CellKind::Moment => "moment",
        CellKind::Bytes => "bytes",
        CellKind::Nested => "nested",
        CellKind::Null => "null",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_empty_and_the_word_null_look_different() {
        let cell = |text: &str, kind| crate::frames::Cell {
            text: text.into(),
            kind,
            cut: None,
        };
        let window = Window {
            rows: Span::new(0, 1),
            columns: Span::new(0, 5),
            cells: vec![
                cell("", CellKind::Null),
                cell("", CellKind::Text),
                cell("NULL", CellKind::Text),
                cell("NaN", CellKind::NotFinite),
                cell("a\nb", CellKind::Text),
            ],
        };
        let patch = to_patch(&window);
        let shown: Vec<_> = patch
            .cells
            .iter()
            .map(|cell| (cell.text.as_str(), cell.kind))
            .collect();
        assert_eq!(
            shown,
            [
                ("NULL", "null"),
                ("''", "empty"),
                ("NULL", "text"),
                ("NaN", "not-finite"),
                ("a↵b", "text")
            ]
        );
    }

    #[test]
    fn shapes_are_written_as_python_does() {
        assert_eq!(shape_text(&[100, 3]), "(100, 3)");
        assert_eq!(shape_text(&[10]), "(10,)");
    }

    #[test]
    fn no_limit_is_the_largest() {
        assert!(fewer(Some(6), Some(100)));
        assert!(fewer(Some(6), None));
        assert!(!fewer(None, Some(6)));
        assert!(!fewer(Some(100), Some(6)));
    }
}
