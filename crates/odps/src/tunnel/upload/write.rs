//! `PUT /projects/{project}/tables/{table}?uploadid={id}&blockid={n}`: writes a block.
//! Recorded: `tunnel_upload_protobuf.json` seq 4, `tunnel_upload_arrow.json` seq 4.
//!
//! A block that is written again takes the place of the first: clients repeat a write that failed
//! under the same number.

use bytes::Bytes;
use http::Method;
use wire::{Call, Reply, Request, Response, Service, Target};

use crate::tunnel::download::{Source, read_source};
use crate::{Error, response};

/// Writes a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// Where the rows go.
    pub target: Source,
    /// The session.
    pub id: String,
    /// The number of the block.
    pub block: u32,
    /// A framed Arrow stream, not protobuf records.
    pub arrow: bool,
    /// How the body is packed; nothing means plain.
    pub content_encoding: Option<String>,
    /// The rows; empty where a server reads them apart.
    pub body: Bytes,
}

/// A block was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written;

impl Call for Write {
    type Reply = Written;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Tunnel
    }

    fn to_request(&self, target: &Target) -> Request {
        let mut outgoing = self
            .target
            .outgoing(Method::PUT, target)
            .pair("uploadid", &self.id)
            .pair_some("partition", self.target.partition_text().as_deref())
            .pair("blockid", &self.block.to_string());
        if self.arrow {
            outgoing = outgoing.action("arrow");
        }
        if let Some(coding) = &self.content_encoding {
            outgoing = outgoing.header("content-encoding", coding);
        }
        outgoing
            .body("application/octet-stream", self.body.clone())
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Written, Error> {
        response::check(response).map(|_| Written)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let other = Error::OtherCall {
            call: "a block of an upload session",
        };
        let Some((target, query)) = read_source(Method::PUT, request) else {
            return Err(other);
        };
        let id = query.said("uploadid").ok_or(other)?;
        let block = query.said("blockid").unwrap_or_default();
        let coding = request.headers().get(http::header::CONTENT_ENCODING);
        let coding = coding.map(|name| String::from_utf8_lossy(name.as_bytes()).into_owned());
        Ok(Self {
            target: target?,
            id,
            block: block
                .parse()
                .map_err(|_| Error::malformed("parameter", format!("blockid {block:?}")))?,
            arrow: query.has("arrow"),
            content_encoding: coding.filter(|name| !name.eq_ignore_ascii_case("identity")),
            body: request.body().clone(),
        })
    }
}

impl Reply for Written {
    fn into_response(self) -> Response {
        response::text(Bytes::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_come_back() {
        let target = Target {
            project: "p".into(),
        };
        let call = Write {
            target: Source::table("t"),
            id: "U".into(),
            block: 7,
            arrow: true,
            content_encoding: Some("zstd".into()),
            body: Bytes::from_static(b"\0\0\0\0"),
        };
        let request = call.to_request(&target);
        assert_eq!(
            request.uri(),
            "/projects/p/tables/t?uploadid=U&blockid=7&arrow=&curr_project=p"
        );
        assert_eq!(Write::from_request(&request), Ok(call));
        for block in ["", "-1", "4294967296", "x"] {
            let mut request = Request::default();
            *request.method_mut() = Method::PUT;
            let address = format!("/projects/p/tables/t?uploadid=U&blockid={block}");
            *request.uri_mut() = address.parse().expect("a valid address");
            let read = Write::from_request(&request);
            assert!(matches!(read, Err(Error::Malformed { .. })), "{block}");
        }
    }
}
