//! The deployment's configuration: one JSON file with the upstreams and the key they are signed with.
//!
//! Unknown fields are refused, so that a misspelt `frame_ancestors` cannot pass for an open or a
//! closed door. The file holds the access key: whoever writes it gives it mode 0600.

use std::net::IpAddr;
use std::path::PathBuf;

use reqwest::Url;
use serde::Deserialize;
use wire::Secret;

/// What is wrong with a configuration.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not JSON, or not of this shape.
    #[error("the configuration cannot be read: {0}")]
    Shape(#[from] serde_json::Error),
    /// A field has a value that cannot be used.
    #[error("{field}: {reason}")]
    Field {
        /// The field's name in the file.
        field: &'static str,
        /// What is expected.
        reason: String,
    },
}

/// The configuration file, word for word.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    odps_endpoint: String,
    tunnel_endpoint: String,
    project: String,
    access_id: String,
    access_key: String,
    mars_proxy: String,
    #[serde(default)]
    local: bool,
    #[serde(default)]
    frame_ancestors: Vec<String>,
    #[serde(default)]
    allowed_hosts: Vec<String>,
    #[serde(default = "root")]
    base_path: String,
    #[serde(default = "loopback")]
    listen: IpAddr,
    #[serde(default)]
    leases: Option<PathBuf>,
}

fn root() -> String {
    "/".to_owned()
}

fn loopback() -> IpAddr {
    IpAddr::from([127, 0, 0, 1])
}

/// A checked configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The connection's name as the page shows it.
    pub name: String,
    /// Base address of the ODPS control plane, without a final slash.
    pub odps_endpoint: String,
    /// Base address of the tunnel, without a final slash.
    pub tunnel_endpoint: String,
    /// The project that requests are made for.
    pub project: String,
    /// The access id; not a secret.
    pub access_id: String,
    /// The access key. It is used for signing and for nothing else.
    pub access_key: Secret,
    /// `host[:port]` behind the proxy token of a cluster.
    pub mars_proxy: String,
    /// Whether the upstream is the local warehouse.
    pub local: bool,
    /// Origins that may show the console in a frame.
    pub frame_ancestors: Vec<String>,
    /// Names, with or without a port, under which the gateway may be addressed, besides loopback.
    pub allowed_hosts: Vec<String>,
    /// Where the console lives: starts and ends with a slash.
    pub base_path: String,
    /// The address to listen on.
    pub listen: IpAddr,
    /// The folder of the leases that the gateway runs; without one it runs none.
    pub leases: Option<PathBuf>,
}

impl Config {
    /// Reads and checks the text of a configuration file.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let file: File = serde_json::from_str(text)?;
        for origin in &file.frame_ancestors {
            check_origin(origin)?;
        }
        if file.project.is_empty() {
            return Err(wrong("project", "a name is needed"));
        }
        if !is_authority(&file.mars_proxy) {
            return Err(wrong("mars_proxy", "expected host or host:port"));
        }
        Ok(Self {
            odps_endpoint: endpoint("odps_endpoint", &file.odps_endpoint)?,
            tunnel_endpoint: endpoint("tunnel_endpoint", &file.tunnel_endpoint)?,
            base_path: base_path(&file.base_path)?,
            name: file.name,
            project: file.project,
            access_id: file.access_id,
            access_key: Secret::new(file.access_key),
            mars_proxy: file.mars_proxy,
            local: file.local,
            frame_ancestors: file.frame_ancestors,
            allowed_hosts: file.allowed_hosts,
            listen: file.listen,
            leases: file.leases,
        })
    }

    /// The `frame-ancestors` value of the content security policy.
    pub(crate) fn ancestors(&self) -> String {
        if self.frame_ancestors.is_empty() {
            "'none'".to_owned()
        } else {
            self.frame_ancestors.join(" ")
        }
    }

    /// The part of a request path below the base path, with its leading slash.
    pub(crate) fn below_base<'a>(&self, path: &'a str) -> Option<&'a str> {
        let base = self.base_path.trim_end_matches('/');
        match path.strip_prefix(base)? {
            "" => Some("/"),
            rest => rest.starts_with('/').then_some(rest),
        }
    }

    /// A path of the gateway below the base path.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base_path.trim_end_matches('/'))
    }
}

fn wrong(field: &'static str, reason: impl Into<String>) -> Error {
    Error::Field {
        field,
        reason: reason.into(),
    }
}

fn endpoint(field: &'static str, text: &str) -> Result<String, Error> {
    let url = Url::parse(text).map_err(|error| wrong(field, error.to_string()))?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if !plain {
        return Err(wrong(
            field,
            "expected http(s)://host[:port][/path] and nothing more",
        ));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// A content security policy is one header: an origin may not bring a `;` or a space into it.
fn check_origin(origin: &str) -> Result<(), Error> {
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    let known = origin == "'self'" || host.is_some_and(is_authority);
    if known {
        Ok(())
    } else {
        Err(wrong(
            "frame_ancestors",
            format!("{origin:?} is no origin such as https://ops.example"),
        ))
    }
}

fn is_authority(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'*' | b':' | b'[' | b']')
        })
}

fn base_path(text: &str) -> Result<String, Error> {
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_' | b'.'));
    if !text.starts_with('/') || text.contains("//") || !plain {
        return Err(wrong("base_path", "expected a path such as /ops/mars/"));
    }
    Ok(format!("{}/", text.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::Config;

    fn text(extra: &str) -> String {
        format!(
            r#"{{"name":"n","odps_endpoint":"http://127.0.0.1:1/api/","tunnel_endpoint":"http://127.0.0.1:1",
            "project":"p","access_id":"i","access_key":"hunter2","mars_proxy":"localhost:1"{extra}}}"#
        )
    }

    #[test]
    fn defaults_are_closed() {
        let config = Config::parse(&text("")).unwrap();
        assert_eq!(config.odps_endpoint, "http://127.0.0.1:1/api");
        assert_eq!(config.base_path, "/");
        assert_eq!(config.ancestors(), "'none'");
        assert!(config.listen.is_loopback());
        assert!(!format!("{config:?}").contains("hunter2"));
    }

    #[test]
    fn base_path_is_normalised_and_cut_off() {
        let config = Config::parse(&text(r#","base_path":"/ops/mars""#)).unwrap();
        assert_eq!(config.base_path, "/ops/mars/");
        assert_eq!(config.below_base("/ops/mars"), Some("/"));
        assert_eq!(config.below_base("/ops/mars/clusters"), Some("/clusters"));
        assert_eq!(config.below_base("/ops/marsian"), None);
        assert_eq!(config.below_base("/clusters"), None);
        assert_eq!(config.at("/odps"), "/ops/mars/odps");
    }

    #[test]
    fn bad_fields_are_named() {
        for (extra, field) in [
            (
                r#","frame_ancestors":["https://a; script-src *"]"#,
                "frame_ancestors",
            ),
            (r#","frame_ancestors":["*"]"#, "frame_ancestors"),
            (r#","base_path":"ops""#, "base_path"),
            (r#","base_path":"/{x}/""#, "base_path"),
            (r#","frame_ancestor":[]"#, "frame_ancestor"),
        ] {
            let error = Config::parse(&text(extra)).unwrap_err().to_string();
            assert!(error.contains(field), "{extra}: {error}");
        }
        let secret = text("").replace("http://127.0.0.1:1/api/", "http://u:pw@h/api?x=1");
        assert!(
            Config::parse(&secret)
                .unwrap_err()
                .to_string()
                .starts_with("odps_endpoint")
        );
    }
}
