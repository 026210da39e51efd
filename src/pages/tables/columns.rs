//! The columns of a table: name, type, whether NULL may stand there, comment; partition keys last,
//! as in a DDL.

use leptos::prelude::*;
use odps::tables::Schema;
use odps::types::Column;

use crate::format;
use crate::text::sentences;
use crate::ui::button::Button;

/// How many columns are listed at once.
const DRAWN: usize = 300;

/// The columns.
#[component]
pub fn Columns(
    /// The schema.
    schema: Schema,
) -> impl IntoView {
    let t = sentences();
    let keys = schema
        .partition_keys
        .into_iter()
        .map(|column| (column, true));
    let rows: Vec<(usize, (Column, bool))> = schema
        .columns
        .into_iter()
        .map(|column| (column, false))
        .chain(keys)
        .enumerate()
        .collect();
    let count = rows.len();
    let rows = StoredValue::new(rows);
    // Thousands of lines at once would hold the page up.
    let most = RwSignal::new(DRAWN);
    let rest = move || {
        (count > most.get()).then(|| {
            let all = Callback::new(move |()| most.set(count));
            let words = (t.get().tables.all_columns)(&format::grouped(count as u64));
            view! { <Button on_press=all>{words}</Button> }
        })
    };
    let row = move |(at, (column, key)): (usize, (Column, bool))| {
        let nullable = column.nullable;
        view! {
            <tr>
                <td class="number quiet">{at + 1}</td>
                <th scope="row"><bdi>{column.name}</bdi></th>
                <td><code>{column.kind.to_string()}</code></td>
                <td>{move || if nullable { t.get().tables.yes } else { t.get().tables.no }}</td>
                <td class="tables-comment">
                    {key.then(|| view! { <span class="badge">{move || t.get().tables.partition_key}</span>" " })}
                    <bdi>{column.comment}</bdi>
                </td>
            </tr>
        }
    };
    view! {
        <div class="tables-scroll" tabindex="0" role="group" aria-label=move || t.get().tables.columns>
            <table class="tables-list">
                <thead>
                    <tr>
                        <th scope="col" class="number tables-narrow">{move || t.get().tables.position}</th>
                        <th scope="col">{move || t.get().tables.name}</th>
                        <th scope="col">{move || t.get().tables.column_type}</th>
                        <th scope="col">{move || t.get().tables.nullable}</th>
                        <th scope="col">{move || t.get().tables.comment}</th>
                    </tr>
                </thead>
                <tbody>{move || rows.get_value().into_iter().take(most.get()).map(row).collect_view()}</tbody>
            </table>
        </div>
        {rest}
    }
}
