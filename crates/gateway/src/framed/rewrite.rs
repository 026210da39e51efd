//! The engine's pages name their own addresses from the root of their host; below a key they start
//! with the key's path. HTML is rewritten in a stream; Bokeh's loader is a small script and rewritten
//! as a whole.

use axum::body::Body;
use bytes::Bytes;
use lol_html::send::{ElementContentHandlers, HtmlRewriter, Settings};
use lol_html::{MemorySettings, Selector};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_stream::StreamExt as _;

/// What the rewriter may keep of one page: a tag, not the page.
const MEMORY: usize = 4 << 20;

/// The attributes that hold an address.
const ATTRIBUTES: [&str; 3] = ["href", "src", "action"];

const APP_PATH: &str = "bokeh-app-path";
const ABSOLUTE: &str = "bokeh-absolute-url";

/// Where the engine believes to be, and where it is for the browser.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The authority that the engine was asked under; it holds the proxy token.
    pub(crate) authority: String,
    /// The path of the key, without a slash at its end.
    pub(crate) prefix: String,
}

impl Place {
    /// An address of the engine, for the browser.
    fn moved(&self, address: &str) -> Option<String> {
        let local = ["http://", "https://"]
            .iter()
            .map(|scheme| format!("{scheme}{}", self.authority))
            .fold(Cow::Borrowed(address), |text, own| {
                match text.contains(&own) {
                    true => Cow::Owned(text.replace(&own, &self.prefix)),
                    false => text,
                }
            });
        match local {
            Cow::Owned(moved) => Some(moved),
            Cow::Borrowed(path) if path.starts_with('/') && !path.starts_with("//") => {
                Some(format!("{}{path}", self.prefix))
            }
            Cow::Borrowed(_) => None,
        }
    }
}

/// A page, rewritten while it passes.
pub(crate) fn html(place: Place, body: Body) -> Body {
    let written = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&written);
    let take = move || {
        let mut written = written.lock().unwrap_or_else(PoisonError::into_inner);
        Bytes::from(std::mem::take(&mut *written))
    };
    let rewriter = HtmlRewriter::new(settings(place), move |chunk: &[u8]| {
        let mut sink = sink.lock().unwrap_or_else(PoisonError::into_inner);
        sink.extend_from_slice(chunk);
    });
    let mut rewriter = Some(rewriter);
    // The end of the body is a chunk of its own, after which the rewriter gives what it held back.
    let chunks = body.into_data_stream().map(Some);
    let ended = tokio_stream::once(None);
    Body::from_stream(chunks.chain(ended).map(move |chunk| {
        let broken = |error: lol_html::errors::RewritingError| {
            axum::Error::new(std::io::Error::other(error))
        };
        match (chunk, &mut rewriter) {
            (Some(chunk), Some(rewriter)) => rewriter.write(&chunk?).map_err(broken)?,
            (None, rewriter) => {
                if let Some(rewriter) = rewriter.take() {
                    rewriter.end().map_err(broken)?;
                }
            }
            (Some(_), None) => {}
        }
        Ok::<_, axum::Error>(take())
    }))
}

fn settings(place: Place) -> Settings<'static, 'static> {
    let every: Selector = "*".parse().expect("the star is a selector");
    let handlers = ElementContentHandlers::default().element(
        move |element: &mut lol_html::send::Element<'_, '_>| {
            for name in ATTRIBUTES {
                let moved = element
                    .get_attribute(name)
                    .and_then(|value| place.moved(&value));
                if let Some(moved) = moved {
                    element.set_attribute(name, &moved)?;
                }
            }
            Ok(())
        },
    );
    Settings::new_send()
        .append_element_content_handler((Cow::Owned(every), handlers))
        .with_memory_settings(MemorySettings::new().with_max_allowed_memory_usage(MEMORY))
}

/// Whether a path is Bokeh's loader of one application.
pub(crate) fn is_loader(path: &str) -> bool {
    path.ends_with("/autoload.js")
}

/// The loader's query as Bokeh 1.x has to get it: the application is below the key, where its
/// WebSocket then is, and the page's own address is the base of everything.
pub(crate) fn loader_query(prefix: &str, query: &str) -> String {
    let items = query.split('&').filter(|item| !item.is_empty());
    let items = items.filter_map(|item| {
        let (name, value) = item.split_once('=').unwrap_or((item, ""));
        match name {
            ABSOLUTE => None,
            APP_PATH => {
                let value = percent_decode_str(value).decode_utf8_lossy();
                let path = format!("{prefix}{}", value.strip_prefix(prefix).unwrap_or(&value));
                let path = utf8_percent_encode(&path, NON_ALPHANUMERIC);
                Some(format!("{APP_PATH}={path}"))
            }
            _ => Some(item.to_owned()),
        }
    });
    items.collect::<Vec<_>>().join("&")
}

/// The loader: without an absolute address Bokeh names its files from where it stands.
pub(crate) fn loader(prefix: &str, script: &str) -> String {
    script.replace("\"static/", &format!("\"{prefix}/static/"))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use http_body_util::BodyExt as _;

    use super::{Place, html, loader, loader_query};

    fn place() -> Place {
        Place {
            authority: "token.localhost:1".to_owned(),
            prefix: "/ops/-/framed/k".to_owned(),
        }
    }

    async fn rewritten(text: &'static str, chunk: usize) -> String {
        let chunks: Vec<_> = text.as_bytes().chunks(chunk).collect();
        let body = tokio_stream::iter(chunks.into_iter().map(Ok::<_, std::io::Error>));
        let body = html(place(), Body::from_stream(body));
        let bytes = body.collect().await.unwrap().to_bytes();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn addresses_move_below_the_key_wherever_the_page_is_cut() {
        let page = r#"<a href="/worker/1">é</a><script src="/static/a.js"></script>
            <a href="../x#y">r</a><a href="//o.example/">o</a><a href="https://o.example/p">s</a>
            <script src="http://token.localhost:1/bk/autoload.js?u=http://token.localhost:1/bk"></script>"#;
        let moved = r#"<a href="/ops/-/framed/k/worker/1">é</a><script src="/ops/-/framed/k/static/a.js"></script>
            <a href="../x#y">r</a><a href="//o.example/">o</a><a href="https://o.example/p">s</a>
            <script src="/ops/-/framed/k/bk/autoload.js?u=/ops/-/framed/k/bk"></script>"#;
        for chunk in [1, 7, 64, 4096] {
            assert_eq!(rewritten(page, chunk).await, moved, "in pieces of {chunk}");
        }
    }

    #[test]
    fn the_loader_stands_below_the_key() {
        let query =
            "bokeh-autoload-element=1&bokeh-app-path=/bk&bokeh-absolute-url=http://h/bk&e=a%3A1";
        let expected = "bokeh-autoload-element=1&bokeh-app-path=%2Fp%2Fbk&e=a%3A1";
        assert_eq!(loader_query("/p", query), expected);
        assert_eq!(loader_query("/p", expected), expected);
        let script = r#"var js_urls = ["static/js/bokeh.min.js?v=1"]; f("a/static/b")"#;
        let moved = r#"var js_urls = ["/p/static/js/bokeh.min.js?v=1"]; f("a/static/b")"#;
        assert_eq!(loader("/p", script), moved);
    }
}
