//! `GET /projects/{project}`. Recorded: `project_and_hosts.json` seq 2.
//!
//! PyODPS wants the headers `x-odps-owner`, `x-odps-creation-time` and `Last-Modified` to be there.

use http::Method;
use wire::{Call, Millis, Reply, Request, Response, Service, Target};

use crate::request::{Incoming, Outgoing, body_xml};
use crate::xml::{self, Element};
use crate::{Error, response};

/// Asks for the project of the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Get;

/// A project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// The name.
    pub name: String,
    /// `managed` or another kind.
    pub kind: Option<String>,
    /// The owner's words.
    pub comment: Option<String>,
    /// Who owns it.
    pub owner: Option<String>,
    /// `AVAILABLE`, `READONLY`, `FROZEN`, …
    pub state: Option<String>,
    /// Where it is.
    pub region: Option<String>,
    /// When it was made.
    pub created: Option<Millis>,
    /// When it was changed.
    pub modified: Option<Millis>,
    /// Its properties, in their order.
    pub properties: Vec<(String, String)>,
}

impl Call for Get {
    type Reply = Project;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        Outgoing::project(Method::GET, target).finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Project, Error> {
        let response = response::check(response)?;
        let document = body_xml("project", response.body())?;
        let root = document.root_element();
        let properties = xml::child(root, "Properties");
        let properties = properties
            .into_iter()
            .flat_map(|list| xml::children(list, "Property"));
        Ok(Project {
            name: xml::said(root, "Name")
                .ok_or_else(|| Error::malformed("project", "no Name element"))?,
            kind: xml::said(root, "Type"),
            comment: xml::said(root, "Comment"),
            owner: xml::said(root, "Owner").or_else(|| response::header(&response, "x-odps-owner")),
            state: xml::said(root, "State"),
            region: xml::said(root, "Region"),
            created: response::time(&response, "x-odps-creation-time"),
            modified: response::time(&response, "last-modified"),
            properties: properties
                .map(|item| {
                    let text = |name| xml::child_text(item, name).unwrap_or_default();
                    (text("Name"), text("Value"))
                })
                .collect(),
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let incoming = Incoming::read(request);
        let plain = incoming
            .under_project(Method::GET)
            .is_some_and(|rest| rest.is_empty());
        if plain && !incoming.has("extended") {
            Ok(Self)
        } else {
            Err(Error::OtherCall {
                call: "the project",
            })
        }
    }
}

impl Reply for Project {
    fn into_response(self) -> Response {
        let mut properties = Element::new("Properties");
        for (name, value) in &self.properties {
            properties.push(
                Element::new("Property")
                    .with(Element::text("Name", name))
                    .with(Element::text("Value", value)),
            );
        }
        let document = Element::new("Project")
            .with(Element::text("Name", &self.name))
            .with_some("Type", self.kind.as_ref())
            .with(Element::text("Comment", self.comment.unwrap_or_default()))
            .with_some("Owner", self.owner.as_ref())
            .with(properties)
            .with_some("State", self.state.as_ref())
            .with_some("Region", self.region.as_ref());
        let mut response = response::xml(&document);
        response::set(
            &mut response,
            "x-odps-owner",
            self.owner.as_deref().unwrap_or_default(),
        );
        response::set_time(&mut response, "x-odps-creation-time", self.created);
        response::set_time(&mut response, "last-modified", self.modified);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_comes_back() {
        let project = Project {
            name: "p".into(),
            kind: Some("managed".into()),
            owner: Some("o".into()),
            created: Some(1_767_225_600_000),
            modified: Some(1_767_225_600_000),
            properties: vec![("odps.schema.model.enabled".into(), "false".into())],
            ..Project::default()
        };
        assert_eq!(
            Get.from_response(project.clone().into_response()),
            Ok(project)
        );
    }

    #[test]
    fn what_lies_below_is_another_call() {
        let mut request = Get.to_request(&Target {
            project: "p".into(),
        });
        assert_eq!(Get::from_request(&request), Ok(Get));
        for address in ["/projects/p/tables", "/projects/p?extended", "/projects"] {
            *request.uri_mut() = address.parse().expect("a valid address");
            assert!(Get::from_request(&request).is_err(), "{address}");
        }
    }
}
