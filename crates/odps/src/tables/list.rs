//! `GET /projects/{project}/tables?expectmarker=true`: a page of tables. Recorded:
//! `list_tables_0.9.json`.
//!
//! The next page is asked for with the marker of this one; an empty marker ends the list.

use http::Method;
use wire::{Call, Reply, Request, Response, Service, Target};

use crate::request::{Incoming, Outgoing, body_xml};
use crate::xml::{self, Element};
use crate::{Error, response};

/// Asks for a page of tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The schema, where the project has schemas.
    pub schema: Option<String>,
    /// Only names that begin so.
    pub prefix: Option<String>,
    /// Only tables of this owner.
    pub owner: Option<String>,
    /// Only tables of this kind, such as `MANAGED_TABLE` (0.12 and later).
    pub kind: Option<String>,
    /// With the kind of each table and more (0.12 and later).
    pub extended: bool,
    /// The marker of the page before.
    pub marker: Option<String>,
}

/// A page of tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The tables, in the order of the service.
    pub tables: Vec<Item>,
    /// There is more: send this with the next request.
    pub marker: Option<String>,
}

/// A table in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The name.
    pub name: String,
    /// Who owns it.
    pub owner: Option<String>,
    /// `MANAGED_TABLE`, `VIRTUAL_VIEW`, …; not always said.
    pub kind: Option<String>,
    /// The owner's words, which may be none; not said by a list that is not extended, and not always
    /// by one that is.
    pub comment: Option<String>,
}

impl Call for List {
    type Reply = Page;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Odps
    }

    fn to_request(&self, target: &Target) -> Request {
        let mut outgoing = Outgoing::project(Method::GET, target);
        if let Some(schema) = &self.schema {
            outgoing = outgoing.segment("schemas").segment(schema);
        }
        outgoing = outgoing.segment("tables");
        if self.extended {
            outgoing = outgoing.bare("extended");
        }
        outgoing
            .pair("expectmarker", "true")
            .pair_some("name", self.prefix.as_deref())
            .pair_some("owner", self.owner.as_deref())
            .pair_some("type", self.kind.as_deref())
            .pair_some("marker", self.marker.as_deref())
            .finish(target)
    }

    fn from_response(&self, response: Response) -> Result<Page, Error> {
        let response = response::check(response)?;
        let document = body_xml("table list", response.body())?;
        let root = document.root_element();
        let tables = xml::children(root, "Table").map(|table| {
            Ok(Item {
                name: xml::said(table, "Name")
                    .ok_or_else(|| Error::malformed("table list", "a table without Name"))?,
                owner: xml::said(table, "Owner"),
                kind: xml::said(table, "Type"),
                comment: xml::child_text(table, "Comment"),
            })
        });
        Ok(Page {
            tables: tables.collect::<Result<_, Error>>()?,
            marker: xml::said(root, "Marker"),
        })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let incoming = Incoming::read(request);
        let schema = match incoming.under_project(Method::GET).as_deref() {
            Some(["tables"]) => incoming.said("curr_schema"),
            Some(["schemas", schema, "tables"]) => Some((*schema).to_owned()),
            _ => {
                return Err(Error::OtherCall {
                    call: "the list of tables",
                });
            }
        };
        Ok(Self {
            schema,
            prefix: incoming.said("name"),
            owner: incoming.said("owner"),
            kind: incoming.said("type"),
            extended: incoming.has("extended"),
            marker: incoming.said("marker"),
        })
    }
}

impl Reply for Page {
    fn into_response(self) -> Response {
        let mut document = Element::new("Tables")
            .with(Element::text("Marker", self.marker.unwrap_or_default()))
            .with(Element::text("MaxItems", 1000));
        for table in self.tables {
            document.push(
                Element::new("Table")
                    .with(Element::text("Name", table.name))
                    .with(Element::text("Owner", table.owner.unwrap_or_default()))
                    .with_some("Type", table.kind)
                    .with_some("Comment", table.comment),
            );
        }
        response::xml(&document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_comes_back() {
        let page = Page {
            tables: vec![
                Item {
                    name: "表".into(),
                    owner: Some("o".into()),
                    ..Item::default()
                },
                Item {
                    name: "v".into(),
                    comment: Some("销售 <1>".into()),
                    ..Item::default()
                },
                Item {
                    name: "w".into(),
                    comment: Some(String::new()),
                    ..Item::default()
                },
            ],
            marker: Some("m=".into()),
        };
        assert_eq!(
            List::default().from_response(page.clone().into_response()),
            Ok(page)
        );
    }

    #[test]
    fn requests_come_back() {
        let target = Target {
            project: "p".into(),
        };
        let list = List {
            schema: Some("s".into()),
            prefix: Some("a b".into()),
            marker: Some("m=".into()),
            extended: true,
            ..List::default()
        };
        assert_eq!(List::from_request(&list.to_request(&target)), Ok(list));
        let list = List::default();
        assert_eq!(List::from_request(&list.to_request(&target)), Ok(list));
    }
}
