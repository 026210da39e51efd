//! `GET /projects/{project}/tables/{table}?data&downloadid={id}&rowrange=(start,count)`: rows.
//! Recorded: `tunnel_download_arrow.json` seq 4 (whole body of the answer included).
//!
//! With `arrow` the answer is a framed Arrow stream ([`crate::tunnel::rows`]), without it a stream
//! of protobuf records, which only older clients ask for.

use bytes::Bytes;
use http::Method;
use wire::{Call, Reply, Request, Response, Service, Target};

use super::{Source, read_source};
use crate::{Error, response};

/// Asks for rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// What is downloaded.
    pub source: Source,
    /// The session.
    pub id: String,
    /// The first row.
    pub start: u64,
    /// How many rows; clients never ask for none.
    pub count: u64,
    /// Only these columns; Arrow rows keep the order of the table all the same.
    pub columns: Option<Vec<String>>,
    /// Arrow, not protobuf records.
    pub arrow: bool,
}

/// Rows as they travel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// The framed stream, packed as `content_encoding` says.
    pub body: Bytes,
    /// `deflate` and others; none means plain. A browser has unpacked the body already.
    pub content_encoding: Option<String>,
    /// How many rows, if the service says so.
    pub record_count: Option<u64>,
}

impl Call for Read {
    type Reply = Rows;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Tunnel
    }

    fn to_request(&self, target: &Target) -> Request {
        let mut outgoing = self.source.outgoing(Method::GET, target).bare("data");
        if self.arrow {
            outgoing = outgoing.bare("arrow");
        }
        outgoing
            .pair("downloadid", &self.id)
            .pair_some(
                "columns",
                self.columns
                    .as_ref()
                    .map(|names| names.join(","))
                    .as_deref(),
            )
            .pair("rowrange", &format!("({},{})", self.start, self.count))
            .pair_some("partition", self.source.partition_text().as_deref())
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Rows, Error> {
        Ok(rows_of(response::check(response)?))
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let other = Error::OtherCall {
            call: "the rows of a download session",
        };
        let Some((source, query)) =
            read_source(Method::GET, request).filter(|(_, query)| query.has("data"))
        else {
            return Err(other);
        };
        let id = query.said("downloadid").ok_or(other)?;
        let range = query.said("rowrange").unwrap_or_default();
        let (start, count) = row_range(&range).ok_or_else(|| {
            Error::malformed(
                "parameter",
                format!("rowrange {range:?} is no (start,count)"),
            )
        })?;
        let columns = query.said("columns").map(|names| {
            names
                .split(',')
                .map(|name| name.trim().to_owned())
                .collect()
        });
        Ok(Self {
            source: source?,
            id,
            start,
            count,
            columns,
            arrow: query.has("arrow"),
        })
    }
}

/// The rows of an answer that is no error.
pub(in crate::tunnel) fn rows_of(response: Response) -> Rows {
    let encoding = response::header(&response, "content-encoding");
    Rows {
        content_encoding: encoding.filter(|coding| !coding.eq_ignore_ascii_case("identity")),
        record_count: response::header(&response, "odps-tunnel-record-count")
            .and_then(|n| n.parse().ok()),
        body: response.into_body(),
    }
}

fn row_range(text: &str) -> Option<(u64, u64)> {
    let (start, count) = text
        .trim()
        .strip_prefix('(')?
        .strip_suffix(')')?
        .split_once(',')?;
    Some((start.trim().parse().ok()?, count.trim().parse().ok()?))
}

impl Reply for Rows {
    fn into_response(self) -> Response {
        let mut response = response::with_body("application/octet-stream", self.body);
        if let Some(coding) = &self.content_encoding {
            response::set(&mut response, "content-encoding", coding);
        }
        if let Some(count) = self.record_count {
            response::set(
                &mut response,
                "odps-tunnel-record-count",
                &count.to_string(),
            );
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call() -> Read {
        Read {
            source: Source::table("t"),
            id: "D".into(),
            start: 0,
            count: 4,
            columns: None,
            arrow: true,
        }
    }

    #[test]
    fn requests_come_back() {
        let target = Target {
            project: "p".into(),
        };
        let request = call().to_request(&target);
        assert_eq!(
            request.uri(),
            "/projects/p/tables/t?data&arrow&downloadid=D&rowrange=%280%2C4%29&curr_project=p"
        );
        let columns = Some(vec!["a".to_owned(), "中".to_owned()]);
        for call in [
            call(),
            Read {
                columns,
                start: u64::MAX,
                arrow: false,
                ..call()
            },
        ] {
            assert_eq!(Read::from_request(&call.to_request(&target)), Ok(call));
        }
    }

    #[test]
    fn ranges_that_are_none() {
        for range in ["", "0,4", "(0)", "(a,1)", "(-1,1)", "(0,4"] {
            let mut request = Request::default();
            let address = format!("/projects/p/tables/t?data&downloadid=D&rowrange={range}");
            *request.uri_mut() = address.parse().expect("a valid address");
            assert!(
                matches!(Read::from_request(&request), Err(Error::Malformed { .. })),
                "{range}"
            );
        }
    }

    #[test]
    fn rows_come_back() {
        let rows = Rows {
            body: Bytes::from_static(b"\0\xff"),
            content_encoding: Some("deflate".into()),
            record_count: Some(2),
        };
        assert_eq!(call().from_response(rows.clone().into_response()), Ok(rows));
    }
}
