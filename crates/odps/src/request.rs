//! Writing and reading the addresses of ODPS: path segments, query items, valueless "actions".
//!
//! PyODPS 0.9 writes an action as `name=`, later versions as bare `name`; both are read alike.
//! `curr_project` goes with every request and comes last.

use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use http::{Method, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use wire::{Request, Target};

use crate::{Error, xml};

/// What Python's `quote` leaves alone.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The project that a request's path names, as the server reads it.
pub fn project(request: &Request) -> Option<String> {
    let incoming = Incoming::read(request);
    match *incoming.segments() {
        ["projects", project, ..] => Some(project.to_owned()),
        _ => None,
    }
}

/// A request in the making.
pub(crate) struct Outgoing {
    method: Method,
    path: String,
    query: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
}

impl Outgoing {
    /// Starts at `/projects/{project}`.
    pub(crate) fn project(method: Method, target: &Target) -> Self {
        Self::root(method)
            .segment("projects")
            .segment(&target.project)
    }

    /// Starts at the root of the service.
    pub(crate) fn root(method: Method) -> Self {
        Self {
            method,
            path: String::new(),
            query: String::new(),
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    pub(crate) fn segment(mut self, segment: &str) -> Self {
        self.path.push('/');
        self.path.extend(utf8_percent_encode(segment, RESERVED));
        self
    }

    /// `/tables/{table}`, below `/schemas/{schema}` if there is one.
    pub(crate) fn table(self, schema: Option<&str>, table: &str) -> Self {
        match schema {
            Some(schema) => self.segment("schemas").segment(schema),
            None => self,
        }
        .segment("tables")
        .segment(table)
    }

    /// An action as 0.9 writes it: `name=`.
    pub(crate) fn action(self, name: &str) -> Self {
        self.pair(name, "")
    }

    /// An action as later versions write it: `name`.
    pub(crate) fn bare(mut self, name: &str) -> Self {
        self.separate();
        self.query.push_str(name);
        self
    }

    pub(crate) fn pair(mut self, name: &str, value: &str) -> Self {
        self.separate();
        self.query.push_str(name);
        self.query.push('=');
        for (at, piece) in value.split(' ').enumerate() {
            // A query is a form here: a space is a plus.
            if at > 0 {
                self.query.push('+');
            }
            self.query.extend(utf8_percent_encode(piece, RESERVED));
        }
        self
    }

    pub(crate) fn pair_some(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.pair(name, value),
            None => self,
        }
    }

    fn separate(&mut self) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        // Names of users' things go into headers: what cannot stand in one is left out.
        let clean: Vec<u8> = value
            .bytes()
            .filter(|&b| b == b'\t' || (b >= 32 && b != 127))
            .collect();
        if let Ok(value) = HeaderValue::from_bytes(&clean) {
            self.headers.push((HeaderName::from_static(name), value));
        }
        self
    }

    pub(crate) fn body(mut self, kind: &'static str, body: impl Into<Bytes>) -> Self {
        self.headers
            .push((http::header::CONTENT_TYPE, HeaderValue::from_static(kind)));
        self.body = body.into();
        self
    }

    /// The request, with `curr_project` added.
    pub(crate) fn finish(self, target: &Target) -> Request {
        let this = self.pair("curr_project", &target.project);
        let address = format!("{}?{}", this.path, this.query);
        let mut request = Request::new(this.body);
        *request.method_mut() = this.method;
        // Every byte is percent-encoded, so only the length (64 KiB) can be wrong. No server would
        // take such an address; the root answers with an error of its own.
        *request.uri_mut() = Uri::try_from(address).unwrap_or_else(|_| Uri::from_static("/"));
        request.headers_mut().extend(this.headers);
        request
    }
}

/// A request as the server reads it.
pub(crate) struct Incoming {
    pub(crate) method: Method,
    segments: Vec<String>,
    query: Vec<(String, String)>,
}

impl Incoming {
    pub(crate) fn read(request: &Request) -> Self {
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let path = request.uri().path();
        let segments = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(decode)
            .collect();
        let query = request.uri().query().unwrap_or_default();
        let query = query
            .split('&')
            .filter(|item| !item.is_empty())
            .map(|item| {
                let (name, value) = item.split_once('=').unwrap_or((item, ""));
                (
                    decode(&name.replace('+', " ")),
                    decode(&value.replace('+', " ")),
                )
            })
            .collect();
        Self {
            method: request.method().clone(),
            segments,
            query,
        }
    }

    pub(crate) fn segments(&self) -> Vec<&str> {
        self.segments.iter().map(String::as_str).collect()
    }

    /// Whether the item is there, with or without a value.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.query.iter().any(|(key, _)| key == name)
    }

    /// The value of an item; of equal names the last one counts, as in the signature.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// As [`Incoming::value`], where the empty value means "not said".
    pub(crate) fn said(&self, name: &str) -> Option<String> {
        self.value(name)
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
    }

    /// What follows `/projects/{project}`, if the method is this one.
    pub(crate) fn under_project(&self, method: Method) -> Option<Vec<&str>> {
        match self.segments().as_slice() {
            ["projects", _, rest @ ..] if self.method == method => Some(rest.to_vec()),
            _ => None,
        }
    }

    /// Schema, table and what follows, below a project.
    pub(crate) fn table(&self, method: Method) -> Option<(Option<String>, String, Vec<&str>)> {
        match self.under_project(method)?.as_slice() {
            ["tables", table, rest @ ..] => {
                Some((self.said("curr_schema"), (*table).to_owned(), rest.to_vec()))
            }
            ["schemas", schema, "tables", table, rest @ ..] => Some((
                Some((*schema).to_owned()),
                (*table).to_owned(),
                rest.to_vec(),
            )),
            _ => None,
        }
    }
}

