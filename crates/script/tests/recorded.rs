//! Every recorded graph that the language can express comes of its script, but for keys, ids and
//! random states. Where a known difference remains its place is told, and the graphs that no script
//! gives say why.
#![expect(
    clippy::unwrap_used,
    reason = "a graph that cannot be built is a failed test"
)]

#[path = "recorded/apart.rs"]
mod apart;
#[path = "recorded/encoded.rs"]
mod encoded;
#[allow(
    dead_code,
    reason = "the comparison is another crate's, and calls itself, which an expectation overlooks"
)]
#[path = "../../mars/tests/support/expected.rs"]
mod expected;
#[expect(dead_code, reason = "a part is another crate's")]
#[path = "../../mars/tests/support/normal.rs"]
mod normal;
#[path = "recorded/table.rs"]
mod table;

use apart::{BEYOND, DIFFERENT};
use serde_json::Value as Json;
use table::{SAME, SETUP};

/// The project of the recorded tables.
fn project() -> script::Project {
    let columns = [("k", "string"), ("v", "bigint"), ("w", "double")];
    let columns = columns.map(|(name, kind)| (name.to_owned(), kind.to_owned()));
    script::Project {
        endpoint: "http://here/mars/1/".to_owned(),
        name: "proj".to_owned(),
        tables: [("tbl".to_owned(), columns.to_vec())].into(),
    }
}

/// The targets of a script as trees.
fn lowered(text: &str) -> Result<Vec<Json>, String> {
    let (ast, errors) = script::parse(text);
    if let Some(error) = errors.first() {
        return Err(error.to_string());
    }
    let mut count = 0;
    let keys = || {
        count += 1;
        format!("key{count}")
    };
    let cell = script::Cell { ast: &ast, seed: 1 };
    let lowered = script::lower(&[], cell, &project(), keys).map_err(|error| error.to_string())?;
    let trees = lowered
        .nodes()
        .map(|node| normal::normal(&lowered.graph, node.key()));
    Ok(trees.map(plain).collect())
}

/// Without what depends on when or where it was made.
fn plain(mut tree: Json) -> Json {
    encoded::read(&mut tree);
    tree
}

/// The first places where two trees differ.
fn differences(recorded: &Json, ours: &Json, at: &str, found: &mut Vec<(String, String)>) {
    match (recorded, ours) {
        (Json::Object(a), Json::Object(b)) => {
            let mut names: Vec<&String> = a.keys().chain(b.keys()).collect();
            names.sort();
            names.dedup();
            for name in names {
                let (a, b) = (&recorded[name], &ours[name]);
                differences(a, b, &format!("{at}/{name}"), found);
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (nth, (a, b)) in a.iter().zip(b).enumerate() {
                differences(a, b, &format!("{at}/{nth}"), found);
            }
        }
        (Json::Number(a), Json::Number(b)) if a.as_f64() == b.as_f64() => {}
        (a, b) if a == b => {}
        (a, b) => found.push((at.to_owned(), format!("recorded {a}, ours {b}"))),
    }
}

/// Where the graph of a script is not the recorded one.
fn compared(file: &str, script: &str) -> Result<Vec<(String, String)>, String> {
    let ours = lowered(&format!("{SETUP}{script}"))?;
    let recorded: Vec<Json> = normal::targets(file).into_iter().map(plain).collect();
    if recorded.len() != ours.len() {
        return Err(format!("{} targets, not {}", ours.len(), recorded.len()));
    }
    let mut found = Vec::new();
    for (recorded, ours) in recorded.iter().zip(&ours) {
        differences(recorded, ours, "", &mut found);
    }
    Ok(found)
}

#[test]
fn scripts_give_the_recorded_graphs() {
    let mut wrong = Vec::new();
    for (file, script) in SAME {
        match compared(file, script) {
            Ok(found) => wrong.extend(found.iter().map(|(at, what)| format!("{file}{at}: {what}"))),
            Err(error) => wrong.push(format!("{file}: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn known_differences_are_where_they_are_said_to_be_and_nowhere_else() {
    let mut wrong = Vec::new();
    for (file, script, places, _) in DIFFERENT {
        let found = match compared(file, script) {
            Ok(found) => found,
            Err(error) => {
                wrong.push(format!("{file}: {error}"));
                continue;
            }
        };
        let known = |at: &str| places.iter().any(|place| at.starts_with(place));
        let unknown = found.iter().filter(|(at, _)| !known(at));
        wrong.extend(unknown.map(|(at, what)| format!("{file}{at}: {what}")));
        let gone = places
            .iter()
            .filter(|place| !found.iter().any(|(at, _)| at.starts_with(**place)));
        wrong.extend(gone.map(|place| format!("{file}{place}: no longer different")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_recorded_graph_is_in_one_list() {
    let entries = std::fs::read_dir(normal::folder()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<String> = names
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .collect();
    files.sort();
    let named = SAME.iter().chain(BEYOND).map(|(file, _)| *file);
    let mut listed: Vec<&str> = named.chain(DIFFERENT.iter().map(|row| row.0)).collect();
    listed.sort();
    assert_eq!(files, listed);
}
