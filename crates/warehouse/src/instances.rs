//! Instances: what was submitted, what state it is in, what came out. One JSON file each.
//!
//! A stop is a request; the state follows when it is true. So an instance whose engine still has
//! processes reads `Running` until they are gone. What ran when the warehouse died reads `Terminated`
//! with a failed task and the reason.

use crate::results::{self, Written};
use crate::store::Store;
use crate::{Error, clock, keys};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use wire::{Millis, Secret};

/// The text of an instance that ran when the warehouse was killed.
const LOST: &str = "runTask failed: the local MaxCompute was ended while this instance ran; \
                    its processes ended with it";

/// How far a task is, in the words of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Progress {
    /// In the queue.
    Waiting,
    Running,
    Success,
    Failed,
    Cancelled,
}

/// The one task of an instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Task {
    pub(crate) name: String,
    /// The element name: `SQL`, `CUPID`, …
    pub(crate) kind: String,
    pub(crate) progress: Progress,
    /// The result or error text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) result: Option<String>,
}

/// A part of a query, by the name of the service: `M1`, `R2_1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stage {
    pub(crate) name: String,
    pub(crate) workers: u64,
    pub(crate) terminated: u64,
    pub(crate) input_rows: u64,
    pub(crate) output_rows: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) began: Option<Millis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ended: Option<Millis>,
}

/// One submitted job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Instance {
    pub(crate) id: String,
    pub(crate) project: String,
    pub(crate) owner: String,
    pub(crate) started: Millis,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ended: Option<Millis>,
    /// When a place was free for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) began: Option<Millis>,
    /// When the user asked for the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) stop_requested: Option<Millis>,
    /// The job as it was submitted, in XML.
    pub(crate) source: String,
    pub(crate) tasks: Vec<Task>,
    /// What a Cupid task tells while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) running: Option<String>,
    /// The parts of a query and how far they came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) stages: Vec<Stage>,
    /// Bytes of the files that a query has read.
    #[serde(default)]
    pub(crate) input_bytes: u64,
    /// The rows that a query has left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rows: Option<Written>,
    /// A proxy token, the success of its task. Never written: it dies with its cluster and the
    /// cluster with this process.
    #[serde(skip)]
    pub(crate) token: Option<Secret>,
}

impl Instance {
    /// Whether it has ended.
    pub(crate) fn terminated(&self) -> bool {
        self.ended.is_some()
    }

    /// Says that its tasks run and wait no longer.
    pub(crate) fn begin(&mut self, at: Millis) {
        self.began = Some(at);
        for task in &mut self.tasks {
            if task.progress == Progress::Waiting {
                task.progress = Progress::Running;
            }
        }
    }

    /// Ends every task that still runs.
    fn end(&mut self, progress: Progress, result: Option<String>) {
        self.ended = Some(clock::now());
        for task in &mut self.tasks {
            if matches!(task.progress, Progress::Running | Progress::Waiting) {
                task.progress = progress;
                task.result.clone_from(&result);
            }
        }
    }
}

/// All instances. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Instances {
    store: Arc<Store>,
    all: Arc<Mutex<BTreeMap<String, Instance>>>,
    /// Told whenever one ends.
    ends: Arc<Notify>,
}

impl Instances {
    /// Reads what is stored and ends what was running.
    pub(crate) fn open(store: Arc<Store>) -> Result<Self, Error> {
        let mut all = BTreeMap::new();
        for project in store.names(&["projects"])? {
            for file in store.names(&["projects", &project, "instances"])? {
                let parts = ["projects", &project, "instances", &file];
                let Some(mut instance) = store.read_json::<Instance>(&parts)? else {
                    continue;
                };
                if !instance.terminated() {
                    tracing::warn!(id = instance.id, "was running when the warehouse ended");
                    instance.end(Progress::Failed, Some(LOST.to_owned()));
                    store.write_json(&parts, &instance)?;
                }
                all.insert(instance.id.clone(), instance);
            }
        }
        let known = |project: &str, id: &str| {
            let found: Option<&Instance> = all.get(id);
            found.is_some_and(|one| one.project == project && one.rows.is_some())
        };
        results::sweep(&store, known)?;
        Ok(Self {
            store,
            all: Arc::new(Mutex::new(all)),
            ends: Arc::default(),
        })
    }

    /// Takes a job; its tasks run from now on, but for queries, which wait for a place.
    pub(crate) fn create(
        &self,
        project: &str,
        owner: &str,
        source: String,
        tasks: Vec<(String, String)>,
    ) -> Result<Instance, Error> {
        let started = clock::now();
        let running = |(kind, name): (String, String)| Task {
            name,
            progress: if kind.starts_with("SQL") {
                Progress::Waiting
            } else {
                Progress::Running
            },
            kind,
            result: None,
        };
        let instance = Instance {
            id: format!("{}g{}", clock::digits(started), &keys::random()[..10]),
            project: project.to_owned(),
            owner: owner.to_owned(),
            started,
            ended: None,
            began: None,
            stop_requested: None,
            source,
            tasks: tasks.into_iter().map(running).collect(),
            running: None,
            stages: Vec::new(),
            input_bytes: 0,
            rows: None,
            token: None,
        };
        self.write(&instance)?;
        self.lock().insert(instance.id.clone(), instance.clone());
        Ok(instance)
    }

