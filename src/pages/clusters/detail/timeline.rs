//! The steps of a cluster's life, each with its time.

use leptos::prelude::*;

use super::super::life::{Life, Mark, Step};
use super::state::count;
use crate::components::age::Moment;
use crate::text::sentences;
use crate::ui::icon::{Glyph, Icon};

/// The timeline.
#[component]
pub fn Timeline(
    /// The cluster.
    life: RwSignal<Life>,
) -> impl IntoView {
    let t = sentences();
    let rows = Memo::new(move |_| life.with(Life::timeline));
    let failed = Memo::new(move |_| life.with(Life::has_failed));
    let counted = Memo::new(move |_| life.with(|life| count(t.get(), life)));
    view! {
        <section class="section" aria-labelledby="timeline-title">
            <h2 id="timeline-title">{move || t.get().life.timeline}</h2>
            <ol class="timeline">
                <For each=move || rows.get() key=|row| *row let((step, mark))>
                    <Row step mark failed counted/>
                </For>
            </ol>
        </section>
    }
}

#[component]
fn Row(step: Step, mark: Mark, failed: Memo<bool>, counted: Memo<Option<String>>) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().life;
    let state = match mark {
        Mark::Reached(_) => "reached",
        Mark::Now => "now",
        Mark::Ahead => "ahead",
        Mark::Missed => "missed",
    };
    let end = move || (step == Step::Ended).then(|| if failed.get() { "failed" } else { "over" });
    let glyph = move || match (mark, step) {
        (Mark::Reached(_), Step::Ended) if failed.get() => Glyph::Failed,
        (Mark::Reached(_), Step::Ended) => Glyph::Ended,
        (Mark::Reached(_), _) => Glyph::Good,
        (Mark::Now, _) => Glyph::Busy,
        (Mark::Ahead, _) => Glyph::Waiting,
        (Mark::Missed, _) => Glyph::Close,
    };
    let time = match mark {
        Mark::Reached(Some(at)) => view! { <Moment at=Some(at)/> }.into_any(),
        Mark::Reached(None) => {
            view! { <span class="quiet">{move || words().reached_before}</span> }.into_any()
        }
        _ => ().into_any(),
    };
    let waits = matches!(step, Step::Workers | Step::Usable | Step::Full) && mark == Mark::Now;
    let number = move || waits.then(|| counted.get()).flatten();
    view! {
        <li data-state=state data-end=end aria-current=(mark == Mark::Now).then_some("step")>
            <Icon glyph=Signal::derive(glyph)/>
            <span class="timeline-name">{move || (words().step)(step)}</span>
            <span class="timeline-time">{time}</span>
            <span class="timeline-body">{move || (words().step_body)(step)} " " {number}</span>
        </li>
    }
}
