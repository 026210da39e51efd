//! What was left out, by which limit, and how to get it. Nothing is cut without a word.

use leptos::prelude::*;

use crate::api::frames::Frame;
use crate::format;
use crate::frames::Phase;
use crate::text::{Text, sentences};
use crate::ui::button::{Button, Weight};

/// The numbers of rows that are offered.
const STEPS: [u64; 2] = [100, 10_000];

/// The ledger under the grid; while rows come there is none.
#[component]
pub fn Ledger(
    /// The frame.
    frame: Frame,
    /// The limit that is asked for.
    limit: Signal<Option<u64>>,
    /// Called when another limit is chosen.
    on_limit: Callback<Option<u64>>,
) -> impl IntoView {
    let t = sentences();
    let exist = move || {
        frame
            .head
            .with(|head| head.as_ref().and_then(|head| head.exist))
    };
    let capped = move || {
        let head = |head: &Option<crate::frames::Head>| head.as_ref().and_then(|head| head.capped);
        frame.head.with(head)
    };
    let rows = move || frame.progress.with(|progress| progress.rows);
    let line = move || {
        let phase = frame.progress.with(|progress| progress.phase.clone());
        // Whether rows are left at the source is not known when the service cuts its answer.
        let exist = exist().filter(|_| capped().is_none());
        account(t.get(), &phase, rows(), exist)
    };
    let reason = move || {
        let text = &t.get().tables.frame;
        frame.progress.with(|progress| match progress.phase {
            Phase::Limited => limit
                .get()
                .map(|limit| (text.cut_limit)(&format::grouped(limit))),
            Phase::Cancelled => Some(text.cut_user.to_owned()),
            Phase::Full => Some(text.cut_memory.to_owned()),
            Phase::Failed(_) if progress.rows > 0 => Some(format!(
                "{} {}",
                text.cut_fault,
                (text.from_row)(&format::grouped(progress.rows + 1))
            )),
            Phase::Complete => capped().map(|rows| (text.cut_service)(&format::grouped(rows))),
            _ => None,
        })
    };
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
            let steps = steps(rows(), exist());
            view! {
                <span class="frame-more">
                    <span>{move || t.get().tables.frame.more}</span>
                    {steps.into_iter().map(offer).collect_view()}
                </span>
            }
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
    let columns = move || {
        frame.head.with(|head| {
            let head = head.as_ref()?;
            let hidden = head.value.as_ref()?.hidden_columns;
            let shown = head.columns.iter().filter(|column| !column.index).count() as u64;
            let text = &t.get().tables.frame;
            (hidden > 0)
                .then(|| (text.cut_columns)(&format::grouped(hidden), &format::grouped(shown)))
        })
    };
    view! {
        <div class="frame-ledger" role="status">
            <span>{line}</span>
            <span class="frame-cut">{reason}</span>
            <span class="frame-cut">{columns}</span>
            {offers}
            {resume}
        </div>
    }
}

fn account(text: &Text, phase: &Phase, rows: u64, exist: Option<u64>) -> Option<String> {
    let frame = &text.tables.frame;
    let fetched = format::grouped(rows);
    match phase {
        Phase::Opening | Phase::Reading => None,
        Phase::Complete if rows == 0 => Some(frame.empty.to_owned()),
        Phase::Complete if exist.is_some() => Some((frame.complete)(&fetched)),
        Phase::Failed(_) if rows == 0 => None,
        _ => Some(match exist {
            Some(exist) => (frame.ledger)(&fetched, &format::grouped(exist)),
            None => (frame.ledger_open)(&fetched),
        }),
    }
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
    use crate::text::en::EN;

    #[test]
    fn only_useful_steps_are_offered() {
        assert_eq!(steps(6, Some(1_000_000)), [Some(100), Some(10_000), None]);
        assert_eq!(steps(6, Some(50)), [None]);
        assert_eq!(steps(100, Some(5_000)), [None]);
        assert_eq!(steps(6, None), [Some(100), Some(10_000), None]);
    }

    #[test]
    fn the_account_names_what_exists() {
        let said = account(&EN, &Phase::Limited, 6, Some(1_000_000));
        assert_eq!(
            said.as_deref(),
            Some("6 of 1\u{2009}000\u{2009}000 rows are here.")
        );
        assert_eq!(account(&EN, &Phase::Reading, 6, None), None);
        assert_eq!(
            account(&EN, &Phase::Complete, 0, Some(0)).as_deref(),
            Some("There are no rows.")
        );
    }
}
