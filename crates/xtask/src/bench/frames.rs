//! The frames against what else there is: `tests/e2e/bench/frames.ts` measures, this file puts
//! together what it serves and makes the tables.
//!
//! The packages it is measured against are pinned in `tests/e2e/bench`, and installed only here.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;

use crate::page;
use crate::paths::Paths;
use crate::processes::{command, run};
use crate::tools;

pub(super) const TITLE: &str = "## Frames";

/// What the packages ship and the page fetches, with the name it fetches it by.
const SHIPPED: [(&str, &str); 4] = [
    ("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm", "duckdb.wasm"),
    (
        "@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js",
        "duckdb.worker.js",
    ),
    (
        "@perspective-dev/client/dist/wasm/perspective-js.wasm",
        "perspective-js.wasm",
    ),
    (
        "@perspective-dev/server/dist/wasm/perspective-server.wasm",
        "perspective-server.wasm",
    ),
];

const WORKER: [&str; 3] = [
    "frame_worker.js",
    "frame_worker_bg.wasm",
    "frame_worker_loader.js",
];

/// The packages whose versions are told.
const TOLD: [&str; 4] = [
    "apache-arrow",
    "@duckdb/duckdb-wasm",
    "@perspective-dev/client",
    "cheetah-grid",
];

/// Runs the measurements and gives the section of the page.
pub(super) fn measure(
    paths: &Paths,
    dist: &Path,
    engine: &Path,
    chromium: &Path,
) -> anyhow::Result<String> {
    let bench = paths.e2e().join("bench");
    tools::install(paths, &bench)?;
    let side = paths.target.join("bench-side");
    fs::create_dir_all(&side)?;
    serve(paths, &bench, dist, &side)?;
    let clients = tools::clients(paths)?;
    let (_, client) = clients.last().context("there is no newer client")?;
    let report = paths.target.join("bench-frames.json");
    let mut playwright = super::measurement(paths, "frames", dist, engine, chromium)?;
    run(playwright
        .env("MARS_CONSOLE_BENCH_FRAMES", &report)
        .env("MARS_CONSOLE_BENCH_SIDE", &side)
        .env("MARS_CONSOLE_CLIENT", client))?;
    let text = fs::read_to_string(&report).context("the script wrote no figures")?;
    let versions = TOLD.map(|package| Some((package, version(&bench, package)?)));
    let versions: Vec<_> = versions.into_iter().flatten().collect();
    section(&serde_json::from_str(&text)?, &versions)
}

