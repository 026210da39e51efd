//! The stages of `cargo xtask test`, one function each.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde_json::Value;

use super::{Count, clients, leftover};
use crate::page::{self, Part, budget};
use crate::paths::Paths;
use crate::processes::{Scratch, Server, command, run, tee, with_input};
use crate::run::build_servers;
use crate::tools::{self, Browser};

const WASM: &str = "wasm32-unknown-unknown";

/// What is compiled for the browser: the console and everything under it.
const IN_BROWSER: [&str; 7] = [
    "console", "wire", "frame", "odps", "mars", "cluster", "script",
];

type Stage = fn(&Paths) -> anyhow::Result<Count>;
type FullStage = fn(&Paths, &Parts) -> anyhow::Result<Count>;

/// Stages that need a compiler only.
pub(super) const WITHOUT_BROWSER: [(&str, Stage); 4] = [
    ("format", format),
    ("clippy", clippy),
    ("clippy for wasm32", clippy_wasm),
    ("native tests", native),
];

/// Stages that need the built parts, the engine and the browser.
pub(super) const WITH_EVERYTHING: [(&str, FullStage); 7] = [
    ("browser tests", browser),
    ("operators", operators),
    ("guide", guide),
    ("real clients", clients::of_all_generations),
    ("nothing is left behind", leftover::nothing_is_left),
    ("engine life", lifecycle),
    ("engine soak", soak),
];

/// The built parts that the end-to-end stages share.
pub(super) struct Parts {
    pub(super) python: PathBuf,
    dist: PathBuf,
    browser: Browser,
}

impl Parts {
    /// The environment by which the tests find them.
    pub(super) fn environment(&self, paths: &Paths) -> [(&'static str, PathBuf); 5] {
        [
            ("MARS_CONSOLE_DIST", self.dist.clone()),
            ("MARS_CONSOLE_GATEWAY", paths.built("gateway")),
            ("MARS_CONSOLE_WAREHOUSE", paths.built("warehouse")),
            ("MARS_CONSOLE_PYTHON", self.python.clone()),
            ("MARS_CONSOLE_CHROMIUM", self.browser.chromium.clone()),
        ]
    }
}

fn format(paths: &Paths) -> anyhow::Result<Count> {
    let mut cargo = command(paths, "cargo")?;
    run(cargo.args(["fmt", "--all", "--", "--check"]))?;
    Ok(Count::one(true))
}

fn clippy(paths: &Paths) -> anyhow::Result<Count> {
    let mut cargo = command(paths, "cargo")?;
    run(cargo
        .args([
            "clippy",
            "--quiet",
            "--locked",
            "--workspace",
            "--all-targets",
        ])
        .args(DENY))?;
    Ok(Count::one(true))
}

const DENY: [&str; 3] = ["--", "-D", "warnings"];

fn clippy_wasm(paths: &Paths) -> anyhow::Result<Count> {
    let mut cargo = command(paths, "cargo")?;
    cargo.args(["clippy", "--quiet", "--locked", "--target", WASM]);
    for package in IN_BROWSER {
        cargo.args(["-p", package]);
    }
    run(cargo.args(DENY))?;
    Ok(Count::one(true))
}

fn native(paths: &Paths) -> anyhow::Result<Count> {
    // The warehouse's tests start real engines.
    let python = tools::engine(paths)?;
    let mut cargo = command(paths, "cargo")?;
    cargo
        .args(["test", "--locked", "--workspace", "--no-fail-fast"])
        .env("MARS_CONSOLE_PYTHON", python);
    counted(cargo)
}

pub(super) fn wasm(paths: &Paths) -> anyhow::Result<Count> {
    tools::builders(paths)?;
    let browser = tools::browser(paths)?;
    let mut cargo = command(paths, "cargo")?;
    cargo
        .args(["test", "--locked", "--target", WASM, "-p", "console"])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        )
        .env("CHROMEDRIVER", browser.driver);
    counted(cargo)
}

/// Sums the result lines; a runner that failed without one counts as one failure.
fn counted(mut cargo: std::process::Command) -> anyhow::Result<Count> {
    let mut count = Count::default();
    let status = tee(&mut cargo, |line| count.read(line))?;
    if !status.success() && count.failed == 0 {
        count.failed = 1;
    }
    if count == Count::default() {
        bail!("no test was run");
    }
    Ok(count)
}

/// Builds the page and holds what it loads against the budget.
pub(super) fn page(paths: &Paths) -> anyhow::Result<Count> {
    tools::packages(paths)?;
    tools::builders(paths)?;
    let dist = page::build(paths)?;
    let mut count = Count::default();
    for load in budget::loads(paths, &dist)? {
        let (size, limit) = (load.brotli(), load.limit);
        eprintln!("{}: {size} bytes of {limit} (brotli)", load.name);
        if size > limit {
            for Part { name, raw, brotli } in &load.parts {
                eprintln!("  {brotli:9} ({raw} raw)  {name}");
            }
        }
        count += Count::one(size <= limit);
    }
    Ok(count)
}

/// Builds and installs what the end-to-end stages need.
pub(super) fn parts(paths: &Paths) -> anyhow::Result<Parts> {
    tools::packages(paths)?;
    let browser = tools::browser(paths)?;
    let python = tools::engine(paths)?;
    let dist = page::build(paths)?;
    build_servers(paths)?;
    Ok(Parts {
        python,
        dist,
        browser,
    })
}

