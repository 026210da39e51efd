//! The headings: name, type, marks of sort and filter, the button of the menu, the edge that is
//! dragged, and a strip that the owner fills. Dragging a name moves its column.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::keys::Act;
use super::model::{Column, Sorted, Words};
use super::state::Model;

/// Further than so many pixels a press on a name is a movement, not a click.
const SLACK: f64 = 6.0;

/// What the owner puts under the name of a column, by the column's key.
pub type Strip = StoredValue<Box<dyn Fn(u32) -> AnyView>, LocalStorage>;

/// What is done with the pointer on the headings.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Drag {
    /// The edge of a column: where it began, and how wide the column was.
    Edge { column: usize, x: f64, width: f64 },
    /// A name: where it began, and the column under the pointer once it has moved.
    Name {
        column: usize,
        x: f64,
        over: Option<usize>,
    },
}

/// What the headings need of the grid.
#[derive(Clone, Copy)]
pub struct Head {
    pub(super) words: Signal<Words>,
    pub(super) columns: Signal<Vec<Column>>,
    pub(super) model: Model,
    pub(super) scroller: NodeRef<html::Div>,
    pub(super) on_act: Callback<Act>,
    pub(super) strip: Option<Strip>,
}

/// The row of headings.
#[component]
pub fn Headings(
    /// What they need.
    head: Head,
    /// Its element, for its height.
    node: NodeRef<html::Div>,
) -> impl IntoView {
    let Head {
        words,
        columns,
        model,
        scroller,
        on_act,
        ..
    } = head;
    let drag = RwSignal::new(None::<Drag>);
    let moved = move |event: ev::PointerEvent| {
        let Some(now) = drag.get_untracked() else {
            return;
        };
        let at = f64::from(event.client_x());
        match now {
            Drag::Edge { column, x, width } => {
                let change = at - x + width;
                let width = model.at_least(change);
                on_act.run(Act::Resize {
                    column,
                    width: Some(width),
                });
            }
            Drag::Name { column, x, over } if over.is_some() || (at - x).abs() > SLACK => {
                let over = model.column_under(&event, scroller).or(over);
                drag.set(Some(Drag::Name { column, x, over }));
            }
            Drag::Name { .. } => {}
        }
    };
    let released = move |event: ev::PointerEvent| {
        match drag.get_untracked() {
            Some(Drag::Name {
                column,
                over: Some(to),
                ..
            }) if to != column => on_act.run(Act::Place { column, to }),
            Some(Drag::Name {
                column, over: None, ..
            }) => on_act.run(Act::Sort {
                column,
                add: event.shift_key(),
            }),
            _ => {}
        }
        drag.set(None);
    };
    let over = move |column: usize| {
        let over = matches!(drag.get(), Some(Drag::Name { over: Some(at), .. }) if at == column);
        over.then_some("true")
    };
    let keyed = move |range: std::ops::Range<usize>| {
        columns.with(|all| {
            let key = |at: usize| all.get(at).map_or((at, u32::MAX), |one| (at, one.key));
            range.map(key).collect::<Vec<_>>()
        })
    };
    let pinned = move || keyed(0..model.shown.get().pinned);
    let moving = move || {
        let (start, end) = model.shown.get().columns;
        keyed(start..end)
    };
    let heading = move |(column, key): (usize, u32)| {
        let begin = Callback::new(move |begun: Drag| drag.set(Some(begun)));
        view! { <Heading head=head column=column key_of=key begin=begin over=Signal::derive(move || over(column))/> }
    };
    view! {
        <div
            class="grid-head"
            role="row"
            aria-rowindex="1"
            node_ref=node
            on:pointermove=moved
            on:pointerup=released
            on:pointercancel=move |_| drag.set(None)
        >
            <div class="grid-number" role="columnheader" aria-colindex="1">
                {move || words.with(|words| words.row.clone())}
            </div>
            <div class="grid-cells grid-pinned" role="presentation">
                <For each=pinned key=|one| *one children=heading/>
            </div>
            <div class="grid-cells grid-moving" role="presentation">
                <For each=moving key=|one| *one children=heading/>
            </div>
        </div>
    }
}

