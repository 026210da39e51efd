//! A request as a curl command: sent through the gateway, which holds the key; the page's address is
//! the variable `CONSOLE`.

use std::fmt::Write as _;

use bytes::Bytes;
use cluster::{Launch, LaunchIds, Spec};
use wire::{Machine, Request, Service, Step};

use super::address;
use super::launches::place;
use super::random;
use crate::state::profile::Connection;

/// The two requests that ask for a cluster, with names of their own.
pub struct Naming(LaunchIds);

impl Naming {
    /// Fresh names.
    pub fn new() -> Self {
        Self(LaunchIds {
            plan: random::uuid(),
            task: random::uuid(),
        })
    }
}

impl Default for Naming {
    fn default() -> Self {
        Self::new()
    }
}

/// What the launch machine would send first, as commands.
pub fn launch(spec: &Spec, connection: &Connection, naming: &Naming) -> String {
    let machine = Launch::new(spec.clone(), place(connection), naming.0.clone());
    let commands: Vec<String> = first_two(machine)
        .iter()
        .map(|(service, request)| command(service, request))
        .collect();
    commands.join("\n\n")
}

/// The upload of the plan and the submission; the answer between them is a success without content.
fn first_two(mut machine: Launch) -> Vec<(Service, Request)> {
    const STEPS: usize = 8;
    let mut sent = Vec::new();
    for _ in 0..STEPS {
        if let Step::Send(service, request) = machine.poll(0) {
            sent.push((service, request));
            let mut answer = http::Response::new(Bytes::new());
            *answer.status_mut() = http::StatusCode::CREATED;
            answer.headers_mut().insert(
                http::header::LOCATION,
                http::HeaderValue::from_static("/plan"),
            );
            if sent.len() == 2 {
                break;
            }
            machine.feed(0, Ok(answer));
        }
    }
    sent
}

/// One request as a command.
fn command(service: &Service, request: &Request) -> String {
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let mut text = String::new();
    let body = request.body();
    let plain = std::str::from_utf8(body)
        .ok()
        .filter(|text| !text.contains('\0'));
    if plain.is_none() {
        let encoded = encoded(body);
        // Writing to a String cannot fail.
        let _ = write!(text, "base64 -d <<< '{encoded}' |\n  ");
    }
    let _ = write!(
        text,
        "curl -sS -i -X {} \"$CONSOLE/{}\"",
        request.method(),
        address(service, path)
    );
    for (name, value) in request.headers() {
        if let Ok(value) = value.to_str() {
            let _ = write!(text, " \\\n  -H {}", quoted(&format!("{name}: {value}")));
        }
    }
    match plain {
        None => text.push_str(" \\\n  --data-binary @-"),
        Some("") => {}
        Some(plain) => {
            let _ = write!(text, " \\\n  --data-binary {}", quoted(plain));
        }
    }
    text
}

/// A word for a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn encoded(body: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(body.len().div_ceil(3) * 4);
    for part in body.chunks(3) {
        let mut bits = 0_u32;
        for at in 0..3 {
            bits = bits << 8 | u32::from(part.get(at).copied().unwrap_or(0));
        }
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at) & 63) as usize];
            text.push(if at <= part.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use cluster::{Connection, Launch, LaunchIds, Spec};
    use wire::Service;

    use super::{command, encoded, first_two};

    #[test]
    fn base64() {
        for (plain, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
        ] {
            assert_eq!(encoded(plain.as_bytes()), text);
        }
    }

    #[test]
    fn quotes_cannot_break_out() {
        let request = http::Request::put("/projects/p")
            .body(Bytes::from_static(b"it's"))
            .expect("a plain request");
        assert_eq!(
            command(&Service::Odps, &request),
            "curl -sS -i -X PUT \"$CONSOLE/odps/projects/p\" \\\n  --data-binary 'it'\\''s'"
        );
    }

    #[test]
    fn a_launch_is_two_requests_without_a_key() {
        let place = Connection {
            project: "p".into(),
            endpoint: "http://e/api".into(),
            proxy_endpoint: "proxy".into(),
            logview_host: String::new(),
        };
        let ids = LaunchIds {
            plan: "a".into(),
            task: "b".into(),
        };
        let sent = first_two(Launch::new(Spec::guide(), place, ids));
        let paths: Vec<&str> = sent
            .iter()
            .map(|(_, request)| request.uri().path())
            .collect();
        assert_eq!(paths, ["/projects/p/resources", "/projects/p/instances"]);
        let text: String = sent
            .iter()
            .map(|(service, request)| command(service, request))
            .collect();
        assert!(!text.contains("access.key"));
        assert!(text.contains("cupid_plan_a"));
    }
}