/// Runs every operator of the notebook's language on a real engine and compares with numpy and
/// pandas; each operator counts as one test.
fn operators(paths: &Paths, parts: &Parts) -> anyhow::Result<Count> {
    let graphs = paths.target.join("operators.json");
    let mut cargo = command(paths, "cargo")?;
    run(cargo
        .args(["test", "--quiet", "--locked", "-p", "script"])
        .args(["--test", "operators"])
        .env("OPERATORS_OUT", &graphs))?;
    let mut python = command(paths, &parts.python)?;
    python
        .arg(paths.root.join("tests/engine/operators.py"))
        .arg(&graphs);
    let mut said = None;
    let status = tee(&mut python, |line| {
        if line.starts_with('{') {
            said = serde_json::from_str::<Value>(line).ok();
        }
    })?;
    let said = said.context("the operators were not counted")?;
    let number = |field: &str| said[field].as_u64().unwrap_or(0);
    let mut count = Count {
        passed: number("passed"),
        failed: number("failed"),
        said: Vec::new(),
    };
    if !status.success() && count.failed == 0 {
        count.failed = 1;
    }
    Ok(count)
}

fn browser(paths: &Paths, parts: &Parts) -> anyhow::Result<Count> {
    let out = paths.e2e().join("test-results");
    fs::create_dir_all(&out)?;
    let report = paths.target.join("e2e-report.json");
    if report.exists() {
        fs::remove_file(&report)?;
    }
    for folder in [paths.e2e(), paths.editor()] {
        let mut check = command(paths, paths.e2e().join("node_modules/.bin/tsc"))?;
        run(check.current_dir(folder).arg("--noEmit"))?;
    }
    let mut playwright = command(paths, paths.e2e().join("node_modules/.bin/playwright"))?;
    playwright
        .current_dir(paths.e2e())
        .arg("test")
        .env("MARS_CONSOLE_E2E_OUT", &out)
        .env("MARS_CONSOLE_E2E_REPORT", &report)
        .envs(parts.environment(paths));
    let status = tee(&mut playwright, |_| ())?;
    let mut count = played(&report)?;
    if !status.success() && count.failed == 0 {
        count.failed = 1;
    }
    Ok(count)
}

/// What Playwright wrote into its report. A test that passed the second time only is counted as
/// passed, and named at the end of the run.
fn played(report: &Path) -> anyhow::Result<Count> {
    let text = fs::read_to_string(report).context("Playwright wrote no report")?;
    let count = count_played(&serde_json::from_str(&text)?);
    if count == Count::default() {
        bail!("no browser test was run");
    }
    Ok(count)
}

fn count_played(report: &Value) -> Count {
    let number = |field: &str| report["stats"][field].as_u64().unwrap_or(0);
    let errors = report["errors"].as_array().map_or(0, Vec::len) as u64;
    let mut count = Count {
        passed: number("expected") + number("flaky"),
        failed: number("unexpected") + errors,
        said: Vec::new(),
    };
    name_played(report, &mut count.said);
    count
}

/// The tests of a suite, and of those inside it, that did not simply pass.
fn name_played(suite: &Value, said: &mut Vec<String>) {
    let list = |field: &str| suite[field].as_array().into_iter().flatten();
    for spec in list("specs") {
        let title = spec["title"].as_str().unwrap_or_default();
        let file = spec["file"].as_str().unwrap_or_default();
        for test in spec["tests"].as_array().into_iter().flatten() {
            match test["status"].as_str() {
                Some("unexpected") => said.push(format!("failed: {file}: {title}")),
                Some("flaky") => said.push(format!("passed the second time only: {file}: {title}")),
                _ => {}
            }
        }
    }
    for inner in list("suites") {
        name_played(inner, said);
    }
}

/// The guide's own steps with PyODPS and Mars against the warehouse.
fn guide(paths: &Paths, parts: &Parts) -> anyhow::Result<Count> {
    let folder = Scratch::new("guide")?;
    let warehouse = Server::start(
        "the warehouse",
        command(paths, paths.built("warehouse"))?
            .args(["--port", "0", "--data"])
            .arg(folder.0.join("data"))
            .arg("--engine-python")
            .arg(&parts.python),
        &folder.0.join("warehouse.log"),
    )?;
    let mut python = command(paths, &parts.python)?;
    python.arg(paths.root.join("tests/pyodps/guide.py"));
    with_input(&mut python, &format!("{}\n", warehouse.ready))?;
    Ok(Count::one(true))
}

/// Mixed graphs on two workers; fewer than the full soak, which is run by hand.
fn soak(paths: &Paths, parts: &Parts) -> anyhow::Result<Count> {
    let mut python = command(paths, &parts.python)?;
    python
        .arg(paths.root.join("tests/soak/soak.py"))
        .args(["--count", "200"]);
    run(&mut python)?;
    Ok(Count::one(true))
}

/// The engine without a warehouse: the bytes of its tables, and the launcher's starts, stops and ends
/// of every kind.
fn lifecycle(paths: &Paths, parts: &Parts) -> anyhow::Result<Count> {
    for file in ["tests/engine/channel.py", "tests/soak/lifecycle.py"] {
        let mut python = command(paths, &parts.python)?;
        run(python.arg(paths.root.join(file)))?;
    }
    Ok(Count::one(true))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::count_played;

    #[test]
    fn browser_tests_that_did_not_simply_pass_are_named() {
        let test = |title: &str, status: &str| json!({"title": title, "file": "a.spec.ts", "tests": [{"status": status}]});
        let inner = json!({"specs": [test("breaks", "unexpected"), test("wavers", "flaky")]});
        let report = json!({
            "stats": {"expected": 3, "flaky": 1, "unexpected": 1, "skipped": 0},
            "suites": [{"specs": [test("holds", "expected")], "suites": [inner]}],
            "errors": [],
        });
        let count = count_played(&report);
        assert_eq!((count.passed, count.failed), (4, 1));
        assert_eq!(
            count.said,
            [
                "failed: a.spec.ts: breaks",
                "passed the second time only: a.spec.ts: wavers"
            ]
        );
    }
}
