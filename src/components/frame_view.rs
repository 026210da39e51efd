//! Rows of a table, a query or a job: progress while they come, the grid with its tools, the ledger
//! of what was left out and how to get it, what is chosen taken apart, and problems in their place.
//!
//! The rows live in the frame worker; this shows windows of their text.

pub mod address;
pub mod chart;
pub mod column_menu;
pub mod columns;
pub mod equal;
pub mod filters;
pub mod find;
pub mod layout;
pub mod ledger;
pub mod panel;
pub mod patch;
pub mod progress;
pub mod sight;
pub mod strip;
pub mod toolbar;
pub mod value;

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use crate::api;
use crate::api::frames::{Frame, problem};
use crate::components::export::button::ExportButton;
use crate::components::problem_notice::ProblemNotice;
use crate::frames::{Answer, Phase, Question, Source, Span, ValueFacts};
use crate::route::Here;
use crate::state::toasts::Toasts;
use crate::text::sentences;
use crate::ui::grid::Grid;
use crate::ui::grid::head::Strip as StripOf;
use crate::ui::grid::keys::{Act, Cursor};
use crate::ui::grid::model::{View, Words};
use column_menu::ColumnMenu;
use filters::Filters;
use frame::Form;
use layout::Layout;
use ledger::Ledger;
use panel::Side;
use progress::Reading;
use sight::{Panel, Sight, Tool};
use strip::Strip;
use toolbar::Toolbar;
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
    /// Keeps order, filter and columns in the address of the page.
    #[prop(optional)]
    linked: bool,
    /// Hears what kind of value a Mars result is, once that is known.
    #[prop(optional, into)]
    on_value: Option<Callback<ValueFacts>>,
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
    // The same source told again, as after a change of the address, is no other one.
    let shown = Memo::new(move |_| (count.get(), source.get()));
    move || {
        let (_, source) = shown.get();
        untrack(move || {
            view! { <Opened source name limit on_limit linked on_value/> }
        })
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
    /// Keeps order, filter and columns in the address of the page.
    linked: bool,
    /// Hears what kind of value it is.
    on_value: Option<Callback<ValueFacts>>,
) -> impl IntoView {
    let frame = Frame::open(source.clone(), limit.get_untracked());
    Effect::new(move |before: Option<Option<u64>>| {
        let now = limit.get();
        if before.is_some_and(|before| before != now && !fewer(now, before)) {
            frame.more(now);
        }
        now
    });
    let sight = Sight::new(frame);
    follow(sight, linked.then(Here::expect));
    let on_copy = copying(sight);
    let retry = Callback::new(move |()| frame.more(limit.get_untracked()));
    let of = StoredValue::new(source);
    let fault = Memo::new(move |_| {
        frame.progress.with(|progress| match &progress.phase {
            Phase::Failed(fault) => Some(of.with_value(|source| problem(source, fault))),
            _ => None,
        })
    });
    let notice = move || {
        fault
            .get()
            .map(|problem| view! { <ProblemNotice problem=problem retry=retry/> })
    };
    let known = Memo::new(move |_| frame.head.with(Option::is_some));
    let body = move || {
        known.get().then(|| {
            let source = of.get_value();
            view! { <Body sight=sight name=name source=source limit=limit on_copy=on_copy/> }
        })
    };
    let facts = move || {
        frame
            .head
            .with(|head| head.as_ref().and_then(|head| head.value.clone()))
    };
    if let Some(tell) = on_value {
        Effect::new(move |_| {
            if let Some(value) = facts() {
                tell.run(value);
            }
        });
    }
    view! {
        <div class="frame-view" aria-busy=move || frame.progress.with(|p| p.phase.runs()).to_string()>
            {move || facts().map(|facts| view! { <Facts facts=facts/> })}
            <Reading frame=frame limit=limit/>
            {body}
            <Ledger sight=sight limit=limit on_limit=on_limit/>
            {notice}
        </div>
    }
}

