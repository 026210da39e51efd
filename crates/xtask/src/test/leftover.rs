//! `cargo xtask run` leaves no process behind, even when it is killed without a chance to clean up.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use serde_json::Value;

use super::Count;
use super::stages::Parts;
use crate::paths::Paths;
use crate::processes::{command, run};

/// Every process of one run inherits this variable, which is how they are told from others.
const MARK: &str = "MARS_CONSOLE_RUN_MARK";

/// How long servers and engines may take to notice that their parent is gone.
const GONE: Duration = Duration::from_secs(20);

/// Starts a cluster of one worker with the real client, and leaves it running.
const CREATE: &str = "
import os
from odps import ODPS, options
options.verbose = False
options.cupid.proxy_endpoint = os.environ['MARS_PROXY']
o = ODPS(os.environ['ACCESS_ID'], os.environ['ACCESS_KEY'], os.environ['PROJECT'], os.environ['ENDPOINT'])
o.create_mars_cluster(1, 1, 4, min_worker_num=1)
os._exit(0)
";

/// Kills `run` while a cluster lives, and looks for what is left.
pub(super) fn nothing_is_left(paths: &Paths, parts: &Parts) -> anyhow::Result<Count> {
    if !cfg!(target_os = "linux") {
        eprintln!("skipped: processes are looked up in /proc");
        return Ok(Count::default());
    }
    let folder = std::env::temp_dir().join(format!("mars-console-{}", std::process::id()));
    let mark = folder.to_string_lossy().into_owned();
    let mut parent = command(paths, std::env::current_exe()?)?
        .args(["run", "--no-open", "--json", "--port", "0", "--data"])
        .arg(&folder)
        .env(MARK, &mark)
        .stdout(Stdio::piped())
        .spawn()?;
    let outcome = (|| {
        let mut line = String::new();
        let stdout = parent
            .stdout
            .take()
            .context("stdout was asked for as a pipe")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let ready: Value = serde_json::from_str(&line).context("run printed no JSON")?;
        let mut client = command(paths, &parts.python)?;
        client.args(["-c", CREATE]);
        for (name, field) in [
            ("MARS_PROXY", "mars_proxy"),
            ("ACCESS_ID", "access_id"),
            ("ACCESS_KEY", "access_key"),
            ("PROJECT", "project"),
            ("ENDPOINT", "odps_endpoint"),
        ] {
            client.env(name, ready[field].as_str().context("run left a field out")?);
        }
        run(&mut client)?;
        let before = marked(&mark)?;
        // xtask, warehouse, gateway, and an engine of at least scheduler, web and worker.
        if before.len() < 6 {
            bail!("only {} processes were running: {before:?}", before.len());
        }
        Ok(())
    })();
    // SIGKILL: nothing of `run` gets a chance to do anything.
    parent.kill()?;
    parent.wait()?;
    outcome?;
    let deadline = Instant::now() + GONE;
    let mut left = marked(&mark)?;
    while !left.is_empty() && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(100));
        left = marked(&mark)?;
    }
    fs::remove_dir_all(&folder)?;
    if !left.is_empty() {
        bail!(
            "still running {} s after the kill: {left:?}",
            GONE.as_secs()
        );
    }
    Ok(Count::one(true))
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
