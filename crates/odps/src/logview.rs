//! The Logview address as PyODPS makes it (`instance.get_logview_address()`).
//!
//! Nothing in it is percent-encoded, the token included: it is a text for people to open, and it
//! must be the same text that the guide shows.

use wire::Secret;

/// Where Logview is when the service does not say (PyODPS 0.9).
pub const DEFAULT_HOST: &str = "http://logview.odps.aliyun.com";

/// `<host>/logview/?h=<endpoint>&p=<project>&i=<instance>&token=<token>`.
///
/// The result holds the token, hence it is a secret as well.
pub fn address(
    host: &str,
    endpoint: &str,
    project: &str,
    instance: &str,
    token: &Secret,
) -> Secret {
    let host = if host.is_empty() { DEFAULT_HOST } else { host };
    let token = token.expose();
    Secret::new(format!(
        "{host}/logview/?h={endpoint}&p={project}&i={instance}&token={token}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_pyodps_makes_it() {
        let token = Secret::new("a+b/c==");
        assert_eq!(
            address("", "http://h/api", "p", "2026g1", &token).expose(),
            "http://logview.odps.aliyun.com/logview/?h=http://h/api&p=p&i=2026g1&token=a+b/c=="
        );
        assert!(
            address("http://l", "e", "p", "i", &token)
                .expose()
                .starts_with("http://l/logview/?h=e&")
        );
    }
}
