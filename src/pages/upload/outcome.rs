//! The buttons, how far the work is, and what came of it.

use leptos::prelude::*;

use super::ended::{Done, Failed};
use super::run::{Run, State};
use crate::components::problem_notice::ProblemNotice;
use crate::format;
use crate::text::sentences;
use crate::text::uploads::Uploads;
use crate::ui::button::{Button, Weight};
use crate::uploads::Progress;

/// The buttons, and what came.
#[component]
pub fn Outcome(
    /// The work.
    run: Run,
) -> impl IntoView {
    let t = sentences();
    let refused = Signal::derive(move || run.draft.refused(t.get(), run.connected()));
    let running = Signal::derive(move || run.running());
    let start = Callback::new(move |()| run.start());
    let stop = Callback::new(move |()| run.stop());
    let sent = move || matches!(run.state.get(), State::Running(_));
    let body = move || match run.state.get() {
        State::Idle => ().into_any(),
        State::Creating => view! { <p role="status">{t.get().uploads.creating}</p> }.into_any(),
        State::Running(progress) => view! { <Going run=run progress=progress/> }.into_any(),
        State::Done(progress, report) => {
            view! { <Done run=run progress=progress report=*report/> }.into_any()
        }
        State::Cancelled => {
            view! { <p class="upload-said" role="status">{t.get().uploads.cancelled}</p> }
                .into_any()
        }
        State::Refused(problem) => view! { <ProblemNotice problem=problem/> }.into_any(),
        State::Failed(failure, bad) => {
            view! { <Failed run=run failure=failure bad=bad/> }.into_any()
        }
    };
    let made = move || {
        let table = run.made.get()?;
        let ended = matches!(run.state.get(), State::Failed(..) | State::Cancelled);
        ended.then(|| (t.get().uploads.created)(&table))
    };
    view! {
        <div class="upload-actions">
            <Button weight=Weight::Primary on_press=start busy=running refused=refused>
                {move || t.get().uploads.start}
            </Button>
            <Show when=sent><Button on_press=stop>{move || t.get().uploads.stop}</Button></Show>
            <span class="quiet">{move || refused.get().filter(|_| !running.get())}</span>
        </div>
        {body}
        <p class="upload-made" role="status">{made}</p>
    }
}

/// How far it is.
#[component]
fn Going(
    /// The work.
    run: Run,
    /// The figures.
    progress: Progress,
) -> impl IntoView {
    let t = sentences();
    let size = run.draft.looked.with_untracked(|looked| {
        let looked = looked.as_ref()?.as_ref().ok()?;
        Some(looked.bytes)
    });
    let (value, max) = match (progress.read, progress.of) {
        (Some(read), _) => (Some(read), size),
        (None, Some(of)) => (Some(progress.rows), Some(of)),
        _ => (None, None),
    };
    let max = max.filter(|max| *max > 0 && !progress.committing);
    let value = value.filter(|_| max.is_some());
    view! {
        <div class="upload-progress">
            <progress
                aria-label=move || t.get().uploads.running
                max=max.map(|max| max.to_string())
                value=value.map(|value| value.to_string())
            ></progress>
            <span role="status">{move || line(&t.get().uploads, &progress)}</span>
        </div>
    }
}

fn line(text: &Uploads, progress: &Progress) -> String {
    if progress.committing {
        return text.committing.to_owned();
    }
    let rate = progress.sent.saturating_mul(1_000) / progress.millis.max(1);
    let of = progress.of.map(format::grouped);
    let line = (text.progress)(
        &format::grouped(progress.rows),
        of.as_deref(),
        &format::bytes(progress.sent),
        &format::bytes(rate),
    );
    match progress.retries {
        0 => line,
        times => format!(
            "{line}. {}",
            (text.again)(&format::grouped(u64::from(times)))
        ),
    }
}