/// Begins the layout with the columns and what the address says, keeps the address in step, and
/// forgets profiles with the rows they speak of.
fn follow(sight: Sight, here: Option<Here>) {
    let Sight {
        frame,
        layout,
        profiles,
        ..
    } = sight;
    Effect::new(move |_| {
        let columns = sight.columns();
        // The same columns in a frame that began again keep their layout.
        if frame.head.with(Option::is_none)
            || layout.with_untracked(|layout| layout.all().count()) == columns.len()
        {
            return;
        }
        let labels = columns.iter().take_while(|column| column.index).count();
        let mut begun = Layout::new(columns.len(), labels);
        if let Some(here) = here {
            here.query.with_untracked(|query| {
                let said = |key: &str| query.get(key).unwrap_or_default().to_owned();
                begun.choose(&address::columns_of(&said("show"), &columns));
                sight.keys.set(address::sort_of(&said("sort"), &columns));
                sight
                    .conditions
                    .set(address::where_of(&said("where"), &columns));
            });
        }
        layout.set(begun);
    });
    if let Some(here) = here {
        write_address(sight, here);
    }
    let spoken = Memo::new(move |_| {
        let conditions = sight.seen.with(|seen| seen.conditions.clone());
        (conditions, sight.rows.get())
    });
    Effect::new(move |_| {
        spoken.track();
        profiles.update(|all| all.clear());
    });
}

/// Writes what is arranged into the address, without a step back for each change.
fn write_address(sight: Sight, here: Here) {
    let arranged = Memo::new(move |_| {
        let columns = sight.columns();
        let shown = sight.layout.with(|layout| {
            let text = |shown: Vec<u32>| address::columns_text(&shown, &columns);
            layout.changed().then(|| text(layout.shown()))
        });
        [
            (
                "sort",
                sight.keys.with(|keys| address::sort_text(keys, &columns)),
            ),
            (
                "where",
                sight
                    .conditions
                    .with(|all| address::where_text(all, &columns)),
            ),
            ("show", shown.unwrap_or_default()),
        ]
    });
    Effect::new(move |before: Option<()>| {
        let arranged = arranged.get();
        if before.is_none() || sight.frame.head.with_untracked(Option::is_none) {
            return;
        }
        let old = here.query.get_untracked();
        let new = (arranged.iter()).fold(old.clone(), |query, (key, value)| query.with(key, value));
        if new != old {
            here.rewrite(new);
        }
    });
}

/// Copies the selection, or everything where nothing is selected, and says how much it was.
fn copying(sight: Sight) -> Callback<Form> {
    let (t, toasts) = (sentences(), Toasts::expect());
    Callback::new(move |form: Form| {
        let (rows, columns) = selection(sight);
        let wanted = rows.len();
        let across = columns.len();
        let question = Question::Copy {
            rows,
            columns,
            form,
        };
        sight.frame.question(question, move |answer| {
            let Answer::Copied(copied) = answer else {
                toasts.failed(t.now().tables.frame.copy_failed);
                return;
            };
            api::spawn(async move {
                let words = &t.now().tables.frame;
                let (count, of) = (
                    crate::format::grouped(copied.rows),
                    crate::format::grouped(wanted),
                );
                let across = usize::try_from(across).unwrap_or(usize::MAX);
                match crate::components::copy::write(&copied.text).await {
                    true if copied.cut => toasts.done((words.copied_part)(&count, &of)),
                    true => toasts.done((words.copied_cells)(&count, across)),
                    false => toasts.failed(words.copy_failed),
                }
            });
        });
    })
}

/// The selected rectangle; everything where there is none.
fn selection(sight: Sight) -> (Span, Span) {
    let all = sight.seen.with_untracked(|seen| seen.columns.len() as u64);
    match sight.cursor.get_untracked() {
        None => (Span::new(0, sight.rows.get_untracked()), Span::new(0, all)),
        Some(at) => {
            let ((first, last), (left, right)) = (at.rows(), at.columns());
            (
                Span::new(first, last + 1),
                Span::new(left as u64, right as u64 + 1),
            )
        }
    }
}

