//! How an engine's processes reach this warehouse: its addresses, and a token for one project in the
//! name of the account that started the cluster. The token is short-lived and renewed as long as the
//! engine runs.

use crate::clock;
use odps::authorization::token;
use odps::sign::Account;
use serde::Serialize;
use serde_json::json;
use std::time::Duration;
use wire::Secret;

/// How long a token lives.
const LIFE: Duration = Duration::from_secs(60 * 60);

/// How often it is replaced; a request that began with the one before still ends.
pub(super) const RENEWAL: Duration = Duration::from_secs(20 * 60);

/// What an engine may reach.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    pub(crate) endpoint: String,
    pub(crate) tunnel_endpoint: String,
    pub(crate) project: String,
    pub(crate) account: Account,
}

/// The part `odps` of the launcher's configuration.
#[derive(Serialize)]
pub(super) struct Config<'a> {
    endpoint: &'a str,
    tunnel_endpoint: &'a str,
    project: &'a str,
    token: &'a str,
}

impl Access {
    /// A new token: everything in the project, nothing else.
    pub(super) fn token(&self) -> Secret {
        let policy = json!({
            "Version": "1",
            "Statement": [{
                "Effect": "Allow",
                "Action": ["odps:*"],
                "Resource": format!("acs:odps:*:projects/{}", self.project),
            }],
        });
        let life = u64::try_from(LIFE.as_millis()).unwrap_or(u64::MAX);
        token::issue(&self.account, &policy, clock::now().saturating_add(life))
    }

    pub(super) fn config<'a>(&'a self, token: &'a Secret) -> Config<'a> {
        Config {
            endpoint: &self.endpoint,
            tunnel_endpoint: &self.tunnel_endpoint,
            project: &self.project,
            token: token.expose(),
        }
    }
}

/// The line that hands a new token to the launcher.
pub(super) fn renewal(token: &Secret) -> String {
    let mut line = json!({"command": "token", "token": token.expose()}).to_string();
    line.push('\n');
    line
}
