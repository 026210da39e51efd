//! `POST /projects/{project}/tables/{table}?uploads`: opens an upload session.
//! Recorded: `tunnel_upload_protobuf.json` seq 3 (`overwrite` and `create_partition` asked).

use http::Method;
use wire::{Call, Request, Response, Service, Target};

use super::Session;
use crate::Error;
use crate::tunnel::download::{Source, read_source};

/// Opens an upload session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Create {
    /// Where the rows go.
    pub target: Source,
    /// Whether the rows take the place of those that are there.
    pub overwrite: bool,
    /// Whether the partition is made if it is missing.
    pub create_partition: bool,
}

impl Create {
    /// Opens a session that adds rows.
    pub fn of(target: Source) -> Self {
        Self {
            target,
            overwrite: false,
            create_partition: false,
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
        self.target
            .outgoing(Method::POST, target)
            .pair("reload", "False")
            .pair_some("partition", self.target.partition_text().as_deref())
            .pair_some("create_partition", self.create_partition.then_some("true"))
            .pair_some("overwrite", self.overwrite.then_some("true"))
            .pair("uploads", "1")
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Session, Error> {
        Session::read(response)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        match read_source(Method::POST, request) {
            Some((target, query)) if query.has("uploads") => {
                let flag = |name| {
                    query
                        .value(name)
                        .is_some_and(|value| !value.eq_ignore_ascii_case("false"))
                };
                Ok(Self {
                    target: target?,
                    overwrite: flag("overwrite"),
                    create_partition: flag("create_partition"),
                })
            }
            _ => Err(Error::OtherCall {
                call: "a new upload session",
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
        let source = Source {
            partition: Some(PartitionSpec(vec![("pt".into(), "1".into())])),
            ..Source::table("t")
        };
        for (overwrite, create_partition) in [(false, false), (true, true)] {
            let call = Create {
                target: source.clone(),
                overwrite,
                create_partition,
            };
            assert_eq!(Create::from_request(&call.to_request(&target)), Ok(call));
        }
    }
}
