//! The work: the table is made if it is new, then the file goes into it; how far it is, what came.

use file::import::{Bad, ImportError, Report};
use leptos::prelude::*;

use super::draft::Draft;
use crate::api::file_worker::FileWorker;
use crate::api::{self, Doing, Problem, frames, sql, uploads};
use crate::components::problem_notice::ProblemNotice;
use crate::format;
use crate::frames::{Fault, Source, TableSource};
use crate::route::{Query, Route};
use crate::state::profile::Profile;
use crate::text::uploads::Uploads;
use crate::text::{Sentences, sentences};
use crate::ui::button::{Button, Weight};
use crate::uploads::{Ask, Failure, Job, Progress, Tell};

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq)]
enum State {
    #[default]
    Idle,
    Creating,
    Running(Progress),
    Done(Progress, Box<Report>),
    Cancelled,
    Failed(Failure, Vec<Bad>),
    /// Before anything was sent.
    Refused(Problem),
}

/// The work of the page.
#[derive(Clone, Copy)]
pub struct Run {
    draft: Draft,
    state: RwSignal<State>,
    job: RwSignal<Option<Job>>,
    /// The table that was made for it.
    made: RwSignal<Option<String>>,
    worker: StoredValue<Option<FileWorker>, LocalStorage>,
    profile: Profile,
    t: Sentences,
}

impl Run {
    /// Nothing runs.
    pub fn new(draft: Draft) -> Self {
        let worker = StoredValue::new_local(None::<FileWorker>);
        // The page was left: nothing that was sent becomes part of the table.
        on_cleanup(move || {
            worker.try_update_value(|worker| worker.take().map(|worker| worker.end()));
        });
        Self {
            draft,
            state: RwSignal::default(),
            job: RwSignal::new(None),
            made: RwSignal::new(None),
            worker,
            profile: Profile::expect(),
            t: sentences(),
        }
    }

    /// Whether it works; subscribes.
    pub fn running(self) -> bool {
        self.state
            .with(|state| matches!(state, State::Creating | State::Running(_)))
    }

    fn start(self) {
        let project = self.profile.now().map(|facts| facts.project);
        let job = project.and_then(|project| untrack(|| self.draft.job(project)));
        let statement = untrack(|| self.draft.statement());
        let (Some(job), Some(file)) = (job, self.draft.file.get_untracked()) else {
            return;
        };
        self.job.set(Some(job.clone()));
        self.made.set(None);
        let known = self.profile.now();
        api::spawn(async move {
            if let Some(statement) = statement {
                self.state.set(State::Creating);
                let made = match api::target(known).await {
                    Ok(target) => sql::run(&target, &statement, Doing::CreateTable).await,
                    Err(problem) => Err(problem),
                };
                if let Err(problem) = made {
                    self.state.try_set(State::Refused(problem));
                    return;
                }
                // From now on it exists: another try must not make it again.
                self.made.try_set(Some(self.draft.table.get_untracked()));
                let places = job.columns.iter().cloned();
                let places = places.map(|(name, place)| (name, Some(place))).collect();
                self.draft.new.try_set(false);
                api::sleep(0).await;
                self.draft.places.try_set(places);
            }
            if self
                .state
                .try_set(State::Running(Progress::default()))
                .is_some()
            {
                return;
            }
            let worker = uploads::start(&Ask::Send(Box::new(job)), &file, move |tell| {
                self.hear(tell)
            });
            self.worker.try_set_value(Some(worker));
        });
    }

    fn hear(self, tell: Tell) {
        let state = match tell {
            Tell::Progress(progress) => State::Running(progress),
            Tell::Done { progress, report } => State::Done(progress, report),
            Tell::Cancelled => State::Cancelled,
            Tell::Failed { failure, bad } => State::Failed(failure, bad),
            Tell::Looked(_) => return,
        };
        self.state.try_set(state);
    }

    fn stop(self) {
        self.worker
            .with_value(|worker| worker.as_ref().map(FileWorker::cancel));
    }
}

/// What is wrong with a file, in words.
pub fn file_words(text: &Uploads, error: &ImportError) -> String {
    match error {
        ImportError::Empty => text.empty.to_owned(),
        ImportError::Unclosed { row } => (text.unclosed)(&format::grouped(*row)),
        ImportError::Bad(bad) => (text.bad)(bad),
        ImportError::TooMany { most } => (text.too_many)(&format::grouped(*most)),
        ImportError::Damaged(why) => (text.damaged)(why),
        other => (text.damaged)(&other.to_string()),
    }
}

