//! The connection that the gateway made for this page: `GET /-/connection`. It holds no secret.

use leptos::prelude::*;
use serde_json::Value;
use wire::Target;

use crate::api::{self, Problem, Reading};

/// The facts of the connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Connection {
    /// What the deployment calls it.
    pub name: String,
    /// The project that every call names.
    pub project: String,
    /// The control plane's address, as the gateway knows it.
    pub odps_endpoint: String,
    /// The tunnel's address.
    pub tunnel_endpoint: String,
    /// The Cupid proxy's host.
    pub mars_proxy: String,
    /// Whose key the gateway signs with.
    pub access_id: String,
    /// A warehouse on this machine.
    pub local: bool,
    /// Who holds the key; `gateway` when the page holds none.
    pub credentials: String,
}

impl Connection {
    /// Reads the gateway's answer; a missing text is an empty one.
    pub fn from_json(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let word = |key: &str| {
            value
                .get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        value.get("project")?;
        Some(Self {
            name: word("name"),
            project: word("project"),
            odps_endpoint: word("odps_endpoint"),
            tunnel_endpoint: word("tunnel_endpoint"),
            mars_proxy: word("mars_proxy"),
            access_id: word("access_id"),
            local: value.get("local").and_then(Value::as_bool).unwrap_or(false),
            credentials: word("credentials"),
        })
    }

    /// What every call of this connection has in common.
    pub fn target(&self) -> Target {
        Target {
            project: self.project.clone(),
        }
    }
}

/// The connection as it was last read.
#[derive(Clone, Copy)]
pub struct Profile(RwSignal<Reading<Connection>>);

impl Profile {
    /// Asks the gateway once.
    pub fn provide() {
        let profile = Self(RwSignal::new(Reading::default()));
        provide_context(profile);
        profile.refresh();
    }

    /// The connection of the page.
    pub fn expect() -> Self {
        expect_context()
    }

    /// The reading; subscribes.
    pub fn reading(self) -> Reading<Connection> {
        self.0.get()
    }

    /// The facts, once they are there; subscribes.
    pub fn get(self) -> Option<Connection> {
        self.0.with(|reading| reading.value.clone())
    }

    /// The facts at this moment, for an action.
    pub fn now(self) -> Option<Connection> {
        self.0.with_untracked(|reading| reading.value.clone())
    }

    /// Why there are none; subscribes.
    pub fn problem(self) -> Option<Problem> {
        self.0.with(|reading| reading.problem.clone())
    }

    /// Asks the gateway again.
    pub fn refresh(self) {
        api::spawn(async move {
            let outcome = api::connection().await;
            self.0.update(|reading| reading.take(outcome));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::Connection;

    #[test]
    fn the_gateways_answer() {
        let read = Connection::from_json(
            r#"{"name":"Local","project":"mars_console_sample","odps_endpoint":"http://127.0.0.1:1/api",
                "tunnel_endpoint":"http://127.0.0.1:1","mars_proxy":"localhost:1","access_id":"LTAI",
                "local":true,"credentials":"gateway"}"#,
        );
        let read = read.expect("the answer is complete");
        assert_eq!(
            (read.project.as_str(), read.local),
            ("mars_console_sample", true)
        );
        assert_eq!(Connection::from_json("<html>"), None);
        assert_eq!(Connection::from_json("{}"), None);
    }
}
