//! The processes of one cluster: a Python launcher that owns the real Mars scheduler, workers and web
//! server (`engine/launcher.py`).
//!
//! The launcher reads its configuration from the first line of stdin, tells what happens as JSON lines
//! on stdout, and kills its whole process group when stdin ends: so nothing outlives this process,
//! however it dies. It leads a process group of its own; if it dies itself, the group is killed from
//! here. An engine counts as gone when no process of the group is left.

mod access;
mod group;

use crate::host::Share;
pub(crate) use access::Access;
use group::Group;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::{Instant, Interval, interval_at, timeout};
use wire::Secret;

/// How long the launcher may take to end its processes well.
const GRACE: Duration = Duration::from_secs(8);

/// How long lines may still come out of the pipe when the launcher has ended.
const LAST_LINES: Duration = Duration::from_millis(100);

/// The last bytes of the launcher's log that may explain its end.
const TAIL: u64 = 2000;

/// What to start.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) python: PathBuf,
    pub(crate) launcher: PathBuf,
    pub(crate) cluster: String,
    pub(crate) folder: PathBuf,
    pub(crate) share: Share,
    pub(crate) modules: Vec<String>,
    pub(crate) access: Access,
    pub(crate) fault: Option<&'static str>,
}

/// The launcher's configuration: its first line of stdin.
#[derive(Serialize)]
struct Config<'a> {
    cluster: &'a str,
    dir: &'a Path,
    worker_num: u32,
    scheduler_num: u32,
    cpu_procs: u32,
    phy_mem: u64,
    cache_mem: u64,
    modules: &'a [String],
    odps: access::Config<'a>,
    notebook_token: &'a str,
    fault: Option<&'static str>,
}

/// What the launcher tells.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub(crate) enum Event {
    /// A scheduler listens.
    Scheduler {},
    /// The web server answers.
    Web {
        /// Its port on the loopback interface.
        port: u16,
    },
    /// A worker is registered.
    Worker {
        /// Its address.
        endpoint: String,
    },
    /// A worker has died.
    WorkerLost {
        /// Its address.
        endpoint: String,
        /// Exit code, or the negative signal.
        code: i32,
    },
    /// The notebook answers.
    Notebook {
        /// Its port on the loopback interface.
        port: u16,
    },
    /// The notebook has ended or could not start.
    NotebookLost {
        /// How it ended.
        message: String,
    },
    /// The cluster cannot start or go on.
    Failed {
        /// Why.
        message: String,
    },
    /// Every process has been ended by the launcher.
    Ended {},
    /// Something that a later launcher tells.
    #[serde(other)]
    Other,
}

/// Why an engine could not be started. The text is for the user.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    #[error(
        "the engine cannot be started: its Python environment is not set up (no interpreter was given)"
    )]
    NoPython,
    #[error("the engine cannot be started: {path}: {source}")]
    Spawn {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("the engine cannot be started: its folder {path} cannot be made: {source}")]
    Folder {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("the engine ended before it read its configuration. {0}")]
    Deaf(String),
}

/// A running engine. Dropping it kills its processes.
#[derive(Debug)]
pub(crate) struct Engine {
    child: Child,
    stdin: Option<ChildStdin>,
    events: Lines<BufReader<ChildStdout>>,
    group: Group,
    log: PathBuf,
    access: Access,
    renewal: Interval,
}

impl Engine {
    /// Starts the launcher and hands it its configuration, with the token that its notebook shall ask
    /// for.
    pub(crate) async fn start(plan: Plan, notebook: &Secret) -> Result<Self, StartError> {
        if plan.python.as_os_str().is_empty() {
            return Err(StartError::NoPython);
        }
        let folder = |source| StartError::Folder {
            path: plan.folder.clone(),
            source,
        };
        fs::create_dir_all(&plan.folder).map_err(folder)?;
        let log = plan.folder.join("launcher.log");
        let stderr = File::create(&log).map_err(folder)?;
        // A missing script would be told by Python in its own words; a missing Python is told here.
        let mut command = Command::new(&plan.python);
        command
            .arg(&plan.launcher)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(stderr)
            .kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        let spawn = |source| StartError::Spawn {
            path: plan.python.clone(),
            source,
        };
        let mut child = command.spawn().map_err(spawn)?;
        let group = Group::of(child.id());
        let mut stdin = child.stdin.take();
        let stdout = child
            .stdout
            .take()
            .ok_or_else(|| spawn(std::io::Error::other("no output")))?;
        let events = BufReader::new(stdout).lines();
        let token = plan.access.token();
        let config = Config {
            cluster: &plan.cluster,
            dir: &plan.folder,
            worker_num: plan.share.worker_num,
            scheduler_num: plan.share.scheduler_num,
            cpu_procs: plan.share.worker_cpu,
            phy_mem: plan.share.worker_mem,
            cache_mem: plan.share.cache_mem,
            modules: &plan.modules,
            odps: plan.access.config(&token),
            notebook_token: notebook.expose(),
            fault: plan.fault,
        };
        let mut line =
            serde_json::to_string(&config).map_err(|error| StartError::Deaf(error.to_string()))?;
        line.push('\n');
        let told = match &mut stdin {
            Some(stdin) => stdin.write_all(line.as_bytes()).await,
            None => Err(std::io::Error::other("no input")),
        };
        let mut engine = Self {
            child,
            stdin,
            events,
            group,
            log,
            access: plan.access,
            renewal: interval_at(Instant::now() + access::RENEWAL, access::RENEWAL),
        };
        if told.is_err() {
            let last = engine.last_words();
            engine.end().await;
            return Err(StartError::Deaf(last));
        }
        Ok(engine)
    }

