//! One line of the tree.

use leptos::attr::custom::custom_attribute;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::keys::Act;
use super::nodes::{Group, Node, Note, What};
use super::{LINE, address};
use crate::api::tables::TableName;
use crate::format;
use crate::pages::tables::find::{Hay, Needle, pieces};
use crate::pages::tables::kind_word;
use crate::pages::tables::stock::{Entry, Stock};
use crate::text::{Text, sentences};
use crate::ui::icon::{Glyph, Icon};

/// What all lines of a tree share.
#[derive(Clone)]
pub struct Look {
    /// What is searched for.
    pub needle: Memo<Needle>,
    /// Without the facts of tables.
    pub narrow: bool,
    /// Does what the mouse asks for.
    pub run: Callback<Act>,
    /// What is known of the project.
    pub stock: Stock,
    /// The table of the page.
    pub current: Option<String>,
}

/// One line.
#[component]
pub fn Row(
    /// Its place among the lines.
    at: usize,
    /// What it is.
    node: Node,
    /// Whether the keys act on it.
    active: Memo<bool>,
    /// What all lines share.
    look: Look,
) -> impl IntoView {
    let t = sentences();
    let Look {
        needle,
        narrow,
        run,
        stock,
        current,
    } = look;
    let open = node.open;
    let is_current = match &node.what {
        What::Table(name, _) => current == Some(name.to_string()),
        _ => false,
    };
    let of = node.of.map_or("-1".to_owned(), |of| of.to_string());
    let toggle = move |event: MouseEvent| {
        event.prevent_default();
        run.run(Act::Toggle(at));
    };
    let press = move |_| run.run(Act::To(at));
    let chevron = open.map(|_| {
        view! {
            <span class="tree-chevron" aria-hidden="true" on:click=toggle><Icon glyph=Glyph::Chevron/></span>
        }
    });
    let link = address(&node.what).map(|place| place.href());
    let words = words(&node, needle);
    let body = match link {
        Some(href) => view! { <a class="tree-name" tabindex="-1" href=href>{words}</a> }.into_any(),
        None => view! { <span class="tree-name" on:click=toggle>{words}</span> }.into_any(),
    };
    let facts = match &node.what {
        What::Table(name, entry) if !narrow => Some(
            view! { <Facts name=name.clone() entry=entry.clone() needle=needle stock=stock/> }
                .into_any(),
        ),
        What::Partition(_, part) => {
            let rows = part.records.map(format::grouped);
            let size = part.size.map(format::bytes);
            Some(
                view! {
                    <span class="tree-number">{rows}</span>
                    <span class="tree-number">{(!narrow).then_some(size)}</span>
                }
                .into_any(),
            )
        }
        What::Project => {
            let count = move || {
                let all = stock
                    .tables
                    .with(|all| all.values().map(|shelf| shelf.items.len()).sum());
                (t.get().tables.count)(all, all)
            };
            Some(view! { <span class="tree-number">{count}</span> }.into_any())
        }
        _ => None,
    };
    view! {
        <div
            class="tree-line"
            role="treeitem"
            id=format!("tree-{at}")
            {..custom_attribute("aria-level", node.level.to_string())}
            aria-posinset=node.at.to_string()
            aria-setsize=of
            aria-expanded=open.map(|open| open.to_string())
            aria-selected=is_current.to_string()
            data-active=move || active.get().then_some("true")
            data-kind=kind(&node.what)
            style:inset-block-start=format!("{}px", at * LINE)
            style:--level=node.level.to_string()
            on:click=press
        >
            {chevron}
            {body}
            {facts}
        </div>
    }
}

/// What the list and the table itself tell.
#[component]
fn Facts(
    /// The table.
    name: TableName,
    /// What the list says.
    entry: Option<std::sync::Arc<Entry>>,
    /// What is searched for.
    needle: Memo<Needle>,
    /// What is known of the project.
    stock: Stock,
) -> impl IntoView {
    let t = sentences();
    let details = {
        let name = name.clone();
        Memo::new(move |_| stock.details.with(|all| all.get(&name).cloned().flatten()))
    };
    let listed = entry.as_ref().and_then(|entry| entry.kind.clone());
    let kind = move || {
        let read = details.get();
        let parts = read
            .as_ref()
            .is_some_and(|table| !table.schema.partition_keys.is_empty());
        let kind = read
            .and_then(|table| table.kind.clone())
            .or_else(|| listed.clone());
        kind_word(kind.as_deref(), parts, &t.get().tables)
    };
    let stored = move || details.get().filter(|table| !table.schema.is_virtual_view);
    let rows = move || {
        stored()
            .and_then(|table| table.schema.record_num)
            .map(format::grouped)
    };
    let size = move || {
        stored()
            .and_then(|table| table.schema.size)
            .map(format::bytes)
    };
    let owner = entry.as_ref().and_then(|entry| entry.owner.clone());
    let owner = owner.map(|(text, hay)| move || marked(&text, &needle.get().in_words(&hay)));
    let comment = entry.as_ref().and_then(|entry| entry.comment.clone());
    let comment = move || match &comment {
        Some((text, hay)) => marked(text, &needle.get().in_words(hay)).into_any(),
        None => details.get().map(|table| table.comment.clone()).into_any(),
    };
    view! {
        <span class="tree-kind">{kind}</span>
        <span class="tree-number">{rows}</span>
        <span class="tree-number">{size}</span>
        <span class="tree-comment"><bdi>{comment}</bdi></span>
        <span class="tree-owner"><bdi>{owner}</bdi></span>
    }
}

/// The words of a line, with what matched marked.
fn words(node: &Node, needle: Memo<Needle>) -> AnyView {
    let t = sentences();
    let note = |word: fn(&Text) -> &'static str| (move || word(t.get())).into_any();
    match &node.what {
        What::Group(Group::Pinned) => note(|text| text.tables.tree.pinned),
        What::Group(Group::Recent) => note(|text| text.tables.tree.recent),
        What::Project => {
            let project = crate::state::profile::Profile::expect();
            (move || project.get().map(|facts| facts.project)).into_any()
        }
        What::Schema(schema) => view! { <bdi>{schema.clone()}</bdi> }.into_any(),
        What::Partition(_, part) => view! { <bdi>{part.spec.to_string()}</bdi> }.into_any(),
        What::Note(Note::Reading) => note(|text| text.tables.tree.reading),
        What::Note(Note::Failed) => note(|text| text.tables.tree.failed),
        What::Note(Note::None) => note(|text| text.tables.tree.none),
        What::Table(name, entry) => {
            let plain = node.group.is_some() || entry.is_none();
            let text = if plain {
                name.to_string()
            } else {
                name.table.clone()
            };
            let hay = entry
                .as_ref()
                .map_or_else(Hay::default, |entry| entry.hay.clone());
            view! { <bdi>{move || marked(&text, &needle.get().in_name(&hay))}</bdi> }.into_any()
        }
    }
}

fn marked(text: &str, marks: &[bool]) -> impl IntoView + use<> {
    let piece = |(piece, marked): (String, bool)| match marked {
        true => view! { <mark>{piece}</mark> }.into_any(),
        false => piece.into_any(),
    };
    pieces(text, marks).into_iter().map(piece).collect_view()
}

fn kind(what: &What) -> &'static str {
    match what {
        What::Group(_) => "group",
        What::Project => "project",
        What::Schema(_) => "schema",
        What::Table(..) => "table",
        What::Partition(..) => "partition",
        What::Note(_) => "note",
    }
}
