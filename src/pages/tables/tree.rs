//! The tree of a project: pinned and recent tables, schemas, tables, partitions. ARIA's tree with one
//! tab stop; only the lines in view are drawn, however many there are.

pub mod keys;
pub mod nodes;
pub mod row;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::find::Needle;
use super::stock::Stock;
use crate::api::{sleep, spawn};
use crate::route::{Here, Place, Query, Route};
use crate::state::clock::now;
use crate::text::sentences;
use keys::{Act, act, typed};
use nodes::{Node, What, lines};
use row::{Look, Row};

/// The height of a line in pixels: lines are placed by it.
const LINE: usize = 28;
/// Lines that are drawn above and below the view.
const MARGIN: usize = 8;
/// Letters that follow each other within so many milliseconds are one word.
const WORD: u64 = 700;
/// A view that rests for so many milliseconds asks for what its lines do not tell.
const REST: u64 = 120;

/// The tree.
#[component]
pub fn Tree(
    /// What is known of the project.
    stock: Stock,
    /// What is searched for.
    query: Signal<String>,
    /// The table of the page, as its address names it.
    current: Option<String>,
    /// Beside a table: names only.
    #[prop(optional)]
    narrow: bool,
    /// The element, to give it the focus from a search.
    node: NodeRef<leptos::html::Div>,
) -> impl IntoView {
    let (t, here) = (sentences(), Here::expect());
    let held = StoredValue::new(stock.clone());
    let needle = Memo::new(move |_| Needle::new(&query.get()));
    let all = Memo::new({
        let stock = stock.clone();
        move |_| needle.with(|needle| lines(&stock, needle))
    });
    let active = RwSignal::new(None::<String>);
    let place = Memo::new(move |_| {
        let wanted = active.get();
        all.with(|all| {
            let found = wanted.and_then(|key| all.iter().position(|node| node.key() == key));
            found.unwrap_or(0)
        })
    });
    let top = RwSignal::new(if narrow {
        stock.scrolled.get_untracked()
    } else {
        0.0
    });
    let range = Memo::new(move |_| {
        let first = (top.get().max(0.0) as usize / LINE).saturating_sub(MARGIN);
        (first, first + height() / LINE + 2 * MARGIN)
    });
    restore(node, top);
    if !narrow {
        ask_details(held, all, range);
    }
    let scroll = move |_| {
        if let Some(tree) = node.get_untracked() {
            top.set(f64::from(tree.scroll_top()));
            if narrow {
                held.with_value(|stock| stock.scrolled.set(top.get_untracked()));
            }
        }
    };
    let show = move |at: usize| {
        active.set(all.with_untracked(|all| all.get(at).map(Node::key)));
        if let Some(tree) = node.get_untracked() {
            reveal(&tree, at);
        }
    };
    let run = Callback::new(move |wanted: Act| match wanted {
        Act::To(at) => show(at),
        Act::Toggle(at) => {
            if let Some(node) = all.with_untracked(|all| all.get(at).cloned()) {
                active.set(Some(node.key()));
                held.with_value(|stock| toggle(stock, &node));
            }
        }
        Act::Go(at) => {
            let wanted = all.with_untracked(|all| all.get(at).and_then(|node| address(&node.what)));
            if let Some(wanted) = wanted {
                here.go(wanted);
            }
        }
    });
    let word = StoredValue::new((String::new(), 0_u64));
    let press = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
            return;
        }
        let (key, at) = (event.key(), place.get_untracked());
        let letters = key.chars().count() == 1 && key != " ";
        let wanted = match letters {
            true => {
                let text = next_word(word, &key);
                all.with_untracked(|all| typed(&text, all, at, words))
                    .map(Act::To)
            }
            false => {
                // Another key ends the word.
                word.set_value(Default::default());
                let page = node.get_untracked().map_or(10, |tree| tree.client_height());
                let page = usize::try_from(page).unwrap_or_default() / LINE;
                all.with_untracked(|all| act(&key, all, at, page.max(2) - 1))
            }
        };
        if let Some(wanted) = wanted {
            event.prevent_default();
            run.run(wanted);
        }
    };
    let drawn = move || {
        let (first, end) = range.get();
        all.with(|all| {
            let shown = all.iter().enumerate().take(end).skip(first);
            shown
                .map(|(at, node)| (at, node.clone()))
                .collect::<Vec<_>>()
        })
    };
    let look = StoredValue::new(Look {
        needle,
        narrow,
        run,
        stock,
        current,
    });
    let line = move |(at, node): (usize, Node)| {
        let active = Memo::new(move |_| place.get() == at);
        view! { <Row at=at node=node active=active look=look.get_value()/> }
    };
    let shown = move || {
        let ((first, end), at) = (range.get(), place.get());
        (at >= first && at < end && all.with(|all| at < all.len())).then(|| format!("tree-{at}"))
    };
    let size = move || format!("{}px", all.with(Vec::len) * LINE);
    view! {
        <div
            class="tree"
            role="tree"
            tabindex="0"
            data-narrow=narrow.then_some("true")
            aria-label=move || t.get().tables.title
            aria-activedescendant=shown
            node_ref=node
            on:scroll=scroll
            on:keydown=press
        >
            <div class="tree-lines" role="presentation" style:block-size=size>
                {move || drawn().into_iter().map(line).collect_view()}
            </div>
        </div>
    }
}