/// The heading of one column.
#[component]
fn Heading(
    /// What the headings need.
    head: Head,
    /// Its place in the grid.
    column: usize,
    /// Which column of the data it is.
    key_of: u32,
    /// Called when the pointer begins something.
    begin: Callback<Drag>,
    /// Whether a dragged column would come here.
    over: Signal<Option<&'static str>>,
) -> impl IntoView {
    let Head {
        words,
        columns,
        model,
        on_act,
        strip,
        ..
    } = head;
    let facts =
        Memo::new(move |_| columns.with(|all| all.get(column).cloned().unwrap_or_default()));
    let title = move || facts.with(|one| format!("{} · {}", one.name, one.badge));
    let menu_name =
        move || words.with(|words| words.menu.map(|name| facts.with(|one| name(&one.name))));
    let open = move |event: ev::MouseEvent| {
        event.stop_propagation();
        on_act.run(Act::Menu {
            column,
            x: model.place_of(column),
        });
    };
    let hold = move |event: &ev::PointerEvent| {
        // Without capture the drag ends where the pointer leaves the headings.
        if let Some(element) = event
            .current_target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        {
            let _ = element.set_pointer_capture(event.pointer_id());
        }
    };
    let on_name = move |event: ev::PointerEvent| {
        if event.button() == 0 {
            hold(&event);
            begin.run(Drag::Name {
                column,
                x: f64::from(event.client_x()),
                over: None,
            });
        }
    };
    let on_edge = move |event: ev::PointerEvent| {
        if event.button() == 0 {
            hold(&event);
            begin.run(Drag::Edge {
                column,
                x: f64::from(event.client_x()),
                width: model.resized(column, 0.0),
            });
        }
    };
    let fit = move |_| {
        on_act.run(Act::Resize {
            column,
            width: None,
        });
    };
    let sort = move || facts.with(|one| one.sort);
    view! {
        <div
            class="grid-heading"
            role="columnheader"
            aria-colindex=column + 2
            aria-sort=move || sort().map(sort_word)
            data-numeric=move || facts.with(|one| one.numeric).then_some("true")
            data-over=over
            title=title
        >
            <div class="grid-title">
                <span class="grid-name" on:pointerdown=on_name>
                    {move || facts.with(|one| one.name.clone())}
                </span>
                <span class="grid-mark">{move || sort().map(mark)}</span>
                {move || facts.with(|one| one.filtered).then(|| view! {
                    <span class="grid-mark" role="img" aria-label=words.with(|words| words.filtered.clone())>"▽"</span>
                })}
                <span class="grid-badge">{move || facts.with(|one| one.badge.clone())}</span>
                {move || menu_name().map(|name| view! {
                    <button type="button" class="grid-menu" tabindex="-1" aria-label=name on:click=open></button>
                })}
            </div>
            {strip.map(|strip| view! {
                <div class="grid-strip">{strip.with_value(|strip| strip(key_of))}</div>
            })}
            <span class="grid-edge" aria-hidden="true" on:pointerdown=on_edge on:dblclick=fit></span>
        </div>
    }
}

fn sort_word(sorted: Sorted) -> &'static str {
    match sorted.descending {
        true => "descending",
        false => "ascending",
    }
}

/// `▲`, or `▼2` for the second of several.
fn mark(sorted: Sorted) -> String {
    let arrow = if sorted.descending { '▼' } else { '▲' };
    sorted
        .rank
        .map_or_else(|| arrow.to_string(), |rank| format!("{arrow}{rank}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_a_sort() {
        let sorted = |descending, rank| Sorted { descending, rank };
        assert_eq!(mark(sorted(false, None)), "▲");
        assert_eq!(mark(sorted(true, Some(2))), "▼2");
        assert_eq!(sort_word(sorted(true, None)), "descending");
    }
}
