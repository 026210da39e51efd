//! `/tables/:table?partition=dt%3D20260101&start=500&limit=100&columns=a,b`: one table; rows, columns
//! and facts. It is looked at again and again: a table that was dropped meanwhile says so and keeps
//! what was read.

pub mod data;

use leptos::prelude::*;
use odps::tables::Table as Facts;

use super::columns::Columns;
use super::definition::Definition;
use super::equal::{Equal, Thing};
use super::facts::FactList;
use super::kind_word;
use super::rights::Rights;
use super::stock::Stock;
use crate::api::tables::{self, TableName};
use crate::api::{self, Cause, Polled};
use crate::components::age::{Age, ago};
use crate::components::page::Page;
use crate::components::problem_notice::ProblemNotice;
use crate::route::{Query, Route};
use crate::state::clock::Clock;
use crate::state::profile::Profile;
use crate::text::sentences;
use crate::ui::button::Button;
use data::Data;

/// Milliseconds between two looks at a table.
const PAUSE: u64 = 15_000;

/// One table.
#[component]
pub fn TablePage(
    /// Its name, as the address has it.
    name: String,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let asked = name.clone();
    let table = api::every(PAUSE, move || {
        let (known, asked) = (profile.now(), asked.clone());
        async move {
            let target = api::target(known).await?;
            tables::get(&target, &asked).await
        }
    });
    let name = StoredValue::new(TableName::read(&name));
    let facts = Memo::new(move |_| table.value());
    remember(name, facts, table);
    let lead = move || {
        let table = facts.get()?;
        let text = &t.get().tables;
        let parts = !table.schema.partition_keys.is_empty();
        let kind = kind_word(table.kind.as_deref(), parts, text);
        Some(match table.comment.is_empty() {
            true => view! { {kind} }.into_any(),
            false => view! { {kind} " · " <bdi>{table.comment}</bdi> }.into_any(),
        })
    };
    let actions = move || view! { <Actions name=name/> };
    let there = Memo::new(move |_| facts.with(Option::is_some));
    let body = move || match there.get() {
        true => {
            let facts = Memo::new(move |_| facts.get().unwrap_or_default());
            view! { <Sections name=name facts=facts/> }.into_any()
        }
        false => {
            let reading = move || table.problem().is_none().then(|| t.get().tables.reading);
            view! { <p class="quiet" role="status">{reading}</p> }.into_any()
        }
    };
    let title = Signal::derive(move || name.with_value(TableName::to_string));
    view! {
        <Page title=title lead=move || lead actions=actions>
            <Trouble table=table/>
            {body}
        </Page>
    }
}

/// Keeps the table among the recent ones, and forgets it when it is gone.
fn remember(name: StoredValue<TableName>, facts: Memo<Option<Facts>>, table: Polled<Facts>) {
    let profile = Profile::expect();
    let state = Memo::new(move |_| {
        let gone = table
            .problem()
            .is_some_and(|problem| problem.why == Cause::NoSuchTable);
        (facts.with(Option::is_some), gone)
    });
    Effect::new(move |_| {
        let Some(connection) = profile.get() else {
            return;
        };
        let stock = Stock::of(&connection.project);
        match state.get() {
            (_, true) => stock.forget(&name.get_value()),
            (true, false) => stock.saw(&name.with_value(TableName::to_string)),
            (false, false) => {}
        }
    });
}

/// What is wrong since the table was read, or why it was not.
#[component]
fn Trouble(
    /// The table.
    table: Polled<Facts>,
) -> impl IntoView {
    let (t, clock) = (sentences(), Clock::expect());
    let again = Callback::new(move |()| table.refresh());
    let problem = Memo::new(move |_| table.problem());
    let had = Memo::new(move |_| table.reading.with(|reading| reading.value.is_some()));
    move || {
        let problem = problem.get()?;
        let dropped = had.get() && problem.why == Cause::NoSuchTable;
        let age = had
            .get()
            .then(|| view! { <p><Age at=table.at() stale=table.stale()/></p> });
        let said = move || {
            let at = table.reading.with(|reading| reading.at).unwrap_or_default();
            (t.get().tables.gone)(&ago(t.get(), clock.now().saturating_sub(at)))
        };
        Some(match dropped {
            true => view! { <p class="tables-gone" role="alert">{said}</p> }.into_any(),
            false => {
                view! { <div><ProblemNotice problem=problem retry=again/>{age}</div> }.into_any()
            }
        })
    }
}

/// Pin and copies.
#[component]
fn Actions(
    /// The table.
    name: StoredValue<TableName>,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let project = Memo::new(move |_| profile.get().map(|facts| facts.project).unwrap_or_default());
    let text = move || name.with_value(TableName::to_string);
    let pinned = Memo::new(move |_| {
        let kept = Stock::of(&project.get()).kept;
        kept.with(|kept| kept.pinned.contains(&text()))
    });
    let pin = Callback::new(move |()| Stock::of(&project.get_untracked()).pin(&text()));
    let word = move || match pinned.get() {
        true => t.get().tables.unpin,
        false => t.get().tables.pin,
    };
    let upload = move || {
        let query = Query::default().with("table", &text());
        Route::Upload.with(query).href()
    };
    let thing = Signal::derive(move || Thing {
        project: project.get(),
        name: name.get_value(),
        partition: None,
    });
    move || {
        (!project.with(String::is_empty)).then(|| {
            view! {
                <Equal thing=thing/>
                <a class="button" href=upload()>{move || t.get().uploads.upload}</a>
                <Button on_press=pin>{word}</Button>
            }
        })
    }
}

/// Data, columns, facts, definition.
#[component]
fn Sections(
    /// The table.
    name: StoredValue<TableName>,
    /// What the service says about it.
    facts: Memo<Facts>,
) -> impl IntoView {
    let t = sentences();
    let schema = Memo::new(move |_| facts.with(|facts| facts.schema.clone()));
    let count = move || schema.with(|schema| schema.columns.len() + schema.partition_keys.len());
    let columns = move || match count() {
        0 => view! { <p class="quiet">{t.get().tables.no_columns}</p> }.into_any(),
        _ => view! { <Columns schema=schema.get()/> }.into_any(),
    };
    view! {
        <Data name=name facts=facts/>
        <section class="section" aria-labelledby="table-columns">
            <div class="section-head">
                <h2 id="table-columns">{move || t.get().tables.columns}</h2>
                <span class="quiet">{move || (t.get().tables.columns_of)(count())}</span>
            </div>
            {columns}
        </section>
        <section class="section" aria-labelledby="table-facts">
            <h2 id="table-facts">{move || t.get().tables.facts}</h2>
            {move || view! { <FactList facts=facts.get()/> }}
            {move || view! { <Definition name=name.get_value() schema=schema.get()/> }}
            <Rights name=name/>
        </section>
    }
}