/// Puts the tree where it was left.
fn restore(node: NodeRef<leptos::html::Div>, top: RwSignal<f64>) {
    let done = StoredValue::new(false);
    Effect::new(move |_| {
        let (Some(tree), false) = (node.get(), done.get_value()) else {
            return;
        };
        done.set_value(true);
        tree.set_scroll_top(top.get_untracked() as i32);
    });
}

/// Asks for rows, size and comment of the tables in view, when the view rests.
fn ask_details(stock: StoredValue<Stock>, all: Memo<Vec<Node>>, range: Memo<(usize, usize)>) {
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let (first, end) = range.get();
        all.track();
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        spawn(async move {
            sleep(REST).await;
            if turn.try_get_value() != Some(mine) {
                return;
            }
            let (Some(stock), Some(names)) = (
                stock.try_get_value(),
                all.try_with_untracked(|all| {
                    let shown = all.iter().take(end).skip(first);
                    let tables = shown.filter_map(|node| match &node.what {
                        What::Table(name, _) => Some(name.clone()),
                        _ => None,
                    });
                    tables.collect::<Vec<_>>()
                }),
            ) else {
                return;
            };
            for name in names {
                stock.read_table(&name);
            }
        });
    });
}

/// Opens or closes a line; what was not read yet is asked for.
fn toggle(stock: &Stock, node: &Node) {
    let Some(open) = node.open else { return };
    let key = node.key();
    stock.open.update(|keys| match open {
        true => {
            keys.remove(&key);
        }
        false => {
            keys.insert(key);
        }
    });
    match &node.what {
        What::Schema(schema) if !open => stock.read_schema(schema),
        What::Table(name, _) if !open => stock.read_partitions(name),
        _ => {}
    }
}

/// Where a line leads.
pub(super) fn address(what: &What) -> Option<Place> {
    match what {
        What::Table(name, _) => Some(Route::Table(name.to_string()).into()),
        What::Partition(name, part) => {
            let query = Query::default().with("partition", &part.spec.to_string());
            Some(Route::Table(name.to_string()).with(query))
        }
        _ => None,
    }
}

/// What letters go to.
fn words(node: &Node) -> Option<String> {
    match &node.what {
        What::Table(name, _) => Some(name.table.clone()),
        What::Partition(_, part) => part.spec.0.first().map(|(_, value)| value.clone()),
        What::Schema(schema) => Some(schema.clone()),
        _ => None,
    }
}

/// The letters that were typed in a row.
fn next_word(word: StoredValue<(String, u64)>, key: &str) -> String {
    let (before, at) = word.get_value();
    let text = match now().saturating_sub(at) < WORD {
        true => before + key,
        false => key.to_owned(),
    };
    word.set_value((text.clone(), now()));
    text
}

/// Scrolls as little as brings a line into view.
fn reveal(tree: &web_sys::HtmlDivElement, at: usize) {
    let (line, at) = (LINE as i32, i32::try_from(at * LINE).unwrap_or(i32::MAX));
    let (top, height) = (tree.scroll_top(), tree.client_height());
    if at < top {
        tree.set_scroll_top(at);
    } else if at + line > top + height {
        tree.set_scroll_top(at + line - height);
    }
}

/// How high the tree can be at most.
fn height() -> usize {
    let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64());
    height.unwrap_or(2_000.0) as usize
}
