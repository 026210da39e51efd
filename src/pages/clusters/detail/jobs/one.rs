//! One job, followed to its end: state, progress, cancel; then the rows, or why there are none.

use cluster::{Job, JobEvent, JobFailure, JobResult};
use leptos::prelude::*;

use super::Handle;
use super::submit::problem;
use crate::api::jobs::Cancellable;
use crate::api::kept::{self, KeptJob};
use crate::api::{self, Driving, Problem};
use crate::components::code::Code;
use crate::components::frame_view::FrameView;
use crate::components::problem_notice::ProblemNotice;
use crate::format;
use crate::frames::{ResultSource, Source};
use crate::route::{Here, Route};
use crate::state::clock::{Clock, now};
use crate::state::profile::Profile;
use crate::text::{Text, sentences};
use crate::ui::button::Button;
use crate::ui::status::{Status, Tone};

/// What is known of the job.
#[derive(Clone, Debug, Default, PartialEq)]
struct Known {
    state: Option<String>,
    running: Option<u32>,
    quiet: Option<u64>,
    cancelling: bool,
    outcome: Option<Result<JobResult, JobFailure>>,
}

/// The job that the address names.
#[component]
pub fn One(
    /// The instance.
    id: String,
    /// The job.
    handle: Handle,
) -> impl IntoView {
    let (t, clock, here) = (sentences(), Clock::expect(), Here::expect());
    let words = move || &t.get().life.jobs;
    let kept = kept::jobs(&id)
        .into_iter()
        .find(|kept| (&kept.session, &kept.graph) == (&handle.session, &handle.graph));
    let known = RwSignal::new(Known::default());
    let begun = kept.as_ref().map(|kept| kept.at);
    let cancel = follow(&id, &handle, kept.as_ref(), known);
    let over = Memo::new(move |_| known.with(|known| known.outcome.clone()));
    let elapsed = move || match over.get() {
        Some(Ok(result)) => Some(format::brief(result.elapsed)),
        Some(Err(_)) => None,
        None => begun.map(|begun| format::elapsed(clock.now().max(begun) - begun)),
    };
    let text = kept.map(|kept| kept.text);
    let heading = text.clone();
    let close = Callback::new({
        let id = id.clone();
        move |()| here.go(Route::Cluster(id.clone()).with(crate::route::Query::parse("tab=jobs")))
    });
    let name = text.clone().unwrap_or_else(|| handle.target.clone());
    let body = move || match over.get() {
        None => None,
        Some(Ok(result)) => {
            let (id, name) = (id.clone(), name.clone());
            Some(view! { <Rows id name result/> }.into_any())
        }
        Some(Err(failure)) => Some(view! { <Failure failure/> }.into_any()),
    };
    let running = move || over.with(Option::is_none);
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
        <section class="job" aria-labelledby="job-title">
            <div class="section-head">
                <h2 id="job-title">{move || words().result}</h2>
                <Status
                    tone=Signal::derive(move || known.with(tone))
                    word=Signal::derive(move || known.with(|known| word(t.get(), known)))
                />
                <span class="quiet">{elapsed}</span>
                <span class="quiet" role="status">{moving}</span>
                <span class="row">
                    <Show when=running>
                        <Button on_press=cancel busy=Signal::derive(move || known.with(|k| k.cancelling))>
                            {move || if known.with(|k| k.cancelling) { words().cancelling } else { words().cancel }}
                        </Button>
                    </Show>
                    <Button on_press=close>{move || words().close}</Button>
                </span>
            </div>
            {heading.map(|text| view! { <Words text/> })}
            {body}
        </section>
    }
}

/// The expression, and the call of the guide that runs the same.
#[component]
fn Words(text: String) -> impl IntoView {
    let t = sentences();
    let name = move || t.get().life.jobs.python;
    let call = python(&text);
    view! {
        <pre class="job-text" tabindex="0" role="group" aria-label=move || t.get().life.jobs.expression>{text}</pre>
        <details>
            <summary>{name}</summary>
            <Code text=call what=Signal::derive(move || name().to_owned())/>
        </details>
    }
}

/// Drives the job as long as the component lives; the callback wishes for its end.
fn follow(
    id: &str,
    handle: &Handle,
    kept: Option<&KeptJob>,
    known: RwSignal<Known>,
) -> Callback<()> {
    let profile = Profile::expect();
    let driving = StoredValue::new_local(Driving::default());
    let wish = StoredValue::new_local(None);
    on_cleanup(move || driving.with_value(Driving::stop));
    let (id, handle, begun) = (id.to_owned(), handle.clone(), kept.map(|kept| kept.at));
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

/// The rows of a result.
#[component]
fn Rows(id: String, name: String, result: JobResult) -> impl IntoView {
    let profile = Profile::expect();
    let source = Source::Result(ResultSource {
        project: profile.now().unwrap_or_default().project,
        instance: id,
        session: result.session,
        graph: result.graph_key,
        tileable: result.target,
    });
    view! {
        <FrameView source=Signal::stored(source) name=Signal::stored(name)/>
    }
}

/// Why there is no result: the engine's last line in front, the trace folded.
#[component]
fn Failure(failure: JobFailure) -> impl IntoView {
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

/// The call of the guide that runs the same: earlier lines as they are, the last one in `run`.
fn python(text: &str) -> String {
    match text.trim_end().rsplit_once('\n') {
        Some((before, last)) => format!("{before}\nclient.session.run({last})"),
        None => format!("client.session.run({})", text.trim()),
    }
}

#[cfg(test)]
mod tests {
    use super::python;

    #[test]
    fn the_guides_call() {
        assert_eq!(python("mt.ones(3)\n"), "client.session.run(mt.ones(3))");
        assert_eq!(
            python("a = mt.ones(3)\na + 1"),
            "a = mt.ones(3)\nclient.session.run(a + 1)"
        );
    }
}
