//! `POST /projects/{project}/authorization`: the security query `show acl for table`, which says who
//! was granted what. Authority: `run_security_query` of PyODPS 0.9 to 0.13.
//!
//! The answer is text for people, whose form the service does not promise: it is kept as it is. An
//! answer that comes later (an id instead of a result) is not waited for.

use http::Method;
use wire::{Call, Reply, Request, Response, Service, Target};

use crate::request::{Incoming, Outgoing, body_xml};
use crate::xml::{self, Element};
use crate::{Error, response};

/// The query, without the name of the table.
const QUERY: &str = "show acl for table ";

/// Asks who may do what with a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShowAcl {
    /// The table.
    pub table: String,
}

/// The grants, in the service's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acl(pub String);

impl Call for ShowAcl {
    type Reply = Acl;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        let query = format!("{QUERY}{}", self.table);
        let body = Element::new("Authorization")
            .with(Element::text("Query", query))
            .with(Element::text("ResponseInJsonFormat", "false"));
        Outgoing::project(Method::POST, target)
            .segment("authorization")
            .body("application/xml", body.to_pretty())
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Acl, Error> {
        let response = response::check(response)?;
        let document = body_xml("authorization", response.body())?;
        let text = xml::child_text(document.root_element(), "Result");
        text.map(Acl)
            .ok_or_else(|| Error::malformed("authorization", "no Result element"))
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let other = || Error::OtherCall {
            call: "the grants of a table",
        };
        let incoming = Incoming::read(request);
        if incoming.under_project(Method::POST).as_deref() != Some(&["authorization"]) {
            return Err(other());
        }
        let document = body_xml("authorization", request.body()).map_err(|_| other())?;
        let query = xml::child_text(document.root_element(), "Query").ok_or_else(other)?;
        let table = query.strip_prefix(QUERY).ok_or_else(other)?;
        Ok(Self {
            table: table.to_owned(),
        })
    }
}

impl Reply for Acl {
    fn into_response(self) -> Response {
        response::xml(&Element::new("Authorization").with(Element::text("Result", self.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_directions() {
        let call = ShowAcl {
            table: "sales".into(),
        };
        let target = Target {
            project: "p".into(),
        };
        let request = call.to_request(&target);
        assert_eq!(request.uri(), "/projects/p/authorization?curr_project=p");
        assert_eq!(ShowAcl::from_request(&request), Ok(call.clone()));
        let acl = Acl("[role/reader]\nA\tprojects/p/tables/sales: Select\n".into());
        assert_eq!(call.from_response(acl.clone().into_response()), Ok(acl));
        let empty = Acl::default();
        assert_eq!(call.from_response(empty.clone().into_response()), Ok(empty));
    }
}
