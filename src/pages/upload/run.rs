//! The work: the table is made if it is new, then the file goes into it.

use file::import::{Bad, Report};
use leptos::prelude::*;

use super::draft::Draft;
use crate::api::file_worker::FileWorker;
use crate::api::{self, Doing, Problem, sql, uploads};
use crate::state::profile::Profile;
use crate::uploads::{Ask, Failure, Job, Progress, Tell};

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum State {
    /// Nothing was begun.
    #[default]
    Idle,
    /// The table is made.
    Creating,
    /// The file is on its way.
    Running(Progress),
    /// The rows are in the table.
    Done(Progress, Box<Report>),
    /// It was stopped.
    Cancelled,
    /// It failed; with the cells that do not fit.
    Failed(Failure, Vec<Bad>),
    /// Before anything was sent.
    Refused(Problem),
}

/// The work of the page.
#[derive(Clone, Copy)]
pub struct Run {
    /// What is chosen.
    pub draft: Draft,
    /// How far it is.
    pub state: RwSignal<State>,
    /// What goes where.
    pub job: RwSignal<Option<Job>>,
    /// The table that was made for it.
    pub made: RwSignal<Option<String>>,
    worker: StoredValue<Option<FileWorker>, LocalStorage>,
    profile: Profile,
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
        }
    }

    /// Whether it works; subscribes.
    pub fn running(self) -> bool {
        self.state
            .with(|state| matches!(state, State::Creating | State::Running(_)))
    }

    /// Whether the connection is known; subscribes.
    pub fn connected(self) -> bool {
        self.profile.get().is_some()
    }

    /// Begins.
    pub fn start(self) {
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

    /// Stops it.
    pub fn stop(self) {
        self.worker
            .with_value(|worker| worker.as_ref().map(FileWorker::cancel));
    }
}
