//! Set-up: what has to be on the machine beside Rust, Node and Python 3.7.
//!
//! Every function makes sure of one thing. It does nothing when the thing is there; otherwise it
//! says what it does. Versions are pinned here, or read from the lock file that pins them.

mod python;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::Value;

use crate::paths::Paths;
use crate::processes::{command, output, run};

pub(crate) use python::{clients, engine};

const WASM: &str = "wasm32-unknown-unknown";

/// 0.22 wants a newer compiler than the pinned one.
const TRUNK: &str = "0.21.14";

/// The tools are compiled quickly rather than well: they run for seconds. These variables must not
/// reach any other build, whose release profile they would override.
const QUICK: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "64"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
];

/// The wasm target and the components of the pinned toolchain.
pub(crate) fn toolchain(paths: &Paths) -> anyhow::Result<()> {
    let libraries =
        output(command(paths, "rustc")?.args(["--print", "target-libdir", "--target", WASM]));
    if !libraries.is_some_and(|folder| Path::new(&folder).is_dir()) {
        eprintln!("installing the {WASM} target");
        run(command(paths, "rustup")?.args(["target", "add", WASM]))
            .context("without rustup, install the target by the means of your Rust")?;
    }
    Ok(())
}

/// clippy and rustfmt, which only the tests need.
pub(crate) fn lints(paths: &Paths) -> anyhow::Result<()> {
    for (component, subcommand) in [("clippy", "clippy"), ("rustfmt", "fmt")] {
        if output(command(paths, "cargo")?.args([subcommand, "--version"])).is_none() {
            eprintln!("installing {component}");
            run(command(paths, "rustup")?.args(["component", "add", component]))?;
        }
    }
    Ok(())
}

/// Trunk, and the wasm-bindgen CLI in exactly the version of the crate.
pub(crate) fn builders(paths: &Paths) -> anyhow::Result<()> {
    let bindgen = locked(paths, "wasm-bindgen")?;
    // `--locked` fails for wasm-bindgen-cli: its lock names a version that the index lost.
    for (name, package, version, level, locked) in [
        ("trunk", "trunk", TRUNK, "0", true),
        (
            "wasm-bindgen",
            "wasm-bindgen-cli",
            bindgen.as_str(),
            "1",
            false,
        ),
    ] {
        let found = output(command(paths, name)?.arg("--version"));
        if found.is_some_and(|text| text.split_whitespace().nth(1) == Some(version)) {
            continue;
        }
        eprintln!("installing {package} {version} (some minutes)");
        let mut install = command(paths, "cargo")?;
        install
            .args([
                "install",
                package,
                "--version",
                version,
                "--no-default-features",
                "--force",
            ])
            .args(locked.then_some("--locked"))
            .arg("--root")
            .arg(paths.tools())
            .env("CARGO_TARGET_DIR", paths.tools().join("build"))
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", level)
            .envs(QUICK);
        run(&mut install)?;
    }
    let build = paths.tools().join("build");
    if build.exists() {
        fs::remove_dir_all(&build).with_context(|| format!("cannot remove {}", build.display()))?;
    }
    Ok(())
}

/// The version of a package in Cargo.lock.
fn locked(paths: &Paths, package: &str) -> anyhow::Result<String> {
    let text = fs::read_to_string(paths.root.join("Cargo.lock"))?;
    text.split("[[package]]")
        .find(|entry| entry.contains(&format!("\nname = \"{package}\"\n")))
        .and_then(|entry| entry.split("\nversion = \"").nth(1)?.split('"').next())
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock has no {package}"))
}

/// The npm packages: Playwright, axe and wasm-opt; and what the editors are built from.
pub(crate) fn packages(paths: &Paths) -> anyhow::Result<()> {
    install(paths, &paths.e2e())?;
    install(paths, &paths.editor())
}

/// The npm packages that the lock file of a folder names.
pub(crate) fn install(paths: &Paths, folder: &Path) -> anyhow::Result<()> {
    if are_installed(folder).unwrap_or(false) {
        return Ok(());
    }
    eprintln!("installing the npm packages of {}", folder.display());
    let mut install = command(paths, "npm")?;
    install
        .current_dir(folder)
        .args([
            "ci",
            "--prefer-offline",
            "--no-audit",
            "--no-fund",
            "--cache",
        ])
        .arg(paths.npm())
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    run(&mut install).context("Node with npm is needed for the page's build and its tests")
}

/// npm writes what it installed into `node_modules/.package-lock.json`. Packages of other platforms
/// are in the lock file only.
fn are_installed(folder: &Path) -> Option<bool> {
    let read = |file: &str| -> Option<Value> {
        serde_json::from_str(&fs::read_to_string(folder.join(file)).ok()?).ok()
    };
    let (wanted, found) = (
        read("package-lock.json")?,
        read("node_modules/.package-lock.json")?,
    );
    let found = found.get("packages")?.as_object()?;
    let same = |(name, package): (&String, &Value)| {
        let optional = package.get("optional") == Some(&Value::Bool(true));
        name.is_empty()
            || found.get(name).map_or(optional, |other| {
                other.get("version") == package.get("version")
            })
    };
    Some(wanted.get("packages")?.as_object()?.iter().all(same))
}

/// wasm-opt of the npm package. Never the one on `PATH`: Debian's 108 writes modules that fail.
pub(crate) fn wasm_opt(paths: &Paths) -> PathBuf {
    paths.e2e().join("node_modules/.bin/wasm-opt")
}

/// The browser of the tests and its driver.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    /// Chromium.
    pub(crate) chromium: PathBuf,
    /// chromedriver.
    pub(crate) driver: PathBuf,
}

/// Chromium and chromedriver, installed through apt where that is possible.
pub(crate) fn browser(paths: &Paths) -> anyhow::Result<Browser> {
    if let Some(browser) = find_browser(paths) {
        return Ok(browser);
    }
    let is_root = output(command(paths, "id")?.arg("-u")).is_some_and(|id| id == "0");
    if is_root && paths.which("apt-get").is_some() {
        eprintln!("installing Chromium through apt");
        let mut update = command(paths, "apt-get")?;
        run(update.args(["-qq", "update"]))?;
        let mut install = command(paths, "apt-get")?;
        install
            .args(["-qq", "install", "-y", "--no-install-recommends"])
            .args(["chromium", "chromium-driver", "fonts-noto-cjk"])
            .env("DEBIAN_FRONTEND", "noninteractive");
        run(&mut install)?;
    }
    find_browser(paths).context(
        "Chromium and chromedriver were not found: the browser tests need them. Install the \
         packages chromium and chromium-driver, or name the programs in CHROMIUM and CHROMEDRIVER",
    )
}

fn find_browser(paths: &Paths) -> Option<Browser> {
    let set = |name: &str| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let names = ["chromium", "chromium-browser", "google-chrome"];
    Some(Browser {
        chromium: set("CHROMIUM").or_else(|| names.iter().find_map(|name| paths.which(name)))?,
        driver: set("CHROMEDRIVER").or_else(|| paths.which("chromedriver"))?,
    })
}
