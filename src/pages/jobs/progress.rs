//! The run of the shown tab: its statements, and of the one that is shown its state, queue, stages,
//! time, what was spent, Logview and the button that asks for its end.

use leptos::prelude::*;
use odps::instances::Stage;

use super::sheet::Sheet;
use crate::api::sql::follow::Look;
use crate::api::sql::kept::{Run, Spent, State, Step};
use crate::components::logview_address::LogviewAddress;
use crate::components::problem_notice::ProblemNotice;
use crate::format;
use crate::route::Route;
use crate::state::clock::Clock;
use crate::text::{Text, sentences};
use crate::ui::button::{Button, Weight};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::status::{Status, Tone};

/// The statement of a run that is shown: of the instance in the address, else the last one sent.
pub(super) fn shown(run: &Run, instance: Option<&str>) -> Option<usize> {
    let named = instance.and_then(|id| run.step_of(id));
    named.or_else(|| run.steps.iter().rposition(|step| step.instance.is_some()))
}

/// The state of the run.
#[component]
pub fn Progress(
    /// The page's state.
    sheet: Sheet,
    /// The instance in the address.
    instance: Memo<Option<String>>,
) -> impl IntoView {
    let t = sentences();
    let run = Memo::new(move |_| sheet.run());
    let step = Memo::new(move |_| {
        let run = run.get()?;
        run.steps
            .get(shown(&run, instance.get().as_deref())?)
            .cloned()
    });
    let id = Memo::new(move |_| step.get().and_then(|step| step.instance));
    let unsent = Memo::new(move |_| run.get().and_then(|run| left(&run)));
    let go_on = Callback::new(move |()| {
        if let Some(run) = run.get_untracked() {
            sheet.desk.drive(run.key);
        }
    });
    let waiting = move || {
        let left = unsent.get()?;
        Some(view! {
            <p class="sql-left">
                <span>{move || (t.get().sql.left)(left)}</span>
                <Button on_press=go_on>{move || t.get().sql.go_on}</Button>
            </p>
        })
    };
    let problem = move || {
        let keys = [run.get().map(|run| run.key), id.get()];
        let found = sheet.desk.problems.with(|problems| {
            keys.iter()
                .flatten()
                .find_map(|key| problems.get(key).cloned())
        });
        found.map(|problem| view! { <ProblemNotice problem/> })
    };
    let several = move || {
        run.get()
            .filter(|run| run.steps.len() > 1)
            .map(|run| view! { <Steps run shown=id/> })
    };
    let one = move || id.get().map(|id| view! { <One sheet id step/> });
    view! { <section class="sql-run" aria-label=move || t.get().sql.run_label>{several}{waiting}{problem}{one}</section> }
}

/// How many statements of a run wait for a word of the reader: those behind one that has ended well
/// while the page was away.
fn left(run: &Run) -> Option<usize> {
    let first = run
        .steps
        .iter()
        .position(|step| step.state != State::Done)?;
    let waits = first > 0
        && run
            .steps
            .get(first)
            .is_some_and(|step| step.state == State::Unsent);
    waits.then(|| run.steps.len() - first)
}

/// The statements of a run, each with its state.
#[component]
fn Steps(
    /// The run.
    run: Run,
    /// The shown instance.
    shown: Memo<Option<String>>,
) -> impl IntoView {
    let t = sentences();
    let row = |(place, step): (usize, Step)| {
        let (tone, state) = (tone(step.state), step.state);
        let word = Signal::derive(move || state_word(t.get(), state).to_owned());
        let text = super::tabs::title(&step.text);
        let rows = step
            .rows
            .map(|rows| move || (t.get().sql.rows)(&format::grouped(rows)));
        let name = match step.instance {
            Some(id) => {
                let href = Route::Job(id.clone()).path();
                let current = move || (shown.get().as_ref() == Some(&id)).then_some("true");
                view! { <a href=href aria-current=current data-noscroll="true"><code>{text}</code></a> }.into_any()
            }
            None => view! { <code>{text}</code> }.into_any(),
        };
        view! {
            <li>
                <span class="quiet">{place + 1}</span>
                {name}
                <Status tone word/>
                <span class="quiet">{rows}</span>
            </li>
        }
    };
    let rows = run.steps.into_iter().enumerate().map(row).collect_view();
    view! { <ol class="sql-steps" aria-label=move || t.get().sql.statements>{rows}</ol> }
}

