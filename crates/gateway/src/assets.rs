//! The built page: files of one folder, with caching by hash, compression and the index for every
//! page route.
//!
//! A file whose name holds a hash never changes and is cached for a year; every other file is asked
//! for again each time and answered with 304 while its digest is the same. `name.br` beside `name`
//! is sent to who can read it; what has none is compressed on the way by tower-http.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};

use crate::config::Config;
use crate::failure::Failure;

const INDEX: &str = "index.html";
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// The folder that the page was built into.
#[derive(Clone, Debug)]
pub(crate) struct Assets {
    folder: PathBuf,
    policy: HeaderValue,
}

impl Assets {
    pub(crate) fn new(folder: &Path, config: &Config) -> Self {
        Self {
            folder: folder.to_owned(),
            policy: policy(config),
        }
    }

    /// Answers a request for `path`, which is below the base path.
    pub(crate) async fn answer(
        &self,
        config: &Config,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
    ) -> Result<Response, Failure> {
        if !matches!(*method, Method::GET | Method::HEAD) {
            return Err(Failure::MethodNotAllowed {
                method: method.to_string(),
            });
        }
        let relative = relative(path)?;
        let kind = mime(&relative);
        let response = match kind {
            Some(kind) if relative != INDEX => self.file(&relative, kind, headers).await?,
            _ => self.index(config, headers).await?,
        };
        Ok(self.protect(response))
    }

    async fn file(
        &self,
        relative: &str,
        kind: &'static str,
        headers: &HeaderMap,
    ) -> Result<Response, Failure> {
        let missing = || Failure::NoSuchPath {
            path: format!("/{relative}"),
        };
        let encoded = if accepts_brotli(headers) {
            read(&self.folder.join(format!("{relative}.br"))).await?
        } else {
            None
        };
        let brotli = encoded.is_some();
        let body = match encoded {
            Some(body) => body,
            None => read(&self.folder.join(relative))
                .await?
                .ok_or_else(missing)?,
        };
        let tag = tag(&body);
        let mut response = if is_hashed(relative) {
            let mut response = body.into_response();
            response
                .headers_mut()
                .insert(header::CACHE_CONTROL, FOREVER);
            response
        } else {
            revalidated(body, &tag, headers)
        };
        if brotli && response.status() == StatusCode::OK {
            let encoding = HeaderValue::from_static("br");
            response
                .headers_mut()
                .insert(header::CONTENT_ENCODING, encoding);
        }
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        response
            .headers_mut()
            .insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        Ok(response)
    }

    /// The index differs by base path, so it is never sent as it was compressed at build time.
    async fn index(&self, config: &Config, headers: &HeaderMap) -> Result<Response, Failure> {
        let file = self.folder.join(INDEX);
        let missing = || Failure::PageMissing {
            file: file.display().to_string(),
        };
        let text = read(&file).await?.ok_or_else(missing)?;
        let text = with_base(&String::from_utf8_lossy(&text), &config.base_path);
        let tag = tag(text.as_bytes());
        let mut response = revalidated(text.into_bytes(), &tag, headers);
        let kind = HeaderValue::from_static("text/html; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        Ok(response)
    }

    fn protect(&self, mut response: Response) -> Response {
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, self.policy.clone());
        response
    }
}

/// Everything comes from the console's own origin; WebAssembly needs its own word.
fn policy(config: &Config) -> HeaderValue {
    let text = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; \
         frame-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors {}",
        config.ancestors()
    );
    HeaderValue::from_str(&text).expect("origins were checked to be plain ASCII by Config::parse")
}

fn revalidated(body: Vec<u8>, tag: &str, headers: &HeaderMap) -> Response {
    let mut response = if matches_tag(headers, tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        body.into_response()
    };
    let value = HeaderValue::from_str(&format!("\"{tag}\"")).expect("a digest is hexadecimal");
    response.headers_mut().insert(header::ETAG, value);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, ASK_AGAIN);
    response
}

/// The digest names the content; `label_encoding` adds the encoding to it.
fn matches_tag(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| {
            value.split(',').map(str::trim).any(|candidate| {
                let candidate = candidate
                    .strip_prefix("W/")
                    .unwrap_or(candidate)
                    .trim_matches('"');
                candidate == tag
                    || candidate
                        .strip_prefix(tag)
                        .is_some_and(|rest| rest.starts_with('-'))
            })
        })
}

/// A strong tag names bytes: what tower-http compressed gets a tag of its own.
pub(crate) fn label_encoding(mut response: Response) -> Response {
    let encoding = response
        .headers()
        .get(header::CONTENT_ENCODING)
        .and_then(|v| v.to_str().ok());
    let tag = response
        .headers()
        .get(header::ETAG)
        .and_then(|value| value.to_str().ok());
    if let (Some(encoding), Some(tag)) = (encoding, tag) {
        let labelled = format!("{}-{encoding}\"", tag.trim_end_matches('"'));
        if let Ok(value) = HeaderValue::from_str(&labelled) {
            response.headers_mut().insert(header::ETAG, value);
        }
    }
    response
}

