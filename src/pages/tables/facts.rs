//! Owner, times, size and lifecycle of a table.

use leptos::prelude::*;
use odps::tables::Table;
use wire::Millis;

use crate::components::age::offset;
use crate::format;
use crate::state::prefs::Prefs;
use crate::text::sentences;

/// What the service says about a table besides its columns.
#[component]
pub fn FactList(
    /// The table as it was read.
    facts: Table,
) -> impl IntoView {
    let t = sentences();
    let zone = Prefs::expect().zone;
    let moment = move |at: Option<Millis>| {
        move || match at {
            Some(at) => format::moment(at, offset(zone.get(), at)),
            None => "–".to_owned(),
        }
    };
    let schema = facts.schema;
    // What a view would hold is not known, whatever the service counts.
    let stored = |number: Option<u64>| number.filter(|_| !schema.is_virtual_view);
    let (records, size) = (stored(schema.record_num), stored(schema.size));
    let seconds = |at: Option<i64>| {
        at.and_then(|at| u64::try_from(at).ok())
            .map(|at| at * 1_000)
    };
    let created = facts.created.or_else(|| seconds(schema.create_time));
    let modified = facts
        .modified
        .or_else(|| seconds(schema.last_modified_time));
    let lifecycle = move || {
        let days = schema.lifecycle.and_then(|days| u64::try_from(days).ok());
        days.map_or_else(|| t.get().tables.for_ever.to_owned(), t.get().tables.days)
    };
    view! {
        <dl class="tables-facts">
            <div><dt>{move || t.get().tables.rows}</dt><dd>{known(records, format::grouped)}</dd></div>
            <div>
                <dt>{move || t.get().tables.size}</dt>
                <dd>{known(size, format::bytes)}<br/><small class="quiet">{move || size.map(|_| t.get().tables.size_note)}</small></dd>
            </div>
            <div><dt>{move || t.get().tables.owner}</dt><dd>{facts.owner.or(schema.owner)}</dd></div>
            <div><dt>{move || t.get().tables.lifecycle}</dt><dd>{lifecycle}</dd></div>
            <div><dt>{move || t.get().tables.created}</dt><dd>{moment(created)}</dd></div>
            <div><dt>{move || t.get().tables.changed}</dt><dd>{moment(modified)}</dd></div>
            <div><dt>{move || t.get().tables.read}</dt><dd>{moment(facts.accessed)}</dd></div>
        </dl>
    }
}

/// A number where it is known.
fn known(number: Option<u64>, write: fn(u64) -> String) -> String {
    number.map_or_else(|| "–".to_owned(), write)
}
