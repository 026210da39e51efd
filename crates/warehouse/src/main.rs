//! The `warehouse` program: arguments, logs to stderr, one line of JSON on stdout when ready.

use anyhow::{Context as _, bail};
use std::io::{IsTerminal as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use tokio::io::AsyncReadExt as _;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;
use warehouse::{Config, Warehouse};

const USAGE: &str = "usage: warehouse --data DIR [--port N] [--engine-python PATH] \
                     [--launcher PATH] [--config FILE] [--faults] [--record] [--stop-with-stdin] \
                     [--bind ADDRESS --allow-remote]";

/// What everyone who starts it should know.
const NOTICE: &str = "this is a local stand-in for MaxCompute, for development and tests; it is not \
                      Alibaba Cloud: no TLS, no quotas of time or money, no protection against \
                      whoever holds a key of it, and no copy of its data but the data folder";

/// The launcher of the source tree that this program was built from.
const LAUNCHER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/engine/launcher.py");

struct Arguments {
    address: SocketAddr,
    config: Config,
    stop_with_stdin: bool,
}

fn arguments(mut given: impl Iterator<Item = String>) -> anyhow::Result<Arguments> {
    let mut data = None;
    let mut parsed = Arguments {
        address: (Ipv4Addr::LOCALHOST, 0).into(),
        config: Config {
            data: PathBuf::new(),
            engine_python: PathBuf::new(),
            launcher: PathBuf::from(LAUNCHER),
            accounts: None,
            faults: false,
            record: false,
        },
        stop_with_stdin: false,
    };
    let mut remote = false;
    while let Some(name) = given.next() {
        let mut value = || {
            given
                .next()
                .with_context(|| format!("{name} wants a value. {USAGE}"))
        };
        match name.as_str() {
            "--port" => {
                let port = value()?.parse().context("--port wants a number")?;
                parsed.address.set_port(port);
            }
            "--bind" => {
                let address = value()?.parse().context("--bind wants an IP address")?;
                parsed.address.set_ip(address);
            }
            "--allow-remote" => remote = true,
            "--config" => parsed.config.accounts = Some(value()?.into()),
            "--faults" => parsed.config.faults = true,
            "--data" => data = Some(value()?),
            "--engine-python" => parsed.config.engine_python = value()?.into(),
            "--launcher" => parsed.config.launcher = value()?.into(),
            "--record" => parsed.config.record = true,
            "--stop-with-stdin" => parsed.stop_with_stdin = true,
            _ => bail!("{name} is not known. {USAGE}"),
        }
    }
    let ip = parsed.address.ip();
    if ip.is_unspecified() {
        bail!("--bind wants one address of this machine, because clients are told where to come");
    }
    if !ip.is_loopback() && !remote {
        bail!(
            "{ip} can be reached from other machines and nothing here is made for that; \
             --allow-remote says that it is meant"
        );
    }
    parsed.config.data = data.context(USAGE)?.into();
    Ok(parsed)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    let Arguments {
        address,
        config,
        stop_with_stdin,
    } = arguments(std::env::args().skip(1))?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let end = async move {
        tokio::select! {
            _ = interrupt.recv() => tracing::info!("interrupted"),
            _ = terminate.recv() => tracing::info!("asked to end"),
            () = stdin_ends(), if stop_with_stdin => tracing::info!("stdin has ended"),
        }
    };
    let warehouse = Warehouse::open(config).await?;
    let listening = warehouse.listen_at(address).await?;
    tracing::warn!("{NOTICE}");
    let mut line = serde_json::to_string(&listening.ready())?;
    line.push('\n');
    // One write, so that a reader of the pipe never sees half a line.
    std::io::stdout()
        .write_all(line.as_bytes())
        .context("stdout is closed")?;
    std::io::stdout().flush().context("stdout is closed")?;
    listening.serve(end).await?;
    tracing::info!("every engine is gone");
    // The thread that waits for stdin cannot be cancelled, so the runtime is not waited for.
    std::process::exit(0)
}

/// Returns when whoever holds the other end of stdin is gone.
async fn stdin_ends() {
    let mut buffer = [0; 256];
    let mut stdin = tokio::io::stdin();
    while !matches!(stdin.read(&mut buffer).await, Ok(0) | Err(_)) {}
}

#[cfg(test)]
mod tests {
    use super::arguments;

    fn parse(text: &str) -> anyhow::Result<super::Arguments> {
        arguments(text.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn reads_its_arguments() {
        let all = parse("--port 7 --data d --engine-python p --record --stop-with-stdin").unwrap();
        assert_eq!(all.address, ([127, 0, 0, 1], 7).into());
        assert!(!all.config.faults && all.config.accounts.is_none());
        let other = parse("--data d --bind 192.0.2.1 --allow-remote --faults --config c").unwrap();
        assert_eq!(other.address, ([192, 0, 2, 1], 0).into());
        assert!(other.config.faults && other.config.accounts.is_some());
        assert!(parse("--data d --bind ::1").is_ok());
        assert_eq!(all.config.engine_python.to_str(), Some("p"));
        assert!(all.config.record && all.stop_with_stdin);
        assert!(all.config.launcher.ends_with("engine/launcher.py"));
    }

    #[test]
    fn says_what_is_wrong() {
        for wrong in [
            "",
            "--port",
            "--port x --data d",
            "--data d --colour red",
            "--data d --bind 192.0.2.1",
            "--data d --bind 0.0.0.0 --allow-remote",
            "--data d --bind here",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
