//! `cargo xtask run`: the console and a local MaxCompute on this machine, until Ctrl-C.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, bail};
use serde_json::{Value, json};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::page;
use crate::paths::Paths;
use crate::processes::{self, Server, command};
use crate::tools;

const PORT: u16 = 8790;

/// How often the servers are looked after.
const LOOK: Duration = Duration::from_millis(500);

/// What the caller asked for.
#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    open: bool,
    json: bool,
    port: u16,
    data: Option<PathBuf>,
}

impl Options {
    pub(crate) fn parse(mut words: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let mut options = Self {
            open: true,
            json: false,
            port: PORT,
            data: None,
        };
        while let Some(word) = words.next() {
            let mut value = || {
                words
                    .next()
                    .with_context(|| format!("{word} needs a value"))
            };
            match word.as_str() {
                "--no-open" => options.open = false,
                "--json" => options.json = true,
                "--port" => {
                    options.port = value()?
                        .parse()
                        .context("--port needs a number, 0 for any")?;
                }
                "--data" => options.data = Some(PathBuf::from(value()?)),
                _ => bail!("{word} is not an option of run"),
            }
        }
        Ok(options)
    }
}

/// Sets up, builds, starts, and waits for the end.
pub(crate) fn run(paths: &Paths, options: &Options) -> anyhow::Result<ExitCode> {
    let python = set_up(paths)?;
    let dist = page::build(paths)?;
    build_servers(paths)?;
    let data = match &options.data {
        Some(data) => std::path::absolute(data)?,
        None => paths.root.join("data"),
    };
    let logs = data.join("logs");
    fs::create_dir_all(&logs).with_context(|| format!("cannot make {}", logs.display()))?;

    // From here on a signal is an event, so that nothing that was started is left behind.
    let signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).context("cannot listen to signals")?;
    let mut warehouse = Server::start(
        "the warehouse",
        command(paths, paths.built("warehouse"))?
            .args(["--port", "0", "--data"])
            .arg(data.join("warehouse"))
            .arg("--engine-python")
            .arg(&python),
        &logs.join("warehouse.log"),
    )?;
    let config = data.join("gateway.json");
    write_private(&config, &gateway_config(&warehouse.ready))?;
    let mut gateway = Server::start(
        "the gateway",
        command(paths, paths.built("gateway"))?
            .args(["--port", &options.port.to_string(), "--config"])
            .arg(&config)
            .arg("--dist")
            .arg(&dist)
            .arg("--leases")
            .arg(data.join("leases")),
        &logs.join("gateway.log"),
    )?;
    let console = gateway.said("console")?.to_owned();
    announce(options, &console, &warehouse.ready)?;
    if options.open {
        open(&console);
    }
    let outcome = wait(signals, [&mut gateway, &mut warehouse]);
    // The gateway first: the page then says that it is gone, rather than that MaxCompute is.
    drop(gateway);
    drop(warehouse);
    outcome
}

/// Everything that has to be there before anything can be built or started.
pub(crate) fn set_up(paths: &Paths) -> anyhow::Result<PathBuf> {
    tools::toolchain(paths)?;
    tools::packages(paths)?;
    let python = tools::engine(paths)?;
    tools::builders(paths)?;
    Ok(python)
}

/// Both servers in the dev profile; cargo knows what has changed.
pub(crate) fn build_servers(paths: &Paths) -> anyhow::Result<()> {
    eprintln!("building the gateway and the warehouse");
    let mut cargo = command(paths, "cargo")?;
    processes::run(cargo.args([
        "build",
        "--quiet",
        "--locked",
        // With the features of the whole workspace, so that tests and servers share what is built.
        "--workspace",
        "--bin",
        "gateway",
        "--bin",
        "warehouse",
    ]))
}

/// The configuration of a gateway in front of a warehouse that has printed `ready`.
pub(crate) fn gateway_config(ready: &Value) -> Value {
    let mut config = json!({ "name": "local", "local": true });
    for field in [
        "odps_endpoint",
        "tunnel_endpoint",
        "project",
        "access_id",
        "access_key",
        "mars_proxy",
    ] {
        config[field] = ready[field].clone();
    }
    config
}

/// Writes a file that holds the key, for its owner only.
fn write_private(file: &Path, config: &Value) -> anyhow::Result<()> {
    // Made anew: an old file keeps the mode that it was made with.
    if file.exists() {
        fs::remove_file(file)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options
        .open(file)
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(writeln!(file, "{config:#}")?)
}

fn announce(options: &Options, console: &str, warehouse: &Value) -> anyhow::Result<()> {
    if options.json {
        let mut line = json!({ "console": console });
        for field in [
            "odps_endpoint",
            "tunnel_endpoint",
            "project",
            "access_id",
            "access_key",
            "mars_proxy",
        ] {
            line[field] = warehouse[field].clone();
        }
        let mut stdout = std::io::stdout();
        writeln!(stdout, "{line}")?;
        stdout.flush()?;
    } else {
        eprintln!("\n  Mars Console: {console}\n  Ctrl-C ends it.\n");
    }
    Ok(())
}

/// Opens the browser if this looks like a desktop; if it does not work, the URL has been printed.
fn open(console: &str) {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let opener = match std::env::consts::OS {
        "macos" => "open",
        "linux" if set("DISPLAY") || set("WAYLAND_DISPLAY") => "xdg-open",
        _ => return,
    };
    let quiet = || Stdio::null();
    let child = Command::new(opener)
        .arg(console)
        .stdout(quiet())
        .stderr(quiet())
        .spawn();
    if let Ok(mut child) = child {
        thread::spawn(move || child.wait());
    }
}

/// Until a signal comes or a server ends by itself.
fn wait(mut signals: Signals, mut servers: [&mut Server; 2]) -> anyhow::Result<ExitCode> {
    let (told, heard) = mpsc::channel();
    thread::spawn(move || signals.forever().try_for_each(|signal| told.send(signal)));
    loop {
        match heard.recv_timeout(LOOK) {
            Ok(_) | Err(mpsc::RecvTimeoutError::Disconnected) => {
                eprintln!("ending the gateway, the warehouse and its engines");
                return Ok(ExitCode::SUCCESS);
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
        for server in &mut servers {
            if let Some(reason) = server.ended()? {
                bail!("{reason}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use serde_json::json;

    use super::{Options, PORT, gateway_config};

    fn parse(line: &str) -> anyhow::Result<Options> {
        Options::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options() {
        let all = parse("--no-open --port 0 --data x --json").unwrap();
        let expected = Options {
            open: false,
            json: true,
            port: 0,
            data: Some(PathBuf::from("x")),
        };
        assert_eq!(all, expected);
        assert_eq!(
            parse("").unwrap(),
            Options {
                open: true,
                json: false,
                port: PORT,
                data: None
            }
        );
        for bad in ["--port", "--port x", "--ports 1"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_gateway_gets_the_warehouse_and_nothing_more() {
        let ready = json!({
            "odps_endpoint": "http://127.0.0.1:1/api", "tunnel_endpoint": "http://127.0.0.1:1",
            "project": "p", "access_id": "i", "access_key": "k", "mars_proxy": "localhost:1",
            "further": 1,
        });
        let config = gateway_config(&ready);
        assert_eq!(config["access_key"], "k");
        assert_eq!(config["local"], true);
        assert!(config.get("further").is_none());
    }
}
