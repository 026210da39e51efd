//! The rows of a table: of a table without partitions, of the partition that is picked, or of a view,
//! which SQL reads and some services look at.

use std::sync::Arc;

use leptos::prelude::*;
use odps::tables::{Partition, PartitionSpec, Table as Facts};

use crate::api::frames::pyodps_line;
use crate::api::tables::TableName;
use crate::components::copy::Copy;
use crate::components::frame_view::FrameView;
use crate::components::problem_notice::ProblemNotice;
use crate::frames::{Source, TableSource};
use crate::pages::tables::equal::full_name;
use crate::pages::tables::partitions::{Partitions, latest};
use crate::pages::tables::rows::size::Size;
use crate::pages::tables::rows::{FIRST, RowChoice, Wanted, ask_whole};
use crate::pages::tables::stock::Stock;
use crate::route::{Here, Query, Route};
use crate::state::profile::Profile;
use crate::text::sentences;
use crate::ui::button::Button;

/// The rows, however they are had.
#[component]
pub fn Data(
    /// The table.
    name: StoredValue<TableName>,
    /// What the service says about it.
    facts: Memo<Facts>,
) -> impl IntoView {
    let kind = Memo::new(move |_| {
        facts.with(|facts| {
            let schema = &facts.schema;
            let parts = !schema.partition_keys.is_empty();
            (schema.is_virtual_view, parts, schema.columns.is_empty())
        })
    });
    move || match kind.get() {
        (_, _, true) => ().into_any(),
        (true, ..) => view! { <OfView name=name/> }.into_any(),
        (false, true, _) => view! { <OfPartition name=name facts=facts/> }.into_any(),
        (false, false, _) => {
            let size = Memo::new(move |_| {
                facts.with(|facts| {
                    Size::of(
                        facts.schema.record_num,
                        facts.schema.size,
                        &facts.schema.columns,
                    )
                })
            });
            let partition = Signal::stored(None::<String>);
            view! { <Rows name=name facts=facts partition=partition size=size/> }.into_any()
        }
    }
}

/// The rows of a view: SQL reads them, the preview call perhaps.
#[component]
fn OfView(
    /// The view.
    name: StoredValue<TableName>,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let sql = move || format!("SELECT * FROM {} LIMIT {FIRST}", name.with_value(full_name));
    let line = Memo::new(move |_| format!("o.execute_sql('{}').open_reader()", sql()));
    let place =
        Route::Missing("jobs/new/sql".to_owned()).with(Query::default().with("query", &sql()));
    let looked = RwSignal::new(false);
    let source = Memo::new(move |_| {
        Source::Preview(TableSource {
            project: profile.get().map(|facts| facts.project).unwrap_or_default(),
            table: name.with_value(|name| name.table.clone()),
            schema: name.with_value(|name| name.schema.clone()),
            partition: None,
            columns: Vec::new(),
            start: 0,
        })
    });
    let frame = move || {
        looked.get().then(|| {
            let text = Signal::derive(move || name.with_value(TableName::to_string));
            view! { <FrameView source=source name=text/> }
        })
    };
    view! {
        <section class="section" aria-labelledby="table-data">
            <h2 id="table-data" class="visually-hidden">{move || t.get().tables.data}</h2>
            <div class="tables-line">
                <span class="quiet">{move || t.get().tables.view_rows}</span>
                <code>{move || line.get()}</code>
                <Copy text=line what=Signal::derive(|| "PyODPS".to_owned())/>
            </div>
            <div class="tables-line">
                <a class="button" href=place.href()>{move || t.get().tables.view_sql}</a>
                <Button on_press=Callback::new(move |()| looked.set(true))>{move || t.get().tables.view_preview}</Button>
            </div>
            {frame}
        </section>
    }
}

