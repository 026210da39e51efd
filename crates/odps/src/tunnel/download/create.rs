//! `POST /projects/{project}/tables/{table}?downloads`: opens a download session.
//! Recorded: `tunnel_download_arrow.json` seq 3, `tunnel_error.json` seq 3.

use http::Method;
use wire::{Call, Request, Response, Service, Target};

use super::{Session, Source, read_source};
use crate::Error;

/// Opens a download session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Create {
    /// What to download.
    pub source: Source,
    /// Whether the service may answer before the session can be read.
    pub asynchronous: bool,
}

impl Create {
    /// Opens a session that can be read when the answer comes.
    pub fn of(source: Source) -> Self {
        Self {
            source,
            asynchronous: false,
        }
    }
}

impl Call for Create {
    type Reply = Session;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Tunnel
    }

    fn to_request(&self, target: &Target) -> Request {
        self.source
            .outgoing(Method::POST, target)
            .action("downloads")
            .pair_some("asyncmode", self.asynchronous.then_some("true"))
            .pair_some("partition", self.source.partition_text().as_deref())
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Session, Error> {
        Session::read(response)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        match read_source(Method::POST, request) {
            Some((source, query)) if query.has("downloads") => Ok(Self {
                source: source?,
                asynchronous: query
                    .value("asyncmode")
                    .is_some_and(|mode| mode.eq_ignore_ascii_case("true")),
            }),
            _ => Err(Error::OtherCall {
                call: "a new download session",
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::PartitionSpec;

    #[test]
    fn requests_come_back() {
        let target = Target {
            project: "p".into(),
        };
        let partition = Some(PartitionSpec(vec![("pt".into(), "20200101".into())]));
        for source in [
            Source::table("t"),
            Source {
                schema: Some("s".into()),
                table: "t".into(),
                partition,
            },
        ] {
            let call = Create {
                source,
                asynchronous: true,
            };
            assert_eq!(Create::from_request(&call.to_request(&target)), Ok(call));
        }
    }

    #[test]
    fn partitions_go_without_quotes() {
        let source = Source {
            partition: Some(PartitionSpec(vec![("pt".into(), "20200101".into())])),
            ..Source::table("t")
        };
        let request = Create::of(source).to_request(&Target {
            project: "p".into(),
        });
        assert_eq!(
            request.uri(),
            "/projects/p/tables/t?downloads=&partition=pt%3D20200101&curr_project=p"
        );
    }
}
