//! The partitions as a list with rows and sizes; only the lines in view are drawn.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use odps::tables::Partition;

use crate::format;
use crate::text::sentences;

/// The height of a line and of the list, in pixels.
const LINE: usize = 26;
const HIGH: usize = 9;

/// The list.
#[component]
pub fn PartitionList(
    /// What is listed.
    items: Memo<Vec<Arc<Partition>>>,
    /// The one that is read.
    chosen: Memo<Option<String>>,
    /// Called with another one.
    on_choose: Callback<String>,
) -> impl IntoView {
    let t = sentences();
    let list = NodeRef::<leptos::html::Div>::new();
    let top = RwSignal::new(0_usize);
    let active = RwSignal::new(0_usize);
    let place = move || {
        let last = items.with(Vec::len).saturating_sub(1);
        active.get().min(last)
    };
    Effect::new(move |_| {
        let wanted = chosen.get();
        let found = items.with(|items| {
            items
                .iter()
                .position(|item| Some(item.spec.to_string()) == wanted)
        });
        if let Some(at) = found {
            active.set(at);
            reveal(list, at);
        }
    });
    let choose = move |at: usize| {
        active.set(at);
        if let Some(item) = items.with_untracked(|items| items.get(at).cloned()) {
            on_choose.run(item.spec.to_string());
        }
    };
    let press = move |event: KeyboardEvent| {
        let (now, last) = (
            active.get_untracked(),
            items.with_untracked(Vec::len).saturating_sub(1),
        );
        let wanted = match event.key().as_str() {
            "ArrowDown" => (now + 1).min(last),
            "ArrowUp" => now.saturating_sub(1),
            "PageDown" => (now + HIGH).min(last),
            "PageUp" => now.saturating_sub(HIGH),
            "Home" => 0,
            "End" => last,
            "Enter" | " " => {
                event.prevent_default();
                return choose(now);
            }
            _ => return,
        };
        event.prevent_default();
        active.set(wanted);
        reveal(list, wanted);
    };
    let scroll = move |_| {
        if let Some(list) = list.get_untracked() {
            top.set(usize::try_from(list.scroll_top()).unwrap_or(0) / LINE);
        }
    };
    let range = Memo::new(move |_| {
        let first = top.get().saturating_sub(4);
        (first, first + HIGH + 9)
    });
    let line = move |(at, item): (usize, Arc<Partition>)| {
        let spec = item.spec.to_string();
        let same = spec.clone();
        view! {
            <div
                role="option"
                class="parts-line"
                id=format!("part-{at}")
                aria-selected=move || (chosen.get().as_deref() == Some(same.as_str())).to_string()
                aria-posinset=(at + 1).to_string()
                aria-setsize=move || items.with(Vec::len).to_string()
                data-active=move || (place() == at).then_some("true")
                style:inset-block-start=format!("{}px", at * LINE)
                on:click=move |_| choose(at)
            >
                <bdi>{spec}</bdi>
                <span class="number">{item.records.map(format::grouped)}</span>
                <span class="number">{item.size.map(format::bytes)}</span>
            </div>
        }
    };
    let drawn = move || {
        let (first, end) = range.get();
        items.with(|items| {
            let shown = items.iter().cloned().enumerate().take(end).skip(first);
            shown.map(line).collect_view()
        })
    };
    let shown = move || {
        let ((first, end), at) = (range.get(), place());
        (at >= first && at < end && items.with(|items| at < items.len()))
            .then(|| format!("part-{at}"))
    };
    view! {
        <div
            class="parts-list"
            role="listbox"
            tabindex="0"
            aria-label=move || t.get().tables.parts.list
            aria-activedescendant=shown
            node_ref=list
            on:scroll=scroll
            on:keydown=press
        >
            <div role="presentation" style:block-size=move || format!("{}px", items.with(Vec::len) * LINE)>{drawn}</div>
        </div>
    }
}

/// Scrolls as little as brings a line into view.
fn reveal(list: NodeRef<leptos::html::Div>, at: usize) {
    let Some(list) = list.get_untracked() else {
        return;
    };
    let (line, at) = (LINE as i32, i32::try_from(at * LINE).unwrap_or(i32::MAX));
    let (top, height) = (list.scroll_top(), list.client_height());
    if at < top {
        list.set_scroll_top(at);
    } else if at + line > top + height {
        list.set_scroll_top(at + line - height);
    }
}
