//! `/tables/:table?partition=dt%3D20260101&limit=6`: one table; its first rows, columns and facts.
//! The limit is the guide's `head(6)` unless the address says otherwise; `all` lifts it.

use leptos::prelude::*;
use odps::tables::{Partition, Table as Facts};

use super::columns::Columns;
use super::definition::Definition;
use super::facts::FactList;
use super::picker::Picker;
use super::{good, kind_word};
use crate::api::frames::pyodps_line;
use crate::api::tables;
use crate::components::copy::Copy;
use crate::components::frame_view::FrameView;
use crate::components::page::Page;
use crate::components::problem_notice::ProblemNotice;
use crate::format;
use crate::frames::{Source, TableSource};
use crate::route::{Here, Query};
use crate::state::profile::Profile;
use crate::text::sentences;

/// The guide's `head(6)`.
const HEAD: u64 = 6;

/// One table.
#[component]
pub fn TablePage(
    /// Its name.
    name: String,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let name = StoredValue::new(name);
    let table = LocalResource::new(move || {
        let target = profile.get().map(|connection| connection.target());
        async move { Some(tables::get(&target?, &name.get_value()).await) }
    });
    let outcome = Memo::new(move |_| table.get().flatten());
    let again = Callback::new(move |()| table.refetch());
    let lead = move || {
        let table = good(outcome.get())?;
        let text = &t.get().tables;
        let parts = !table.schema.partition_keys.is_empty();
        let kind = kind_word(table.kind.as_deref(), parts, text);
        Some(match table.comment.is_empty() {
            true => kind,
            false => format!("{kind} · {}", table.comment),
        })
    };
    let body = move || match outcome.get() {
        None => match profile.problem() {
            Some(problem) => view! { <ProblemNotice problem=problem/> }.into_any(),
            None => {
                view! { <p class="quiet" role="status">{t.get().tables.reading}</p> }.into_any()
            }
        },
        Some(Err(problem)) => view! { <ProblemNotice problem=problem retry=again/> }.into_any(),
        Some(Ok(facts)) => view! { <Sections name=name facts=facts/> }.into_any(),
    };
    view! { <Page title=Signal::derive(move || name.get_value()) lead=move || lead>{body}</Page> }
}

/// Data, facts, columns, definition.
#[component]
fn Sections(
    /// The name of the table.
    name: StoredValue<String>,
    /// The table as it was read.
    facts: Facts,
) -> impl IntoView {
    let t = sentences();
    let partitioned = !facts.schema.partition_keys.is_empty();
    let count = facts.schema.columns.len() + facts.schema.partition_keys.len();
    let data = match (facts.schema.is_virtual_view, partitioned) {
        (true, _) => view! { <ViewData name=name/> }.into_any(),
        (false, true) => view! { <PartitionData name=name/> }.into_any(),
        (false, false) => {
            view! { <Data name=name partition=Signal::stored(None::<String>)/> }.into_any()
        }
    };
    let schema = facts.schema.clone();
    view! {
        {data}
        <section class="section" aria-labelledby="table-columns">
            <div class="section-head">
                <h2 id="table-columns">{move || t.get().tables.columns}</h2>
                <span class="quiet">{move || (t.get().tables.columns_of)(count)}</span>
            </div>
            <Columns schema=schema/>
        </section>
        <section class="section" aria-labelledby="table-facts">
            <h2 id="table-facts">{move || t.get().tables.facts}</h2>
            <FactList facts=facts.clone()/>
            <Definition name=name.get_value() schema=facts.schema/>
        </section>
    }
}

/// Where the rows of a view come from: the tunnel has none.
#[component]
fn ViewData(
    /// The name of the view.
    name: StoredValue<String>,
) -> impl IntoView {
    let t = sentences();
    let line = Memo::new(move |_| {
        let name = name.get_value();
        format!("o.execute_sql('SELECT * FROM {name} LIMIT 6').open_reader()")
    });
    view! {
        <div class="tables-line">
            <span class="quiet">{move || t.get().tables.view_rows}</span>
            <code>{move || line.get()}</code>
            <Copy text=line what=Signal::derive(|| "PyODPS".to_owned())/>
        </div>
    }
}

