//! Who may ask: the Host and the origin of a request are checked before anything is signed.
//!
//! The gateway signs whatever it forwards, so a page of another origin must not be able to make a
//! browser send it something (cross-site request forgery), nor to reach it under a name of its own
//! that resolves to this machine (DNS rebinding). Authorities: the Fetch Metadata specification
//! (`Sec-Fetch-*`) and RFC 6454 (`Origin`). Programs that are no browsers send neither and pass:
//! they are kept out by the network, not by this file.

use axum::http::{HeaderMap, Method, header};

use crate::config::Config;
use crate::failure::Failure;

const SEC_FETCH_SITE: &str = "sec-fetch-site";
const SEC_FETCH_MODE: &str = "sec-fetch-mode";
const SEC_FETCH_DEST: &str = "sec-fetch-dest";

/// Checks the name under which the gateway was addressed.
pub(crate) fn host(config: &Config, authority: Option<&str>) -> Result<(), Failure> {
    let authority = authority.unwrap_or_default().to_ascii_lowercase();
    let name = without_port(&authority);
    let loopback = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
    let configured = config
        .allowed_hosts
        .iter()
        .map(|allowed| allowed.to_ascii_lowercase())
        .any(|allowed| allowed == authority || allowed == name);
    if loopback || configured {
        Ok(())
    } else {
        Err(Failure::ForbiddenHost { host: authority })
    }
}

/// Checks that a request which is answered with the connection's rights comes from this console.
///
/// `path` is below the base path.
pub(crate) fn origin(method: &Method, path: &str, headers: &HeaderMap) -> Result<(), Failure> {
    if !is_signed(path) {
        return Ok(());
    }
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let refused = |from: &str| {
        Err(Failure::ForbiddenOrigin {
            origin: from.to_owned(),
        })
    };
    let origin = text(header::ORIGIN.as_str());
    if headers.contains_key(header::ORIGIN) && !origin.is_some_and(|origin| is_own(origin, headers))
    {
        return refused(origin.unwrap_or("an origin that is no text"));
    }
    if text(SEC_FETCH_DEST) == Some("serviceworker") {
        return refused("a service worker");
    }
    match text(SEC_FETCH_SITE) {
        None | Some("same-origin") => Ok(()),
        // Typed into the address bar, or a bookmark.
        Some("none") if method.is_safe() => Ok(()),
        Some(_) if method.is_safe() && is_engine_page(path, text) => Ok(()),
        Some(site) => refused(origin.unwrap_or(site)),
    }
}

/// The engine's own pages run in a sandbox and so have an origin of their own: their links and
/// their static files come in as cross-site. Neither changes anything nor can be read from outside.
fn is_engine_page<'a>(path: &str, text: impl Fn(&'static str) -> Option<&'a str>) -> bool {
    let Some((_, rest)) = path
        .strip_prefix("/mars/")
        .and_then(|path| path.split_once('/'))
    else {
        return false;
    };
    let navigation = text(SEC_FETCH_MODE) == Some("navigate") && !is_engine_api(path);
    let part = matches!(
        text(SEC_FETCH_DEST),
        Some("script" | "style" | "image" | "font")
    );
    navigation || (part && rest.starts_with("static/"))
}

/// Whether the path (below the base path) is one of the engine's API rather than one of its pages.
pub(crate) fn is_engine_api(path: &str) -> bool {
    path.strip_prefix("/mars/")
        .and_then(|path| path.split_once('/'))
        .is_some_and(|(_, rest)| rest == "api" || rest.starts_with("api/"))
}

fn is_signed(path: &str) -> bool {
    path == "/-/connection"
        || [
            "/odps",
            "/tunnel",
            "/mars",
            "/-/web",
            "/-/notebook",
            "/-/leases",
        ]
        .iter()
        .any(|prefix| {
            path.strip_prefix(prefix)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
}

/// The scheme is not compared: behind a proxy that ends TLS the gateway does not know its own.
fn is_own(origin: &str, headers: &HeaderMap) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|value| value.to_str().ok());
    let Some((scheme, authority)) = origin.split_once("://") else {
        return false;
    };
    matches!(scheme, "http" | "https")
        && host.is_some_and(|host| bare(host) == bare(authority) || host == authority)
}

/// The authority without the port that its scheme implies.
fn bare(authority: &str) -> String {
    let authority = authority.to_ascii_lowercase();
    let cut = authority
        .strip_suffix(":80")
        .or_else(|| authority.strip_suffix(":443"));
    cut.map_or_else(|| authority.clone(), str::to_owned)
}

