//! `POST /projects/{project}/tables/{table}?downloads`: opens a download session.
//! Recorded: `tunnel_download_arrow.json` seq 3, `tunnel_error.json` seq 3,
//! `instance_tunnel_0.9.json` seq 7.

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
    /// Whether no more of a result than the service lets everybody read is enough: 10,000 rows.
    pub limited: bool,
}

impl Create {
    /// Opens a session that can be read when the answer comes.
    pub fn of(source: Source) -> Self {
        Self {
            source,
            asynchronous: false,
            limited: false,
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
        let mut outgoing = (self.source.outgoing(Method::POST, target)).action("downloads");
        if self.limited {
            outgoing = outgoing.action("instance_tunnel_limit_enabled");
        }
        outgoing
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
                limited: query.has("instance_tunnel_limit_enabled"),
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
                is_instance: false,
            },
            Source::instance("20260101g1"),
        ] {
            let call = Create {
                limited: source.is_instance,
                source,
                asynchronous: true,
            };
            assert_eq!(Create::from_request(&call.to_request(&target)), Ok(call));
        }
    }

    #[test]
    fn a_result_is_asked_for_under_its_instance() {
        let target = Target {
            project: "p".into(),
        };
        let mut call = Create::of(Source::instance("20260101g1"));
        assert_eq!(
            call.to_request(&target).uri(),
            "/projects/p/instances/20260101g1?downloads=&curr_project=p"
        );
        call.limited = true;
        assert_eq!(
            call.to_request(&target).uri(),
            "/projects/p/instances/20260101g1?downloads=&instance_tunnel_limit_enabled=&curr_project=p"
        );
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
