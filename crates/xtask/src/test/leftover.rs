//! `cargo xtask run` leaves no process behind, even when it is killed without a chance to clean up.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use super::Count;
use super::stages::Parts;
use crate::paths::Paths;
use crate::processes::{Scratch, command, run, with_input};

/// Every process of one run inherits this variable, which is how they are told from others.
const MARK: &str = "MARS_CONSOLE_RUN_MARK";

/// How long servers and engines may take to notice that their parent is gone.
const GONE: Duration = Duration::from_secs(20);

/// Starts a cluster of one worker with the real client, and leaves it running.
const CREATE: &str = "
import json, os, socket, sys
import cupid
from odps import ODPS, options
resolve = socket.getaddrinfo
def loopback(host, *args, **kwargs):
    name = host.decode() if isinstance(host, bytes) else host
    return resolve('127.0.0.1' if name.endswith('.localhost') else host, *args, **kwargs)
socket.getaddrinfo = loopback
ready = json.loads(sys.stdin.readline())
options.cupid.proxy_endpoint = ready['mars_proxy']
o = ODPS(ready['access_id'], ready['access_key'], ready['project'], ready['odps_endpoint'])
o.create_mars_cluster(1, 1, 4, min_worker_num=1)
os._exit(0)
";

/// Ends `run` while a cluster lives, once politely and once not, and looks for what is left.
pub(super) fn nothing_is_left(paths: &Paths, parts: &Parts) -> anyhow::Result<Count> {
    if !cfg!(target_os = "linux") {
        eprintln!("skipped: processes are looked up in /proc");
        return Ok(Count::default());
    }
    // Politely, `run` itself waits until everything is gone.
    for (signal, patience) in [("TERM", Duration::ZERO), ("KILL", GONE)] {
        let folder = Scratch::new(signal)?;
        let mark = folder.0.to_string_lossy().into_owned();
        let mut parent = command(paths, std::env::current_exe()?)?
            .args(["run", "--no-open", "--json", "--port", "0", "--data"])
            .arg(folder.0.join("data"))
            .env(MARK, &mark)
            .stdout(Stdio::piped())
            .spawn()?;
        let started = start_cluster(paths, parts, &mut parent, &mark);
        let id = parent.id().to_string();
        run(command(paths, "kill")?.args(["-s", signal, &id]))?;
        let status = parent.wait()?;
        started?;
        if signal == "TERM" && !status.success() {
            bail!("run ended with {status} after SIGTERM");
        }
        wait_until_gone(&mark, patience).with_context(|| format!("after SIG{signal}"))?;
    }
    Ok(Count {
        passed: 2,
        failed: 0,
        said: Vec::new(),
    })
}

/// Waits for the line of `run`, then has a cluster started and looks whether it is really there.
fn start_cluster(
    paths: &Paths,
    parts: &Parts,
    parent: &mut Child,
    mark: &str,
) -> anyhow::Result<()> {
    let mut line = String::new();
    let stdout = parent
        .stdout
        .take()
        .context("stdout was asked for as a pipe")?;
    BufReader::new(stdout).read_line(&mut line)?;
    let mut client = command(paths, &parts.python)?;
    with_input(client.args(["-c", CREATE]), &line)?;
    let running = marked(mark)?;
    // xtask, warehouse, gateway, and an engine of at least scheduler, web and worker.
    if running.len() < 6 {
        bail!("only {} processes were running: {running:?}", running.len());
    }
    Ok(())
}

fn wait_until_gone(mark: &str, patience: Duration) -> anyhow::Result<()> {
    let deadline = Instant::now() + patience;
    loop {
        let left = marked(mark)?;
        if left.is_empty() {
            return Ok(());
        }
        if Instant::now() >= deadline {
            bail!("still running after {} s: {left:?}", patience.as_secs());
        }
        thread::sleep(Duration::from_millis(100));
    }
}

/// Process id and name of everything that carries the mark.
fn marked(mark: &str) -> anyhow::Result<Vec<String>> {
    let wanted = format!("{MARK}={mark}");
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let folder = entry?.path();
        // A process may end while it is looked at, and others are not ours to read.
        let Ok(environment) = fs::read(folder.join("environ")) else {
            continue;
        };
        if environment
            .split(|byte| *byte == 0)
            .any(|variable| variable == wanted.as_bytes())
        {
            let name = fs::read_to_string(folder.join("comm")).unwrap_or_default();
            let id = folder
                .file_name()
                .map(|id| id.to_string_lossy().into_owned());
            found.push(format!("{} {}", id.unwrap_or_default(), name.trim()));
        }
    }
    Ok(found)
}