/// Puts the bundled script, the packages' programs and the worker of the built page side by side.
fn serve(paths: &Paths, bench: &Path, dist: &Path, side: &Path) -> anyhow::Result<()> {
    let mut bundler = command(paths, bench.join("node_modules/.bin/esbuild"))?;
    bundler
        .current_dir(bench)
        .args([
            "side/main.js",
            "--bundle",
            "--format=esm",
            "--log-level=warning",
        ])
        .arg(format!("--outfile={}", side.join("main.js").display()));
    run(&mut bundler)?;
    let shipped =
        SHIPPED.map(|(from, name)| (bench.join("node_modules").join(from), side.join(name)));
    let worker = WORKER.map(|name| (dist.join(name), side.join(name)));
    for (from, to) in shipped.into_iter().chain(worker) {
        fs::copy(&from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    }
    Ok(())
}

fn version(bench: &Path, package: &str) -> Option<String> {
    let file = bench
        .join("node_modules")
        .join(package)
        .join("package.json");
    let package: Value = serde_json::from_str(&fs::read_to_string(file).ok()?).ok()?;
    Some(package.get("version")?.as_str()?.to_owned())
}

/// The section: how it was made, then one row for each contender of each measurement.
fn section(found: &Value, versions: &[(&str, String)]) -> anyhow::Result<String> {
    let (facts, report) = (&found["facts"], &found["report"]);
    let fact = |name: &str| match &facts[name] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let versions: Vec<String> = (versions.iter())
        .map(|(package, version)| format!("{package} {version}"))
        .collect();
    let mut page = format!(
        "{TITLE}\n\nOne Chromium {} (no GPU), contenders in turn, after a round that does not count; what each found was \
         compared before its time counted. `frame` is the worker of the built page. Rows: `lineitem_1m` of the sample \
         data as Arrow IPC, {} bytes for 1m, in batches of {} rows as the tunnel sends them. {}, DuckDB {}, PyODPS {}. \
         Ratio: the median beside that of `frame`; above 1, `frame` is faster. Perspective holds integers of 64 bits and \
         decimals as floats, and was compared in the other columns. DuckDB sorts and filters into a table of row \
         places, as `frame` does; \"only the first 200\" leaves the rest undone.\n\n\
         | what | who | median, ms | ratio | least to most, ms | runs |\n|---|---|---:|---:|---:|---:|\n",
        fact("chromium"),
        fact("bytes"),
        fact("batch"),
        versions.join(", "),
        fact("duckdb"),
        fact("pyodps"),
    );
    for (what, contenders) in report.as_object().context("the figures are no object")? {
        let contenders = contenders.as_object().context("nobody was measured")?;
        let ours = middle(contenders.get("frame")).with_context(|| format!("{what}: no frame"))?;
        for (who, runs) in contenders {
            let (least, median, most, count) =
                middle(Some(runs)).with_context(|| format!("{what}: {who} has no runs"))?;
            writeln!(
                page,
                "| {what} | {who} | {median:.1} | {:.2} | {least:.1} to {most:.1} | {count} |",
                median / ours.1
            )?;
        }
    }
    writeln!(
        page,
        "\nUnder the grid of the large table, after its rows had begun to come: \"{}\".",
        fact("ledger")
    )?;
    Ok(page)
}

/// Least, median, most and count.
pub(super) fn middle(runs: Option<&Value>) -> Option<(f64, f64, f64, usize)> {
    let runs = runs?.as_array()?.iter();
    let mut runs: Vec<f64> = runs.filter_map(Value::as_f64).collect();
    runs.sort_by(f64::total_cmp);
    let median = *runs.get(runs.len() / 2)?;
    Some((*runs.first()?, median, *runs.last()?, runs.len()))
}

/// The page with this section in the place of the one it has, before what is written by hand.
pub(super) fn put(title: &str, page: &str, section: &str) -> String {
    let mut page = page.to_owned();
    if let Some(from) = page.find(&format!("\n{title}\n")) {
        let after = from + 1;
        let to = page[after..]
            .find("\n## ")
            .map_or(page.len(), |next| after + next);
        page.replace_range(from..to, "");
    }
    let at = page.find("\n## Fuzzing").unwrap_or(page.len());
    page.insert_str(at, &format!("\n{section}"));
    page
}

/// Only this section, in the page that is there.
pub(super) fn only(paths: &Paths) -> anyhow::Result<()> {
    let python = crate::run::set_up(paths)?;
    let dist = page::build(paths)?;
    crate::run::build_servers(paths)?;
    let browser = tools::browser(paths)?;
    let found = measure(paths, &dist, &python, &browser.chromium)?;
    let file = paths.root.join("BENCHMARKS.md");
    fs::write(&file, put(TITLE, &fs::read_to_string(&file)?, &found))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{put, section};

    #[test]
    fn medians_stand_beside_ours() {
        let found = json!({
            "facts": { "chromium": "1", "bytes": 9, "ledger": "2 rows are here." },
            "report": { "sort": { "frame": [2.0, 1.0, 30.0], "duckdb": [8.0, 6.0, 6.0] } },
        });
        let page = section(&found, &[("duckdb", "1.0".to_owned())]).unwrap();
        assert!(
            page.contains("| sort | frame | 2.0 | 1.00 | 1.0 to 30.0 | 3 |"),
            "{page}"
        );
        assert!(
            page.contains("| sort | duckdb | 6.0 | 3.00 | 6.0 to 8.0 | 3 |"),
            "{page}"
        );
        assert!(section(&json!({ "report": { "sort": { "duckdb": [1.0] } } }), &[]).is_err());
    }

    #[test]
    fn the_section_takes_the_place_of_the_old_one() {
        let page = put(
            super::TITLE,
            "# B\n\n## Sizes\n\n1\n\n## Fuzzing\n\n2\n",
            "## Frames\n\n3\n",
        );
        assert_eq!(
            page,
            "# B\n\n## Sizes\n\n1\n\n## Frames\n\n3\n\n## Fuzzing\n\n2\n"
        );
        let again = put(super::TITLE, &page, "## Frames\n\n4\n");
        assert_eq!(again, page.replace('3', "4"));
        assert_eq!(
            put(super::TITLE, "# B\n", "## Frames\n"),
            "# B\n\n## Frames\n"
        );
    }
}
