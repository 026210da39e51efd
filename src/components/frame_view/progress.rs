//! The line above the grid while rows come: how many, how fast, and a button that stops.

use leptos::prelude::*;

use crate::api::frames::Frame;
use crate::format;
use crate::frames::{Phase, Progress};
use crate::state::clock::Clock;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};

/// After this long without a byte the wait is put into words.
const SLOW: u64 = 4_000;

/// How far reading is; nothing once it has ended.
#[component]
pub fn Reading(
    /// The frame.
    frame: Frame,
    /// The limit that is asked for.
    limit: Signal<Option<u64>>,
) -> impl IntoView {
    let (t, clock) = (sentences(), Clock::expect());
    let began = crate::state::clock::now();
    let exist = move || {
        frame
            .head
            .with(|head| head.as_ref().and_then(|head| head.exist))
    };
    let goal = move || match (exist(), limit.get()) {
        (Some(exist), Some(limit)) => Some(exist.min(limit)),
        (exist, limit) => exist.or(limit),
    };
    let line = move || {
        let text = &t.get().tables.frame;
        let progress = frame.progress.get();
        if let Some(waiting) = progress.waiting {
            let wait = format::grouped(waiting.millis / 1_000);
            return (text.busy)(&wait, waiting.attempt, waiting.of);
        }
        match (&progress.phase, progress.bytes) {
            (Phase::Opening, _) | (_, 0) => {
                let waited = clock.now().saturating_sub(began);
                match waited > SLOW {
                    true => format!("{} {}", text.opening, (text.slow)(&format::elapsed(waited))),
                    false => text.opening.to_owned(),
                }
            }
            _ => {
                let goal = goal().map(format::grouped);
                (text.reading)(&format::grouped(progress.rows), goal.as_deref())
            }
        }
    };
    let speed = move || {
        let text = &t.get().tables.frame;
        let progress = frame.progress.get();
        (progress.bytes > 0).then(|| {
            (text.rate)(
                &format::bytes(progress.bytes),
                &format::bytes(per_second(&progress)),
            )
        })
    };
    let fraction = move || {
        let rows = frame.progress.with(|progress| progress.rows);
        goal()
            .filter(|goal| *goal > 0)
            .map(|goal| share(rows, goal))
    };
    let stop = Callback::new(move |()| frame.cancel());
    let runs = Memo::new(move |_| frame.progress.with(|progress| progress.phase.runs()));
    move || {
        runs.get().then(|| {
            view! {
                <div class="frame-progress">
                    <progress aria-label=line max="1000" prop:value=fraction></progress>
                    <span class="frame-progress-line">{line}</span>
                    <span class="frame-progress-rate">{speed}</span>
                    <Button weight=Weight::Quiet on_press=stop>
                        {move || t.get().tables.frame.stop}
                    </Button>
                </div>
            }
        })
    }
}

fn per_second(progress: &Progress) -> u64 {
    progress.bytes.saturating_mul(1_000) / progress.millis.max(1)
}

/// Thousandths of the goal: a number that JavaScript keeps as a number.
fn share(rows: u64, goal: u64) -> u32 {
    let thousandths = rows.min(goal).saturating_mul(1_000) / goal.max(1);
    u32::try_from(thousandths).unwrap_or(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_shares() {
        let progress = Progress {
            bytes: 3_000,
            millis: 1_500,
            ..Progress::default()
        };
        assert_eq!(per_second(&progress), 2_000);
        assert_eq!(per_second(&Progress::default()), 0);
        assert_eq!(share(5, 10), 500);
        assert_eq!(share(20, 10), 1_000);
    }
}