/// The rows of a partition that is picked; at first the last one.
#[component]
fn PartitionData(
    /// The name of the table.
    name: StoredValue<String>,
) -> impl IntoView {
    let (t, here, profile) = (sentences(), Here::expect(), Profile::expect());
    let partitions = LocalResource::new(move || {
        let target = profile.get().map(|connection| connection.target());
        async move { Some(tables::partitions(&target?, &name.get_value()).await) }
    });
    let outcome = Memo::new(move |_| partitions.get().flatten());
    let again = Callback::new(move |()| partitions.refetch());
    let asked = Memo::new(move |_| here.query.get().get("partition").map(unquoted));
    let body = move || match outcome.get() {
        None => view! { <p class="quiet" role="status">{t.get().tables.reading}</p> }.into_any(),
        Some(Err(problem)) => view! { <ProblemNotice problem=problem retry=again/> }.into_any(),
        Some(Ok(all)) if all.items.is_empty() => {
            view! { <p class="quiet">{t.get().tables.no_partition}</p> }.into_any()
        }
        Some(Ok(all)) => {
            let items = ordered(all.items);
            let first = items.first().map(|item| item.spec.to_string());
            let chosen = Memo::new(move |_| asked.get().or_else(|| first.clone()));
            view! {
                <Picker items=items chosen=chosen/>
                <Data name=name partition=chosen/>
            }
            .into_any()
        }
    };
    view! { {body} }
}

/// The rows themselves and the line that reads the same.
#[component]
fn Data(
    /// The name of the table.
    name: StoredValue<String>,
    /// The partition to read.
    #[prop(into)]
    partition: Signal<Option<String>>,
) -> impl IntoView {
    let (t, here, profile) = (sentences(), Here::expect(), Profile::expect());
    let limit: Signal<Option<u64>> = Memo::new(move |_| limit_of(&here.query.get())).into();
    let table = Memo::new(move |_| TableSource {
        project: profile.get().map(|facts| facts.project).unwrap_or_default(),
        table: name.get_value(),
        partition: partition.get(),
        columns: Vec::new(),
        schema: None,
        start: 0,
    });
    let source = Memo::new(move |_| Source::Table(table.get()));
    let line = Memo::new(move |_| pyodps_line(&table.get(), limit.get()));
    let on_limit = Callback::new(move |rows: Option<u64>| {
        here.view(
            "limit",
            &rows.map_or_else(|| "all".to_owned(), |rows| rows.to_string()),
        );
    });
    view! {
        <section class="section" aria-labelledby="table-data">
            <h2 id="table-data" class="visually-hidden">{move || t.get().tables.data}</h2>
            <FrameView
                source=source
                name=Signal::derive(move || name.get_value())
                limit=limit
                on_limit=on_limit
            />
            <div class="tables-line">
                <span class="quiet">{move || t.get().tables.python}</span>
                <code>{move || line.get()}</code>
                <Copy text=line what=Signal::derive(|| "PyODPS".to_owned())/>
            </div>
        </section>
    }
}

/// The limit of an address: six rows, a number, or `all`.
fn limit_of(query: &Query) -> Option<u64> {
    match query.get("limit") {
        Some("all") => None,
        Some(text) => Some(text.parse().ok().filter(|rows| *rows > 0).unwrap_or(HEAD)),
        None => Some(HEAD),
    }
}

/// The partition as the tunnel takes it, whichever way it was quoted.
fn unquoted(text: &str) -> String {
    odps::tables::PartitionSpec::read(text)
        .map_or_else(|_| text.to_owned(), |spec| spec.to_string())
}

/// The greatest values first: for dates that is the latest.
fn ordered(mut items: Vec<Partition>) -> Vec<Partition> {
    let values = |item: &Partition| {
        item.spec
            .0
            .iter()
            .map(|(_, v)| v.clone())
            .collect::<Vec<_>>()
    };
    items.sort_by_key(|item| std::cmp::Reverse(values(item)));
    items
}

/// A number of rows or a size, where it is known.
pub(super) fn known(number: Option<u64>, write: fn(u64) -> String) -> String {
    number.map_or_else(|| "–".to_owned(), write)
}

/// Rows in groups of three digits.
pub(super) fn rows_word(rows: u64) -> String {
    format::grouped(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use odps::tables::PartitionSpec;

    #[test]
    fn the_limit_of_an_address() {
        let table = [
            ("", Some(6)),
            ("limit=100", Some(100)),
            ("limit=all", None),
            ("limit=0", Some(6)),
            ("limit=many", Some(6)),
        ];
        for (query, limit) in table {
            assert_eq!(limit_of(&Query::parse(query)), limit, "{query}");
        }
    }

    #[test]
    fn the_latest_partition_comes_first() {
        let item = |spec: &str| Partition {
            spec: PartitionSpec::read(spec).expect("a partition"),
            created: None,
            modified: None,
            size: None,
            records: None,
        };
        let items = ordered(vec![
            item("dt=20260101"),
            item("dt=20260103"),
            item("dt=20260102"),
        ]);
        assert_eq!(items[0].spec.to_string(), "dt=20260103");
        assert_eq!(unquoted("dt='20260101'"), "dt=20260101");
    }
}
