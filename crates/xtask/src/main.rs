//! `cargo xtask run | test | bench | dist`: set-up and orchestration, the one place for both.
//!
//! Every set-up step says what it does and is skipped when its result is there already. Progress
//! goes to stderr; stdout is for what was asked for.

mod bench;
mod dist;
mod page;
mod paths;
mod processes;
mod run;
mod test;
mod tools;

use std::process::ExitCode;

use anyhow::bail;

use paths::Paths;

const USAGE: &str = "\
cargo xtask run [--no-open] [--port N] [--data DIR] [--json]   start the console and a local MaxCompute
cargo xtask test [--quick] [--only STAGE]                      run every test (--quick: without the browser)
cargo xtask bench [--only-sizes | --only-warehouse | --only-frames | --only-jobs] measure, and write BENCHMARKS.md
cargo xtask dist [DIR]                                         release build of page and gateway into DIR";

fn main() -> ExitCode {
    match act() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn act() -> anyhow::Result<ExitCode> {
    let mut words = std::env::args().skip(1);
    let paths = Paths::find()?;
    match words.next().as_deref() {
        Some("run") => run::run(&paths, &run::Options::parse(words)?),
        Some("test") => test::test(&paths, words),
        Some("bench") => bench::bench(&paths, words),
        Some("dist") => dist::dist(&paths, words),
        None | Some("help" | "--help" | "-h") => {
            eprintln!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        Some(other) => bail!("{other} is not known\n{USAGE}"),
    }
}
