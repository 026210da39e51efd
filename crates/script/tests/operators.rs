//! Every operator of the table has samples in `operators/*.py`, and each of them becomes a graph.
//!
//! With `OPERATORS_OUT` the graphs are written there as JSON, for `tests/engine/operators.py`, which
//! runs them on the engine and compares what comes out with numpy and pandas.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

/// A sample: whose it is, whether only the library itself can answer it, and its text.
struct Sample {
    operator: String,
    only_mars: bool,
    text: String,
}

/// A line `# owner.name` begins an operator; blank lines part its samples.
fn samples() -> Vec<Sample> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/operators");
    let entries = std::fs::read_dir(folder).expect("the folder is part of the crate");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("readable").path())
        .collect();
    paths.sort();
    let mut samples = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("samples are text");
        let (mut operator, mut only_mars) = (String::new(), false);
        for part in text
            .split("\n\n")
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let body = match part.strip_prefix("# ") {
                Some(rest) => {
                    let (head, body) = rest.split_once('\n').unwrap_or((rest, ""));
                    only_mars = head.ends_with(" (mars)");
                    operator = head.trim_end_matches(" (mars)").to_owned();
                    body
                }
                None => part,
            };
            samples.push(Sample {
                operator: operator.clone(),
                only_mars,
                text: body.to_owned(),
            });
        }
    }
    samples
}

/// What runs only with a project, or is no operator of the engine.
const WITHOUT: [script::Owner; 5] = [
    script::Owner::Project,
    script::Owner::Client,
    script::Owner::Session,
    script::Owner::Python,
    script::Owner::Table,
];

fn lowered(sample: &Sample, count: &mut u32) -> Result<Value, String> {
    let (ast, errors) = script::parse(&sample.text);
    if let Some(error) = errors.first() {
        return Err(format!("{}: {error}", sample.text));
    }
    let keys = || {
        *count += 1;
        format!("key{count}")
    };
    let cell = script::Cell { ast: &ast, seed: 1 };
    let project = script::Project::default();
    let lowered = script::lower(&[], cell, &project, keys);
    let lowered = lowered.map_err(|error| format!("{}: {error}", sample.text))?;
    let node = lowered.nodes().last();
    let node = node.ok_or_else(|| format!("{}: no result", sample.text))?;
    let columns: Vec<Value> = node
        .columns()
        .iter()
        .map(|column| json!([column.label.to_string(), column.dtype.name()]))
        .collect();
    Ok(json!({
        "operator": sample.operator,
        "mars": sample.only_mars,
        "text": sample.text,
        "graph": lowered.graph,
        "target": node.key(),
        "kind": node.kind().as_str(),
        "shape": node.shape(),
        "dtype": node.dtype().map(|dtype| dtype.name()),
        "columns": columns,
        "sorted": node.sorted_after_fetch(),
    }))
}

#[test]
fn every_operator_has_samples_that_become_graphs() {
    let samples = samples();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for sample in &samples {
        *counts.entry(sample.operator.clone()).or_default() += 1;
    }
    let mut missing = Vec::new();
    for owner in script::Owner::ALL {
        if WITHOUT.contains(&owner) {
            continue;
        }
        for operator in owner.operators() {
            let name = operator.shown(owner);
            let index = owner == script::Owner::Index;
            if !index && counts.remove(&name).unwrap_or(0) < 2 {
                missing.push(name);
            }
        }
    }
    assert!(missing.is_empty(), "fewer than two samples: {missing:?}");
    assert!(counts.is_empty(), "samples of no operator: {counts:?}");
    let mut count = 0;
    let made = samples.iter().map(|sample| lowered(sample, &mut count));
    let (graphs, refused): (Vec<_>, Vec<_>) = made.partition(Result::is_ok);
    let refused: Vec<String> = refused.into_iter().filter_map(Result::err).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n\n"));
    let graphs: Vec<Value> = graphs.into_iter().flatten().collect();
    if let Some(file) = std::env::var_os("OPERATORS_OUT") {
        std::fs::write(file, Value::from(graphs).to_string()).expect("the file can be written");
    }
}

/// The table of operators as a page of documentation.
fn page() -> String {
    let mut page = String::from(HEAD);
    for owner in script::Owner::ALL {
        let mut operators: Vec<_> = owner.operators().collect();
        if operators.is_empty() {
            continue;
        }
        operators.sort_by_key(|operator| operator.name);
        let title = match owner.shown() {
            "" => "Python",
            shown => shown,
        };
        page.push_str(&format!("\n## {title} ({})\n\n", operators.len()));
        for operator in operators {
            let [english, _] = operator.help;
            let others = operator.others.join("`, `");
            let others = match others.as_str() {
                "" => String::new(),
                others => format!(" Also `{others}`."),
            };
            page.push_str(&format!(
                "- `{}`: {english}{others}\n",
                operator.usage(owner)
            ));
        }
    }
    page
}

const HEAD: &str = "# Operators of the notebook

Written from the table in `crates/script/src/operators` by its test (`UPDATE_DOCS=1 cargo test -p script`).
Every operator of tensors, frames, series, groups and texts is run on the real engine and compared with numpy and pandas,
for two inputs or more, by the stage `operators` of `cargo xtask test`. A parameter with a default that is marked in the
table takes that default only; another value is refused with a sentence.
";

#[test]
fn the_documentation_lists_the_table() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operators.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::create_dir_all(file.parent().expect("it has a folder")).expect("writable");
        std::fs::write(&file, page()).expect("the page can be written");
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == page(),
        "docs/operators.md is not what the table says: UPDATE_DOCS=1 writes it anew"
    );
}