/// The grid with its tools.
#[component]
fn Body(
    /// The frame and its arrangement.
    sight: Sight,
    /// The name of the thing.
    name: Signal<String>,
    /// Where the rows are.
    source: Source,
    /// How many rows to read.
    limit: Signal<Option<u64>>,
    /// Copies the selection in a form.
    on_copy: Callback<Form>,
) -> impl IntoView {
    let t = sentences();
    let place = NodeRef::<html::Div>::new();
    let columns = Memo::new(move |_| patch::columns(sight));
    let patch = Memo::new(move |_| sight.frame.window.with(patch::patch));
    let pinned = Memo::new(move |_| sight.seen.with(|seen| seen.pinned));
    let words = Signal::derive(move || {
        let (frame, grid) = (&t.get().tables.frame, &t.get().grid);
        Words {
            label: (frame.label)(&name.get()),
            row: frame.row.to_owned(),
            menu: Some(grid.column_menu),
            filtered: grid.filter_mark.to_owned(),
        }
    });
    let on_view = Callback::new(move |view: View| {
        let columns = Span::new(view.columns.0 as u64, view.columns.1 as u64);
        let rows = Span::new(view.rows.0, view.rows.1);
        sight.frame.view(rows, view.pinned as u64, columns);
    });
    let refocus = Callback::new(move |()| focus(place, "[role=grid]"));
    let on_act = Callback::new(move |what: Act| act(sight, place, on_copy, what));
    let strip: StripOf = StoredValue::new_local(Box::new(move |column| {
        view! { <Strip sight=sight column=column/> }.into_any()
    }));
    let of = StoredValue::new(source.clone());
    let extra = ViewFn::from(move || {
        let open = Callback::new(move |()| sight.panel.set(Some(Panel::Record)));
        view! {
            <crate::ui::button::Button weight=crate::ui::button::Weight::Quiet on_press=open>
                {move || t.get().grid.record_button}
            </crate::ui::button::Button>
            <ExportButton frame=sight.frame rows=sight.rows source=of.get_value() limit=limit/>
        }
    });
    let source = StoredValue::new(source);
    let tool = move || match sight.tool.get()? {
        Tool::Filter { column, at } => {
            Some(view! { <filters::Editor sight=sight column=column at=at/> }.into_any())
        }
        Tool::Columns => Some(view! { <columns::Columns sight=sight/> }.into_any()),
        Tool::Equal => {
            let source = source.get_value();
            Some(view! { <equal::Equal sight=sight source=source limit=limit/> }.into_any())
        }
        Tool::Chart => Some(view! { <chart::ChartTool sight=sight/> }.into_any()),
    };
    view! {
        <Toolbar sight=sight on_copy=on_copy extra=extra/>
        {tool}
        <Filters sight=sight/>
        <div class="frame-place" node_ref=place>
            <div class="frame-main">
                <Grid
                    words=words
                    columns=columns
                    pinned=pinned
                    rows=sight.rows
                    first=sight.first
                    patch=patch
                    cursor=sight.cursor
                    on_view=on_view
                    on_act=on_act
                    strip=Some(strip)
                />
                <ColumnMenu sight=sight on_close=refocus/>
            </div>
            <Side sight=sight on_close=refocus/>
        </div>
        <Value sight=sight/>
    }
}

/// Does what the grid asks for.
fn act(sight: Sight, place: NodeRef<html::Div>, on_copy: Callback<Form>, what: Act) {
    let layout = sight.layout;
    match what {
        Act::Copy { header: false } => on_copy.run(Form::Tsv),
        Act::Copy { header: true } => on_copy.run(Form::TsvHeader),
        Act::Open => sight.panel.set(Some(Panel::Cell)),
        Act::Find => focus(place, "[role=search] input"),
        Act::Menu { column, x } => sight.menu.set(sight.key_at(column).map(|key| (key, x))),
        Act::Sort { column, add } => {
            if let Some(key) = sight.key_at(column) {
                sight.sort(key, add);
            }
        }
        Act::Resize { column, width } => {
            if let Some(key) = sight.key_at(column) {
                layout.update(|all| all.resize(key, width));
            }
        }
        Act::Place { column, to } => {
            layout.update(|all| all.place(column, to));
            let row = sight.cursor.get_untracked().map_or(0, |at| at.row);
            sight.cursor.set(Some(Cursor::on(row, to)));
        }
        Act::Move(_) | Act::All | Act::Step { .. } => {}
    }
}

/// Gives the focus to an element of the view.
fn focus(place: NodeRef<html::Div>, selector: &str) {
    let view = place
        .get_untracked()
        .and_then(|place| place.parent_element());
    let found = view.and_then(|view| view.query_selector(selector).ok().flatten());
    let found = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = found {
        // Refused only for an element that is not on the page.
        let _ = element.focus();
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

#[cfg(test)]
mod tests {
    use super::*;

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
