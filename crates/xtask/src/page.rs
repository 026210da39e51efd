//! The built page: Trunk, then the cut into chunks, wasm-opt, a check for inline scripts, and brotli
//! beside every file.
//!
//! A digest of everything that the page is made of is kept in the folder, so that a second start
//! builds nothing.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::paths::Paths;
use crate::processes::{command, run};
use crate::tools;

pub(crate) mod budget;
mod split;

/// What the page is made of; folders are read whole.
const SOURCES: [&str; 22] = [
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "assets",
    "build.rs",
    "crates/cluster/src",
    "crates/file/src",
    "crates/frame/src",
    "crates/mars/src",
    "crates/odps/src",
    "crates/query/src",
    "crates/script/src",
    "crates/wire/src",
    "crates/xtask/src/page.rs",
    "crates/xtask/src/page",
    "editor/build.js",
    "editor/package-lock.json",
    "editor/src",
    "index.html",
    "rust-toolchain.toml",
    "src",
    "style",
];

/// The modules of the workers, which are not cut.
const WORKERS: [&str; 2] = ["frame_worker_bg.wasm", "file_worker_bg.wasm"];

const STAMP: &str = ".sources";

/// Brotli at its best, with the largest window that browsers take.
const QUALITY: u32 = 11;
const WINDOW: u32 = 22;

/// One file of the built page.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Its name in the folder.
    pub(crate) name: String,
    /// Its size as it is.
    pub(crate) raw: u64,
    /// Its size as it is sent.
    pub(crate) brotli: u64,
}

impl Part {
    /// Whether it belongs to the frame worker, which is loaded when the first frame is wanted.
    fn of_worker(&self) -> bool {
        self.name.starts_with("frame_worker")
    }

    /// Whether it belongs to the file worker, which is loaded when the first file is written.
    fn of_file_worker(&self) -> bool {
        self.name.starts_with("file_worker")
    }

    /// Whether it belongs to the SQL editor, which is loaded when its page is opened.
    fn of_sql_editor(&self) -> bool {
        matches!(self.name.as_str(), "editor-core.js" | "editor-sql.js")
    }

    /// Whether it belongs to the editor of cells, which is loaded when a notebook is opened.
    fn of_cell_editor(&self) -> bool {
        matches!(self.name.as_str(), "editor-core.js" | "editor-python.js")
    }

    /// Whether it is loaded before the first page is usable: all but workers, editors and chunks.
    fn of_first_load(&self) -> bool {
        let chunk = self.name.ends_with(".wasm") && !self.name.starts_with("console-");
        let editor = self.of_sql_editor() || self.of_cell_editor();
        !chunk && !editor && !self.of_worker() && !self.of_file_worker()
    }
}

/// The chunks with the files that each needs beside the first load.
fn chunks(dist: &Path) -> anyhow::Result<BTreeMap<String, Vec<Part>>> {
    let text = fs::read_to_string(dist.join(split::MANIFEST)).context("the page has no chunks")?;
    let names: BTreeMap<String, Vec<String>> = serde_json::from_str(&text)?;
    let parts = parts(dist)?;
    let files = |names: Vec<String>| {
        let found = parts.iter().filter(|part| names.contains(&part.name));
        found.cloned().collect()
    };
    let chunks = names
        .into_iter()
        .map(|(chunk, names)| (chunk, files(names)));
    Ok(chunks.collect())
}

