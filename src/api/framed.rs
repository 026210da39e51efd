//! The engine's own page, for a frame: a key to it, and whether it can be framed at all.

use http::StatusCode;
use odps::Error;
use wire::{Request, Response};

use super::{Cause, Doing, Problem, fetch};
use crate::route::{base_path, encode, engine_address};

/// What was found where the engine's page should be.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// A page, at this address (with a slash at its start), for a while.
    Page(String),
    /// It cannot be framed; this address may still be opened.
    LinkOnly(Why, String),
}

/// Why a page cannot be framed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The gateway is older than its frames.
    OldGateway,
    /// What answers is no page.
    NoPage,
    /// Something on the way forbids frames.
    Forbidden,
}

/// Asks for a key to the pages of an engine and looks at what it opens.
pub async fn open(instance: &str) -> Result<Found, Problem> {
    let address = format!("-/web/{}", encode(instance));
    let answer = ask("POST", &address).await?;
    if answer.status() == StatusCode::NOT_FOUND {
        return Ok(Found::LinkOnly(Why::OldGateway, engine_address(instance)));
    }
    let path = path(&succeeded(answer)?)?;
    let answer = succeeded(ask("GET", &path).await?)?;
    let address = format!("{}{path}", base_path());
    Ok(match obstacle(&answer) {
        Some(why) => Found::LinkOnly(why, address),
        None => Found::Page(address),
    })
}

/// Where the gateway leads to a cluster's notebook.
pub fn notebook_address(instance: &str) -> String {
    format!("{}-/notebook/{}", base_path(), encode(instance))
}

async fn ask(method: &str, address: &str) -> Result<Response, Problem> {
    fetch(method, address, &Request::default(), None)
        .await
        .map_err(|gone| Problem::of(Doing::WatchCluster, gone))
}

fn succeeded(answer: Response) -> Result<Response, Problem> {
    match answer.status().is_success() {
        true => Ok(answer),
        false => Err(Problem::of(
            Doing::WatchCluster,
            Error::from_response(&answer),
        )),
    }
}

fn path(answer: &Response) -> Result<String, Problem> {
    let body: Option<serde_json::Value> = serde_json::from_slice(answer.body()).ok();
    let path = body.as_ref().and_then(|body| body.get("path")?.as_str());
    // Anything else would be put into a frame as it is.
    match path.filter(|path| path.starts_with("-/framed/") && !path.contains("..")) {
        Some(path) => Ok(path.to_owned()),
        None => Err(Problem::new(Doing::WatchCluster, Cause::Unreadable)),
    }
}

/// What keeps an answer from being shown in a frame.
fn obstacle(answer: &Response) -> Option<Why> {
    let text = |name| {
        let value = answer.headers().get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let kind = text("content-type").to_ascii_lowercase();
    match () {
        () if !text("x-frame-options").is_empty() => Some(Why::Forbidden),
        () if !kind.starts_with("text/html") => Some(Why::NoPage),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use wire::Response;

    use super::{Why, obstacle, path};

    fn answer(headers: &[(&str, &str)], body: &'static str) -> Response {
        let mut response = http::Response::builder();
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        response.body(body.into()).unwrap()
    }

    #[test]
    fn a_page_is_told_from_what_is_none() {
        let html = ("content-type", "text/html; charset=UTF-8");
        assert_eq!(obstacle(&answer(&[html], "")), None);
        let json = ("content-type", "application/json");
        assert_eq!(obstacle(&answer(&[json], "")), Some(Why::NoPage));
        assert_eq!(obstacle(&answer(&[], "")), Some(Why::NoPage));
        let denied = [html, ("x-frame-options", "DENY")];
        assert_eq!(obstacle(&answer(&denied, "")), Some(Why::Forbidden));
    }

    #[test]
    fn only_a_path_below_a_key_is_framed() {
        let read = |body| path(&answer(&[], body)).ok();
        assert_eq!(
            read(r#"{"path":"-/framed/0a/"}"#).as_deref(),
            Some("-/framed/0a/")
        );
        for bad in [
            "",
            "{}",
            r#"{"path":7}"#,
            r#"{"path":"//evil.example/"}"#,
            r#"{"path":"javascript:alert(1)"}"#,
            r#"{"path":"-/framed/../../clusters"}"#,
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
