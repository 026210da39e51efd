//! `cargo xtask dist [DIR]`: what a deployment needs, in one folder.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use serde_json::json;

use crate::page;
use crate::paths::Paths;
use crate::processes::{command, run};
use crate::tools;

pub(crate) fn dist(
    paths: &Paths,
    mut words: impl Iterator<Item = String>,
) -> anyhow::Result<ExitCode> {
    let folder = match (words.next(), words.next()) {
        (None, _) => paths.target.join("mars-console"),
        (Some(folder), None) => std::path::absolute(PathBuf::from(folder))?,
        (Some(_), Some(more)) => bail!("{more} is not an option of dist"),
    };
    tools::toolchain(paths)?;
    tools::packages(paths)?;
    tools::builders(paths)?;
    let built = page::build(paths)?;
    eprintln!("building the gateway for release");
    run(command(paths, "cargo")?.args(["build", "--locked", "--release", "-p", "gateway"]))?;

    let page = folder.join("page");
    if page.exists() {
        fs::remove_dir_all(&page)?;
    }
    copy(&built, &page)?;
    let program = format!("gateway{}", std::env::consts::EXE_SUFFIX);
    fs::copy(
        paths.target.join("release").join(&program),
        folder.join(&program),
    )?;
    let example = json!({
        "name": "MaxCompute",
        "odps_endpoint": "https://service.cn-hangzhou.maxcompute.aliyun.com/api",
        "tunnel_endpoint": "https://dt.cn-hangzhou.maxcompute.aliyun.com",
        "project": "your_project",
        "access_id": "your access id",
        "access_key": "your access key",
        "mars_proxy": "open.maxcompute.aliyun.com",
        "local": false,
        "frame_ancestors": [],
        "allowed_hosts": ["console.example.com"],
        "base_path": "/",
        "listen": "127.0.0.1",
    });
    fs::write(
        folder.join("gateway.example.json"),
        format!("{example:#}\n"),
    )?;
    eprintln!(
        "{0}: start with\n  {0}/{program} --config gateway.json --dist {0}/page --port 8790",
        folder.display()
    );
    Ok(ExitCode::SUCCESS)
}

fn copy(from: &std::path::Path, to: &std::path::Path) -> anyhow::Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
