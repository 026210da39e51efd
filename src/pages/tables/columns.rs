//! The columns of a table: name, type, whether NULL may stand there, comment; partition keys last,
//! as in a DDL.

use leptos::prelude::*;
use odps::tables::Schema;
use odps::types::Column;

use crate::text::sentences;

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
    let rows = schema
        .columns
        .into_iter()
        .map(|column| (column, false))
        .chain(keys)
        .enumerate();
    let row = move |(at, (column, key)): (usize, (Column, bool))| {
        let nullable = column.nullable;
        view! {
            <tr>
                <td class="number quiet">{at + 1}</td>
                <th scope="row">{column.name}</th>
                <td><code>{column.kind.to_string()}</code></td>
                <td>{move || if nullable { t.get().tables.yes } else { t.get().tables.no }}</td>
                <td class="tables-comment">
                    {key.then(|| view! { <span class="badge">{move || t.get().tables.partition_key}</span>" " })}
                    {column.comment}
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
                <tbody>{rows.map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}
