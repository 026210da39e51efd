//! A nested value as a tree of disclosures: children are asked for when they are opened, and each
//! value's path can be copied.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::super::sight::Sight;
use crate::components::copy::Copy;
use crate::frames::{Answer, Question};
use crate::text::sentences;
use crate::ui::button::{Button, Weight};
use frame::{Branch, Node};

/// A nested value with its first children.
#[component]
pub fn Tree(
    /// The frame and its arrangement.
    sight: Sight,
    /// The cell's place in what is seen.
    at: (u64, u64),
    /// The value.
    branch: Branch,
) -> impl IntoView {
    let t = sentences();
    let (way, all) = (StoredValue::new(branch.node.way), branch.node.children);
    let children = RwSignal::new(branch.children);
    let more = Callback::new(move |()| {
        let first = children.with_untracked(Vec::len) as u64;
        ask(sight, at, way.get_value(), first, move |branch| {
            children.try_update(|all| all.extend(branch.children));
        });
    });
    let left = move || all.saturating_sub(children.with(Vec::len) as u64);
    let button = move || {
        (left() > 0).then(|| {
            view! {
                <Button weight=Weight::Quiet on_press=more>
                    {move || (t.get().grid.more_children)(&crate::format::grouped(left()))}
                </Button>
            }
        })
    };
    let numbered = move || children.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <ul class="frame-tree">
            <For each=numbered key=|(at, _)| *at children=move |(_, node)| view! { <Leaf sight=sight at=at node=node/> }/>
        </ul>
        {button}
    }
}

/// A value inside: opened when it has children.
#[component]
fn Leaf(
    /// The frame and its arrangement.
    sight: Sight,
    /// The cell's place in what is seen.
    at: (u64, u64),
    /// The value.
    node: Node,
) -> impl IntoView {
    let t = sentences();
    let Node {
        label,
        path,
        way,
        text,
        clipped,
        children,
        ..
    } = node;
    let dots = if clipped { "…" } else { "" };
    let what = move || t.get().grid.path.to_owned();
    let head = view! {
        <span class="frame-tree-label">{label}</span>
        <span class="frame-tree-text">{text}{dots}</span>
        <Copy text=Signal::stored(path) what=Signal::derive(what)/>
    };
    if children == 0 {
        return view! { <li class="frame-tree-leaf">{head}</li> }.into_any();
    }
    let (way, inside) = (StoredValue::new(way), RwSignal::new(None::<Branch>));
    let toggled = move |event: ev::Event| {
        let details = event
            .current_target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let open = details.is_some_and(|details| details.has_attribute("open"));
        if open && inside.with_untracked(Option::is_none) {
            ask(sight, at, way.get_value(), 0, move |branch| {
                inside.try_set(Some(branch));
            });
        }
    };
    let body = move || {
        inside
            .get()
            .map(|branch| view! { <Tree sight=sight at=at branch=branch/> }.into_any())
    };
    view! {
        <li>
            <details on:toggle=toggled>
                <summary>{head}</summary>
                {body}
            </details>
        </li>
    }
    .into_any()
}

fn ask(
    sight: Sight,
    (row, column): (u64, u64),
    way: Vec<u64>,
    first: u64,
    take: impl Fn(Branch) + 'static,
) {
    let question = Question::Branch {
        row,
        column,
        way,
        first,
    };
    sight.frame.question(question, move |answer| {
        if let Answer::Branch(branch) = answer {
            take(branch);
        }
    });
}
