//! The run of a cell: how it stands, what it gave, or why it gave nothing.

use cluster::JobResult;
use leptos::prelude::*;

use super::Handle;
use super::book::{Book, Cell, Stand};
use super::followed::{Failure, Known, StateLine, follow};
use super::rows::Rows;
use super::run::start;
use crate::api::notebook::{CellOutput, CellRun};
use crate::route::{Query, Route};
use crate::state::profile::Profile;
use crate::state::toasts::Toasts;
use crate::text::sentences;
use crate::ui::button::Button;

/// The run of a cell.
#[component]
pub fn RunView(
    /// The notebook.
    book: Book,
    /// The cell.
    cell: Cell,
    /// Its run.
    run: CellRun,
    /// The place of the cell, from 1.
    place: Memo<usize>,
) -> impl IntoView {
    let t = sentences();
    let names = run.defined.clone();
    let plain = run.outputs.iter().filter_map(|output| match output {
        CellOutput::Plain(text) => Some(text.clone()),
        _ => None,
    });
    let plain: Vec<String> = plain.collect();
    let job = run.graph.clone().map(|graph| {
        view! { <Followed book cell run=run.clone() graph place/> }
    });
    view! {
        <div class="cell-run">
            {(!names.is_empty()).then(|| view! { <Names names/> })}
            {plain.into_iter().map(|text| view! {
                <pre class="cell-plain" tabindex="0" role="group" aria-label=move || (t.get().notebook.output)(place.get())>{text}</pre>
            }).collect_view()}
            {job}
        </div>
    }
}

/// The names that the cell gave.
#[component]
fn Names(names: Vec<(String, String)>) -> impl IntoView {
    view! {
        <p class="cell-names quiet">
            {names.into_iter().map(|(name, value)| view! {
                <span><code>{name}</code>" "{value}</span>
            }).collect_view()}
        </p>
    }
}

/// A run on the cluster, followed as long as it is on the page.
#[component]
fn Followed(
    book: Book,
    cell: Cell,
    run: CellRun,
    graph: (String, String),
    place: Memo<usize>,
) -> impl IntoView {
    let (t, toasts) = (sentences(), Toasts::expect());
    let words = move || &t.get().life.jobs;
    let instance = book.instance();
    let (session, graph) = graph;
    let handle = Handle {
        session,
        graph,
        target: run.targets().next().unwrap_or_default().to_owned(),
    };
    let known = RwSignal::new(Known::default());
    let cancel = follow(&instance, &handle, Some(run.at), known);
    let over = Memo::new(move |_| known.with(|known| known.outcome.clone()));
    let was_open = cell.stand.get_untracked() == Stand::Open;
    let told = run.left_running && was_open;
    Effect::new(move |_| {
        let stand = match over.get() {
            None => Stand::Open,
            Some(Ok(_)) => Stand::Done,
            Some(Err(_)) => Stand::Failed,
        };
        if cell.stand.get_untracked() != stand {
            cell.stand.set(stand);
            if told && stand == Stand::Done {
                toasts.done((t.now().notebook.done)(place.get_untracked()));
            }
        }
    });
    let link = handle.place(&instance).href();
    let outputs = StoredValue::new(run.outputs);
    let body = move || match over.get() {
        None => None,
        Some(Ok(result)) => {
            let all = outputs.with_value(Clone::clone).into_iter();
            let shown = all.filter_map(|output| shown(output, book, cell, &result));
            Some(shown.collect_view().into_any())
        }
        Some(Err(failure)) => Some(view! { <Failure failure/> }.into_any()),
    };
    view! {
        <section class="cell-result" aria-label=move || (t.get().notebook.result)(place.get())>
            <div class="row">
                <StateLine known begun=Some(run.at) cancel/>
                <a class="quiet" href=link data-noscroll="true">{move || words().back}</a>
            </div>
            {body}
        </section>
    }
}

/// One output of a run that came out well.
fn shown(output: CellOutput, book: Book, cell: Cell, result: &JobResult) -> Option<AnyView> {
    let id = book.instance();
    match output {
        CellOutput::Plain(_) => None,
        CellOutput::Result { target, said } => {
            let result = JobResult {
                target,
                ..result.clone()
            };
            Some(view! { <Rows id name=said result/> }.into_any())
        }
        CellOutput::Written {
            table,
            partition,
            compare,
            ..
        } => {
            let compare = compare.map(|text| view! { <Compare book cell text/> });
            Some(view! { <Written table partition/> {compare} }.into_any())
        }
    }
}

/// A table that was written, with the way to its rows.
#[component]
fn Written(table: String, partition: Option<String>) -> impl IntoView {
    let t = sentences();
    let query = match &partition {
        Some(partition) => Query::default().with("partition", partition),
        None => Query::default(),
    };
    let href = Route::Table(table.clone()).with(query).href();
    let name = match partition {
        Some(partition) => format!("{table} ({partition})"),
        None => table,
    };
    view! {
        <p>{move || t.get().notebook.written}" "<a href=href>{name}</a></p>
    }
}

/// Runs a cell that counts on both sides of a write.
#[component]
fn Compare(book: Book, cell: Cell, text: String) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let press = Callback::new(move |()| {
        let added = book.add(Some(cell.key), &text);
        start(book, added, profile);
    });
    view! { <div class="row"><Button on_press=press>{move || t.get().notebook.compare}</Button></div> }
}