/// The body as text.
pub(crate) fn body_text<'a>(what: &'static str, body: &'a Bytes) -> Result<&'a str, Error> {
    std::str::from_utf8(body).map_err(|error| Error::malformed(what, error))
}

/// The body as XML.
pub(crate) fn body_xml<'a>(
    what: &'static str,
    body: &'a Bytes,
) -> Result<roxmltree::Document<'a>, Error> {
    xml::parse(what, body_text(what, body)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_the_real_client_writes_them() {
        let target = Target {
            project: "vec_project".into(),
        };
        let request = Outgoing::project(Method::GET, &target)
            .segment("tables")
            .pair("name", "中文 space+plus")
            .action("b")
            .bare("c")
            .finish(&target);
        assert_eq!(
            request.uri(),
            "/projects/vec_project/tables?name=%E4%B8%AD%E6%96%87+space%2Bplus&b=&c&curr_project=vec_project"
        );
        let incoming = Incoming::read(&request);
        assert_eq!(incoming.value("name"), Some("中文 space+plus"));
        assert!(incoming.has("b") && incoming.has("c") && !incoming.has("d"));
        assert_eq!(incoming.under_project(Method::GET), Some(vec!["tables"]));
        assert_eq!(project(&request).as_deref(), Some("vec_project"));
    }

    #[test]
    fn a_slash_in_a_name_stays_in_its_segment() {
        let target = Target {
            project: "a/b".into(),
        };
        let request = Outgoing::project(Method::GET, &target).finish(&target);
        assert_eq!(project(&request).as_deref(), Some("a/b"));
    }

    #[test]
    fn a_table_may_stand_below_a_schema() {
        for (path, schema) in [
            ("/projects/p/tables/t?curr_schema=s", Some("s")),
            ("/projects/p/schemas/s/tables/t", Some("s")),
            ("/projects/p/tables/t?curr_schema=", None),
        ] {
            let mut request = Request::default();
            *request.uri_mut() = path.parse().expect("a valid address");
            let (found, table, rest) = Incoming::read(&request)
                .table(Method::GET)
                .map(|(s, t, r)| (s, t, r.len()))
                .expect("a table");
            assert_eq!(
                (found.as_deref(), table.as_str(), rest),
                (schema, "t", 0),
                "{path}"
            );
        }
    }

    #[test]
    fn an_endless_address_is_no_panic() {
        let target = Target {
            project: "p".into(),
        };
        let request = Outgoing::project(Method::GET, &target)
            .pair("columns", &"c".repeat(100_000))
            .finish(&target);
        assert_eq!(request.uri(), "/");
    }
}
