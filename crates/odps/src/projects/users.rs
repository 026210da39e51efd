//! `GET /projects/{project}/users`: the members of a project. Authority: `security/users.py` of
//! PyODPS 0.9.

use http::Method;
use wire::{Call, Reply, Request, Response, Service, Target};

use crate::request::{Incoming, Outgoing, body_xml};
use crate::xml::{self, Element};
use crate::{Error, response};

/// Asks for the members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Users;

/// The members as the service shows them (`ALIYUN$name`), the names that instances are owned by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserList {
    /// In the order of the service.
    pub names: Vec<String>,
}

impl Call for Users {
    type Reply = UserList;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        Outgoing::project(Method::GET, target)
            .segment("users")
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<UserList, Error> {
        let response = response::check(response)?;
        let document = body_xml("users", response.body())?;
        let users = xml::children(document.root_element(), "User");
        Ok(UserList {
            names: users
                .filter_map(|user| xml::said(user, "DisplayName"))
                .collect(),
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        match Incoming::read(request)
            .under_project(Method::GET)
            .as_deref()
        {
            Some(&["users"]) => Ok(Self),
            _ => Err(Error::OtherCall {
                call: "the members of a project",
            }),
        }
    }
}

impl Reply for UserList {
    fn into_response(self) -> Response {
        let mut users = Element::new("Users");
        for name in self.names {
            users.push(Element::new("User").with(Element::text("DisplayName", name)));
        }
        response::with_body("application/xml", users.to_pretty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_come_back() {
        let target = Target {
            project: "p".into(),
        };
        assert_eq!(Users::from_request(&Users.to_request(&target)), Ok(Users));
        let list = UserList {
            names: vec!["ALIYUN$a@example.com".into(), "RAM$b:<c>".into()],
        };
        let answer = list.clone().into_response();
        assert_eq!(Users.from_response(answer), Ok(list));
    }
}
