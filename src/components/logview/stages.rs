//! The stages: a table of which only the rows in view are drawn, each with its bar on the common
//! time. The table is the bars' twin: it has the same beginnings and lengths as text.

use leptos::html::Div;
use leptos::prelude::*;
use wire::Millis;

use crate::format::{brief, grouped};
use crate::state::clock::Clock;
use crate::text::sentences;

pub mod rows;

use rows::{ROW, Row, axis, bar, slowest, window};

/// Rows in view before one scrolls.
const IN_VIEW: i32 = 12;

/// The stages of an instance.
#[component]
pub fn Stages(
    /// The stages, in the order of the service.
    #[prop(into)]
    rows: Signal<Vec<Row>>,
    /// The instance is a cluster, which has none.
    #[prop(into)]
    mars: Signal<bool>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().logview;
    let empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let body = move || match (empty.get(), mars.get()) {
        (true, true) => view! { <p class="quiet">{move || words().stages_cluster}</p> }.into_any(),
        (true, false) => view! { <p class="quiet">{move || words().stages_none}</p> }.into_any(),
        (false, _) => view! { <Timeline rows/> }.into_any(),
    };
    view! { <section class="section" aria-label=move || words().stages><h2>{move || words().stages}</h2>{body}</section> }
}

#[component]
fn Timeline(rows: Signal<Vec<Row>>) -> impl IntoView {
    let (t, clock) = (sentences(), Clock::expect());
    let words = move || &t.get().logview;
    // The clock counts only while something runs.
    let open = Memo::new(move |_| {
        rows.with(|rows| {
            rows.iter()
                .any(|row| row.start.is_some() && row.end.is_none())
        })
    });
    let now = Memo::new(move |_| if open.get() { clock.now() } else { 0 });
    let slow = Memo::new(move |_| rows.with(|rows| slowest(rows, now.get())));
    let axis = Memo::new(move |_| rows.with(|rows| axis(rows, now.get())));
    let scrolled = RwSignal::new(0);
    let frame = NodeRef::<Div>::new();
    let scroll = move |_| {
        if let Some(frame) = frame.get() {
            scrolled.set(frame.scroll_top());
        }
    };
    let count = Memo::new(move |_| rows.with(Vec::len));
    let drawn = Memo::new(move |_| window(scrolled.get(), IN_VIEW * ROW, count.get()));
    let above = move || gap(drawn.get().start);
    let below = move || gap(count.get().saturating_sub(drawn.get().end));
    let body = move || {
        let (slow, axis, now) = (slow.get(), axis.get(), now.get());
        let range = drawn.get();
        rows.with(|rows| {
            let rows = rows.iter().enumerate().skip(range.start).take(range.len());
            rows.map(|(at, row)| line(at, row, slow == Some(at), axis, now))
                .collect_view()
        })
    };
    let said = move || match (slow.get(), axis.get()) {
        (Some(at), _) => rows.with(|rows| {
            let row = rows.get(at)?;
            Some((words().slowest_is)(
                &row.name,
                &brief(row.lasted(now.get())?),
            ))
        }),
        (None, None) => Some(words().no_times.to_owned()),
        (None, Some(_)) => None,
    };
    view! {
        <p class="quiet">{said}</p>
        <div class="logview-stages" node_ref=frame on:scroll=scroll tabindex="0" role="group" aria-label=move || words().stages>
            <table class="table" aria-rowcount=move || (count.get() + 1).to_string()>
                <thead><tr aria-rowindex="1">{Header()}</tr></thead>
                <tbody>
                    <tr class="logview-gap" aria-hidden="true"><td colspan="9" style:block-size=above></td></tr>
                    {body}
                    <tr class="logview-gap" aria-hidden="true"><td colspan="9" style:block-size=below></td></tr>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Header() -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().logview;
    view! {
        <th scope="col">{move || words().stage}</th>
        <th scope="col" class="number">{move || words().total}</th>
        <th scope="col" class="number">{move || words().running}</th>
        <th scope="col" class="number">{move || words().done}</th>
        <th scope="col" class="number">{move || words().failed}</th>
        <th scope="col" class="number">{move || words().rows_in}</th>
        <th scope="col" class="number">{move || words().rows_out}</th>
        <th scope="col" class="number">{move || words().lasted}</th>
        <th scope="col">{move || words().time}</th>
    }
}

/// One stage.
fn line(
    at: usize,
    row: &Row,
    slow: bool,
    axis: Option<(Millis, Millis)>,
    now: Millis,
) -> impl IntoView + use<> {
    let t = sentences();
    let words = move || &t.get().logview;
    let lasted = row.lasted(now).map(brief).unwrap_or_else(|| "–".to_owned());
    let place = axis.and_then(|axis| bar(row, axis, now));
    let after = axis
        .zip(row.start)
        .map(|(axis, start)| brief(start.saturating_sub(axis.0)));
    let drawing = place.map(|(from, width)| {
        let (after, lasted) = (after.unwrap_or_default(), lasted.clone());
        view! {
            <span class="logview-bar" data-slow=slow.then_some("true") title=move || (words().bar)(&after, &lasted)
                style:inset-inline-start=thousandths(from) style:inline-size=thousandths(width)></span>
        }
    });
    let mark = slow.then(|| view! { <span class="logview-slow">{move || words().slowest}</span> });
    view! {
        <tr aria-rowindex=(at + 2).to_string() data-failed=(row.failed > 0).then_some("true")>
            <th scope="row" class="mono">{row.name.clone()}" "{mark}</th>
            <td class="number">{grouped(row.total)}</td>
            <td class="number">{grouped(row.running)}</td>
            <td class="number">{grouped(row.done)}</td>
            <td class="number">{grouped(row.failed)}</td>
            <td class="number">{grouped(row.input)}</td>
            <td class="number">{grouped(row.output)}</td>
            <td class="number">{lasted}</td>
            <td class="logview-lane">{drawing}</td>
        </tr>
    }
}

fn thousandths(part: u64) -> String {
    format!("{}.{}%", part / 10, part % 10)
}

fn gap(rows: usize) -> String {
    let row = usize::try_from(ROW).unwrap_or_default();
    format!("{}px", rows.saturating_mul(row))
}
