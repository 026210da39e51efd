//! SQL jobs: a queue, a few that run at once on threads of their own, their progress, and their end
//! from outside.
//!
//! A stop is true when the query has let go: the instance reads `Terminated` after that.

use crate::instances::{Instances, Progress, Stage};
use crate::{Error, clock, results};
use serde_json::json;
use sql::{CancellationToken, Outcome, Session, SqlError};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;

/// Jobs that run at once; the others wait in the order in which they came.
const PLACES: usize = 4;

/// A step of a query can compute for long without giving way: those of all places must leave threads
/// for the others, and for what watches them.
const THREADS: usize = 2 * PLACES + 2;

/// What ends a job that was stopped.
const CANCELLED: &str = "ODPS-0120006: Instance has been cancelled";

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Runs the script.
    Run,
    /// Says what running it would read.
    Cost,
}

/// A script with everything that it needs.
#[derive(Debug)]
pub(crate) struct Work {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) script: String,
    pub(crate) session: Session,
    /// Where the rows of a query go.
    pub(crate) rows: PathBuf,
}

/// A job that waits or runs.
#[derive(Clone, Debug)]
struct Job {
    cancel: CancellationToken,
    progress: sql::Progress,
}

/// All jobs that have not ended.
#[derive(Debug)]
pub(crate) struct Jobs {
    /// Queries compute; they must not keep requests from being answered.
    runtime: Option<Runtime>,
    places: Arc<Semaphore>,
    open: Arc<Mutex<BTreeMap<String, Job>>>,
    instances: Instances,
}

/// How a job ended well.
enum Answer {
    Text(String),
    Rows(results::Written),
}

impl Jobs {
    /// No jobs yet.
    pub(crate) fn new(instances: Instances) -> Result<Self, Error> {
        let runtime = Builder::new_multi_thread()
            .thread_name("sql")
            .worker_threads(THREADS)
            .enable_all()
            .build()
            .map_err(Error::file("threads for SQL"))?;
        Ok(Self {
            runtime: Some(runtime),
            places: Arc::new(Semaphore::new(PLACES)),
            open: Arc::default(),
            instances,
        })
    }

    /// Takes a job; it runs when there is a place.
    pub(crate) fn start(&self, work: Work) {
        let job = Job {
            cancel: CancellationToken::new(),
            progress: sql::Progress::new(),
        };
        lock(&self.open).insert(work.id.clone(), job.clone());
        let Some(runtime) = &self.runtime else { return };
        let (places, open) = (self.places.clone(), self.open.clone());
        let instances = self.instances.clone();
        runtime.spawn(async move {
            let id = work.id.clone();
            let began = instances.clone();
            let inner = job.clone();
            let mut running = tokio::spawn(async move {
                let _place = places.acquire_owned().await;
                began.update(&work.id, |instance| instance.begin(clock::now()));
                run(work, &inner).await
            });
            let ended = tokio::select! {
                biased;
                ended = &mut running => Some(ended),
                () = job.cancel.cancelled() => None,
            };
            let ended = match ended {
                Some(ended) => ended,
                None => {
                    // Whatever does not look at its token is dropped where it waits.
                    running.abort();
                    running.await
                }
            };
            finish(&instances, &id, &job, ended);
            lock(&open).remove(&id);
        });
    }

    /// Asks a job to end; false if it is none of these.
    pub(crate) fn stop(&self, id: &str) -> bool {
        let job = lock(&self.open).get(id).cloned();
        job.map(|job| job.cancel.cancel()).is_some()
    }

    /// How far a job is; nothing if it has ended.
    pub(crate) fn stages(&self, id: &str) -> Option<Vec<Stage>> {
        let job = lock(&self.open).get(id).cloned()?;
        Some(stages(&job))
    }

    /// Asks all jobs to end.
    pub(crate) fn close(&self) {
        for job in lock(&self.open).values() {
            job.cancel.cancel();
        }
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Waiting for threads is not allowed where a warehouse may be dropped.
            runtime.shutdown_background();
        }
    }
}

async fn run(work: Work, job: &Job) -> Result<Answer, SqlError> {
    if work.kind == Kind::Cost {
        let cost = work.session.cost(&work.script).await?;
        let cost = json!({"Cost": {"SQL": {
            "UDF": cost.udf, "Complexity": cost.complexity, "Input": cost.input
        }}});
        return Ok(Answer::Text(cost.to_string()));
    }
    let outcome = work
        .session
        .run(&work.script, &job.progress, job.cancel.clone())
        .await?;
    match outcome {
        Outcome::Text(text) => Ok(Answer::Text(text)),
        Outcome::Rows(rows) => results::write(&work.rows, rows).await.map(Answer::Rows),
    }
}

type Joined = Result<Result<Answer, SqlError>, tokio::task::JoinError>;

fn finish(instances: &Instances, id: &str, job: &Job, ended: Joined) {
    let (stages, input_bytes) = (stages(job), job.progress.input_bytes());
    instances.update(id, |instance| {
        instance.stages = stages;
        instance.input_bytes = input_bytes;
    });
    match ended {
        Ok(Ok(Answer::Text(text))) => instances.finish(id, Progress::Success, Some(text)),
        Ok(Ok(Answer::Rows(written))) => {
            instances.update(id, |instance| instance.rows = Some(written));
            instances.finish(id, Progress::Success, None);
        }
        Ok(Err(error)) if error.is_cancelled() || job.cancel.is_cancelled() => {
            instances.finish(id, Progress::Cancelled, Some(CANCELLED.to_owned()));
        }
        Ok(Err(error)) => instances.finish(id, Progress::Failed, Some(error.to_string())),
        Err(error) if error.is_cancelled() => {
            instances.finish(id, Progress::Cancelled, Some(CANCELLED.to_owned()));
        }
        Err(error) => {
            tracing::error!(id, %error, "a query has panicked");
            let error = SqlError::internal("the query ended without an answer");
            instances.finish(id, Progress::Failed, Some(error.to_string()));
        }
    }
}

fn stages(job: &Job) -> Vec<Stage> {
    let stages = job.progress.stages().into_iter();
    stages
        .map(|stage| Stage {
            name: stage.name,
            workers: stage.workers,
            terminated: stage.terminated,
            input_rows: stage.input_rows,
            output_rows: stage.output_rows,
            began: stage.began,
            ended: stage.ended,
        })
        .collect()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Every change is complete before anything could panic.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