/// Builds the page unless it is built already, and gives its folder.
pub(crate) fn build(paths: &Paths) -> anyhow::Result<PathBuf> {
    let dist = paths.dist();
    let stamp = dist.join(STAMP);
    let digest = digest(paths)?;
    if fs::read_to_string(&stamp).is_ok_and(|found| found == digest) {
        return Ok(dist);
    }
    eprintln!("building the page (some minutes the first time)");
    if stamp.exists() {
        fs::remove_file(&stamp)?;
    }
    let mut trunk = command(paths, "trunk")?;
    // Leptos then forgets the types of components at their borders: a tenth less to download.
    trunk.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        format!("--cfg erase_components {}", split::RUSTFLAGS),
    );
    // `NO_COLOR=1`, as some terminals set it, is no boolean to Trunk.
    trunk
        .args(["build", "--release", "--offline", "--dist"])
        .arg(&dist)
        .env_remove("NO_COLOR")
        .env_remove("RUST_BACKTRACE");
    run(&mut trunk)?;
    split::split(paths, &dist)?;
    refuse_inline(&dist.join("index.html"))?;
    for file in files(&dist)? {
        let kind = file
            .extension()
            .and_then(|kind| kind.to_str())
            .unwrap_or_default();
        if file
            .file_name()
            .is_some_and(|name| WORKERS.iter().any(|worker| name == *worker))
        {
            optimise(paths, &file)?;
        }
        if matches!(kind, "wasm" | "js" | "css" | "html" | "svg" | "json") {
            compress(&file)?;
        }
    }
    fs::write(stamp, digest)?;
    Ok(dist)
}

/// The files of the built page with their sizes.
fn parts(dist: &Path) -> anyhow::Result<Vec<Part>> {
    let mut parts = Vec::new();
    for file in files(dist)? {
        let name = file.strip_prefix(dist)?.to_string_lossy().into_owned();
        let twin = PathBuf::from(format!("{}.br", file.display()));
        if let Ok(brotli) = fs::metadata(&twin) {
            parts.push(Part {
                name,
                raw: fs::metadata(&file)?.len(),
                brotli: brotli.len(),
            });
        }
    }
    Ok(parts)
}

fn digest(paths: &Paths) -> anyhow::Result<String> {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        let path = paths.root.join(source);
        let all = if path.is_dir() {
            files(&path)?
        } else {
            vec![path]
        };
        for file in all {
            let bytes =
                fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            hasher.write(file.to_string_lossy().as_bytes());
            hasher.write(&bytes);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Every file below a folder, in order.
fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The content security policy allows no inline script and no inline style.
fn refuse_inline(index: &Path) -> anyhow::Result<()> {
    let html = fs::read_to_string(index)?;
    for tag in html.split("<script").skip(1) {
        let (head, rest) = tag
            .split_once('>')
            .context("index.html has a <script> without an end")?;
        let inline = !rest.trim_start().starts_with("</script");
        if inline || !head.contains("src=") {
            bail!(
                "index.html has an inline script, which the content security policy forbids: <script{head}>"
            );
        }
    }
    if html.contains("<style") || html.contains(" style=") {
        bail!("index.html has an inline style, which the content security policy forbids");
    }
    Ok(())
}

/// What rustc's target turns on; a chunk does not say it of itself.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
];

/// Size for the page, whose download is waited for; speed for the workers, which decode and write.
fn optimise(paths: &Paths, file: &Path) -> anyhow::Result<()> {
    let of_worker = file
        .file_name()
        .is_some_and(|name| WORKERS.iter().any(|worker| name == *worker));
    let level = if of_worker { "-O2" } else { "-Oz" };
    let mut optimiser = command(paths, tools::wasm_opt(paths))?;
    optimiser
        .args([level, "--strip-debug", "--strip-producers"])
        .args(FEATURES)
        .arg(file)
        .arg("-o")
        .arg(file);
    run(&mut optimiser)
}

fn compress(file: &Path) -> anyhow::Result<()> {
    let bytes = fs::read(file)?;
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, QUALITY, WINDOW);
    writer.write_all(&bytes)?;
    let packed = writer.into_inner();
    fs::write(format!("{}.br", file.display()), packed)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::refuse_inline;

    #[test]
    fn inline_scripts_are_refused() {
        let folder = std::env::temp_dir().join(format!("page-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let index = folder.join("index.html");
        for (html, passes) in [
            ("<script type=\"module\" src=\"a.js\"></script>", true),
            ("<script type=\"module\">import x from 'y'</script>", false),
            ("<script src=\"a.js\">alert(1)</script>", false),
            ("<p style=\"color: red\">", false),
            ("<p>", true),
        ] {
            fs::write(&index, html).unwrap();
            assert_eq!(refuse_inline(&index).is_ok(), passes, "{html}");
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