/// The buttons, and what came.
#[component]
pub fn Outcome(
    /// The work.
    run: Run,
) -> impl IntoView {
    let t = run.t;
    let refused = Signal::derive(move || {
        let connected = run.profile.get().is_some();
        run.draft.refused(t.get(), connected)
    });
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
    let t = run.t;
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

/// What was written.
#[component]
fn Done(
    /// The work.
    run: Run,
    /// The last figures.
    progress: Progress,
    /// What became of the rows.
    report: Report,
) -> impl IntoView {
    let t = run.t;
    let name = run.draft.table.get_untracked();
    let place = Route::Table(name.trim().to_owned());
    let partition = run.job.get_untracked().and_then(|job| job.partition);
    let address = match partition {
        Some(partition) => place.with(Query::default().with("partition", &partition)),
        None => place.with(Query::default()),
    };
    let (rows, bad) = (progress.rows, report.bad.clone());
    let said = move || {
        let text = &t.get().uploads;
        let mut said = vec![(text.done)(&format::grouped(rows))];
        let some = |count: u64| (count > 0).then(|| format::grouped(count));
        said.extend(some(report.rejected).map(|rows| (text.left_out)(&rows)));
        said.extend(some(report.nulls).map(|cells| (text.made_null)(&cells)));
        let retries = some(u64::from(progress.retries));
        said.extend(retries.map(|times| (text.again)(&times)));
        said.join(" ")
    };
    view! {
        <div class="upload-done">
            <p role="status">{said}</p>
            <a class="button" href=address.href()>{move || (t.get().uploads.show)(name.trim())}</a>
            <BadList t=t bad=bad/>
        </div>
    }
}

/// Why it failed.
#[component]
fn Failed(
    /// The work.
    run: Run,
    /// Why.
    failure: Failure,
    /// The cells that do not fit.
    bad: Vec<Bad>,
) -> impl IntoView {
    let t = run.t;
    if let Failure::Service(fault) = &failure {
        let problem = run.job.get_untracked().map(|job| service(&job, fault));
        return problem
            .map(|problem| {
                view! {
                    <ProblemNotice problem=problem/>
                    <p>{move || t.get().uploads.unchanged}</p>
                }
            })
            .into_any();
    }
    let said = move || {
        let text = &t.get().uploads;
        match &failure {
            Failure::File(error) => format!(
                "{}. {}. {}",
                text.failed,
                file_words(text, error).trim_end_matches('.'),
                text.unchanged
            ),
            Failure::Blocks => format!("{}. {} {}", text.failed, text.blocks, text.unchanged),
            Failure::Commit(fault) => format!("{} ({fault})", text.commit),
            Failure::Crashed(why) => format!("{}. {why}. {}", text.failed, text.unchanged),
            Failure::Service(fault) => fault.to_string(),
        }
    };
    view! {
        <div class="upload-failed" role="alert"><p dir="auto">{said}</p></div>
        <BadList t=t bad=bad/>
    }
    .into_any()
}

/// The service's refusal, with its evidence.
fn service(job: &Job, fault: &Fault) -> Problem {
    let source = Source::Table(TableSource {
        project: job.project.clone(),
        table: job.table.clone(),
        partition: job.partition.clone(),
        columns: Vec::new(),
        schema: job.schema.clone(),
        start: 0,
    });
    Problem {
        what: Doing::Upload,
        ..frames::problem(&source, fault)
    }
}

/// The cells that did not fit.
#[component]
fn BadList(
    /// The sentences.
    t: Sentences,
    /// The cells.
    bad: Vec<Bad>,
) -> impl IntoView {
    (!bad.is_empty()).then(|| {
        let lines = move || {
            let one = |bad: &Bad| view! { <li dir="auto">{(t.get().uploads.bad)(bad)}</li> };
            bad.iter().map(one).collect_view()
        };
        view! {
            <section class="upload-bad" aria-labelledby="upload-bad">
                <h3 id="upload-bad">{move || t.get().uploads.bad_list}</h3>
                <ul>{lines}</ul>
            </section>
        }
    })
}
