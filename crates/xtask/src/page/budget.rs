//! What is downloaded, by what is opened, and the limits of `tests/budget.json`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;

use super::{Part, chunks, parts};
use crate::paths::Paths;

/// The files that a visit loads: before the overview is usable, before the page of each chunk is
/// when it is opened first, for each worker, and for each editor.
pub(crate) fn loads(paths: &Paths, dist: &Path) -> anyhow::Result<Vec<Load>> {
    let budget = read(paths)?;
    let parts = parts(dist)?;
    let of = |wanted: fn(&Part) -> bool| -> Vec<Part> {
        parts.iter().filter(|part| wanted(part)).cloned().collect()
    };
    let first = of(Part::of_first_load);
    let chunks = chunks(dist)?;
    let mut found = BTreeMap::from([
        ("first_load".to_owned(), first.clone()),
        ("sql_editor".to_owned(), of(Part::of_sql_editor)),
        ("cell_editor".to_owned(), of(Part::of_cell_editor)),
        ("frame_worker".to_owned(), of(Part::of_worker)),
        ("file_worker".to_owned(), of(Part::of_file_worker)),
    ]);
    for (chunk, files) in &chunks {
        let mut all = first.clone();
        all.extend(files.iter().cloned());
        for other in budget[chunk]["with"].as_array().into_iter().flatten() {
            let other = other.as_str().and_then(|name| chunks.get(name));
            all.extend(
                other
                    .context("budget.json names no chunk after \"with\"")?
                    .iter()
                    .cloned(),
            );
        }
        all.sort_by(|one, other| one.name.cmp(&other.name));
        all.dedup_by(|one, other| one.name == other.name);
        found.insert(chunk.clone(), all);
    }
    (found.into_iter())
        .map(|(name, parts)| {
            let limit = budget[&name]["brotli_bytes"].as_u64();
            let limit = limit.with_context(|| format!("budget.json has no limit of {name}"))?;
            Ok(Load { name, limit, parts })
        })
        .collect()
}

/// What opening something downloads.
#[derive(Debug)]
pub(crate) struct Load {
    /// `first_load`, a chunk, `frame_worker`, `file_worker`, `sql_editor` or `cell_editor`.
    pub(crate) name: String,
    /// The most that it may be, as sent.
    pub(crate) limit: u64,
    /// The files.
    pub(crate) parts: Vec<Part>,
}

impl Load {
    /// Bytes as sent.
    pub(crate) fn brotli(&self) -> u64 {
        self.parts.iter().map(|part| part.brotli).sum()
    }

    /// Bytes as they are.
    pub(crate) fn raw(&self) -> u64 {
        self.parts.iter().map(|part| part.raw).sum()
    }
}

fn read(paths: &Paths) -> anyhow::Result<Value> {
    let file = paths.root.join("tests/budget.json");
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(serde_json::from_str(&text)?)
}
