//! Where log lines go and which ones there are.

use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::prelude::*;

/// Makes the log of a gateway, as text or as one JSON object a line.
///
/// Only the gateway's own lines are written, at whatever level: those of the HTTP libraries name
/// the hosts that they connect to, and the host of a cluster holds its proxy token.
pub fn log<W>(json: bool, level: LevelFilter, writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let own = Targets::new().with_target(env!("CARGO_PKG_NAME"), level);
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    let registry = tracing_subscriber::registry().with(own);
    if json {
        Box::new(registry.with(lines.json()))
    } else {
        Box::new(registry.with(lines.with_ansi(false)))
    }
}
