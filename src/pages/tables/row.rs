//! One table of the list. Rows, size and comment are not in the list, so each row asks for its own
//! when it comes into view.

use leptos::prelude::*;
use odps::tables::Item;

use crate::api::tables;
use crate::format;
use crate::route::{Place, Route};
use crate::state::profile::Profile;
use crate::text::sentences;
use crate::ui::seen::seen;

/// One table of the list.
#[component]
pub fn Row(
    /// The table as it is listed.
    item: Item,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let href = Place::from(Route::Table(item.name.clone())).href();
    let name = StoredValue::new(item.name.clone());
    let line = NodeRef::<leptos::html::Tr>::new();
    let seen = seen(line);
    let details = LocalResource::new(move || {
        let target = profile
            .get()
            .filter(|_| seen.get())
            .map(|connection| connection.target());
        async move {
            let target = target?;
            // A failure leaves the cells empty; the table's own page says what is wrong.
            tables::get(&target, &name.get_value()).await.ok()
        }
    });
    let details = Memo::new(move |_| details.get().flatten());
    let schema = move || details.get().map(|table| table.schema);
    let listed = item.kind;
    let kind = move || {
        let read = details.get().and_then(|table| table.kind);
        let parts = schema().is_some_and(|schema| !schema.partition_keys.is_empty());
        super::kind_word(
            read.or_else(|| listed.clone()).as_deref(),
            parts,
            &t.get().tables,
        )
    };
    let rows = move || {
        schema()
            .and_then(|schema| schema.record_num)
            .map(format::grouped)
    };
    let size = move || schema().and_then(|schema| schema.size).map(format::bytes);
    let comment = move || details.get().map(|table| table.comment);
    view! {
        <tr node_ref=line>
            <th scope="row"><a href=href>{item.name}</a></th>
            <td>{kind}</td>
            <td class="number">{rows}</td>
            <td class="number">{size}</td>
            <td class="quiet">{item.owner}</td>
            <td class="tables-comment">{comment}</td>
        </tr>
    }
}
