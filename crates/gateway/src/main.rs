//! The gateway as a program: `gateway --config FILE --dist DIR --port N [--leases DIR] [--stop-with-stdin]`.
//!
//! When it is ready it prints one line of JSON (`{"console": …}`) on stdout; logs go to stderr, as
//! text or, with `--log json`, as JSON. Only the gateway's own log lines are written at any level:
//! those of the HTTP libraries would name hosts, and a host may hold a proxy token.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use gateway::Config;
use tokio::net::TcpListener;
use tracing::level_filters::LevelFilter;

const USAGE: &str = "gateway --config FILE --dist DIR --port N [--leases DIR] [--stop-with-stdin] \
    [--log text|json] [--log-level error|warn|info|debug]";

struct Arguments {
    config: PathBuf,
    dist: PathBuf,
    port: u16,
    leases: Option<PathBuf>,
    stop_with_stdin: bool,
    json_log: bool,
    level: LevelFilter,
}

impl Arguments {
    fn parse(mut words: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let (mut config, mut dist, mut port, mut leases) = (None, None, None, None);
        let (mut stop_with_stdin, mut json_log, mut level) = (false, false, LevelFilter::INFO);
        while let Some(word) = words.next() {
            let mut value = || {
                words
                    .next()
                    .with_context(|| format!("{word} needs a value"))
            };
            match word.as_str() {
                "--config" => config = Some(PathBuf::from(value()?)),
                "--dist" => dist = Some(PathBuf::from(value()?)),
                "--port" => port = Some(value()?.parse().context("--port needs a number")?),
                "--leases" => leases = Some(PathBuf::from(value()?)),
                "--stop-with-stdin" => stop_with_stdin = true,
                "--log" => json_log = value()? == "json",
                "--log-level" => level = value()?.parse().context("--log-level")?,
                _ => bail!("{word} is not known\n{USAGE}"),
            }
        }
        Ok(Self {
            config: config.context(USAGE)?,
            dist: dist.context(USAGE)?,
            port: port.context(USAGE)?,
            leases,
            stop_with_stdin,
            json_log,
            level,
        })
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse(std::env::args().skip(1))?;
    tracing::subscriber::set_global_default(gateway::log(
        arguments.json_log,
        arguments.level,
        std::io::stderr,
    ))?;
    let text = std::fs::read_to_string(&arguments.config)
        .with_context(|| format!("cannot read {}", arguments.config.display()))?;
    let mut config = Config::parse(&text)
        .with_context(|| format!("{} cannot be used", arguments.config.display()))?;
    config.leases = arguments.leases.or(config.leases);
    let address = SocketAddr::new(config.listen, arguments.port);
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    let console = format!("http://{}{}", listener.local_addr()?, config.base_path);
    let mut stdout = std::io::stdout();
    writeln!(stdout, "{}", serde_json::json!({ "console": console }))?;
    stdout.flush()?;
    tracing::info!(console, "ready");
    gateway::serve(
        listener,
        config,
        &arguments.dist,
        stop(arguments.stop_with_stdin),
    )
    .await?;
    tracing::info!("ended");
    Ok(())
}

/// Ends with Ctrl-C, SIGTERM or, when asked for, the end of stdin: a parent that died closes it.
async fn stop(with_stdin: bool) {
    let (closed, end) = tokio::sync::oneshot::channel::<()>();
    if with_stdin {
        // A thread of its own: the runtime would wait for a read of its stdin when it shuts down.
        std::thread::spawn(move || {
            // An error ends the wait like an end of file: either way nobody is there any more.
            std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).ok();
            closed.send(()).ok();
        });
    }
    tokio::select! {
        _ = end, if with_stdin => {}
        () = terminated() => {}
        // A handler that cannot be installed must not end the server.
        () = async { if tokio::signal::ctrl_c().await.is_err() { std::future::pending().await } } => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
