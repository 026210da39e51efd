//! A month of days, in which those that have partitions are marked: ARIA's grid with one tab stop.

use std::collections::BTreeMap;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::dates::{Day, weeks};
use crate::format;
use crate::text::sentences;
use crate::ui::icon::{Glyph, Icon};

/// A month.
#[component]
pub fn Calendar(
    /// The days that have partitions, and how many.
    days: Memo<BTreeMap<Day, usize>>,
    /// The day that is chosen.
    chosen: Memo<Option<Day>>,
    /// Called with a day that has partitions.
    on_choose: Callback<Day>,
) -> impl IntoView {
    let t = sentences();
    let last = days.with_untracked(|days| days.last_key_value().map(|(day, _)| *day));
    let start = chosen.get_untracked().or(last).unwrap_or(Day {
        year: 2026,
        month: 1,
        day: 1,
    });
    let at = RwSignal::new(start);
    let grid = NodeRef::<leptos::html::Table>::new();
    Effect::new(move |before: Option<Option<Day>>| {
        let now = chosen.get();
        if let Some(day) = now.filter(|_| before.is_some_and(|before| before != now)) {
            at.set(day);
        }
        now
    });
    let month = Memo::new(move |_| at.get().first());
    let press = move |event: KeyboardEvent| {
        let now = at.get_untracked();
        let wanted = match (event.key().as_str(), event.shift_key()) {
            ("ArrowLeft", _) => now.plus(-1),
            ("ArrowRight", _) => now.plus(1),
            ("ArrowUp", _) => now.plus(-7),
            ("ArrowDown", _) => now.plus(7),
            ("Home", _) => now.plus(-i32::from(now.weekday())),
            ("End", _) => now.plus(6 - i32::from(now.weekday())),
            ("PageUp", false) => now.plus_months(-1),
            ("PageDown", false) => now.plus_months(1),
            ("PageUp", true) => now.plus_months(-12),
            ("PageDown", true) => now.plus_months(12),
            ("Enter" | " ", _) => {
                event.prevent_default();
                if days.with_untracked(|days| days.contains_key(&now)) {
                    on_choose.run(now);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        at.set(wanted);
        focus_day(grid, wanted);
    };
    let cell = move |day: Option<Day>| match day {
        None => view! { <td role="gridcell"></td> }.into_any(),
        Some(day) => {
            let count = move || days.with(|days| days.get(&day).copied());
            let name = move || match count() {
                Some(count) => {
                    (t.get().tables.parts.day)(&day.text(), &format::grouped(count as u64))
                }
                None => (t.get().tables.parts.no_day)(&day.text()),
            };
            let choose = move |_| {
                at.set(day);
                if days.with_untracked(|days| days.contains_key(&day)) {
                    on_choose.run(day);
                }
            };
            view! {
                <td
                    role="gridcell"
                    data-day=day.text()
                    tabindex=move || if at.get() == day { "0" } else { "-1" }
                    data-there=move || count().map(|_| "true")
                    aria-selected=move || (chosen.get() == Some(day)).to_string()
                    aria-disabled=move || count().is_none().then_some("true")
                    aria-label=name
                    title=name
                    on:click=choose
                >
                    {day.day}
                </td>
            }
            .into_any()
        }
    };
    let row = move |week: [Option<Day>; 7]| {
        view! { <tr role="row">{week.into_iter().map(cell).collect_view()}</tr> }
    };
    let step = move |months: i32| move |_| at.update(|at| *at = at.plus_months(months));
    view! {
        <div class="calendar">
            <div class="calendar-head">
                <button type="button" class="icon-button calendar-back" on:click=step(-1)
                    aria-label=move || t.get().tables.parts.month_before
                    title=move || t.get().tables.parts.month_before><Icon glyph=Glyph::Chevron/></button>
                <span aria-live="polite">{move || month.get().month_text()}</span>
                <button type="button" class="icon-button" on:click=step(1)
                    aria-label=move || t.get().tables.parts.month_after
                    title=move || t.get().tables.parts.month_after><Icon glyph=Glyph::Chevron/></button>
            </div>
            <table role="grid" class="calendar-days" node_ref=grid on:keydown=press
                aria-label=move || (t.get().tables.parts.calendar)(&month.get().month_text())>
                <thead>
                    <tr role="row">
                        {move || t.get().tables.parts.weekdays.map(|day| view! {
                            <th role="columnheader" scope="col">{day}</th>
                        }).collect_view()}
                    </tr>
                </thead>
                <tbody>{move || weeks(month.get()).into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// Gives a day the focus, after the month that holds it was drawn.
fn focus_day(grid: NodeRef<leptos::html::Table>, day: Day) {
    crate::api::spawn(async move {
        crate::api::sleep(0).await;
        let Some(grid) = grid.try_get_untracked().flatten() else {
            return;
        };
        let found = grid.query_selector(&format!("[data-day='{}']", day.text()));
        if let Ok(Some(cell)) = found {
            use wasm_bindgen::JsCast;
            if let Some(cell) = cell.dyn_ref::<web_sys::HtmlElement>() {
                // The element is on the page; focus cannot fail.
                let _ = cell.focus();
            }
        }
    });
}
