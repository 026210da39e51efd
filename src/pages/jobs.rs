//! `/jobs`: the runs of SQL that this browser has begun: search, open, run again, compare, forget.

use leptos::prelude::*;

use crate::api::sql::kept::{self, Run};
use crate::components::age::Moment;
use crate::components::page::Page;
use crate::format;
use crate::route::{Here, Query, Route};
use crate::state::clock::Clock;
use crate::state::profile::Profile;
use crate::text::sentences;
use crate::ui::status::Status;
use compare::Compare;
use desk::Desk;

pub mod check;
pub mod compare;
pub mod desk;
pub mod editor;
pub mod flags;
pub mod outcome;
pub mod pane;
pub mod progress;
pub mod sheet;
pub mod tabs;

/// The history.
#[component]
pub fn Jobs() -> impl IntoView {
    let (t, here, profile, desk) = (
        sentences(),
        Here::expect(),
        Profile::expect(),
        Desk::expect(),
    );
    let words = move || &t.get().sql;
    let known = Memo::new(move |_| profile.get().is_some());
    Effect::new(move |_| {
        if known.get() {
            desk.read();
        }
    });
    let search = Memo::new(move |_| here.query.get().get("q").unwrap_or_default().to_owned());
    let found = Memo::new(move |_| {
        desk.runs.with(|runs| {
            kept::found(runs, &search.get())
                .into_iter()
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let pair = Memo::new(move |_| {
        let query = here.query.get();
        let run = |key: &str| {
            let key = query.get(key)?;
            desk.runs
                .with(|runs| runs.iter().find(|run| run.key == key).cloned())
        };
        (run("left"), run("right"))
    });
    let compared = move || match pair.get() {
        (Some(left), Some(right)) => Some(view! { <Compare left right/> }),
        _ => None,
    };
    let typed = move |event| here.view("q", &event_target_value(&event));
    let new = Route::NewSql.path();
    view! {
        <Page
            title=Signal::derive(move || words().history.to_owned())
            lead=move || words().history_lead
            actions=move || view! { <a class="button" data-weight="primary" href=new.clone()>{move || words().new_query}</a> }
        >
            <div class="sql">
                <div class="sql-tools">
                    <input
                        class="sql-input sql-search" type="search" aria-label=move || words().search placeholder=move || words().search
                        prop:value=move || search.get()
                        on:input=typed
                    />
                    <span class="quiet" role="status">{move || (words().found)(found.with(Vec::len), desk.runs.with(Vec::len))}</span>
                </div>
                {compared}
                <List found/>
            </div>
        </Page>
    }
}

#[component]
fn List(found: Memo<Vec<Run>>) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().sql;
    let none = move || found.with(Vec::is_empty);
    view! {
        <Show when=move || !none() fallback=move || view! { <div class="empty"><p>{words().no_runs}</p></div> }>
            <div class="table-box">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{move || words().compare}</th>
                            <th scope="col">{move || words().query}</th>
                            <th scope="col">{move || words().state_name}</th>
                            <th scope="col">{move || words().began}</th>
                            <th scope="col" class="number">{move || words().lasted}</th>
                            <th scope="col" class="number">{move || words().rows_name}</th>
                            <th scope="col" class="number">{move || words().cost_name}</th>
                            <th scope="col">{move || words().actions}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || found.get() key=|run| run.clone() children=|run| view! { <Row run/> }/>
                    </tbody>
                </table>
            </div>
        </Show>
    }
}

#[component]
fn Row(run: Run) -> impl IntoView {
    let (t, here, clock, desk) = (sentences(), Here::expect(), Clock::expect(), Desk::expect());
    let words = move || &t.get().sql;
    let state = run.state();
    let word = Signal::derive(move || progress::state_word(t.get(), state).to_owned());
    let title = tabs::title(
        &run.steps
            .first()
            .map_or(run.text.clone(), |step| step.text.clone()),
    );
    let more = run.steps.len().saturating_sub(1);
    let place = match run.last_sent().and_then(|step| step.instance.clone()) {
        Some(id) => crate::route::Place::from(Route::Job(id)),
        None => Route::NewSql.with(Query::default().with("query", &run.text)),
    };
    let again = Route::NewSql
        .with(Query::default().with("query", &run.text))
        .href();
    let lasted = {
        let run = run.clone();
        move || match state.is_running() {
            true => format::elapsed(run.lasted(clock.now())),
            false => format::brief(run.lasted(0)),
        }
    };
    let rows = run
        .steps
        .last()
        .and_then(|step| step.rows)
        .map_or("–".to_owned(), format::grouped);
    let cost = compare::cost(&run);
    let key = StoredValue::new(run.key.clone());
    let chosen = move |side: &'static str| {
        here.query
            .with(|query| query.get(side) == Some(&key.get_value()))
    };
    let choose = move |side: &'static str| {
        let key = if chosen(side) {
            String::new()
        } else {
            key.get_value()
        };
        here.view(side, &key);
    };
    let side = move |side: &'static str,
                     letter: &'static str,
                     label: fn(&'static crate::text::Text) -> fn(&str) -> String,
                     title: String| {
        let name = move || label(t.get())(&title);
        view! {
            <button type="button" class="sql-side" aria-pressed=move || chosen(side).to_string() aria-label=name on:click=move |_| choose(side)>{letter}</button>
        }
    };
    let forget_name = title.clone();
    let forget = move |_| desk.forget(&key.get_value());
    view! {
        <tr>
            <td>
                <span class="sql-sides">
                    {side("left", "A", |t| t.sql.compare_left, title.clone())}
                    {side("right", "B", |t| t.sql.compare_right, title.clone())}
                </span>
            </td>
            <th scope="row"><a href=place.href()><code>{title}</code></a>{(more > 0).then(|| view! { <span class="quiet">{format!(" +{more}")}</span> })}</th>
            <td><Status tone=progress::tone(state) word/></td>
            <td><Moment at=Some(run.at)/></td>
            <td class="number">{lasted}</td>
            <td class="number">{rows}</td>
            <td class="number">{cost}</td>
            <td>
                <span class="sql-sides">
                    <a href=again>{move || words().again}</a>
                    <button type="button" class="sql-word" aria-label=move || (words().forget_named)(&forget_name) on:click=forget>{move || words().forget}</button>
                </span>
            </td>
        </tr>
    }
}
