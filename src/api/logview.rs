//! The Logview address as PyODPS makes it: host, then a bearer token that reads one instance.

use odps::authorization::{SignBearerToken, token};
use odps::logview;
use odps::projects::LogviewHost;
use wire::{Millis, Secret};

use super::{Doing, Problem, send};
use crate::state::profile::Connection;

/// An address with its token. It is shown and copied by the reader, and kept nowhere.
#[derive(Clone)]
pub struct Minted {
    /// The whole address.
    pub address: Secret,
    /// Until when the token reads, if its text says so.
    pub expires_at: Option<Millis>,
}

/// Asks for a token and makes the address.
pub async fn mint(connection: &Connection, id: &str, hours: u32) -> Result<Minted, Problem> {
    let target = connection.target();
    let failed = |error| Problem::of(Doing::MakeLogview, error);
    // PyODPS falls back to its own host when the service names none.
    let host = match send(&LogviewHost, &target).await {
        Ok(host) if !host.0.is_empty() => host.0,
        _ => logview::DEFAULT_HOST.to_owned(),
    };
    let call = SignBearerToken::for_instance(&target.project, id, hours);
    let token = send(&call, &target).await.map_err(failed)?.0;
    let address = logview::address(
        &host,
        &connection.odps_endpoint,
        &target.project,
        id,
        &token,
    );
    Ok(Minted {
        address,
        expires_at: token::expires_at(&token),
    })
}
