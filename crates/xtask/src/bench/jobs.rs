//! Jobs: what the page does in the place of the Python client, beside that client; and how many of
//! the library's functions the notebook's language has.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::page;
use crate::paths::Paths;
use crate::processes::{Scratch, command, output, run};
use crate::tools;

/// What begins the section.
pub(super) const TITLE: &str = "## Jobs";

const RUNS: &str = "7";

/// Measures and gives the section of BENCHMARKS.md.
pub(super) fn measure(
    paths: &Paths,
    dist: &Path,
    engine: &Path,
    chromium: &Path,
) -> anyhow::Result<String> {
    let folder = Scratch::new("bench-jobs")?;
    let mut build = command(paths, "cargo")?;
    run(build.args([
        "build",
        "--locked",
        "--release",
        "-p",
        "script",
        "-p",
        "mars",
        "--examples",
    ]))?;
    let mut script = command(paths, engine)?;
    let library = output(
        script
            .arg(paths.root.join("tests/bench/jobs.py"))
            .arg(&folder.0)
            .arg(RUNS),
    )
    .context("jobs.py failed")?;
    let library: Value = serde_json::from_str(&library)?;
    let example = |name: &str, file: &str| -> anyhow::Result<Value> {
        let program = paths.target.join("release/examples").join(name);
        let mut program = command(paths, program)?;
        let said = output(program.arg(folder.0.join(file)).arg(RUNS));
        Ok(serde_json::from_str(
            &said.with_context(|| format!("{name} failed"))?,
        )?)
    };
    let graph = example("text_to_graph", "script.py")?;
    let decode = example("decode", "frame.bin")?;
    let rows = rows(paths, dist, engine, chromium)?;
    let names = fs::read_to_string(paths.root.join("docs/operators.md"))?;
    section(&library, &graph, &decode, &rows, &names)
}

/// The page and the client on one cluster.
fn rows(paths: &Paths, dist: &Path, engine: &Path, chromium: &Path) -> anyhow::Result<Value> {
    let report = paths.target.join("bench-rows.json");
    let mut playwright = super::measurement(paths, "rows", dist, engine, chromium)?;
    run(playwright.env("MARS_CONSOLE_BENCH_ROWS", &report))?;
    let text = fs::read_to_string(&report).context("the script wrote no figures")?;
    Ok(serde_json::from_str(&text)?)
}

fn section(
    library: &Value,
    graph: &Value,
    decode: &Value,
    rows: &Value,
    names: &str,
) -> anyhow::Result<String> {
    let bytes = &library["payload"];
    let (count, columns) = (&decode["rows"], &decode["columns"]);
    let mut page = format!(
        "{TITLE}\n\nOne run, one after the other; `ours` is native code in the release profile except in the last \
         row, where it is the page in Chromium. The library is pymars 0.4.0rc1. The payload has {bytes} bytes, {count} \
         rows and, with the index, {columns} columns. Ratio: the library's median beside ours; above 1, ours is faster.\n\n\
         | what | who | median, ms | ratio | least to most, ms | runs |\n|---|---|---:|---:|---:|---:|\n"
    );
    let pairs = [
        (
            "text of 1,000 statements to the graph that is sent",
            graph,
            &library["graph"],
        ),
        (
            "payload of a DataFrame to Arrow, or to pandas",
            &decode["milliseconds"],
            &library["decode"],
        ),
        (
            "Ctrl+Enter to values, `mt.random.rand(100, 100)`",
            &rows["page"],
            &rows["client"],
        ),
    ];
    for (what, ours, theirs) in pairs {
        let own = super::frames::middle(Some(ours)).with_context(|| format!("{what}: no runs"))?;
        for (who, runs) in [("ours", ours), ("library", theirs)] {
            let (least, median, most, count) = super::frames::middle(Some(runs))
                .with_context(|| format!("{what}: {who} has no runs"))?;
            let ratio = median / own.1;
            writeln!(
                page,
                "| {what} | {who} | {median:.1} | {ratio:.2} | {least:.1} to {most:.1} | {count} |"
            )?;
        }
    }
    page.push_str(
        "\n| functions of | exported by the library | of these in the notebook's language |\n|---|---:|---:|\n",
    );
    for (owner, exported) in library["exported"].as_object().context("no names")? {
        let known = known(names, owner);
        let exported = exported.as_array().context("the names are no list")?;
        let both = exported
            .iter()
            .filter_map(Value::as_str)
            .filter(|name| known.contains(name));
        writeln!(page, "| {owner} | {} | {} |", exported.len(), both.count())?;
    }
    Ok(page)
}

/// The names that an owner has in `docs/operators.md`: `` - `mt.sum(a)`: … Also `add`. ``
fn known<'n>(names: &'n str, owner: &str) -> BTreeSet<&'n str> {
    let start = format!("- `{owner}.");
    let lines = names
        .lines()
        .filter_map(|line| line.strip_prefix(start.as_str()));
    lines
        .flat_map(|line| {
            let own = line.split('(').next().unwrap_or_default();
            let others = line.split_once(" Also ").map_or("", |(_, others)| others);
            std::iter::once(own).chain(others.split('`').skip(1).step_by(2))
        })
        .collect()
}

/// Only this section, in the page that is there.
pub(super) fn only(paths: &Paths) -> anyhow::Result<()> {
    let python = crate::run::set_up(paths)?;
    let dist = page::build(paths)?;
    crate::run::build_servers(paths)?;
    let browser = tools::browser(paths)?;
    let found = measure(paths, &dist, &python, &browser.chromium)?;
    let file = paths.root.join("BENCHMARKS.md");
    let page = fs::read_to_string(&file)?;
    if !page.contains("## Sizes") {
        bail!("BENCHMARKS.md has no sizes: run the whole of bench first");
    }
    fs::write(&file, super::frames::put(TITLE, &page, &found))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{known, section};

    const NAMES: &str =
        "- `mt.sum(a, axis=None)`: The sum. Also `add_up`, `total`.\n- `md.concat(objs)`: x.\n";

    #[test]
    fn names_are_read_from_the_list_of_operators() {
        let mt: Vec<&str> = known(NAMES, "mt").into_iter().collect();
        assert_eq!(mt, ["add_up", "sum", "total"]);
        assert_eq!(known(NAMES, "md").len(), 1);
    }

    #[test]
    fn the_library_stands_beside_ours() {
        let library = json!({
            "graph": [20.0], "decode": [6.0], "payload": 9,
            "exported": { "mt": ["sum", "total", "svd"], "md": ["read_csv"] },
        });
        let decode = json!({ "rows": 2, "columns": 3, "milliseconds": [3.0] });
        let rows = json!({ "page": [8.0], "client": [4.0] });
        let page = section(&library, &json!([5.0]), &decode, &rows, NAMES).unwrap();
        assert!(page.contains("| library | 20.0 | 4.00 |"), "{page}");
        assert!(page.contains("| library | 4.0 | 0.50 |"), "{page}");
        assert!(
            page.contains("| mt | 3 | 2 |") && page.contains("| md | 1 | 0 |"),
            "{page}"
        );
        assert!(section(&library, &json!([]), &decode, &rows, NAMES).is_err());
    }
}