fn without_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => authority,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};

    use super::{host, origin};
    use crate::config::Config;

    fn config() -> Config {
        Config::parse(
            r#"{"name":"n","odps_endpoint":"http://h","tunnel_endpoint":"http://h","project":"p",
            "access_id":"i","access_key":"k","mars_proxy":"h","allowed_hosts":["ops.example","gw:8443"]}"#,
        )
        .unwrap()
    }

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
                (name, HeaderValue::from_str(value).unwrap())
            })
            .collect()
    }

    /// Method, path, headers, and whether the request is let through.
    type Row = (
        &'static Method,
        &'static str,
        &'static [(&'static str, &'static str)],
        bool,
    );

    #[test]
    fn only_known_names_are_answered() {
        for good in [
            "localhost:8790",
            "127.0.0.1:1",
            "[::1]:8790",
            "OPS.example",
            "ops.example:80",
            "gw:8443",
        ] {
            assert!(host(&config(), Some(good)).is_ok(), "{good}");
        }
        for bad in [
            "evil.example:8790",
            "127.0.0.1.evil.example",
            "gw:1",
            "localhost.evil.example",
            "",
        ] {
            assert!(host(&config(), Some(bad)).is_err(), "{bad}");
        }
        assert!(host(&config(), None).is_err());
    }

    #[test]
    fn origins_are_told_apart() {
        const OWN: (&str, &str) = ("host", "localhost:8790");
        let table: &[Row] = &[
            (&Method::GET, "/odps/projects/p", &[OWN], true),
            (
                &Method::GET,
                "/odps/projects/p",
                &[OWN, ("sec-fetch-site", "same-origin")],
                true,
            ),
            (
                &Method::GET,
                "/odps/projects/p",
                &[OWN, ("sec-fetch-site", "none")],
                true,
            ),
            (
                &Method::POST,
                "/odps/projects/p",
                &[OWN, ("sec-fetch-site", "none")],
                false,
            ),
            (
                &Method::GET,
                "/odps/projects/p",
                &[OWN, ("sec-fetch-site", "cross-site")],
                false,
            ),
            (
                &Method::GET,
                "/odps/projects/p",
                &[OWN, ("sec-fetch-site", "same-site")],
                false,
            ),
            (
                &Method::GET,
                "/-/connection",
                &[OWN, ("sec-fetch-site", "cross-site")],
                false,
            ),
            (
                &Method::POST,
                "/odps/projects/p",
                &[OWN, ("origin", "http://localhost:8790")],
                true,
            ),
            (
                &Method::POST,
                "/odps/projects/p",
                &[OWN, ("origin", "http://localhost:8791")],
                false,
            ),
            (
                &Method::POST,
                "/tunnel/projects/p",
                &[OWN, ("origin", "null")],
                false,
            ),
            (
                &Method::POST,
                "/mars/1g/api/session",
                &[OWN, ("origin", "http://evil.example")],
                false,
            ),
            (
                &Method::POST,
                "/mars/1g/api/session",
                &[
                    OWN,
                    ("origin", "http://localhost:8790"),
                    ("sec-fetch-site", "cross-site"),
                ],
                false,
            ),
            (
                &Method::GET,
                "/mars/1g/sw.js",
                &[
                    OWN,
                    ("sec-fetch-site", "same-origin"),
                    ("sec-fetch-dest", "serviceworker"),
                ],
                false,
            ),
            (
                &Method::GET,
                "/mars/1g/worker",
                &[
                    OWN,
                    ("sec-fetch-site", "cross-site"),
                    ("sec-fetch-mode", "navigate"),
                ],
                true,
            ),
            (
                &Method::GET,
                "/mars/1g/api/worker",
                &[
                    OWN,
                    ("sec-fetch-site", "cross-site"),
                    ("sec-fetch-mode", "navigate"),
                ],
                false,
            ),
            (
                &Method::GET,
                "/mars/1g/static/bokeh.js",
                &[
                    OWN,
                    ("sec-fetch-site", "cross-site"),
                    ("sec-fetch-dest", "script"),
                ],
                true,
            ),
            (
                &Method::POST,
                "/-/web/1g",
                &[OWN, ("origin", "null"), ("sec-fetch-site", "cross-site")],
                false,
            ),
            (
                &Method::POST,
                "/-/web/1g",
                &[OWN, ("origin", "http://localhost:8790")],
                true,
            ),
            (
                &Method::GET,
                "/-/notebook/1g",
                &[
                    OWN,
                    ("sec-fetch-site", "cross-site"),
                    ("sec-fetch-mode", "navigate"),
                ],
                false,
            ),
            (
                &Method::GET,
                "/clusters",
                &[OWN, ("sec-fetch-site", "cross-site")],
                true,
            ),
            (
                &Method::GET,
                "/-/health",
                &[OWN, ("sec-fetch-site", "cross-site")],
                true,
            ),
        ];
        for (method, path, pairs, passes) in table {
            let verdict = origin(method, path, &headers(pairs));
            assert_eq!(verdict.is_ok(), *passes, "{method} {path} {pairs:?}");
        }
    }

    #[test]
    fn a_default_port_may_be_left_out() {
        let pairs = [
            ("host", "ops.example"),
            ("origin", "https://ops.example:443"),
        ];
        assert!(origin(&Method::POST, "/odps/x", &headers(&pairs)).is_ok());
    }
}
