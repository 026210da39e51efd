//! `GET /logview/host`: where Logview is. Recorded: `create_cluster_0.9.json` seq 1.
//!
//! The answer is a base address; an empty one means the client's default ([`crate::logview`]).

use http::Method;
use wire::{Call, Reply, Request, Response, Service, Target};

use crate::request::{Incoming, Outgoing, body_text};
use crate::{Error, response};

/// Asks where Logview is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogviewHost;

/// The base address, such as `http://logview.odps.aliyun.com`; it may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogviewHostText(pub String);

impl Call for LogviewHost {
    type Reply = LogviewHostText;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        Outgoing::root(Method::GET)
            .segment("logview")
            .segment("host")
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<LogviewHostText, Error> {
        let response = response::check(response)?;
        let host = body_text("logview host", response.body())?
            .trim()
            .trim_end_matches('/');
        Ok(LogviewHostText(host.to_owned()))
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let incoming = Incoming::read(request);
        if incoming.method == Method::GET && incoming.segments() == ["logview", "host"] {
            Ok(Self)
        } else {
            Err(Error::OtherCall {
                call: "the logview host",
            })
        }
    }
}

impl Reply for LogviewHostText {
    fn into_response(self) -> Response {
        response::text(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_directions() {
        let request = LogviewHost.to_request(&Target {
            project: "p".into(),
        });
        assert_eq!(request.uri(), "/logview/host?curr_project=p");
        assert_eq!(LogviewHost::from_request(&request), Ok(LogviewHost));
        let host = LogviewHostText("http://logview.test".into());
        assert_eq!(
            LogviewHost.from_response(host.clone().into_response()),
            Ok(host)
        );
    }
}
