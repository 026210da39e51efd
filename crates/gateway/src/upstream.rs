//! The HTTP client towards the upstreams.
//!
//! Redirects are handed to the page instead of being followed, since the signature covers the path.
//! Names under `.localhost` are loopback by definition (RFC 6761 section 6.3), but the system's
//! resolver often does not know it, and the local Mars proxy lives at `<token>.localhost`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::config::Config;
use crate::failure::Failure;

const CONNECT: Duration = Duration::from_secs(10);

/// The longest silence in the middle of an answer. The Mars web server may think for long before
/// its first byte; PyODPS waits 120 seconds too.
const SILENCE: Duration = Duration::from_secs(120);

struct Loopback;

impl Resolve for Loopback {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let name = name.as_str().trim_end_matches('.');
            let addresses: Vec<SocketAddr> = if name == "localhost" || name.ends_with(".localhost")
            {
                let loopback = [
                    IpAddr::V4(Ipv4Addr::LOCALHOST),
                    IpAddr::V6(Ipv6Addr::LOCALHOST),
                ];
                loopback.map(|ip| SocketAddr::new(ip, 0)).to_vec()
            } else {
                tokio::net::lookup_host((name, 0)).await?.collect()
            };
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// Makes the client of one gateway.
pub(crate) fn client(config: &Config) -> Result<reqwest::Client, reqwest::Error> {
    let builder = reqwest::Client::builder()
        .user_agent(concat!("mars-console/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(CONNECT)
        .read_timeout(SILENCE)
        .dns_resolver(Arc::new(Loopback));
    // A proxy from the environment cannot reach what runs on this machine.
    if config.local {
        builder.no_proxy().build()
    } else {
        builder.build()
    }
}

/// The failure of a request that got no answer. The address is left out: it may hold a proxy token.
pub(crate) fn failure(service: &'static str, error: reqwest::Error) -> Failure {
    if error.is_timeout() && !error.is_connect() {
        return Failure::UpstreamTimeout { service };
    }
    Failure::UpstreamUnreachable {
        service,
        reason: reason(&error.without_url()),
    }
}

/// The innermost cause: the outer layers say "error sending request" and name the address.
pub(crate) fn reason(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
