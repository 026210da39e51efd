//! The local MaxCompute: start-up, memory at rest, tunnel and small requests of the real client.
//!
//! The scripts of `tests/bench` print one JSON object each; this file starts the server and makes
//! the tables.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::paths::Paths;
use crate::processes::{Scratch, Server, command};
use crate::tools;

/// How long the server is left alone before its memory is read.
const REST: Duration = Duration::from_secs(3);

/// Starts with a fresh folder, and again with the same.
const STARTS: usize = 5;

/// Measures and gives the section of BENCHMARKS.md.
pub(super) fn measure(paths: &Paths, engine: &Path) -> anyhow::Result<String> {
    let clients = tools::clients(paths)?;
    let (version, python) = clients.last().context("there is no newer client")?;
    let folder = Scratch::new("bench")?;
    let mut first = Vec::new();
    let mut again = Vec::new();
    for number in 0..STARTS {
        let data = folder.0.join(number.to_string());
        for runs in [&mut first, &mut again] {
            let begun = Instant::now();
            start(paths, engine, &data)?;
            runs.push(begun.elapsed().as_secs_f64() * 1000.0);
        }
    }
    let server = start(paths, engine, &folder.0.join("0"))?;
    thread::sleep(REST);
    let idle = resident(server.id())?;
    let small = script(paths, python, "small.py", &server.ready)?;
    let tunnel = script(paths, python, "tunnel.py", &server.ready)?;
    let after = resident(server.id())?;
    drop(server);
    let mut page = format!(
        "The warehouse is built in the dev profile; the client is PyODPS {version}.\n\n\
         | what | median, ms | runs |\n|---|---:|---|\n"
    );
    row(&mut page, "first start, sample data included", &first)?;
    row(&mut page, "start with its data there", &again)?;
    writeln!(
        page,
        "\n| memory (resident) | MB |\n|---|---:|\n| at rest after a start | {idle:.0} |\n\
         | after the transfers below | {after:.0} |"
    )?;
    let number = |field: &str| small[field].as_f64().context("small.py left a figure out");
    writeln!(
        page,
        "\n| 64 concurrent clients, one table's description | |\n|---|---:|\n\
         | requests per second | {:.0} |\n| median, ms | {:.1} |\n| 99th percentile, ms | {:.1} |",
        number("per_second")?,
        number("median")?,
        number("p99")?
    )?;
    page += "\n| one million rows of twelve columns | median, rows/s | runs |\n|---|---:|---|\n";
    for (what, runs) in tunnel.as_object().context("tunnel.py printed no object")? {
        let runs = runs.as_array().context("the runs are no list")?;
        let runs: Vec<f64> = runs.iter().filter_map(Value::as_f64).collect();
        row(&mut page, what, &runs)?;
    }
    Ok(page)
}

fn start(paths: &Paths, engine: &Path, data: &Path) -> anyhow::Result<Server> {
    Server::start(
        "the warehouse",
        command(paths, paths.built("warehouse"))?
            .args(["--port", "0", "--data"])
            .arg(data)
            .arg("--engine-python")
            .arg(engine),
        &data.with_extension("log"),
    )
}

/// Runs a script of `tests/bench` and gives the object that it printed.
fn script(paths: &Paths, python: &Path, name: &str, ready: &Value) -> anyhow::Result<Value> {
    let mut child = command(paths, python)?
        .arg(paths.root.join("tests/bench").join(name))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut stdin = child
        .stdin
        .take()
        .context("stdin was asked for as a pipe")?;
    writeln!(stdin, "{ready}")?;
    drop(stdin);
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("{name} failed ({})", output.status);
    }
    serde_json::from_slice(&output.stdout).with_context(|| format!("{name} printed no JSON"))
}

/// Megabytes that a process holds in memory.
fn resident(process: u32) -> anyhow::Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))
        .context("memory is read from /proc")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    Ok(kilobytes.context("/proc has no VmRSS")? / 1024.0)
}

/// One row: the median, and every run.
fn row(page: &mut String, what: &str, runs: &[f64]) -> anyhow::Result<()> {
    let mut sorted = runs.to_vec();
    sorted.sort_by(f64::total_cmp);
    let median = sorted
        .get(sorted.len() / 2)
        .with_context(|| format!("{what} has no runs"))?;
    let shown: Vec<String> = runs.iter().map(|run| format!("{run:.0}")).collect();
    writeln!(page, "| {what} | {median:.0} | {} |", shown.join(", "))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{resident, row};

    #[test]
    fn rows_have_the_median() {
        let mut page = String::new();
        row(&mut page, "upload", &[3.0, 1.0, 2.4]).unwrap();
        assert_eq!(page, "| upload | 2 | 3, 1, 2 |\n");
        assert!(row(&mut page, "upload", &[]).is_err());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_process_holds_memory() {
        assert!(resident(std::process::id()).unwrap() > 1.0);
    }
}