fn tag(body: &[u8]) -> String {
    Sha256::digest(body)
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The path inside the folder, percent-decoded; nothing that could lead out of it.
fn relative(path: &str) -> Result<String, Failure> {
    let refused = |reason| Failure::InvalidPath { reason };
    let text = percent_decode_str(path)
        .decode_utf8()
        .map_err(|_| refused("it is not UTF-8"))?
        .trim_start_matches('/')
        .to_owned();
    let odd = |part: &str| matches!(part, "." | "..") || part.contains(['\\', '\0']);
    if text.split('/').any(odd) {
        return Err(refused("a segment leads out of it"));
    }
    Ok(text)
}

/// `None` for what cannot be read because there is no such file.
async fn read(file: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match tokio::fs::read(file).await {
        Ok(body) => Ok(Some(body)),
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(Failure::InvalidRequest {
            reason: error.to_string(),
        }),
    }
}

/// Only these endings are files of the build; any other path (`/tables/project.table`) is a page.
fn mime(relative: &str) -> Option<&'static str> {
    let name = relative.rsplit('/').next().unwrap_or(relative);
    Some(
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "html" => "text/html; charset=utf-8",
            "js" | "mjs" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "wasm" => "application/wasm",
            "json" | "map" => "application/json",
            "webmanifest" => "application/manifest+json",
            "svg" => "image/svg+xml",
            "png" => "image/png",
            "ico" => "image/x-icon",
            "woff2" => "font/woff2",
            "txt" => "text/plain; charset=utf-8",
            _ => return None,
        },
    )
}

/// Trunk writes `console-0123456789abcdef.js` and `console-0123456789abcdef_bg.wasm`.
fn is_hashed(relative: &str) -> bool {
    let name = relative.rsplit('/').next().unwrap_or(relative);
    let stem = name.split('.').next().unwrap_or(name);
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .any(|value| {
            value.split(',').any(|item| {
                let mut parts = item.split(';').map(str::trim);
                let named = parts
                    .next()
                    .is_some_and(|name| name.eq_ignore_ascii_case("br"));
                let refused = parts.any(|part| {
                    part.strip_prefix("q=")
                        .is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q == 0.0))
                });
                named && !refused
            })
        })
}

/// Every address of the page is relative to `<base href>`, so this is all that a base path needs.
fn with_base(html: &str, base_path: &str) -> String {
    let Some(start) = html.find("<base") else {
        return html.to_owned();
    };
    let Some(end) = html[start..].find('>').map(|length| start + length + 1) else {
        return html.to_owned();
    };
    format!(
        "{}<base href=\"{base_path}\">{}",
        &html[..start],
        &html[end..]
    )
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::{accepts_brotli, is_hashed, matches_tag, mime, relative, with_base};

    #[test]
    fn hashed_names() {
        for yes in [
            "console-1a2b3c4d5e6f7a8b.js",
            "console-1a2b3c4d5e6f7a8b_bg.wasm",
            "style/tokens-0123abcd.css",
        ] {
            assert!(is_hashed(yes), "{yes}");
        }
        for no in [
            "index.html",
            "frame_worker.js",
            "frame_worker_bg.wasm",
            "mars-console.svg",
            "a-beef.js",
        ] {
            assert!(!is_hashed(no), "{no}");
        }
    }

    #[test]
    fn pages_and_files() {
        for page in [
            "",
            "clusters",
            "tables/project.table",
            "clusters/20260101000000001gstub0001",
        ] {
            assert_eq!(mime(page), None, "{page}");
        }
        assert_eq!(mime("console_bg.wasm"), Some("application/wasm"));
    }

    #[test]
    fn nothing_leads_out_of_the_folder() {
        for bad in [
            "/../Cargo.toml",
            "/%2e%2e/x.js",
            "/a/..%2fx.js",
            "/a/%5c..%5cx.js",
            "/%ff.js",
            "/%00.js",
        ] {
            assert!(relative(bad).is_err(), "{bad}");
        }
        assert_eq!(relative("/tables/%E5%9B%BE").unwrap(), "tables/图");
    }

    #[test]
    fn base_is_replaced() {
        let html = "<head><base href=\"./\"><link href=\"a.css\"></head>";
        let expected = "<head><base href=\"/ops/\"><link href=\"a.css\"></head>";
        assert_eq!(with_base(html, "/ops/"), expected);
        assert_eq!(with_base("<p>", "/ops/"), "<p>");
    }

    #[test]
    fn encodings_and_tags() {
        let with = |name: header::HeaderName, value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, HeaderValue::from_static(value));
            headers
        };
        assert!(accepts_brotli(&with(
            header::ACCEPT_ENCODING,
            "gzip, deflate, br;q=0.9"
        )));
        assert!(!accepts_brotli(&with(
            header::ACCEPT_ENCODING,
            "gzip, br;q=0"
        )));
        assert!(!accepts_brotli(&HeaderMap::new()));
        assert!(matches_tag(
            &with(header::IF_NONE_MATCH, "\"x\", W/\"abc-br\""),
            "abc"
        ));
        assert!(!matches_tag(
            &with(header::IF_NONE_MATCH, "\"abcd\""),
            "abc"
        ));
    }
}
