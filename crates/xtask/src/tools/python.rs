//! Python environments with pinned packages: the engine's, and those of the newer clients.
//!
//! An environment is a folder in the cache, named by a digest of its requirements file and of the
//! Python it was made from, so that clones of the checkout share it and a changed file makes a new one.

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::paths::Paths;
use crate::processes::{command, output, run};

/// The engine's Python with its pinned packages; it has the client of that generation as well.
pub(crate) fn engine(paths: &Paths) -> anyhow::Result<PathBuf> {
    let base = find(paths, "MARS_PYTHON", &["3.7"])?.context(
        "Python 3.7 was not found: the Mars 0.4 engine needs it. Put python3.7 on PATH, \
         install it with pyenv (pyenv install 3.7), or name it in MARS_PYTHON",
    )?;
    let requirements = paths.root.join("crates/warehouse/engine/requirements.txt");
    environment(paths, "the engine", &base, &requirements)
}

/// The newer clients, each as its version and the Python that has it.
pub(crate) fn clients(paths: &Paths) -> anyhow::Result<Vec<(&'static str, PathBuf)>> {
    let versions = ["3.11", "3.10", "3.12", "3.9"];
    let base = find(paths, "MARS_CONSOLE_CLIENT_PYTHON", &versions)?.context(
        "no Python of 3.9 to 3.12 was found: PyODPS 0.12 and 0.13 need one. Put python3.11 on \
         PATH, install it with pyenv (pyenv install 3.11), or name it in MARS_CONSOLE_CLIENT_PYTHON",
    )?;
    let environment = |version: &'static str| {
        let file = format!("tests/pyodps/requirements-{version}.txt");
        let name = format!("PyODPS {version}");
        let python = environment(paths, &name, &base, &paths.root.join(file))?;
        Ok((version, python))
    };
    ["0.12.6", "0.13.2"].into_iter().map(environment).collect()
}

/// The Python of the environment for a requirements file; made when it is not there yet.
fn environment(
    paths: &Paths,
    name: &str,
    base: &Path,
    requirements: &Path,
) -> anyhow::Result<PathBuf> {
    let text = fs::read_to_string(requirements)
        .with_context(|| format!("cannot read {}", requirements.display()))?;
    let mut hasher = DefaultHasher::new();
    (&text, base).hash(&mut hasher);
    let folder = paths.python().join(format!("{:016x}", hasher.finish()));
    let python = folder.join("bin/python");
    let complete = folder.join("complete");
    if complete.exists() && output(command(paths, &python)?.arg("--version")).is_some() {
        return Ok(python);
    }
    eprintln!(
        "making the Python environment of {name} from {}",
        base.display()
    );
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(paths.python())?;
    run(command(paths, base)?.args(["-m", "venv"]).arg(&folder))?;
    let mut install = command(paths, &python)?;
    install
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "-r",
        ])
        .arg(requirements);
    run(&mut install)?;
    fs::write(complete, "")?;
    Ok(python)
}

/// A Python of one of the versions, the first wanted first: as the variable says, on `PATH` when it
/// really runs (a pyenv shim may not), or pyenv's.
fn find(paths: &Paths, variable: &str, versions: &[&str]) -> anyhow::Result<Option<PathBuf>> {
    let runs = |python: &Path, wanted: &[&str]| -> bool {
        // Debian splits venv off, and then the environment could not be made.
        let version = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])";
        command(paths, python)
            .ok()
            .and_then(|mut command| output(command.args(["-c", version])))
            .is_some_and(|version| wanted.contains(&version.as_str()))
    };
    if let Some(given) = env::var_os(variable).filter(|value| !value.is_empty()) {
        let given = PathBuf::from(given);
        if runs(&given, versions) {
            return Ok(Some(given));
        }
        bail!(
            "{variable} is {}, which is not a Python {} that runs",
            given.display(),
            versions.join(" or ")
        );
    }
    for version in versions {
        let on_path = PathBuf::from(format!("python{version}"));
        let found = std::iter::once(on_path)
            .chain(of_pyenv(version))
            .find(|python| runs(python, &[version]));
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// What pyenv has of one version.
fn of_pyenv(version: &str) -> Vec<PathBuf> {
    let root = env::var_os("PYENV_ROOT")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".pyenv")));
    let entries = root.and_then(|root| fs::read_dir(root.join("versions")).ok());
    let prefix = format!("{version}.");
    entries
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| {
            entry
                .file_name()
                .to_str()
                .is_some_and(|name| name.starts_with(&prefix))
        })
        .map(|entry| entry.path().join("bin/python"))
        .collect()
}
