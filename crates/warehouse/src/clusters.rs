//! Running clusters: each is an instance with an engine, a web port once the web server answers, and
//! the proxy tokens that were handed out for it.
//!
//! One task per cluster follows its engine from start to end and is the only one that ends the
//! instance: a stop is a wish until the processes are gone.

mod notebook;

use crate::engine::{Engine, Event, Plan};
use crate::faults::{Fault, Faults};
use crate::host::Share;
use crate::instances::{Instances, Progress};
use crate::{clock, keys};
use notebook::{Notebook, State};
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;
use wire::{Millis, Secret};

/// How long an engine may take until its web server answers. The launcher has limits of its own.
const START_LIMIT: Duration = Duration::from_secs(180);

/// What a token leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum App {
    /// The engine's web server.
    Web,
    /// The notebook.
    Notebook,
}

/// Where a request with a token goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Door {
    pub(crate) cluster: String,
    pub(crate) app: App,
    /// The port of the engine's web server.
    pub(crate) port: u16,
}

#[derive(Debug)]
struct Cluster {
    share: Share,
    since: Millis,
    web: Option<u16>,
    notebook: Notebook,
    stop: watch::Sender<bool>,
    /// Turns true when the engine is gone and the instance has ended.
    ended: watch::Receiver<bool>,
}

#[derive(Debug)]
struct Token {
    cluster: String,
    app: App,
    until: Millis,
}

#[derive(Debug, Default)]
struct Running {
    clusters: HashMap<String, Cluster>,
    tokens: HashMap<String, Token>,
    /// Set at shutdown: nothing is started any more.
    closed: bool,
}

/// All running clusters. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Clusters {
    instances: Instances,
    faults: Arc<Faults>,
    running: Arc<Mutex<Running>>,
}

impl Clusters {
    pub(crate) fn new(instances: Instances, faults: Arc<Faults>) -> Self {
        Self {
            instances,
            faults,
            running: Arc::default(),
        }
    }

    /// Workers of all clusters together.
    pub(crate) fn workers(&self) -> u32 {
        self.lock()
            .clusters
            .values()
            .map(|cluster| cluster.share.worker_num)
            .sum()
    }

    /// Starts the engine of a cluster and follows it to its end.
    pub(crate) fn start(&self, plan: Plan) {
        let id = plan.cluster.clone();
        let (stop, stopping) = watch::channel(false);
        let (end, ended) = watch::channel(false);
        let (notebook, wishes) = Notebook::new();
        let token = notebook.token();
        {
            let mut running = self.lock();
            if running.closed {
                drop(running);
                let text = "runTask failed: the local MaxCompute is ending";
                return self
                    .instances
                    .finish(&id, Progress::Failed, Some(text.to_owned()));
            }
            let cluster = Cluster {
                share: plan.share,
                since: clock::now(),
                web: None,
                notebook,
                stop,
                ended,
            };
            running.clusters.insert(id.clone(), cluster);
        }
        let clusters = self.clone();
        tokio::spawn(async move {
            let folder = plan.folder.clone();
            let (progress, result) = clusters.follow(&id, plan, &token, stopping, wishes).await;
            tidy(&folder);
            {
                let mut running = clusters.lock();
                running.clusters.remove(&id);
                running.tokens.retain(|_, token| token.cluster != id);
            }
            clusters.instances.finish(&id, progress, result);
            end.send_replace(true);
        });
    }

