//! Real clients of three generations against one warehouse with a fresh data folder.

use anyhow::bail;

use super::Count;
use super::stages::Parts;
use crate::paths::Paths;
use crate::processes::{Scratch, Server, command, tee_with_input};
use crate::tools;

/// The checks of `tests/pyodps`, with the engine's own client first.
pub(super) fn of_all_generations(paths: &Paths, parts: &Parts) -> anyhow::Result<Count> {
    let mut pythons = vec![("0.9.0.1", parts.python.clone())];
    pythons.extend(tools::clients(paths)?);
    let folder = Scratch::new("clients")?;
    let warehouse = Server::start(
        "the warehouse",
        command(paths, paths.built("warehouse"))?
            .args(["--port", "0", "--data"])
            .arg(folder.0.join("data"))
            .arg("--engine-python")
            .arg(&parts.python)
            .arg("--config")
            .arg(paths.root.join("tests/pyodps/accounts.json")),
        &folder.0.join("warehouse.log"),
    )?;
    let ready = format!("{}\n", warehouse.ready);
    let mut total = Count::default();
    for (version, python) in pythons {
        eprintln!("PyODPS {version}");
        let mut count = Count::default();
        let mut client = command(paths, &python)?;
        client.arg(paths.root.join("tests/pyodps/run.py"));
        let status = tee_with_input(&mut client, &ready, |line| count.read(line))?;
        if count == Count::default() {
            bail!("PyODPS {version} ran no check ({status})");
        }
        if !status.success() && count.failed == 0 {
            count.failed = 1;
        }
        total += count;
    }
    Ok(total)
}
