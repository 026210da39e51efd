//! `GET /projects/{project}/schemas?expectmarker=true`: the schemas of a project, the level between
//! project and table. Authority: `schemas.py` of PyODPS 0.12 and 0.13.
//!
//! A project without schemas answers with an error. The list is short, and comes as one page here.

use http::Method;
use wire::{Call, Reply, Request, Response, Service, Target};

use crate::request::{Incoming, Outgoing, body_xml};
use crate::xml::{self, Element};
use crate::{Error, response};

/// Asks for the schemas of the project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListSchemas;

/// The schemas of a project, in the order of the service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchemaList(pub Vec<SchemaItem>);

/// A schema in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchemaItem {
    /// The name; every project with schemas has `default`.
    pub name: String,
    /// Who owns it.
    pub owner: Option<String>,
    /// The owner's words.
    pub comment: Option<String>,
}

impl Call for ListSchemas {
    type Reply = SchemaList;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        Outgoing::project(Method::GET, target)
            .segment("schemas")
            .pair("expectmarker", "true")
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<SchemaList, Error> {
        let response = response::check(response)?;
        let document = body_xml("schema list", response.body())?;
        let schemas = xml::children(document.root_element(), "Schema").map(|schema| {
            Ok(SchemaItem {
                name: xml::said(schema, "Name")
                    .ok_or_else(|| Error::malformed("schema list", "a schema without Name"))?,
                owner: xml::said(schema, "Owner"),
                comment: xml::said(schema, "Description"),
            })
        });
        schemas.collect::<Result<_, _>>().map(SchemaList)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        match Incoming::read(request)
            .under_project(Method::GET)
            .as_deref()
        {
            Some(["schemas"]) => Ok(Self),
            _ => Err(Error::OtherCall {
                call: "the list of schemas",
            }),
        }
    }
}

impl Reply for SchemaList {
    fn into_response(self) -> Response {
        let mut document = Element::new("Schemas").with(Element::text("Marker", ""));
        for schema in self.0 {
            document.push(
                Element::new("Schema")
                    .with(Element::text("Name", schema.name))
                    .with_some("Owner", schema.owner)
                    .with_some("Description", schema.comment),
            );
        }
        response::xml(&document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_directions() {
        let target = Target {
            project: "p".into(),
        };
        let request = ListSchemas.to_request(&target);
        assert_eq!(ListSchemas::from_request(&request), Ok(ListSchemas));
        let list = SchemaList(vec![
            SchemaItem {
                name: "default".into(),
                ..SchemaItem::default()
            },
            SchemaItem {
                name: "销售".into(),
                owner: Some("o".into()),
                comment: Some("<1>".into()),
            },
        ]);
        assert_eq!(
            ListSchemas.from_response(list.clone().into_response()),
            Ok(list)
        );
    }
}
