//! Cuts the page's module into a main module and chunks, where `src/lazy.rs` marked it.
//!
//! Trunk has no step for that, so its one module is replaced in the built folder. The order is the
//! one that the splitter asks for: cut the linked program (it needs relocations), then run
//! wasm-bindgen on the main module alone; chunks get what they need from that at run time.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use wasm_split_cli_support::Options;

use super::{files, optimise};
use crate::paths::Paths;
use crate::processes::{command, run};

/// What the compiler is told so that the linked program can be cut (see also `build.rs`).
pub(super) const RUSTFLAGS: &str = "--cfg split";

/// The files that each chunk needs beside the main module, in a file that is not served.
pub(super) const MANIFEST: &str = ".chunks.json";

const LINKED: &str = "wasm32-unknown-unknown/release/console.wasm";

/// Replaces the page's module in `dist` by the pieces.
pub(super) fn split(paths: &Paths, dist: &Path) -> anyhow::Result<()> {
    let (cut, bound) = (fresh(paths, "cut")?, fresh(paths, "bound")?);
    let linked = fs::read(paths.target.join(LINKED)).context("the page's program is missing")?;
    let main = cut.join("console.wasm");
    let mut options = Options::new(&linked);
    options.output_dir = &cut;
    options.main_out_path = &main;
    options.link_name = "./split.js";
    options.main_module = "./console.js";
    // Its error type is not std's.
    let pieces = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("the page's program could not be cut: {error:#}"))?;
    run(command(paths, "wasm-bindgen")?
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
        .args(["--out-name", "console", "--out-dir"])
        .arg(&bound)
        .arg(&main))?;
    fs::copy(cut.join("split.js"), bound.join("split.js"))?;
    for piece in &pieces.split_modules {
        let name = piece.file_name().context("a chunk has no name")?;
        fs::copy(piece, bound.join(name))?;
    }
    for file in files(&bound)? {
        if file.extension().is_some_and(|kind| kind == "wasm") {
            optimise(paths, &file)?;
        }
    }
    let names = hashed(&bound)?;
    install(dist, &bound, &names)?;
    let manifest: BTreeMap<&String, Vec<&String>> = (pieces.prefetch_map.iter())
        .map(|(chunk, stems)| {
            let files = stems
                .iter()
                .filter_map(|stem| names.get(&format!("{stem}.wasm")));
            (chunk, files.collect())
        })
        .collect();
    fs::write(
        dist.join(MANIFEST),
        serde_json::to_string_pretty(&manifest)?,
    )?;
    Ok(())
}

fn fresh(paths: &Paths, name: &str) -> anyhow::Result<PathBuf> {
    let folder = paths.target.join("page").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// `console_bg.wasm` → `console-<digest>_bg.wasm`: one digest of all pieces, because they only work
/// together.
fn hashed(folder: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut hasher = DefaultHasher::new();
    // How the pieces are put together is part of them.
    hasher.write(include_bytes!("split.rs"));
    let mut names = Vec::new();
    for file in files(folder)? {
        let name = file.file_name().context("a piece has no name")?;
        names.push(name.to_string_lossy().into_owned());
        hasher.write(&fs::read(&file)?);
    }
    let digest = format!("{:016x}", hasher.finish());
    Ok(names
        .into_iter()
        .map(|name| {
            let new = renamed(&name, &digest);
            (name, new)
        })
        .collect())
}

fn renamed(name: &str, digest: &str) -> String {
    let at = name
        .find("_bg.")
        .or_else(|| name.rfind('.'))
        .unwrap_or(name.len());
    format!("{}-{digest}{}", &name[..at], &name[at..])
}

/// Moves the pieces into the built folder, each reference to a piece by its new name.
fn install(dist: &Path, bound: &Path, names: &BTreeMap<String, String>) -> anyhow::Result<()> {
    let index = dist.join("index.html");
    let mut html = fs::read_to_string(&index)?;
    for file in files(dist)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let piece = match name.strip_prefix("console-") {
            Some(rest) if rest.ends_with("_bg.wasm") => "console_bg.wasm",
            Some(rest) if rest.ends_with(".js") => "console.js",
            _ => continue,
        };
        let new = names
            .get(piece)
            .with_context(|| format!("{piece} was not made"))?;
        if !html.contains(&*name) {
            bail!("index.html does not start {name}");
        }
        html = html.replace(&*name, new);
        fs::remove_file(&file)?;
    }
    fs::write(index, html)?;
    for (name, new) in names {
        let from = bound.join(name);
        if !name.ends_with(".js") {
            fs::copy(&from, dist.join(new))?;
            continue;
        }
        let script = relinked(&fs::read_to_string(&from)?, names);
        fs::write(dist.join(new), script)?;
    }
    Ok(())
}

/// The script with the new names where it loads a piece. The keys of wasm-bindgen's import object
/// look alike, but are names inside the module and stay.
fn relinked(script: &str, names: &BTreeMap<String, String>) -> String {
    let mut script = script.to_owned();
    for (name, new) in names {
        for before in ["from \"", "from '", "URL(\"", "URL('"] {
            script = script.replace(&format!("{before}./{name}"), &format!("{before}./{new}"));
        }
    }
    script
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{relinked, renamed};

    #[test]
    fn what_is_loaded_is_renamed_and_nothing_else() {
        let names = BTreeMap::from([
            ("chunk_6.wasm".to_owned(), "chunk_6-01.wasm".to_owned()),
            ("split.js".to_owned(), "split-01.js".to_owned()),
        ]);
        let script = "import * as a from \"./split.js\"; b = {\"./split.js\": a}; \
                      fetch(new URL(\"./chunk_6.wasm\", import.meta.url))";
        let new = "import * as a from \"./split-01.js\"; b = {\"./split.js\": a}; \
                   fetch(new URL(\"./chunk_6-01.wasm\", import.meta.url))";
        assert_eq!(relinked(script, &names), new);
    }

    #[test]
    fn names_hold_the_digest_where_the_gateway_looks() {
        let digest = "0123456789abcdef";
        for (name, new) in [
            ("console.js", "console-0123456789abcdef.js"),
            ("console_bg.wasm", "console-0123456789abcdef_bg.wasm"),
            ("chunk_6.wasm", "chunk_6-0123456789abcdef.wasm"),
        ] {
            assert_eq!(renamed(name, digest), new);
        }
    }
}