/// The rows of a partition; at first of the last one.
#[component]
fn OfPartition(
    /// The table.
    name: StoredValue<TableName>,
    /// What the service says about it.
    facts: Memo<Facts>,
) -> impl IntoView {
    let (t, here, profile) = (sentences(), Here::expect(), Profile::expect());
    let project = profile.now().map(|facts| facts.project).unwrap_or_default();
    let stock = Stock::of(&project);
    let modified = Memo::new(move |_| facts.with(|facts| facts.modified));
    Effect::new({
        let stock = stock.clone();
        move |_| {
            // Data that changed may be a partition that came or went.
            modified.track();
            stock.renew_partitions(&name.get_value());
        }
    });
    let shelf = {
        let stock = stock.clone();
        Memo::new(move |_| {
            let known = stock
                .partitions
                .with(|all| all.get(&name.get_value()).cloned());
            known.unwrap_or_default()
        })
    };
    let asked = Memo::new(move |_| here.query.get().get("partition").map(unquoted));
    let chosen = Memo::new(move |_| {
        asked.get().or_else(|| {
            // The latest is known when all are.
            shelf.with(|shelf| {
                if shelf.reading {
                    None
                } else {
                    latest(&shelf.items)
                }
            })
        })
    });
    let size = Memo::new(move |_| {
        let part: Option<Arc<Partition>> = shelf.with(|shelf| {
            let same = |item: &&Arc<Partition>| Some(item.spec.to_string()) == chosen.get();
            shelf.items.iter().find(same).cloned()
        });
        facts.with(|facts| {
            let (rows, stored) = part.map_or((None, None), |part| (part.records, part.size));
            Size::of(rows, stored, &facts.schema.columns)
        })
    });
    let held = StoredValue::new(stock);
    let again = Callback::new(move |()| {
        held.with_value(|stock| {
            stock.partitions.update(|all| {
                all.remove(&name.get_value());
            });
            stock.read_partitions(&name.get_value());
        });
    });
    let problem = Memo::new(move |_| shelf.with(|shelf| shelf.problem.clone()));
    let state = Memo::new(move |_| {
        let (none, reading) = shelf.with(|shelf| (shelf.items.is_empty(), shelf.reading));
        (chosen.with(Option::is_some), none, reading)
    });
    let body = move || match state.get() {
        (true, ..) => view! { <Rows name=name facts=facts partition=chosen size=size/> }.into_any(),
        (false, true, false) if problem.with(Option::is_none) => {
            view! { <p class="quiet">{t.get().tables.no_partition}</p> }.into_any()
        }
        (false, _, true) => {
            view! { <p class="quiet" role="status">{t.get().tables.reading}</p> }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <Partitions name=name.get_value() stock=held.get_value() shelf=shelf chosen=chosen/>
        {move || problem.get().map(|problem| view! { <ProblemNotice problem=problem retry=again/> })}
        {body}
    }
}

/// The rows themselves and the line that reads the same.
#[component]
fn Rows(
    /// The table.
    name: StoredValue<TableName>,
    /// What the service says about it.
    facts: Memo<Facts>,
    /// The partition to read.
    #[prop(into)]
    partition: Signal<Option<String>>,
    /// How large it is.
    size: Memo<Size>,
) -> impl IntoView {
    let (t, here, profile) = (sentences(), Here::expect(), Profile::expect());
    let wanted = Memo::new(move |_| Wanted::read(&here.query.get()));
    let limit: Signal<Option<u64>> = Memo::new(move |_| wanted.with(|wanted| wanted.limit)).into();
    let columns = Memo::new(move |_| facts.with(|facts| facts.schema.columns.clone()));
    let table = Memo::new(move |_| TableSource {
        project: profile.get().map(|facts| facts.project).unwrap_or_default(),
        table: name.with_value(|name| name.table.clone()),
        schema: name.with_value(|name| name.schema.clone()),
        partition: partition.get(),
        columns: wanted.with(|wanted| wanted.columns.clone()),
        start: wanted.with(|wanted| wanted.start),
    });
    let source = Memo::new(move |_| Source::Table(table.get()));
    let line = Memo::new(move |_| pyodps_line(&table.get(), limit.get()));
    let asking = RwSignal::new(false);
    let go = Callback::new(move |wanted: Wanted| {
        let query = wanted.write(here.query.get_untracked());
        here.go(here.route.get_untracked().with(query));
    });
    let on_limit = Callback::new(move |rows: Option<u64>| match rows {
        None => ask_whole(size, asking, wanted, go),
        Some(_) => go.run(Wanted {
            limit: rows,
            ..wanted.get_untracked()
        }),
    });
    view! {
        <section class="section" aria-labelledby="table-data">
            <h2 id="table-data" class="visually-hidden">{move || t.get().tables.data}</h2>
            <RowChoice wanted=wanted columns=columns size=size asking=asking/>
            <FrameView
                linked=true
                source=source
                name=Signal::derive(move || name.with_value(TableName::to_string))
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

/// The partition as the tunnel takes it, whichever way it was quoted.
fn unquoted(text: &str) -> String {
    PartitionSpec::read(text).map_or_else(|_| text.to_owned(), |spec| spec.to_string())
}

#[cfg(test)]
mod tests {
    use super::unquoted;

    #[test]
    fn a_partition_of_an_address_may_be_quoted() {
        assert_eq!(unquoted("dt='20260101'"), "dt=20260101");
        assert_eq!(unquoted("nonsense"), "nonsense");
    }
}