    /// What happens next; nothing when the launcher has ended. Its children may hold its output open,
    /// so the end of the process counts, not the end of the pipe.
    pub(crate) async fn next(&mut self) -> Option<Event> {
        loop {
            let line = tokio::select! {
                biased;
                line = self.events.next_line() => line,
                _ = self.renewal.tick() => {
                    self.renew().await;
                    continue;
                }
                _ = self.child.wait() => {
                    timeout(LAST_LINES, self.events.next_line()).await.unwrap_or(Ok(None))
                }
            };
            match line {
                Ok(Some(line)) => match serde_json::from_str(&line) {
                    Ok(event) => return Some(event),
                    Err(error) => tracing::warn!(%error, line, "the launcher said no event"),
                },
                Ok(None) => return None,
                Err(error) => tracing::warn!(%error, "the launcher said no text"),
            }
        }
    }

    /// Gives the processes a new token before theirs ends.
    async fn renew(&mut self) {
        let line = access::renewal(&self.access.token());
        self.command(&line).await;
    }

    /// Starts the notebook unless it runs. An event says when it answers.
    pub(crate) async fn start_notebook(&mut self) {
        self.command("{\"command\": \"notebook\"}\n").await;
    }

    async fn command(&mut self, line: &str) {
        if let Some(stdin) = &mut self.stdin
            && let Err(error) = stdin.write_all(line.as_bytes()).await
        {
            tracing::warn!(%error, "the launcher takes no commands any more");
        }
    }

    /// How the launcher ended, with the end of its log.
    pub(crate) fn last_words(&mut self) -> String {
        let how = match self.child.try_wait() {
            Ok(Some(status)) => format!("the launcher ended with {status}"),
            _ => "the launcher closed its output".to_owned(),
        };
        match tail(&self.log) {
            Some(text) => format!("{how}: {text}"),
            None => how,
        }
    }

    /// Asks the launcher to end its processes, then makes sure of it.
    pub(crate) async fn stop(&mut self) {
        let asked = match &mut self.stdin {
            Some(stdin) => stdin.write_all(b"{\"command\": \"stop\"}\n").await.is_ok(),
            None => false,
        };
        if asked && timeout(GRACE, self.child.wait()).await.is_err() {
            tracing::warn!("the launcher did not stop in time and is killed");
        }
        self.end().await;
    }

    /// Ends every process of the engine now and returns when none is left.
    pub(crate) async fn end(&mut self) {
        self.stdin = None;
        while !self.group.gone() {
            self.group.kill();
            // Reaping the launcher is part of being gone.
            if let Ok(Ok(_)) = timeout(Duration::from_millis(50), self.child.wait()).await {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
        if let Err(error) = self.child.wait().await {
            tracing::warn!(%error, "the launcher's end could not be read");
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.group.kill();
    }
}

/// The last lines of a log.
fn tail(path: &Path) -> Option<String> {
    let mut file = File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))
        .ok()?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let last = lines.get(lines.len().saturating_sub(3)..)?;
    (!last.is_empty()).then(|| last.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::Event;

    #[test]
    fn reads_what_the_launcher_tells() {
        let read = |text: &str| serde_json::from_str::<Event>(text);
        assert_eq!(
            read(r#"{"event":"web","port":7103}"#).unwrap(),
            Event::Web { port: 7103 }
        );
        assert_eq!(
            read(r#"{"event":"worker-lost","endpoint":"127.0.0.1:1","code":-9}"#).unwrap(),
            Event::WorkerLost {
                endpoint: "127.0.0.1:1".into(),
                code: -9
            }
        );
        assert_eq!(
            read(r#"{"event":"scheduler","endpoint":"127.0.0.1:1"}"#).unwrap(),
            Event::Scheduler {}
        );
        assert_eq!(
            read(r#"{"event":"worker","endpoint":"127.0.0.1:1","pid":5}"#).unwrap(),
            Event::Worker {
                endpoint: "127.0.0.1:1".into()
            }
        );
        assert_eq!(read(r#"{"event":"ended"}"#).unwrap(), Event::Ended {});
        assert_eq!(
            read(r#"{"event":"weather","sun":true}"#).unwrap(),
            Event::Other
        );
        assert!(read("Traceback").is_err());
    }
}
