//! Building and taking apart requests.

use super::form::{self, Fields};
use crate::Error;
use bytes::Bytes;
use http::Method;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use wire::Request;

/// A request for `/api/<segments>?<query>`.
pub(in crate::v04) fn request(
    method: Method,
    segments: &[&str],
    query: &[(&str, &str)],
) -> Request {
    build(method, segments, query, None)
}

/// A request with a form in its body.
pub(in crate::v04) fn post(segments: &[&str], fields: &[(&str, &str)]) -> Request {
    build(Method::POST, segments, &[], Some(form::encode(fields)))
}

fn build(
    method: Method,
    segments: &[&str],
    query: &[(&str, &str)],
    body: Option<String>,
) -> Request {
    let mut uri = String::from("/api");
    for segment in segments {
        uri.push('/');
        uri.push_str(&form::segment(segment));
    }
    if !query.is_empty() {
        uri.push('?');
        uri.push_str(&form::encode(query));
    }
    let mut request = http::Request::new(Bytes::new());
    // Only unreserved characters and escapes are in it; the root is a safe fall-back all the same.
    *request.uri_mut() = uri.parse().unwrap_or_default();
    if method == Method::GET {
        // Small answers carry an Etag: without this a browser may show an old state.
        request
            .headers_mut()
            .insert(CACHE_CONTROL, http::HeaderValue::from_static("no-cache"));
    }
    *request.method_mut() = method;
    if let Some(body) = body {
        let form = http::HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(CONTENT_TYPE, form);
        *request.body_mut() = Bytes::from(body);
    }
    request
}

/// A request that a server received: the segments after `/api`, and its fields.
pub(in crate::v04) struct Parts {
    segments: Vec<String>,
    fields: Fields,
    call: &'static str,
}

impl Parts {
    /// Takes a request apart if method and pattern fit; `*` in the pattern stands for any segment.
    pub(in crate::v04) fn take(
        call: &'static str,
        request: &Request,
        method: &Method,
        pattern: &[&str],
    ) -> Result<Self, Error> {
        let refused = |detail: String| Error::Request { call, detail };
        if request.method() != method {
            return Err(refused(format!("the method is {}", request.method())));
        }
        let path = request.uri().path();
        let mut segments = path
            .trim_end_matches('/')
            .split('/')
            .skip(1)
            .map(form::decode_segment);
        if segments.next().as_deref() != Some("api") {
            return Err(refused(format!("the path {path} is not under /api")));
        }
        let segments: Vec<String> = segments.collect();
        let fits = segments.len() == pattern.len()
            && segments
                .iter()
                .zip(pattern)
                .all(|(got, want)| *want == "*" || got == want);
        if !fits {
            return Err(refused(format!("the path is {path}")));
        }
        let mut fields = Fields::parse(request.uri().query().unwrap_or_default());
        let form = request.headers().get(CONTENT_TYPE).is_some_and(|value| {
            value
                .as_bytes()
                .starts_with(b"application/x-www-form-urlencoded")
        });
        if form {
            fields.extend(Fields::parse(&String::from_utf8_lossy(request.body())));
        }
        Ok(Self {
            segments,
            fields,
            call,
        })
    }

    /// A segment that stood under a `*`.
    pub(in crate::v04) fn segment(&self, at: usize) -> String {
        self.segments.get(at).cloned().unwrap_or_default()
    }

    /// A field that may be missing.
    pub(in crate::v04) fn optional(&self, name: &str) -> Option<&str> {
        self.fields.get(name)
    }

    /// A field that must be there.
    pub(in crate::v04) fn required(&self, name: &str) -> Result<&str, Error> {
        self.optional(name)
            .ok_or_else(|| self.refused(format!("the argument {name} is missing")))
    }

    pub(in crate::v04) fn refused(&self, detail: String) -> Error {
        Error::Request {
            call: self.call,
            detail,
        }
    }
}

/// A comma separated list; empty text is an empty list.
pub(in crate::v04) fn commas(text: &str) -> Vec<String> {
    text.split(',')
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}
