//! `cargo xtask bench`: measures and writes BENCHMARKS.md.
//!
//! Sizes come from the built page. Times come from `tests/e2e/bench`, a Playwright script that uses
//! the page as a reader would and writes one JSON object; this file only makes the table. Figures of
//! the local MaxCompute come from scripts with the real client.

mod frames;
mod jobs;
mod warehouse;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::page;
use crate::page::budget::{self, Load};
use crate::paths::Paths;
use crate::processes::{command, output, run};
use crate::run::{build_servers, set_up};
use crate::tools;

pub(crate) fn bench(
    paths: &Paths,
    words: impl Iterator<Item = String>,
) -> anyhow::Result<ExitCode> {
    let (mut only_sizes, mut only_warehouse) = (false, false);
    for word in words {
        match word.as_str() {
            "--only-sizes" => only_sizes = true,
            "--only-warehouse" => only_warehouse = true,
            "--only-frames" => {
                frames::only(paths)?;
                return Ok(ExitCode::SUCCESS);
            }
            "--only-jobs" => {
                jobs::only(paths)?;
                return Ok(ExitCode::SUCCESS);
            }
            _ => bail!("{word} is not an option of bench"),
        }
    }
    if only_warehouse {
        let python = tools::engine(paths)?;
        build_servers(paths)?;
        let figures = warehouse::measure(paths, &python)?;
        std::io::stdout().write_all(figures.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let python = set_up(paths)?;
    let dist = page::build(paths)?;
    let sizes = sizes(&budget::loads(paths, &dist)?);
    std::io::stdout().write_all(sizes.as_bytes())?;
    if only_sizes {
        return Ok(ExitCode::SUCCESS);
    }
    build_servers(paths)?;
    let browser = tools::browser(paths)?;
    let report = paths.target.join("bench.json");
    let mut playwright = measurement(paths, "times", &dist, &python, &browser.chromium)?;
    run(playwright.env("MARS_CONSOLE_BENCH", &report))?;
    let text = fs::read_to_string(&report).context("the script wrote no times")?;
    let times = times(&serde_json::from_str(&text)?)?;
    let frames = frames::measure(paths, &dist, &python, &browser.chromium)?;
    let jobs = jobs::measure(paths, &dist, &python, &browser.chromium)?;
    let warehouse = warehouse::measure(paths, &python)?;
    let page = format!(
        "# Benchmarks\n\nMade by `cargo xtask bench` on {}.\n\n## Sizes\n\n{sizes}\n## Times\n\n{times}\n\
         ## Local MaxCompute\n\n{warehouse}",
        machine(paths)?
    );
    let file = paths.root.join("BENCHMARKS.md");
    let fuzzing = kept(&fs::read_to_string(&file)?).to_owned();
    let page = frames::put(frames::TITLE, &(page + &fuzzing), &frames);
    fs::write(file, frames::put(jobs::TITLE, &page, &jobs))?;
    Ok(ExitCode::SUCCESS)
}

/// A measurement of `tests/e2e/bench`, with the built parts.
fn measurement(
    paths: &Paths,
    name: &str,
    dist: &Path,
    engine: &Path,
    chromium: &Path,
) -> anyhow::Result<Command> {
    let mut playwright = command(paths, paths.e2e().join("node_modules/.bin/playwright"))?;
    playwright
        .current_dir(paths.e2e())
        .args(["test", "--config", "bench/playwright.config.ts", name])
        .env("MARS_CONSOLE_DIST", dist)
        .env("MARS_CONSOLE_GATEWAY", paths.built("gateway"))
        .env("MARS_CONSOLE_WAREHOUSE", paths.built("warehouse"))
        .env("MARS_CONSOLE_PYTHON", engine)
        .env("MARS_CONSOLE_CHROMIUM", chromium);
    Ok(playwright)
}

/// The part of the page that is measured elsewhere (`fuzz/`) and written by hand.
fn kept(page: &str) -> &str {
    page.find("\n## Fuzzing").map_or("", |at| &page[at..])
}

/// The table of sizes: what each visit loads when it is the first.
fn sizes(loads: &[Load]) -> String {
    let mut table = String::from(
        "| load | files | raw, bytes | brotli, bytes | limit |\n|---|---:|---:|---:|---:|\n",
    );
    for load in loads {
        table += &format!(
            "| {} | {} | {} | {} | {} |\n",
            load.name,
            load.parts.len(),
            load.raw(),
            load.brotli(),
            load.limit
        );
    }
    table
}

/// The table of times, from `{"<what>": [milliseconds, …]}`.
fn times(report: &Value) -> anyhow::Result<String> {
    let mut table = String::from("| what | median, ms | runs |\n|---|---:|---|\n");
    for (what, runs) in report.as_object().context("the times are no object")? {
        let runs = runs.as_array().context("the runs are no list")?;
        let mut runs: Vec<f64> = runs.iter().filter_map(Value::as_f64).collect();
        let shown: Vec<String> = runs.iter().map(|run| format!("{run:.0}")).collect();
        runs.sort_by(f64::total_cmp);
        let median = runs
            .get(runs.len() / 2)
            .with_context(|| format!("{what} has no runs"))?;
        table += &format!("| {what} | {median:.0} | {} |\n", shown.join(", "));
    }
    Ok(table)
}

fn machine(paths: &Paths) -> anyhow::Result<String> {
    let model = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    });
    let cores = std::thread::available_parallelism()?;
    let date = output(command(paths, "date")?.arg("+%Y-%m-%d")).unwrap_or_default();
    Ok(format!(
        "{date}, {cores} cores of {}",
        model.unwrap_or_else(|| "an unnamed CPU".to_owned())
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{kept, sizes, times};
    use crate::page::Part;
    use crate::page::budget::Load;

    #[test]
    fn what_is_measured_elsewhere_is_kept() {
        let page = "# Benchmarks\n\n## Sizes\n\n1\n\n## Fuzzing\n\n2\n";
        assert_eq!(kept(page), "\n## Fuzzing\n\n2\n");
        assert_eq!(kept("# Benchmarks\n"), "");
    }

    #[test]
    fn tables() {
        let part = |name: &str, raw, brotli| Part {
            name: name.to_owned(),
            raw,
            brotli,
        };
        let table = sizes(&[Load {
            name: "first_load".to_owned(),
            limit: 9,
            parts: vec![part("console-1_bg.wasm", 10, 5), part("console-1.js", 4, 2)],
        }]);
        assert!(table.contains("| first_load | 2 | 14 | 7 | 9 |"), "{table}");
        let table = times(&json!({ "navigation to usable": [3.0, 1.0, 2.4] })).unwrap();
        assert!(
            table.contains("| navigation to usable | 2 | 3, 1, 2 |"),
            "{table}"
        );
        assert!(times(&json!({ "x": [] })).is_err());
    }
}
