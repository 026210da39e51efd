//! A job, followed to its end: state, progress, cancel; its rows, or why there are none.

use cluster::{Job, JobEvent, JobFailure, JobResult};
use leptos::prelude::*;

use super::Handle;
use super::submit::problem;
use crate::api::jobs::Cancellable;
use crate::api::{self, Driving, Problem};
use crate::components::problem_notice::ProblemNotice;
use crate::format;
use crate::state::clock::{Clock, now};
use crate::state::profile::Profile;
use crate::text::{Text, sentences};
use crate::ui::button::Button;
use crate::ui::status::{Status, Tone};

/// What is known of the job.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// The engine's word.
    pub state: Option<String>,
    /// Operands seen on workers.
    pub running: Option<u32>,
    /// For how long nothing moved, in milliseconds.
    pub quiet: Option<u64>,
    /// Whether its end was wished for.
    pub cancelling: bool,
    /// How it came out.
    pub outcome: Option<Result<JobResult, JobFailure>>,
}

/// State, time and progress of a job in one line, with the way to cancel it.
#[component]
pub fn StateLine(
    /// What is known.
    known: RwSignal<Known>,
    /// When it began.
    begun: Option<u64>,
    /// Wishes for its end.
    cancel: Callback<()>,
) -> impl IntoView {
    let (t, clock) = (sentences(), Clock::expect());
    let words = move || &t.get().life.jobs;
    let over = Memo::new(move |_| known.with(|known| known.outcome.clone()));
    let elapsed = move || match over.get() {
        Some(Ok(result)) => Some(format::brief(result.elapsed)),
        Some(Err(_)) => None,
        None => begun.map(|begun| format::elapsed(clock.now().max(begun) - begun)),
    };
    let moving = move || {
        let (running, quiet) = known.with(|known| (known.running, known.quiet));
        let words = words();
        let said = [
            running.map(words.operands),
            quiet.map(|ms| (words.quiet)(ms / 1000)),
        ];
        said.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    view! {
        <Status
            tone=Signal::derive(move || known.with(tone))
            word=Signal::derive(move || known.with(|known| word(t.get(), known)))
        />
        <span class="quiet">{elapsed}</span>
        <span class="quiet" role="status">{moving}</span>
        <Show when=move || over.with(Option::is_none)>
            <Button on_press=cancel busy=Signal::derive(move || known.with(|k| k.cancelling))>
                {move || if known.with(|k| k.cancelling) { words().cancelling } else { words().cancel }}
            </Button>
        </Show>
    }
}

/// Drives the job as long as the component lives; the callback wishes for its end.
pub fn follow(
    id: &str,
    handle: &Handle,
    begun: Option<u64>,
    known: RwSignal<Known>,
) -> Callback<()> {
    let profile = Profile::expect();
    let driving = StoredValue::new_local(Driving::default());
    let wish = StoredValue::new_local(None);
    on_cleanup(move || driving.with_value(Driving::stop));
    let (id, handle) = (id.to_owned(), handle.clone());
    api::spawn(async move {
        let target = match api::target(profile.now()).await {
            Ok(target) => target,
            Err(_) => return,
        };
        let Handle {
            session,
            graph,
            target: wanted,
        } = handle;
        let job = Job::resume(
            target.project,
            id,
            session,
            graph,
            wanted,
            begun.or_else(|| Some(now())),
        );
        let (machine, cell) = Cancellable::new(job);
        wish.set_value(Some(cell));
        let driven = api::drive_on(
            machine,
            move |event| known.update(|known| known.take(event.what)),
            move |outcome| known.update(|known| known.outcome = Some(outcome)),
        );
        driving.set_value(driven);
    });
    Callback::new(move |()| {
        known.update(|known| known.cancelling = true);
        wish.with_value(|wish: &Option<std::rc::Rc<std::cell::Cell<bool>>>| {
            if let Some(wish) = wish {
                wish.set(true);
            }
        });
        driving.with_value(Driving::wake);
    })
}

impl Known {
    fn take(&mut self, event: JobEvent) {
        match event {
            JobEvent::State { state, .. } => {
                self.state = Some(state);
                self.quiet = None;
            }
            JobEvent::Progress { running } => {
                self.running = Some(running).filter(|running| *running > 0);
                self.quiet = None;
            }
            JobEvent::Quiet { for_ms, .. } => self.quiet = Some(for_ms),
            JobEvent::CancelAsked => self.cancelling = true,
            _ => {}
        }
    }
}

fn tone(known: &Known) -> Tone {
    match &known.outcome {
        None => Tone::Busy,
        Some(Ok(_)) => Tone::Good,
        Some(Err(JobFailure::Cancelled { .. })) => Tone::Quiet,
        Some(Err(JobFailure::CancelNotConfirmed)) => Tone::Warning,
        Some(Err(_)) => Tone::Bad,
    }
}

fn word(text: &Text, known: &Known) -> String {
    let words = &text.life.jobs;
    match &known.outcome {
        Some(Ok(_)) => words.word_done,
        Some(Err(JobFailure::Cancelled { .. })) => words.word_cancelled,
        Some(Err(JobFailure::CancelNotConfirmed)) => words.word_unconfirmed,
        Some(Err(JobFailure::Dropped { .. })) => words.word_dropped,
        Some(Err(JobFailure::Lost { .. })) => words.word_lost,
        Some(Err(_)) => words.word_failed,
        None if known.cancelling => words.cancelling,
        None => match known.state.as_deref() {
            Some("running") => words.word_running,
            Some(_) => words.word_preparing,
            None => words.word_session,
        },
    }
    .to_owned()
}

/// Why there is no result: the engine's last line in front, the trace folded.
#[component]
pub fn Failure(
    /// Why.
    failure: JobFailure,
) -> impl IntoView {
    let t = sentences();
    let line = {
        let failure = failure.clone();
        move || last_line(t.get(), &failure)
    };
    let notice: Option<Problem> = match &failure {
        JobFailure::Cancelled { .. } | JobFailure::CancelNotConfirmed => None,
        _ => Some(problem(failure)),
    };
    view! {
        {move || line().map(|line| view! { <pre class="job-error" tabindex="0">{line}</pre> })}
        {notice.map(|problem| view! { <ProblemNotice problem/> })}
    }
}

fn last_line(text: &Text, failure: &JobFailure) -> Option<String> {
    let words = &text.life.jobs;
    match failure {
        JobFailure::Failed { message, .. } => message.clone(),
        JobFailure::Rejected => Some(words.rejected.to_owned()),
        JobFailure::Dropped { for_ms } => Some((words.dropped)(for_ms / 1000)),
        _ => None,
    }
}
