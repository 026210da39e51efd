//! What was left out, by which limit, and how to get it. Nothing is cut without a word.

pub mod said;

use leptos::prelude::*;

use super::sight::Sight;
use crate::api::frames;
use crate::format;
use crate::frames::{Column, Phase};
use crate::state::prefs::{Prefs, Zone};
use crate::text::sentences;
use crate::ui::button::{Button, Weight};

/// The numbers of rows that are offered.
const STEPS: [u64; 2] = [100, 10_000];
/// Memory beyond this many bytes is worth a word.
const MENTIONED: u64 = 32 << 20;

/// The ledger under the grid; while rows come there is none.
#[component]
pub fn Ledger(
    /// The frame and its arrangement.
    sight: Sight,
    /// The limit that is asked for.
    limit: Signal<Option<u64>>,
    /// Called when another limit is chosen.
    on_limit: Callback<Option<u64>>,
) -> impl IntoView {
    let (t, prefs) = (sentences(), Prefs::expect());
    let frame = sight.frame;
    let exist = move || {
        frame
            .head
            .with(|head| head.as_ref().and_then(|head| head.exist))
    };
    let rows = move || frame.progress.with(|progress| progress.rows);
    let preview = move || frame.head.with(|head| head.as_ref()?.preview.clone());
    let line = move || said::line(t.get(), frame);
    let by_preview = move || said::by_preview(t.get(), frame);
    let reason = move || said::reason(t.get(), frame, limit.get());
    let offer = move |rows: Option<u64>| {
        let press = Callback::new(move |()| on_limit.run(rows));
        let word = move || {
            let text = &t.get().tables.frame;
            rows.map_or(text.fetch_all.to_owned(), |rows| {
                (text.fetch_up_to)(&format::grouped(rows))
            })
        };
        view! { <Button weight=Weight::Quiet on_press=press>{word}</Button> }
    };
    let offers = move || {
        let limited = frame
            .progress
            .with(|progress| progress.phase == Phase::Limited);
        limited.then(|| {
            let mut steps = steps(rows(), exist());
            if let Some(preview) = preview() {
                steps.retain(|step| step.is_some_and(|rows| rows <= preview.most));
            }
            (!steps.is_empty()).then(|| {
                view! {
                    <span class="frame-more">
                        <span>{move || t.get().tables.frame.more}</span>
                        {steps.into_iter().map(offer).collect_view()}
                    </span>
                }
            })
        })
    };
    let resume = move || {
        let stopped = frame
            .progress
            .with(|progress| progress.phase == Phase::Cancelled);
        let press = Callback::new(move |()| frame.more(limit.get_untracked()));
        stopped.then(|| {
            view! {
                <Button weight=Weight::Quiet on_press=press>
                    {move || t.get().tables.frame.fetch_rest}
                </Button>
            }
        })
    };
    let columns = move || said::columns(t.get(), frame);
    let filtered = move || {
        let filtered = sight.seen.with(|seen| !seen.conditions.is_empty());
        let words = &t.get().grid;
        filtered.then(|| (words.rows_shown)(&format::grouped(sight.rows.get())))
    };
    let zone = Memo::new(move |_| match prefs.zone.get() {
        Zone::Utc => None,
        Zone::Browser => crate::format::browser_zone(),
    });
    Effect::new(move |_| frames::set_zone(zone.get()));
    let instants = Memo::new(move |_| sight.columns().iter().any(is_instant));
    let times = move || {
        let name = zone.get().unwrap_or_else(|| "UTC".to_owned());
        instants.get().then(|| (t.get().grid.zone)(&name))
    };
    let needs = move || {
        let exist = exist()?;
        let (rows, memory) = frame.progress.with(|progress| match progress.phase {
            Phase::Full => (0, 0),
            _ => (progress.rows, progress.memory),
        });
        let budget = frames::budget();
        let (needed, fit) = estimate(rows, memory, exist, budget)?;
        let words = t.get().tables.frame.needs_memory;
        Some(words(
            &format::grouped(exist),
            &format::bytes(needed),
            &format::bytes(budget),
            &format::grouped(fit),
        ))
    };
    let needs = Memo::new(move |_| needs());
    let again = move || {
        let text = &t.get().tables.frame;
        let changed = frame.progress.with(|progress| progress.changed);
        let lines = [
            changed.then_some(text.changed),
            frame.restarted.get().then_some(text.restarted),
        ];
        lines.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let memory = move || {
        let memory = frame.progress.with(|progress| progress.memory);
        (memory > MENTIONED).then(|| (t.get().grid.memory)(&format::bytes(memory)))
    };
    view! {
        <div class="frame-ledger" role="status">
            <span>{line}</span>
            <span>{filtered}</span>
            <span class="frame-cut">{again}</span>
            <span class="frame-cut">{move || needs.get()}</span>
            <span class="frame-cut">{reason}</span>
            <span class="frame-cut">{by_preview}</span>
            <span class="frame-cut">{columns}</span>
            {offers}
            {resume}
            <span class="frame-cut">{memory}</span>
            <span class="frame-cut">{times}</span>
        </div>
    }
}

/// Whether the values of a column are written in a zone.
fn is_instant(column: &Column) -> bool {
    let kind = column.kind.to_ascii_lowercase();
    kind == "datetime"
        || kind == "timestamp"
        || kind.contains("with time zone")
        || kind.contains("[ns, ")
}

/// The memory that all rows need, and how many fit, by the rows that are here; nothing when all fit.
fn estimate(rows: u64, memory: u64, exist: u64, budget: u64) -> Option<(u64, u64)> {
    let each = memory.checked_div(rows)?.max(1);
    let needed = each.saturating_mul(exist);
    (needed > budget).then_some((needed, budget / each))
}

/// The limits that are offered after `rows` of `exist`; the last is none, for all.
fn steps(rows: u64, exist: Option<u64>) -> Vec<Option<u64>> {
    let useful = |step: &u64| *step > rows && exist.is_none_or(|exist| *step < exist);
    STEPS
        .into_iter()
        .filter(useful)
        .map(Some)
        .chain([None])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_useful_steps_are_offered() {
        assert_eq!(steps(6, Some(1_000_000)), [Some(100), Some(10_000), None]);
        assert_eq!(steps(6, Some(50)), [None]);
        assert_eq!(steps(100, Some(5_000)), [None]);
        assert_eq!(steps(6, None), [Some(100), Some(10_000), None]);
    }

    #[test]
    fn what_does_not_fit_is_known_before() {
        assert_eq!(estimate(10, 1_000, 500, 10_000), Some((50_000, 100)));
        assert_eq!(estimate(10, 1_000, 100, 10_000), None);
        assert_eq!(estimate(0, 0, 100, 10), None);
    }
}