    /// Runs the engine; how the instance ends.
    async fn follow(
        &self,
        id: &str,
        plan: Plan,
        notebook: &Secret,
        mut stopping: watch::Receiver<bool>,
        mut wishes: mpsc::UnboundedReceiver<()>,
    ) -> (Progress, Option<String>) {
        let failed = |why: String| (Progress::Failed, Some(format!("runTask failed: {why}")));
        let expected = plan.share.worker_num;
        let mut engine = match Engine::start(plan, notebook).await {
            Ok(engine) => engine,
            Err(error) => return failed(error.to_string()),
        };
        let deadline = Instant::now() + START_LIMIT;
        let mut workers = 0;
        let mut web = false;
        loop {
            let event = tokio::select! {
                event = engine.next() => event,
                Some(()) = wishes.recv() => {
                    engine.start_notebook().await;
                    continue;
                }
                () = stopped(&mut stopping) => {
                    engine.stop().await;
                    return (Progress::Cancelled, None);
                }
                () = tokio::time::sleep_until(deadline), if !web => {
                    engine.end().await;
                    let seconds = START_LIMIT.as_secs();
                    return failed(format!("the web server did not answer within {seconds} s"));
                }
            };
            tracing::debug!(id, ?event, "engine");
            match event {
                Some(Event::Web { port }) => {
                    web = true;
                    if let Some(cluster) = self.lock().clusters.get_mut(id) {
                        cluster.web = Some(port);
                    }
                    tracing::info!(id, port, "the web server answers");
                }
                Some(Event::Notebook { port }) => {
                    tracing::info!(id, port, "the notebook answers");
                    self.note(id, State::At(port));
                }
                Some(Event::NotebookLost { message }) => {
                    tracing::warn!(id, message, "the notebook is gone");
                    self.note(id, State::Lost(message));
                }
                Some(Event::Worker { endpoint }) => {
                    workers += 1;
                    tracing::info!(id, endpoint, workers, expected, "a worker is registered");
                }
                Some(Event::WorkerLost { endpoint, code }) if workers < expected => {
                    engine.end().await;
                    return failed(format!(
                        "worker {endpoint} died while the cluster was starting ({})",
                        how(code)
                    ));
                }
                Some(Event::WorkerLost { endpoint, code }) => {
                    tracing::warn!(id, endpoint, code, "a worker was lost");
                }
                Some(Event::Failed { message }) => {
                    engine.end().await;
                    return failed(message);
                }
                Some(Event::Ended {}) | None => {
                    // The launcher's exit follows at once; its status belongs to the reason.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    let words = engine.last_words();
                    engine.end().await;
                    return failed(words);
                }
                Some(Event::Scheduler {} | Event::Other) => {}
            }
        }
    }

    fn note(&self, id: &str, state: State) {
        if let Some(cluster) = self.lock().clusters.get(id) {
            cluster.notebook.is(state);
        }
    }

    /// Asks a cluster to stop; says whether there is such a one.
    pub(crate) fn stop(&self, id: &str) -> bool {
        self.lock()
            .clusters
            .get(id)
            .map(|cluster| cluster.stop.send_replace(true))
            .is_some()
    }

    /// Stops every cluster and returns when all their processes are gone.
    pub(crate) async fn close(&self) {
        let all: Vec<_> = {
            let mut running = self.lock();
            running.closed = true;
            running
                .clusters
                .values()
                .map(|one| (one.stop.clone(), one.ended.clone()))
                .collect()
        };
        for (stop, _) in &all {
            stop.send_replace(true);
        }
        for (_, mut ended) in all {
            // An error means that the following task is gone, and its engine with it.
            drop(ended.wait_for(|ended| *ended).await);
        }
    }

    /// The port of the web server, if it answers.
    pub(crate) fn web(&self, id: &str) -> Option<u16> {
        let running = self.lock();
        let cluster = running.clusters.get(id)?;
        let hold = self
            .faults
            .number(Fault::SlowStart, "seconds", 10)
            .unwrap_or(0);
        let held = clock::now() < cluster.since.saturating_add(hold.saturating_mul(1000));
        cluster.web.filter(|_| !held)
    }

    /// Hands out a token for an app of a cluster whose web server answers.
    pub(crate) fn token(&self, id: &str, app: App, hours: u64) -> Option<Secret> {
        self.web(id)?;
        let text = keys::random();
        let until = clock::now().saturating_add(hours.saturating_mul(3_600_000));
        let token = Token {
            cluster: id.to_owned(),
            app,
            until,
        };
        self.lock().tokens.insert(text.clone(), token);
        Some(Secret::new(text))
    }

    /// Where a token leads; nothing if it is unknown, has expired, or its cluster has ended.
    pub(crate) fn door(&self, token: &str) -> Option<Door> {
        let running = self.lock();
        let token = running
            .tokens
            .get(token)
            .filter(|token| clock::now() < token.until)?;
        let port = running.clusters.get(&token.cluster)?.web?;
        Some(Door {
            cluster: token.cluster.clone(),
            app: token.app,
            port,
        })
    }

    fn lock(&self) -> MutexGuard<'_, Running> {
        // Every change is complete before anything could panic.
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns when the cluster is asked to stop.
async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // An error means that the cluster was taken off the list, which only its end does.
    drop(stopping.wait_for(|stop| *stop).await);
}

/// Leaves the logs of an engine that is gone; spilled data and sockets lie in folders.
fn tidy(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())) {
        if let Err(error) = fs::remove_dir_all(entry.path()) {
            tracing::warn!(path = %entry.path().display(), %error, "cannot be removed");
        }
    }
}

fn how(code: i32) -> String {
    if code < 0 {
        format!("signal {}", -code)
    } else {
        format!("code {code}")
    }
}
