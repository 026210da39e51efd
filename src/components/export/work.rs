//! The work behind the dialog: the place, the worker, how far it is, what was written.

use file::Ledger;
use leptos::prelude::*;

use super::choice::{Choice, Which};
use super::{ExportSource, LedgerFacts};
use crate::api::file_worker::FileWorker;
use crate::api::files::{self, Place};
use crate::api::{self, frames};
use crate::files::{Done, Failure, Job, Tell, words};
use crate::format;
use crate::frames::Source;
use crate::state::prefs::{Language, Prefs};
use crate::state::toasts::Toasts;
use crate::text::{Sentences, sentences};

/// The work of one open dialog.
#[derive(Clone, Copy)]
pub struct Work {
    open: RwSignal<bool>,
    source: Signal<ExportSource>,
    name: Signal<String>,
    facts: Signal<LedgerFacts>,
    choice: Choice,
    state: RwSignal<State>,
    writing: StoredValue<Option<FileWorker>, LocalStorage>,
    t: Sentences,
    toasts: Toasts,
    chinese: bool,
}

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Idle,
    Running {
        rows: u64,
        of: Option<u64>,
        bytes: u64,
    },
    Failed(String),
}

impl Work {
    /// The work of a dialog that was just opened.
    pub fn new(
        open: RwSignal<bool>,
        source: Signal<ExportSource>,
        name: Signal<String>,
        facts: Signal<LedgerFacts>,
        choice: Choice,
    ) -> Self {
        let writing = StoredValue::new_local(None::<FileWorker>);
        on_cleanup(move || {
            // The dialog was closed while it worked.
            writing.try_with_value(|writing| writing.as_ref().map(FileWorker::cancel));
        });
        Self {
            open,
            source,
            name,
            facts,
            choice,
            state: RwSignal::new(State::Idle),
            writing,
            t: sentences(),
            toasts: Toasts::expect(),
            chinese: Prefs::expect().language.get_untracked() == Language::Zh,
        }
    }

    /// Whether it works; subscribes.
    pub fn running(self) -> bool {
        self.state
            .with(|state| matches!(state, State::Running { .. }))
    }

    /// Stops it.
    pub fn cancel(self) {
        self.writing
            .with_value(|writing| writing.as_ref().map(FileWorker::cancel));
    }

    /// Asks for a place and begins.
    pub fn start(self) {
        self.choice.keep();
        let whole = self.choice.which.get_untracked() == Which::Whole;
        let source = self.source.get_untracked();
        let rows = match (&source.whole, &source.view) {
            (Some(whole_of), _) if whole => whole_of.rows,
            (_, Some(seen)) => Some(seen.rows.get_untracked()),
            _ => None,
        };
        let job = self.job(source.whole.filter(|_| whole).map(|whole| whole.source));
        api::spawn(async move {
            let handle = match files::place(&job.name, job.format).await {
                Place::Disk(handle) => Some(handle),
                Place::Downloads => None,
                Place::Nowhere => return,
            };
            let port = match &job.source {
                Some(_) => None,
                None => match source.view.and_then(|seen| seen.port.run(())) {
                    Some(port) => Some(port),
                    None => return self.failed(&job, &Failure::Gone),
                },
            };
            let (rows_begun, bytes) = (0, 0);
            self.state.set(State::Running {
                rows: rows_begun,
                of: rows,
                bytes,
            });
            let told = job.clone();
            let writing = files::write(job, handle, port, move |tell| self.told(&told, rows, tell));
            self.writing.try_set_value(Some(writing));
        });
    }

    fn job(self, source: Option<Source>) -> Job {
        let facts = self.facts.get_untracked();
        let view = self.source.with_untracked(|all| all.view);
        let whole = source.is_some();
        Job {
            source,
            name: super::choice::plain(&self.choice.name.get_untracked()),
            format: self.choice.format.get_untracked(),
            options: self.choice.options(),
            zone: facts.zone,
            chinese: self.chinese,
            ledger: Ledger {
                source: self.name.get_untracked(),
                shown: view
                    .filter(|_| !whole)
                    .map(|seen| seen.rows.get_untracked()),
                fetched: facts.fetched,
                exist: facts.exist,
                cut: if whole { facts.whole_cut } else { facts.cut },
            },
        }
    }

    fn told(self, job: &Job, of: Option<u64>, tell: Tell) {
        match tell {
            Tell::Progress {
                rows,
                of: all,
                bytes,
            } => {
                let of = all.or(of);
                self.state.try_set(State::Running { rows, of, bytes });
            }
            Tell::Done(done) => self.done(job, &done),
            Tell::Cancelled => {
                self.state.try_set(State::Idle);
                self.toasts.done(self.t.now().files.stopped);
            }
            Tell::Failed(failure) => self.failed(job, &failure),
            Tell::Ready | Tell::Part { .. } => {}
        }
    }

    fn done(self, job: &Job, done: &Done) {
        let text = &self.t.now().files;
        let name = format!("{}.{}", job.name, job.format.ending());
        let rows = format::grouped(done.summary.rows);
        let mut said = vec![(text.done)(&name, &rows, &format::bytes(done.bytes))];
        said.extend((done.files > 1).then(|| (text.parts)(&format::grouped(done.files))));
        said.extend(words::encoding(text, job.format, &job.options));
        said.extend(words::changes(text, &done.summary));
        self.toasts.done(said.join(" "));
        let beside = self.choice.beside.try_get_untracked() == Some(true);
        if beside && !job.format.holds_note() {
            let lines = words::lines(text, job, &done.summary).join("\n");
            files::save_text(&(lines + "\n"), &format!("{}.note.txt", job.name));
        }
        self.state.try_set(State::Idle);
        self.open.try_set(false);
    }

    fn failed(self, job: &Job, failure: &Failure) {
        let text = self.t.now();
        let why = match (failure, &job.source) {
            (Failure::Read(fault), Some(source)) => {
                let problem = frames::problem(source, fault);
                format!("{fault} ({})", (text.problems.why)(&problem.why))
            }
            (Failure::Read(fault), None) => fault.to_string(),
            (Failure::Gone, _) => text.files.gone.to_owned(),
            (Failure::Format(why) | Failure::Write(why) | Failure::Crashed(why), _) => why.clone(),
        };
        let said = format!("{}: {why}", text.files.failed);
        if self.state.try_set(State::Failed(said.clone())).is_some() {
            self.toasts.failed(said);
        }
    }
}

/// How far it is, or why it failed.
#[component]
pub fn Progress(
    /// The work.
    work: Work,
) -> impl IntoView {
    let t = sentences();
    move || match work.state.get() {
        State::Idle => ().into_any(),
        State::Failed(why) => view! { <p class="export-failed" role="alert">{why}</p> }.into_any(),
        State::Running { rows, of, bytes } => {
            let text = &t.get().files;
            let all = of.map(format::grouped);
            let line = (text.progress)(
                &format::grouped(rows),
                all.as_deref(),
                &format::bytes(bytes),
            );
            view! {
                <div class="export-progress">
                    <progress
                        aria-label=text.running
                        max=of.filter(|of| *of > 0).map(|of| of.to_string())
                        value=of.filter(|of| *of > 0).map(|of| rows.min(of).to_string())
                    ></progress>
                    <span role="status">{line}</span>
                </div>
            }
            .into_any()
        }
    }
}
