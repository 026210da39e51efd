//! Small scripts in `golden/*.py` beside what must come of them in `golden/*.txt`: the tree, the
//! messages, and the target. `UPDATE_GOLDEN=1` writes the texts anew; read the difference.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What a script gives, as text.
fn outcome(script: &str) -> String {
    let (ast, errors) = script::parse(script);
    let mut out = String::from("tree\n");
    for line in ast.to_text().lines() {
        writeln!(out, "  {line}").unwrap();
    }
    if !errors.is_empty() {
        out.push_str("errors\n");
        for error in errors {
            writeln!(out, "  {error}").unwrap();
        }
        return out;
    }
    let mut count = 0;
    let keys = || {
        count += 1;
        format!("key{count}")
    };
    let cell = script::Cell {
        ast: &ast,
        seed: 42,
    };
    match script::lower(&[], cell, &project(), keys) {
        Ok(lowered) => write_lowered(&mut out, &lowered),
        Err(error) => writeln!(out, "refused\n  {error}").unwrap(),
    }
    out
}

fn write_lowered(out: &mut String, lowered: &script::Lowered) {
    for defined in &lowered.defined {
        writeln!(out, "defined\n  {} = {}", defined.name, defined.value).unwrap();
    }
    for output in &lowered.outputs {
        match &output.shown {
            script::Shown::Plain(text) => writeln!(out, "plain\n  {text}").unwrap(),
            script::Shown::Node(node) => {
                let dtype = node
                    .dtype()
                    .map_or_else(String::new, |dtype| format!(" {}", dtype.name()));
                let kind = node.kind().as_str();
                writeln!(out, "target\n  {kind} {}{dtype}", node.shape_text()).unwrap();
                for column in node.columns() {
                    writeln!(out, "  column {} {}", column.label, column.dtype.name()).unwrap();
                }
                assert!(
                    lowered.graph.contains(node.key()),
                    "the target is in the graph"
                );
            }
        }
    }
    for statement in lowered.writes.iter().flat_map(|write| &write.statements) {
        writeln!(out, "before\n  {statement}").unwrap();
    }
    out.push_str("operands\n");
    for class in classes(&lowered.graph) {
        writeln!(out, "  {class}").unwrap();
    }
}

/// A project with two tables.
fn project() -> script::Project {
    let columns = |columns: &[(&str, &str)]| {
        let columns = columns.iter();
        columns
            .map(|(name, kind)| ((*name).to_owned(), (*kind).to_owned()))
            .collect()
    };
    let grid = columns(&[("col1", "bigint"), ("col2", "bigint")]);
    let days = columns(&[("d", "date"), ("price", "decimal(38,18)")]);
    script::Project {
        name: "sample".to_owned(),
        endpoint: "http://here/mars/1/".to_owned(),
        tables: [("test_mars".to_owned(), grid), ("days".to_owned(), days)].into(),
    }
}

/// The classes of the operands in the order of the graph.
fn classes(graph: &str) -> Vec<String> {
    let graph: serde_json::Value = serde_json::from_str(graph).expect("a graph is JSON");
    let nodes = graph["node"].as_array().expect("a list of nodes");
    let class = |node: &serde_json::Value| node["value"]["type"].as_str().map(str::to_owned);
    nodes.iter().filter_map(class).collect()
}

fn scripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let entries = std::fs::read_dir(folder).expect("the folder is part of the crate");
    let paths = entries.map(|entry| entry.expect("readable").path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|e| e == "py"))
        .collect();
    paths.sort();
    paths
}

#[test]
fn every_script_gives_what_stands_beside_it() {
    let scripts = scripts();
    assert!(
        scripts.len() > 20,
        "only {} scripts were found",
        scripts.len()
    );
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    for path in scripts {
        let script = std::fs::read_to_string(&path).expect("a script is text");
        let beside = path.with_extension("txt");
        let now = outcome(&script);
        if update {
            std::fs::write(&beside, now).expect("the folder can be written");
            continue;
        }
        let expected = std::fs::read_to_string(&beside).unwrap_or_default();
        if now != expected {
            wrong.push(format!(
                "{}\nexpected\n{expected}\nnow\n{now}",
                path.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
