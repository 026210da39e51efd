//! `GET /projects/{project}/tunnel?service`: where the tunnel is. Recorded: `tunnel_error.json` seq
//! 2.
//!
//! The answer is `host[:port]` without a scheme; clients put that of their own endpoint in front.

use http::Method;
use wire::{Call, Reply, Request, Response, Service, Target};

use crate::request::{Incoming, Outgoing, body_text};
use crate::{Error, response};

/// Asks where the tunnel is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TunnelHost;

/// `host[:port]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TunnelHostText(pub String);

impl Call for TunnelHost {
    type Reply = TunnelHostText;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        Outgoing::project(Method::GET, target)
            .segment("tunnel")
            .action("service")
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<TunnelHostText, Error> {
        let response = response::check(response)?;
        let host = body_text("tunnel host", response.body())?.trim();
        if host.is_empty() || host.contains(|c: char| c.is_whitespace() || c == '/') {
            return Err(Error::malformed("tunnel host", format!("{host:?} is none")));
        }
        Ok(TunnelHostText(host.to_owned()))
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let incoming = Incoming::read(request);
        let ours = incoming.under_project(Method::GET).as_deref() == Some(&["tunnel"]);
        if ours && incoming.has("service") {
            Ok(Self)
        } else {
            Err(Error::OtherCall {
                call: "the tunnel host",
            })
        }
    }
}

impl Reply for TunnelHostText {
    fn into_response(self) -> Response {
        response::text(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_comes_back_and_an_address_does_not() {
        let host = TunnelHostText("127.0.0.1:18765".into());
        assert_eq!(
            TunnelHost.from_response(host.clone().into_response()),
            Ok(host)
        );
        for text in ["", "http://h/", "a b"] {
            assert!(
                TunnelHost.from_response(response::text(text)).is_err(),
                "{text}"
            );
        }
        let request = TunnelHost.to_request(&Target {
            project: "p".into(),
        });
        assert_eq!(TunnelHost::from_request(&request), Ok(TunnelHost));
    }
}