/// One instance.
#[component]
fn One(
    /// The page's state.
    sheet: Sheet,
    /// The instance.
    id: String,
    /// Its statement.
    step: Memo<Option<Step>>,
) -> impl IntoView {
    let (t, clock) = (sentences(), Clock::expect());
    let words = move || &t.get().sql;
    let look = {
        let id = id.clone();
        Memo::new(move |_| sheet.desk.looks.with(|looks| looks.get(&id).cloned()))
    };
    let state = Memo::new(move |_| step.get().map(|step| step.state).unwrap_or_default());
    let word = Signal::derive(move || state_word(t.get(), state.get()).to_owned());
    let lasted = move || {
        let step = step.get()?;
        let until = step.ended.unwrap_or_else(|| clock.now());
        Some(format::elapsed(until.saturating_sub(step.began?)))
    };
    let cancel = {
        let id = id.clone();
        Callback::new(move |()| sheet.desk.cancel(id.clone()))
    };
    let running = move || state.get().is_running();
    let button = move || {
        running().then(|| {
            let busy = Signal::derive(move || state.get() == State::Stopping);
            view! {
                <Button weight=Weight::Danger on_press=cancel busy>
                    <Icon glyph=Glyph::Stop/>
                    {move || if busy.get() { words().cancelling } else { words().cancel }}
                </Button>
            }
        })
    };
    let queue = move || {
        let look = look.get().filter(|look| look.state == State::Waiting)?;
        Some((words().queued)(look.priority))
    };
    let spent = move || {
        let step = step.get().filter(|step| step.state.is_over())?;
        Some(spent_sentence(t.get(), step.state, step.spent))
    };
    let expected = move || {
        let (input, complexity) = step.get()?.expected?;
        let micros = query::Estimate::read(input, &complexity).micros(&query::Book::default());
        let cost = super::check::cost_sentence(t.get(), (input, micros), Some(&complexity));
        Some((words().expected)(&cost))
    };
    let href = Route::Instance(id.clone()).path();
    let shown_id = id.clone();
    view! {
        <div class="sql-state" data-state=move || format!("{:?}", state.get()).to_lowercase()>
            <span role="status"><Status tone=Signal::derive(move || tone(state.get())) word/></span>
            <span class="number-start" title=move || words().elapsed>{lasted}</span>
            <a class="mono" href=href>{shown_id}</a>
            {button}
        </div>
        <p class="quiet">{queue}</p>
        {move || look.get().map(|look| view! { <Stages look/> })}
        <p class="quiet">{spent}</p>
        <p class="quiet">{expected}</p>
        <details>
            <summary>{move || words().logview}</summary>
            <LogviewAddress id/>
        </details>
    }
}

/// The stages, as bars with their figures.
#[component]
fn Stages(
    /// The last look.
    look: Look,
) -> impl IntoView {
    let t = sentences();
    let (over, none) = (look.state.is_over(), look.stages.is_empty());
    let bar = |stage: Stage| {
        let line = {
            let stage = stage.clone();
            move || {
                (t.get().sql.stage)(
                    &format::grouped(stage.input),
                    &format::grouped(stage.output),
                    stage.terminated,
                    stage.workers,
                )
            }
        };
        let name = stage.name.clone();
        view! {
            <li>
                <code>{stage.name}</code>
                <progress max="100" value=stage.percent.min(100).to_string() aria-label=name></progress>
                <span class="number-start">{format!("{} %", stage.percent.min(100))}</span>
                <span class="quiet">{line}</span>
            </li>
        }
    };
    let stages = look.stages.into_iter().map(bar).collect_view();
    match over {
        _ if none => ().into_any(),
        false => view! { <ul class="sql-stages">{stages}</ul> }.into_any(),
        true => view! {
            <details>
                <summary>{move || t.get().sql.stages}</summary>
                <ul class="sql-stages">{stages}</ul>
            </details>
        }
        .into_any(),
    }
}

/// What was spent, or that the service does not say.
fn spent_sentence(t: &Text, state: State, spent: Option<Spent>) -> String {
    let cpu = spent.and_then(|spent| spent.cpu).map(core_seconds);
    let input = spent.and_then(|spent| spent.input).map(format::bytes);
    let said = match (cpu, input) {
        (None, None) => t.sql.spent_unknown.to_owned(),
        (cpu, input) => (t.sql.spent)(cpu.as_deref(), input.as_deref()),
    };
    match state {
        State::Cancelled => format!("{} {said}", t.sql.cancelled),
        _ => said,
    }
}

/// `2.5` of 250 hundredths.
fn core_seconds(hundredths: u64) -> String {
    let rest = format!("{:02}", hundredths % 100);
    match rest.trim_end_matches('0') {
        "" => (hundredths / 100).to_string(),
        rest => format!("{}.{rest}", hundredths / 100),
    }
}

/// The tone of a state.
pub(super) fn tone(state: State) -> Tone {
    match state {
        State::Unsent => Tone::Quiet,
        State::Waiting => Tone::Waiting,
        State::Running => Tone::Busy,
        State::Stopping | State::Cancelled => Tone::Warning,
        State::Done => Tone::Good,
        State::Failed => Tone::Bad,
    }
}

/// The word for a state.
pub(super) fn state_word(t: &Text, state: State) -> &'static str {
    (t.sql.state)(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::en::EN;

    fn run(states: &[State]) -> Run {
        let step = |(place, state): (usize, &State)| Step {
            state: *state,
            instance: (*state != State::Unsent).then(|| format!("i{place}")),
            ..Step::default()
        };
        Run {
            steps: states.iter().enumerate().map(step).collect(),
            ..Run::default()
        }
    }

    #[test]
    fn the_address_chooses_the_statement() {
        let run = run(&[State::Done, State::Running, State::Unsent]);
        assert_eq!(shown(&run, Some("i0")), Some(0));
        assert_eq!(shown(&run, Some("other")), Some(1));
        assert_eq!(shown(&run, None), Some(1));
    }

    #[test]
    fn only_statements_behind_good_ones_wait() {
        assert_eq!(
            left(&run(&[State::Done, State::Unsent, State::Unsent])),
            Some(2)
        );
        assert_eq!(left(&run(&[State::Failed, State::Unsent])), None);
        assert_eq!(left(&run(&[State::Running, State::Unsent])), None);
        assert_eq!(left(&run(&[State::Unsent])), None);
    }

    #[test]
    fn what_was_spent_is_said_or_that_nobody_knows() {
        let spent = Spent {
            cpu: Some(250),
            input: Some(2048),
        };
        let said = spent_sentence(&EN, State::Cancelled, Some(spent));
        assert_eq!(
            said,
            "Cancelled. Spent until then or in all: 2.5 core seconds, 2.0 KiB read."
        );
        let said = spent_sentence(&EN, State::Cancelled, None);
        assert!(said.contains("does not say"), "{said}");
    }
}
