//! Programs that are started here and always end.
//!
//! A server is started with `--stop-with-stdin` and a pipe as its stdin that only this process
//! holds: whatever ends this process, Ctrl-C, a crash or SIGKILL, closes the pipe, and the server
//! ends itself and its engines. It runs in a process group of its own, so that Ctrl-C in the
//! terminal reaches this process alone, which then ends the others in order.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::paths::Paths;

/// How long a server may take until it prints its line.
const READY: Duration = Duration::from_secs(60);

/// How long a server may take to end; the warehouse waits for its engines.
const END: Duration = Duration::from_secs(20);

/// Where steps write what they print; nothing: to stderr.
static LOG: Mutex<Option<File>> = Mutex::new(None);

/// Sends what steps print into a file, or to stderr again.
pub(crate) fn log_to(file: Option<File>) {
    *LOG.lock().unwrap_or_else(PoisonError::into_inner) = file;
}

/// The log, if there is one.
fn log() -> anyhow::Result<Option<File>> {
    let log = LOG.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(log.as_ref().map(File::try_clone).transpose()?)
}

/// Lets a step print to the log or to stderr.
fn logged(command: &mut Command) -> anyhow::Result<()> {
    match log()? {
        Some(log) => command.stdout(log.try_clone()?).stderr(log),
        None => command.stdout(std::io::stderr()),
    };
    Ok(())
}

/// A running server.
#[derive(Debug)]
pub(crate) struct Server {
    name: &'static str,
    child: Child,
    log: PathBuf,
    /// What it printed when it was ready.
    pub(crate) ready: Value,
}

impl Server {
    /// Starts a server and waits for its line of JSON; its log goes to `log`.
    pub(crate) fn start(
        name: &'static str,
        command: &mut Command,
        log: &Path,
    ) -> anyhow::Result<Self> {
        let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        own_group(command);
        let mut child = command
            .arg("--stop-with-stdin")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(file)
            .spawn()
            .with_context(|| format!("{name} does not start"))?;
        let stdout = child
            .stdout
            .take()
            .context("stdout was asked for as a pipe")?;
        let (line, lines) = mpsc::channel();
        // It reads on after the first line, so that the server never blocks on a full pipe.
        thread::spawn(move || {
            for text in BufReader::new(stdout).lines().map_while(Result::ok) {
                if line.send(text).is_err() {
                    break;
                }
            }
        });
        let mut server = Self {
            name,
            child,
            log: log.to_owned(),
            ready: Value::Null,
        };
        match lines.recv_timeout(READY) {
            Ok(text) => {
                server.ready = serde_json::from_str(&text)
                    .with_context(|| format!("{name} printed {text:?} instead of JSON"))?;
                thread::spawn(move || lines.iter().for_each(drop));
                Ok(server)
            }
            Err(_) => bail!("{name} did not start:\n{}", server.tail()),
        }
    }

    /// A field of the line that the server printed.
    pub(crate) fn said(&self, field: &str) -> anyhow::Result<&str> {
        let value = self.ready.get(field).and_then(Value::as_str);
        value.with_context(|| format!("{} did not say its {field}", self.name))
    }

    /// Why the server ended, if it has.
    pub(crate) fn ended(&mut self) -> anyhow::Result<Option<String>> {
        let status = self.child.try_wait()?;
        Ok(status.map(|status| format!("{} ended ({status}):\n{}", self.name, self.tail())))
    }

    /// The last lines of its log.
    fn tail(&self) -> String {
        let read = || -> std::io::Result<String> {
            let mut file = File::open(&self.log)?;
            let length = file.metadata()?.len();
            file.seek(SeekFrom::Start(length.saturating_sub(4096)))?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        };
        match read() {
            Ok(text) => format!("{}\n(from {})", text.trim_end(), self.log.display()),
            Err(error) => format!("{} cannot be read: {error}", self.log.display()),
        }
    }
}

impl Drop for Server {
    /// Asks by the end of stdin, waits until it is gone, and kills what does not go.
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        if !wait(&mut self.child, END) {
            eprintln!("{} does not end: it is killed", self.name);
            // It may have ended this very moment; then there is nothing to kill.
            self.child.kill().ok();
            self.child.wait().ok();
        }
    }
}

fn wait(child: &mut Child, limit: Duration) -> bool {
    let deadline = Instant::now() + limit;
    while Instant::now() < deadline {
        match child.try_wait() {
            Ok(None) => thread::sleep(Duration::from_millis(20)),
            _ => return true,
        }
    }
    false
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

/// A command in the checkout, with our tools first on `PATH` and the shared target folder.
pub(crate) fn command(
    paths: &Paths,
    program: impl AsRef<std::ffi::OsStr>,
) -> anyhow::Result<Command> {
    let mut command = Command::new(program);
    command
        .current_dir(&paths.root)
        .env("PATH", paths.search_path()?)
        .env("CARGO_TARGET_DIR", &paths.target)
        .stdin(Stdio::null());
    Ok(command)
}

/// Runs a step to its end; its output is progress and goes to stderr.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    logged(command)?;
    let status = command
        .status()
        .with_context(|| format!("{name} does not start"))?;
    if !status.success() {
        bail!("{} failed ({status})", spelled(command));
    }
    Ok(())
}

/// Runs a step that reads `input`, and waits for its end.
pub(crate) fn with_input(command: &mut Command, input: &str) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    logged(command)?;
    let mut child = command
        .stdin(Stdio::piped())
        .spawn()
        .with_context(|| format!("{name} does not start"))?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin
            .write_all(input.as_bytes())
            .with_context(|| format!("{name} does not listen"))?;
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("{} failed ({status})", spelled(command));
    }
    Ok(())
}

/// A folder for one test, removed with it.
#[derive(Debug)]
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> anyhow::Result<Self> {
        let folder =
            std::env::temp_dir().join(format!("mars-console-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("{} is left behind: {error}", self.0.display());
        }
    }
}

/// Runs a step quietly and gives what it printed, or `None` when it is absent or failed.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a step, passes its lines on as they come, and gives them to `seen` as well.
pub(crate) fn tee(command: &mut Command, mut seen: impl FnMut(&str)) -> anyhow::Result<ExitStatus> {
    let name = command.get_program().to_string_lossy().into_owned();
    logged(command)?;
    let mut log = log()?;
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{name} does not start"))?;
    let stdout = child
        .stdout
        .take()
        .context("stdout was asked for as a pipe")?;
    for line in BufReader::new(stdout).split(b'\n') {
        let line = line?;
        let text = String::from_utf8_lossy(&line);
        match &mut log {
            Some(log) => writeln!(log, "{text}")?,
            None => writeln!(std::io::stderr(), "{text}")?,
        }
        seen(&text);
    }
    Ok(child.wait()?)
}

/// The command as one would type it.
fn spelled(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}
