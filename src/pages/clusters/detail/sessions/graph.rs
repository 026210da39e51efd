//! One graph of a session, as a row.

use leptos::prelude::*;
use mars::v04::console::GraphRow;
use mars::v04::session::State;

use super::made::{Made, made};
use super::wish::Wish;
use super::{Key, Shared};
use crate::api::engine::millis;
use crate::components::age::Moment;
use crate::format;
use crate::route::{Here, Query, Route};
use crate::state::clock::Clock;
use crate::text::{Text, sentences};
use crate::ui::button::{Button, Weight};
use crate::ui::status::{Status, Tone};

/// How much of a key is shown; the whole one stands in the title.
const SHORT: usize = 8;

/// A row.
#[component]
pub fn GraphLine(
    /// What the tab shares.
    shared: Shared,
    /// The graph.
    key: Key,
) -> impl IntoView {
    let (t, clock) = (sentences(), Clock::expect());
    let of = key.clone();
    let row = Memo::new(move |_| shared.row(&of));
    let state = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.state.clone())));
    let waits = {
        let key = key.clone();
        let asked = Memo::new(move |_| shared.asked.with(|asked| asked.contains(&key)));
        Memo::new(move |_| asked.get() && state.with(|state| state.as_ref().is_some_and(stoppable)))
    };
    let start = Memo::new(move |_| row.with(|row| millis(row.as_ref()?.start_time?)));
    let end = Memo::new(move |_| row.with(|row| millis(row.as_ref()?.end_time?)));
    let lasted = move || {
        let until = end.get().unwrap_or_else(|| clock.now());
        start
            .get()
            .map(|start| format::brief(until.saturating_sub(start)))
    };
    let operands = move || row.with(|row| row.as_ref().and_then(|row| operands(t.get(), row)));
    let word = Signal::derive(move || {
        let words = &t.get().engine;
        match waits.get() {
            true => words.asked.to_owned(),
            false => state.with(|state| state.as_ref().map(words.word).unwrap_or_default()),
        }
    });
    let tone = Signal::derive(move || state.with(|state| tone(state.as_ref())));
    view! {
        <tr>
            <th scope="row" class="mono"><Opening shared key=key.clone()/></th>
            <td><Status tone word/></td>
            <td><Moment at=start/></td>
            <td><Moment at=end/></td>
            <td>{lasted}</td>
            <td>{operands}</td>
            <td class="cut"><Maker shared key=key.clone()/></td>
            <td><Cancel shared key state waits/></td>
        </tr>
    }
}

/// The key, which opens the operands where the engine tells them.
#[component]
fn Opening(shared: Shared, key: Key) -> impl IntoView {
    let (t, here) = (sentences(), Here::expect());
    let short: String = key.1.chars().take(SHORT).collect();
    let full = key.1.clone();
    let all = Memo::new(move |_| shared.read.value().is_some_and(|read| read.all));
    move || {
        if !all.get() {
            return view! { <span title=full.clone()>{short.clone()}</span> }.into_any();
        }
        let (session, graph) = key.clone();
        let query = Query::default()
            .with("tab", "sessions")
            .with("session", &session)
            .with("graph", &graph);
        let href = Route::Cluster(shared.id.get_value()).with(query).href();
        let open = here.query.with(|query| query.get("graph") == Some(&graph));
        let label = (t.get().engine.open)(&short);
        let current = open.then_some("true");
        view! {
            <a href=href title=full.clone() aria-label=label aria-current=current data-noscroll="true">
                {short.clone()}
            </a>
        }
        .into_any()
    }
}

/// The cell that made it.
#[component]
fn Maker(shared: Shared, key: Key) -> impl IntoView {
    let t = sentences();
    // A cell keeps its graph a moment after the graph began: looked for until it is known.
    let found = Memo::new(move |before: Option<&Option<Made>>| {
        shared.read.reading.track();
        let known = before.cloned().flatten().filter(|made| made.cell.is_some());
        known.or_else(|| made(&shared.id.get_value(), &key))
    });
    move || match found.get() {
        None => view! { <span class="quiet">{t.get().engine.made_elsewhere}</span> }.into_any(),
        Some(made) => {
            let said = match made.cell {
                Some(cell) => (t.get().engine.made_in)(cell, &made.text),
                None => made.text,
            };
            view! { <a href=made.href>{said}</a> }.into_any()
        }
    }
}

#[component]
fn Cancel(
    shared: Shared,
    key: Key,
    state: Memo<Option<State>>,
    waits: Memo<bool>,
) -> impl IntoView {
    let t = sentences();
    let can = Memo::new(move |_| state.with(|state| state.as_ref().is_some_and(stoppable)));
    let key = StoredValue::new(key);
    let press = Callback::new(move |()| shared.wish.set(Some(Wish::Cancel(key.get_value()))));
    view! {
        <Show when=move || can.get()>
            <Button weight=Weight::Quiet on_press=press busy=waits>
                {move || t.get().engine.cancel}
            </Button>
        </Show>
    }
}

/// Whether asking for its end makes sense.
fn stoppable(state: &State) -> bool {
    matches!(
        state,
        State::Unscheduled | State::Preparing | State::Running
    )
}

fn operands(text: &Text, row: &GraphRow) -> Option<String> {
    let words = &text.engine;
    match (row.done, row.total) {
        (Some(done), Some(total)) => Some((words.done_of)(
            &format::grouped(done),
            &format::grouped(total),
        )),
        _ => row
            .graph_size
            .map(|size| (words.size)(&format::grouped(size))),
    }
}

fn tone(state: Option<&State>) -> Tone {
    match state {
        Some(State::Succeeded) => Tone::Good,
        Some(State::Failed) => Tone::Bad,
        Some(State::Running | State::Cancelling) => Tone::Busy,
        Some(State::Unscheduled | State::Preparing) => Tone::Waiting,
        _ => Tone::Quiet,
    }
}

#[cfg(test)]
mod tests {
    use mars::v04::console::GraphRow;
    use mars::v04::session::State;

    use super::{operands, stoppable};
    use crate::text::en::EN;

    #[test]
    fn operands_are_counted_where_they_are_told() {
        let row = GraphRow {
            key: "k".into(),
            state: State::Running,
            start_time: None,
            end_time: None,
            graph_size: Some(137),
            done: Some(8),
            total: Some(130),
        };
        assert_eq!(operands(&EN, &row).as_deref(), Some("8 of 130"));
        let less = GraphRow { done: None, ..row };
        assert_eq!(operands(&EN, &less).as_deref(), Some("137 in all"));
        let none = GraphRow {
            graph_size: None,
            ..less
        };
        assert_eq!(operands(&EN, &none), None);
    }

    #[test]
    fn only_what_goes_on_is_stopped() {
        assert!(stoppable(&State::Running) && stoppable(&State::Preparing));
        assert!(!stoppable(&State::Cancelling) && !stoppable(&State::Succeeded));
    }
}
