//! `cargo xtask test`: every check of the project, the cheap ones first.
//!
//! Where nobody watches (stderr is no terminal), what a stage prints goes into a file, and only the
//! end of a failed one's is shown. A stage that fails does not keep the next ones from running, unless they need what it makes. The
//! last line sums what the runners themselves reported; a stage without a count is one test.

mod clients;
mod leftover;
mod stages;

use std::fs::{self, File};
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::bail;

use crate::paths::Paths;
use crate::processes;
use crate::tools;

/// What a runner reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Tests that passed.
    pub(crate) passed: u64,
    /// Tests that failed.
    pub(crate) failed: u64,
    /// What has to be said at the end, a line each: what failed, and what passed the second time
    /// only.
    pub(crate) said: Vec<String>,
}

impl Count {
    /// A check that has no tests of its own.
    pub(crate) fn one(passed: bool) -> Self {
        Self {
            passed: u64::from(passed),
            failed: u64::from(!passed),
            said: Vec::new(),
        }
    }

    /// Adds a `test result: ok. 12 passed; 0 failed; …` line of cargo or wasm-bindgen, and notes
    /// the names of tests that failed.
    pub(crate) fn read(&mut self, line: &str) {
        if let Some(name) = line.strip_prefix("test ").and_then(failed_test) {
            self.said.push(format!("failed: {name}"));
        }
        let Some((_, counts)) = line.split_once("test result: ") else {
            return;
        };
        let number = |word: &str| -> u64 {
            let words: Vec<&str> = counts
                .split([' ', ';'])
                .filter(|word| !word.is_empty())
                .collect();
            let found = words.windows(2).find(|pair| pair[1] == word);
            found.and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
        };
        self.passed += number("passed");
        self.failed += number("failed");
    }
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.said.extend(other.said);
    }
}

/// The name in `name ... FAILED`.
fn failed_test(line: &str) -> Option<&str> {
    let name = line.trim_end().strip_suffix("FAILED")?;
    name.trim_end().strip_suffix("...").map(str::trim_end)
}

/// How much of a failed stage's output is shown.
const SHOWN_LINES: usize = 120;

/// Runs stages, prints what each took, and adds up.
struct Report {
    total: Count,
    lines: Vec<String>,
    /// The folder of the stages' output; nothing: it is watched.
    logs: Option<PathBuf>,
}

impl Report {
    fn stage(&mut self, name: &str, run: impl FnOnce() -> anyhow::Result<Count>) -> bool {
        eprintln!("\n=== {name}");
        let begun = Instant::now();
        let log = self
            .logs
            .as_ref()
            .map(|logs| logs.join(name.replace(' ', "_")));
        let count = Self::logged(log.as_deref(), run).unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            Count::one(false)
        });
        if let Some(log) = log.filter(|_| count.failed > 0) {
            eprintln!("{}", end_of(&log));
        }
        let failed = count.failed;
        let seconds = begun.elapsed().as_secs_f64();
        let verdict = if count.failed == 0 { "ok" } else { "FAILED" };
        let line = format!(
            "{verdict:6} {seconds:7.1} s  {:5} passed {:4} failed  {name}",
            count.passed, count.failed
        );
        eprintln!("--- {line}");
        self.lines.push(line);
        self.total += count;
        failed == 0
    }

    fn logged(
        log: Option<&Path>,
        run: impl FnOnce() -> anyhow::Result<Count>,
    ) -> anyhow::Result<Count> {
        let Some(log) = log else { return run() };
        processes::log_to(Some(File::create(log)?));
        let count = run();
        processes::log_to(None);
        count
    }
}

/// The last lines of a stage's output.
fn end_of(log: &Path) -> String {
    match fs::read(log) {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            let lines: Vec<&str> = text.lines().collect();
            lines[lines.len().saturating_sub(SHOWN_LINES)..].join("\n")
        }
        Err(error) => format!("{} cannot be read: {error}", log.display()),
    }
}

pub(crate) fn test(paths: &Paths, words: impl Iterator<Item = String>) -> anyhow::Result<ExitCode> {
    let (mut quick, mut only) = (false, None);
    let mut words = words;
    while let Some(word) = words.next() {
        match word.as_str() {
            "--quick" => quick = true,
            "--only" => only = words.next(),
            _ => bail!("{word} is not an option of test"),
        }
    }
    let wanted = |name: &str| only.as_deref().is_none_or(|only| name.starts_with(only));
    let logs = (!std::io::stderr().is_terminal()).then(|| paths.target.join("test-logs"));
    if let Some(logs) = &logs {
        fs::create_dir_all(logs)?;
    }
    let mut report = Report {
        total: Count::default(),
        lines: Vec::new(),
        logs,
    };
    tools::toolchain(paths)?;
    tools::lints(paths)?;
    for (name, run) in stages::WITHOUT_BROWSER {
        if wanted(name) {
            report.stage(name, || run(paths));
        }
    }
    if wanted("wasm tests") {
        report.stage("wasm tests", || stages::wasm(paths));
    }
    let has_page = !wanted("page") || report.stage("page", || stages::page(paths));
    if !quick {
        let mut parts = None;
        let ready = has_page
            && report.stage("parts", || {
                parts = Some(stages::parts(paths)?);
                Ok(Count::one(true))
            });
        if let (true, Some(parts)) = (ready, parts) {
            for (name, run) in stages::WITH_EVERYTHING {
                if wanted(name) {
                    report.stage(name, || run(paths, &parts));
                }
            }
        } else {
            eprintln!("the browser tests were not run: what they need could not be built");
        }
    }
    let Count {
        passed,
        failed,
        said,
    } = report.total;
    let mut stdout = std::io::stdout();
    writeln!(stdout, "\n{}\n", report.lines.join("\n"))?;
    for line in said {
        writeln!(stdout, "{line}")?;
    }
    writeln!(stdout, "{passed} passed, {failed} failed")?;
    Ok(if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn result_lines_are_added_up() {
        let mut count = Count::default();
        for line in [
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.0s",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out",
            "test odd ... ok",
            "test even::two ... FAILED",
        ] {
            count.read(line);
        }
        assert_eq!(
            count,
            Count {
                passed: 15,
                failed: 2,
                said: vec!["failed: even::two".to_owned()],
            }
        );
    }
}