    /// One instance of the project.
    pub(crate) fn get(&self, project: &str, id: &str) -> Option<Instance> {
        self.lock()
            .get(id)
            .filter(|instance| instance.project == project)
            .cloned()
    }

    /// All instances of the project, newest first.
    pub(crate) fn list(&self, project: &str) -> Vec<Instance> {
        let all = self.lock();
        all.values()
            .rev()
            .filter(|instance| instance.project == project)
            .cloned()
            .collect()
    }

    /// Changes an instance and writes it. An instance that has ended is not changed any more.
    pub(crate) fn update(&self, id: &str, change: impl FnOnce(&mut Instance)) {
        let mut all = self.lock();
        let Some(instance) = all.get_mut(id).filter(|instance| !instance.terminated()) else {
            return;
        };
        change(instance);
        // Written under the lock, so that the last change is the last on disk.
        if let Err(error) = self.write(instance) {
            tracing::error!(id, %error, "the instance could not be written");
        }
    }

    /// Ends an instance.
    pub(crate) fn finish(&self, id: &str, progress: Progress, result: Option<String>) {
        tracing::info!(id, ?progress, reason = result.as_deref(), "instance ended");
        self.update(id, |instance| instance.end(progress, result));
        self.ends.notify_waiters();
    }

    /// Waits until the instance has ended, or as long as is allowed.
    pub(crate) async fn ended(&self, project: &str, id: &str, limit: Duration) {
        let end = async {
            loop {
                let told = self.ends.notified();
                let runs = self.get(project, id).is_some_and(|one| !one.terminated());
                if !runs {
                    return;
                }
                told.await;
            }
        };
        // That it did not end in time is told by the state.
        drop(tokio::time::timeout(limit, end).await);
    }

    fn write(&self, instance: &Instance) -> Result<(), Error> {
        let file = format!("{}.json", instance.id);
        self.store.write_json(
            &["projects", &instance.project, "instances", &file],
            instance,
        )
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Instance>> {
        // Every change is complete before anything could panic.
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{Instances, Progress};
    use crate::store::Store;
    use std::sync::Arc;
    use wire::Secret;

    fn open(folder: &std::path::Path) -> Instances {
        Instances::open(Arc::new(Store::open(folder).unwrap())).unwrap()
    }

    #[test]
    fn what_ran_when_the_process_died_reads_failed() {
        let folder = tempfile::tempdir().unwrap();
        let tasks = || vec![("CUPID".to_owned(), "cupid_task".to_owned())];
        let first = open(folder.path());
        let done = first.create("p", "o", "<Job/>".into(), tasks()).unwrap().id;
        first.finish(&done, Progress::Success, Some("42".into()));
        let lost = first.create("p", "o", "<Job/>".into(), tasks()).unwrap().id;
        drop(first);

        let again = open(folder.path());
        let done = again.get("p", &done).unwrap();
        assert_eq!(done.tasks[0].result.as_deref(), Some("42"));
        let lost = again.get("p", &lost).unwrap();
        assert!(lost.terminated());
        assert_eq!(lost.tasks[0].progress, Progress::Failed);
        assert!(
            lost.tasks[0]
                .result
                .as_deref()
                .unwrap()
                .contains("was ended while this instance ran")
        );
        assert_eq!(again.list("p").len(), 2);
        assert!(again.get("q", &lost.id).is_none());
    }

    #[test]
    fn an_end_is_final_and_a_token_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let instances = open(folder.path());
        let id = instances
            .create("p", "o", String::new(), vec![("CUPID".into(), "t".into())])
            .unwrap()
            .id;
        instances.update(&id, |instance| {
            instance.token = Some(Secret::new("abc123token"))
        });
        instances.finish(&id, Progress::Success, None);
        instances.finish(&id, Progress::Failed, Some("too late".into()));
        assert_eq!(
            instances.get("p", &id).unwrap().tasks[0].progress,
            Progress::Success
        );
        let file = folder
            .path()
            .join(format!("projects/p/instances/{id}.json"));
        assert!(
            !std::fs::read_to_string(file)
                .unwrap()
                .contains("abc123token")
        );
    }

    #[test]
    fn an_id_has_the_shape_of_the_service() {
        let folder = tempfile::tempdir().unwrap();
        let id = open(folder.path())
            .create("p", "o", String::new(), Vec::new())
            .unwrap()
            .id;
        let (moment, rest) = id.split_once('g').unwrap();
        assert!(moment.len() == 17 && moment.starts_with("20"), "{id}");
        assert!(
            rest.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()),
            "{id}"
        );
    }
}
