//! The search above the tree, and what is to be said about its answer.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::find::Needle;
use super::stock::Stock;
use super::tree::Tree;
use crate::components::problem_notice::ProblemNotice;
use crate::format;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};

/// Comments of so many tables are read at once when somebody wants to search them.
const TOGETHER: usize = 6;

/// Search and tree.
#[component]
pub fn Finder(
    /// What is known of the project.
    stock: Stock,
    /// What is searched for.
    query: Signal<String>,
    /// Called with what was typed.
    on_query: Callback<String>,
    /// The table of the page.
    #[prop(optional, into)]
    current: Option<String>,
    /// Beside a table.
    #[prop(optional)]
    narrow: bool,
) -> impl IntoView {
    let t = sentences();
    let tree = NodeRef::<leptos::html::Div>::new();
    let needle = Memo::new(move |_| Needle::new(&query.get()));
    read_all_schemas(stock.clone(), needle);
    let counts = counts(stock.clone(), needle);
    let down = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowDown" | "Enter") && !event.is_composing() {
            event.prevent_default();
            if let Some(tree) = tree.get_untracked() {
                // The element is on the page; focus cannot fail.
                let _ = tree.focus();
            }
        }
    };
    let typed = move |event| on_query.run(event_target_value(&event));
    let number = move || {
        let (found, all, _) = counts.get();
        (t.get().tables.count)(found, all)
    };
    let clear = Callback::new(move |()| on_query.run(String::new()));
    let reading = {
        let stock = stock.clone();
        move || stock.reading()
    };
    let reading = Memo::new(move |_| reading());
    let empty = move || {
        let (found, all, _) = counts.get();
        let searching = !needle.with(Needle::is_empty);
        (found == 0 && all > 0 && searching && !reading.get()).then(|| {
            let text = &t.get().tables;
            view! {
                <p class="quiet">{(text.none_found)(&query.get())}</p>
                <Button on_press=clear>{text.clear_search}</Button>
            }
        })
    };
    let silent = silent(stock.clone(), counts, needle);
    let none = {
        let project = stock.project.clone();
        move || {
            let nothing = counts.with(|(_, all, _)| *all == 0) && !reading.get();
            nothing.then(|| view! { <p class="quiet">{(t.get().tables.none)(&project)}</p> })
        }
    };
    view! {
        <search class="tables-find">
            <input
                type="search"
                class="tables-search"
                prop:value=move || query.get()
                aria-label=move || t.get().tables.search
                placeholder=move || t.get().tables.search_hint
                title=move || t.get().tables.search_hint
                autocomplete="off"
                spellcheck="false"
                on:input=typed
                on:keydown=down
            />
            <span class="quiet" role="status">{number}</span>
        </search>
        {silent}
        <Trouble stock=stock.clone()/>
        {none}
        {empty}
        <Tree stock=stock query=query current=current narrow=narrow node=tree/>
    }
}

/// A search reaches schemas that were not opened yet.
fn read_all_schemas(stock: Stock, needle: Memo<Needle>) {
    Effect::new(move |_| {
        if needle.with(Needle::is_empty) {
            return;
        }
        for schema in stock.schemas.get().unwrap_or_default() {
            stock.read_schema(&schema);
        }
    });
}

/// How many tables fit, how many there are, and of how many the comment is not known.
fn counts(stock: Stock, needle: Memo<Needle>) -> Memo<(usize, usize, usize)> {
    Memo::new(move |_| {
        stock.tables.with(|all| {
            needle.with(|needle| {
                let entries = || all.values().flat_map(|shelf| &shelf.items);
                let fits = |entry: &&std::sync::Arc<_>| fits(needle, entry);
                (
                    entries().filter(fits).count(),
                    entries().count(),
                    entries().filter(|entry| entry.comment.is_none()).count(),
                )
            })
        })
    })
}

fn fits(needle: &Needle, entry: &super::stock::Entry) -> bool {
    needle.is_empty() || needle.score(entry.texts()).is_some()
}

/// That comments are not searched because they were not read, and how to have them read.
fn silent(
    stock: Stock,
    counts: Memo<(usize, usize, usize)>,
    needle: Memo<Needle>,
) -> impl Fn() -> Option<AnyView> {
    let t = sentences();
    let stock = StoredValue::new(stock);
    let busy = RwSignal::new(false);
    let read = Callback::new(move |()| {
        busy.set(true);
        crate::api::spawn(async move {
            while let Some(stock) = stock.try_get_value() {
                if !stock.read_comments(TOGETHER).await {
                    break;
                }
            }
            busy.try_set(false);
        });
    });
    move || {
        let (_, _, silent) = counts.get();
        (silent > 0 && !needle.with(Needle::is_empty)).then(|| {
            let words = (t.get().tables.tree.silent)(&format::grouped(silent as u64));
            view! {
                <p class="tables-line quiet">
                    <span>{words}</span>
                    <Button weight=Weight::Quiet on_press=read busy=busy>{t.get().tables.tree.read_comments}</Button>
                </p>
            }
            .into_any()
        })
    }
}

/// Why a list did not come.
#[component]
fn Trouble(
    /// What is known of the project.
    stock: Stock,
) -> impl IntoView {
    let held = StoredValue::new(stock.clone());
    let again = Callback::new(move |()| held.with_value(Stock::read_again));
    let problem = Memo::new(move |_| {
        let tables = stock
            .tables
            .with(|all| all.values().find_map(|shelf| shelf.problem.clone()));
        tables.or_else(|| {
            stock
                .partitions
                .with(|all| all.values().find_map(|shelf| shelf.problem.clone()))
        })
    });
    move || {
        problem
            .get()
            .map(|problem| view! { <ProblemNotice problem=problem retry=again/> })
    }
}
