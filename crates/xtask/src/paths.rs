//! Where things are: the checkout, and the cache that clones of it share.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// The folders of one run.
#[derive(Clone, Debug)]
pub(crate) struct Paths {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// `$XDG_CACHE_HOME/mars-console`, or `~/.cache/mars-console`.
    cache: PathBuf,
    /// Cargo's target folder: as set by the caller, else in the cache.
    pub(crate) target: PathBuf,
}

impl Paths {
    pub(crate) fn find() -> anyhow::Result<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest
            .ancestors()
            .nth(2)
            .context("xtask is not in crates/xtask")?
            .to_owned();
        let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
        let cache = match (set("XDG_CACHE_HOME"), set("HOME")) {
            (Some(cache), _) => PathBuf::from(cache),
            (None, Some(home)) => Path::new(&home).join(".cache"),
            (None, None) => root.join("target/cache"),
        }
        .join("mars-console");
        let target = set("CARGO_TARGET_DIR").map_or_else(|| cache.join("target"), PathBuf::from);
        Ok(Self {
            target: root.join(target),
            root,
            cache,
        })
    }

    /// Programs that were installed by set-up steps.
    pub(crate) fn tools(&self) -> PathBuf {
        self.cache.join("tools")
    }

    /// Python environments of the engine, one per requirements file.
    pub(crate) fn python(&self) -> PathBuf {
        self.cache.join("python")
    }

    /// npm's download cache.
    pub(crate) fn npm(&self) -> PathBuf {
        self.cache.join("npm")
    }

    /// The browser tests, which also hold the npm packages.
    pub(crate) fn e2e(&self) -> PathBuf {
        self.root.join("tests/e2e")
    }

    /// The SQL editor's sources.
    pub(crate) fn editor(&self) -> PathBuf {
        self.root.join("editor")
    }

    /// The built page.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// A program built by cargo in the dev profile.
    pub(crate) fn built(&self, program: &str) -> PathBuf {
        self.target
            .join("debug")
            .join(format!("{program}{}", env::consts::EXE_SUFFIX))
    }

    /// `PATH` with our own tools first.
    pub(crate) fn search_path(&self) -> anyhow::Result<OsString> {
        let own = [self.tools().join("bin")];
        let given = env::var_os("PATH").unwrap_or_default();
        env::join_paths(own.into_iter().chain(env::split_paths(&given)))
            .context("a folder in PATH has a name that cannot be in PATH")
    }

    /// The first file of this name on our `PATH`.
    pub(crate) fn which(&self, program: &str) -> Option<PathBuf> {
        let path = self.search_path().ok()?;
        env::split_paths(&path)
            .map(|folder| folder.join(program))
            .find(|file| file.is_file())
    }
}
